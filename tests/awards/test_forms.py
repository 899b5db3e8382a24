"""Reasons are long enough; a statuette is one of the rules'."""

from __future__ import annotations

import pytest

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory
from probierz.awards import queries
from probierz.awards.forms import AwardForm, GrantForm, LicenceFilter, ReasonForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("reason", "sound"), [("", False), ("za krótko", False), ("Skargi mieszkańców.", True)])
def test_a_reason_is_long_enough(reason, sound):
    assert ReasonForm({"reason": reason}).is_valid() is sound


def test_a_day_is_needed():
    assert [GrantForm({"valid_from": day}).is_valid() for day in ("", "jutro", "2026-03-13")] == [False, False, True]


def test_a_filter_leaves_out_what_it_does_not_understand():
    assert LicenceFilter({"q": "łask", "stan": "x"}).criteria() == {"text": "łask", "state": ""}


def test_a_statuette_is_for_an_accepted_application_of_the_edition():
    edition = EditionFactory()
    application, other = ApplicationFactory(accepted=True, edition=edition), ApplicationFactory(accepted=True)
    given = {"award": "statuetka", "reason": "Za rozmowy z mieszkańcami."}
    forms = [
        AwardForm({**given, "application": one.pk}, edition=edition, candidates=queries.candidates_of(edition))
        for one in (application, other)
    ]
    assert [form.is_valid() for form in forms] == [True, False]
