"""Institutions for tests, with identifiers that pass their checks."""

from __future__ import annotations

import factory

from factories_accounts import UserFactory
from probierz.base.clock import now
from probierz.institutions.models import Contact, Institution, Kind, Representative, Unit, Voivodeship

NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)


def nip_number(n: int) -> str:
    """The n-th valid NIP of a made-up series."""
    digits = f"{525_000_000 + n * 10}"
    while True:
        check = sum(weight * int(digit) for weight, digit in zip(NIP_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        digits = str(int(digits) + 1)


def regon_number(n: int) -> str:
    digits = f"{10_000_000 + n}"
    check = sum(weight * int(digit) for weight, digit in zip(REGON_WEIGHTS, digits, strict=True)) % 11 % 10
    return f"{digits}{check}"


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    kind = Kind.GMINA
    name = factory.Sequence(lambda n: f"Gmina Przykładowa {n}")
    nip = factory.Sequence(nip_number)
    regon = factory.Sequence(regon_number)
    teryt = "2213011"
    voivodeship = Voivodeship.POMORSKIE
    street = "ul. Rynkowa 1"
    postal_code = "83-200"
    city = "Starogard Gdański"
    email = factory.Sequence(lambda n: f"kontakt@gmina{n}.example")
    created_at = factory.LazyFunction(now)


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    institution = factory.SubFactory(InstitutionFactory)
    name = factory.Sequence(lambda n: f"Punkt obsługi nr {n}")


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    institution = factory.SubFactory(InstitutionFactory)
    name = factory.Sequence(lambda n: f"Anna Kontaktowa {n}")


class RepresentativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Representative

    user = factory.SubFactory(UserFactory)
    institution = factory.SubFactory(InstitutionFactory)
    is_active = True
    since = factory.LazyFunction(now)
