"""Licences for tests: granted from a published edition, or past ones entered by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from probierz.awards.models import Award, Licence
from probierz.base.clock import now, today


class LicenceFactory(DjangoModelFactory):
    """Active today, of an earlier edition without a calculation."""

    class Meta:
        model = Licence

    edition = factory.SubFactory("factories_editions.EditionFactory")
    institution = factory.SubFactory("factories_institutions.InstitutionFactory")
    number = factory.Sequence(lambda n: f"LZM-2024-{n + 100:03}")
    holder_name = factory.LazyAttribute(lambda licence: licence.institution.name)
    scope = "obsługa mieszkańców"
    valid_from = factory.LazyFunction(lambda: today() - timedelta(days=30))
    valid_until = factory.LazyFunction(lambda: today() + timedelta(days=334))
    granted_at = factory.LazyFunction(now)


class AwardFactory(DjangoModelFactory):
    class Meta:
        model = Award

    edition = factory.SelfAttribute("application.edition")
    application = factory.SubFactory("factories_applications.ApplicationFactory", accepted=True)
    kind = Award.Kind.STATUETTE
    title = "Statuetka Lidera"
    reason = "Za kulturę rozmowy z mieszkańcami."
    given_at = factory.LazyFunction(now)


def expired_licence(**fields: Any) -> Licence:
    licence: Licence = LicenceFactory(valid_from=date(2024, 12, 5), valid_until=date(2025, 12, 4), **fields)
    return licence
