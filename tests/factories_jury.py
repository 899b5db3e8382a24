"""Jurors, their declarations and assignments for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from probierz.base.clock import now
from probierz.jury.models import Assignment, Conflict, Declaration, Juror


class JurorFactory(DjangoModelFactory):
    class Meta:
        model = Juror

    programme = factory.SubFactory("factories_editions.ProgrammeFactory")
    user = factory.SubFactory("factories_accounts.UserFactory")
    name = factory.Sequence(lambda n: f"Jurorka Tajna-{n}")
    email = factory.Sequence(lambda n: f"jurorka{n}@jury.example")
    kind = Juror.Kind.CLIENT
    state = Juror.State.ACTIVE
    pseudonym = factory.Sequence(lambda n: f"J-{n:03}")
    city = "Miasteczko"
    channels = factory.LazyFunction(lambda: ["visit", "phone", "email", "web", "social"])
    created_at = factory.LazyFunction(now)


class DeclarationFactory(DjangoModelFactory):
    class Meta:
        model = Declaration

    juror = factory.SubFactory(JurorFactory)
    institution = factory.SubFactory("factories_institutions.InstitutionFactory")
    edition = factory.SubFactory("factories_editions.EditionFactory")
    is_free_of_conflict = True
    declared_at = factory.LazyFunction(now)


class ConflictFactory(DjangoModelFactory):
    class Meta:
        model = Conflict

    juror = factory.SubFactory(JurorFactory)
    institution = factory.SubFactory("factories_institutions.InstitutionFactory")
    source = Conflict.Source.DECLARED
    reason = Conflict.Reason.RELATION
    created_at = factory.LazyFunction(now)


class AssignmentFactory(DjangoModelFactory):
    """A phone call, its window open now. The juror has declared freedom of conflict unless `declared=False`."""

    class Meta:
        model = Assignment
        skip_postgeneration_save = True

    application = factory.SubFactory("factories_applications.ApplicationFactory", accepted=True)
    juror = factory.SubFactory(JurorFactory, programme=factory.SelfAttribute("..application.edition.programme"))
    channel = "phone"
    scenario = factory.SubFactory("factories_instruments.ScenarioFactory")
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=3))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=3))
    state = Assignment.State.OPEN
    created_at = factory.LazyFunction(now)

    @factory.post_generation
    def declared(self, create: bool, wanted: bool | None, **kwargs: Any) -> None:
        if create and wanted is not False:
            Declaration.objects.get_or_create(
                juror=self.juror,
                institution=self.application.institution,
                edition=self.application.edition,
                defaults={"is_free_of_conflict": True, "declared_at": now()},
            )
