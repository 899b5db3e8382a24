"""Jurors, their declarations and assignments for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory, StageFactory, office_user
from factories_institutions import InstitutionFactory
from probierz.base.clock import now
from probierz.jury import actions
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Declaration, Juror


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


# Counties far apart, so that travel tells institutions and jurors from each other.
COUNTIES = ["2213", "1465", "0264", "1261", "2862", "3064", "1861", "2061", "2469", "1061", "0463", "0661"]


def planned_edition(*, institutions: int = 3, jurors: int = 4, days: int = 90, **fields: Any) -> Any:
    """An edition with fieldwork ahead, accepted applications and a jury that lives elsewhere."""
    edition = EditionFactory(**fields)
    opens_at = now() + timedelta(days=1)
    StageFactory(edition=edition, kind="fieldwork", opens_at=opens_at, closes_at=opens_at + timedelta(days=days))
    for number in range(institutions):
        teryt = f"{COUNTIES[number % 12]}{number % 80 + 11:02}1"
        ApplicationFactory(edition=edition, accepted=True, institution=InstitutionFactory(teryt=teryt))
    for number in range(jurors):
        teryt = f"{COUNTIES[(number + 5) % 12]}991"
        JurorFactory(programme=edition.programme, teryt=teryt, max_audits=20)
    return edition


def proposed_plan(edition: Any = None, *, actor: Any = None, **options: Any) -> AllocationPlan:
    """A proposal made by the real engine."""
    edition = edition or planned_edition()
    options = {"per_channel": {"visit": 1, "phone": 1}, "repeat": 1, "seed": "próba", **options}
    return actions.propose_plan(edition=edition, actor=actor or office_user(edition), **options)
