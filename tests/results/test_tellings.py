"""Each number says where it comes from."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from factories_results import calculated, crossed, guarded_edition
from probierz.results.certainty import certainty_of
from probierz.results.tellings import correction_words, figures


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (Fraction(21, 10), "średnio o 2,1 pkt surowiej niż reszta jury, więc poprawka dodaje 2,1 pkt."),
        (Fraction(-3), "średnio o 3,0 pkt łagodniej niż reszta jury, więc poprawka odejmuje 3,0 pkt."),
        (Fraction(1, 100), "więc poprawka niczego nie zmienia."),
    ],
)
def test_the_correction_in_words(correction, said):
    assert correction_words(correction).endswith(said)


@pytest.mark.django_db
def test_every_figure_of_a_result_explains_itself():
    edition = guarded_edition()
    crossed(edition)
    result = calculated(edition).results.first()
    found = figures(result, certainty_of(result.detail["summary"]))
    assert [one.title for one in found if one.is_official] == ["Punkty wprost z ocen"]
    assert len(found) == 8
    assert all(one.why and one.value for one in found)
    chance = found[5].why
    assert ("co najmniej 95\N{NO-BREAK SPACE}%" in chance, "70 pkt" in chance) == (True, True)


@pytest.mark.django_db
def test_a_place_outside_its_own_interval_says_why():
    edition = guarded_edition()
    crossed(edition)
    result = calculated(edition).results.first()
    found = certainty_of(result.detail["summary"])
    outside = replace(found, places={"category": 99, "overall": found.overall.low})
    category, overall = figures(result, outside)[-2:]
    assert category.why.endswith("bo o punktach rozstrzyga też to, kto przyszedł i w jaki dzień.")
    assert overall.why.endswith("nie da się jej z pewnością odróżnić.")
