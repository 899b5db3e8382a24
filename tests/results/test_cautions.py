"""Every warning of the model has plain words."""

from __future__ import annotations

import pytest

from probierz.results.cautions import cautions, official_words, why_absent

CODES = [
    "disconnected",
    "confounded",
    "boundary",
    "not-independent",
    "no-residual",
    "constant",
    "single-juror",
    "single-institution",
]


@pytest.mark.parametrize("code", CODES)
def test_a_warning_has_a_title_and_a_meaning(code):
    [found] = cautions({"warnings": [code], "prior": "none"})
    assert (found.code, found.title != "", found.text.endswith(".")) == (code, True, True)


def test_each_is_said_once_and_the_gravest_first():
    found = cautions({"warnings": ["boundary", "disconnected", "boundary"], "prior": "weak"})
    assert [one.code for one in found] == ["disconnected", "boundary", "weak-prior"]
    assert cautions({}) == []


def test_an_old_calculation_says_that_it_was_not_analysed():
    assert why_absent({}).startswith("Tego obliczenia nie objęto analizą niepewności.")
    assert why_absent({"absent": "jurors"}).endswith("dwóch jurorów.")
    assert why_absent({"absent": ""}) == ""


def test_it_says_which_points_are_official_and_why():
    raw = official_words({})
    assert raw == "Punkty wynikają wprost z ocen w arkuszach, bez poprawki na surowość jurorów."
    assert official_words({"official": {"asked": "fair", "used": "fair", "reason": ""}}) == (
        "Punkty są poprawione o surowość jurorów."
    )
    fallen = official_words({"official": {"asked": "fair", "used": "raw", "reason": "few-jurors"}})
    assert fallen == f"{raw} Zasady wskazują punkty poprawione, ale tym razem nie można było ich użyć: " + (
        "poprawka wymaga co najmniej 8 jurorów."
    )
    audits = official_words({"official": {"asked": "blup", "used": "raw", "reason": "audits"}})
    assert audits.endswith("użyć: audytów jest za mało, by oddzielić surowość jurorów od jakości instytucji.")
