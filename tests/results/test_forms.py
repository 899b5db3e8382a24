"""Filters understand what they can and refuse nothing."""

from __future__ import annotations

import pytest

from factories_editions import CategoryFactory, EditionFactory
from probierz.results.forms import CalculationForm, StandingsFilter

pytestmark = pytest.mark.django_db


def test_a_filter_reads_the_address():
    edition = EditionFactory()
    CategoryFactory(edition=edition, key="gminy")
    data = {"q": "łask", "kategoria": "gminy", "rozstrzygniecie": "grant", "sort": "-punkty"}
    assert StandingsFilter(data, edition=edition).criteria() == {
        "text": "łask",
        "category": "gminy",
        "decision": "grant",
        "sort": "-punkty",
    }


def test_what_is_not_understood_is_left_out():
    found = StandingsFilter({"kategoria": "nie-ma", "rozstrzygniecie": "x"}, edition=EditionFactory()).criteria()
    assert found == {"text": "", "category": "", "decision": "", "sort": ""}


def test_a_note_is_short():
    assert not CalculationForm({"note": "a" * 201}).is_valid()
