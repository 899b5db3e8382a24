from __future__ import annotations

import pytest

from probierz.jury import wording
from probierz.jury.travel import FAR, NEXT_VOIVODESHIP, SAME_VOIVODESHIP, UNKNOWN


def row(channel="visit", by_hand=False, **parts):
    return {"channel": channel, "by_hand": by_hand, "parts": parts}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (row(random=3), "ten sam powiat, los: 3 z 20"),
        (row(travel=SAME_VOIVODESHIP, random=0), "to samo województwo, los: 0 z 20"),
        (row(travel=NEXT_VOIVODESHIP, random=0), "sąsiednie województwo, los: 0 z 20"),
        (row(travel=UNKNOWN, random=0), "odległość nieznana, los: 0 z 20"),
        (row(travel=FAR, random=0), "dalej niż sąsiednie województwo, los: 0 z 20"),
        (row("email", seen=15, random=2), "był tu dawniej niż dwie edycje temu, los: 2 z 20"),
        (row("phone", random=7), "los: 7 z 20"),
        (row(by_hand=True), "wskazany ręcznie przez biuro"),
    ],
)
def test_why_this_juror(entry, words):
    assert wording.why_in_words(entry) == words


def test_why_nobody():
    said = wording.why_not_in_words({"full": 4, "excluded": 2})
    assert (
        said
        == "jurorów wyłączonych z powodu konfliktu, rotacji lub wcześniejszego przydziału: 2; z pełnym obciążeniem: 4"
    )
    assert wording.why_not_in_words({"no-window": 1}) == "w terminie audytów brakuje miejsca na ten kontakt"
    assert wording.why_not_in_words({"by-hand": 1}) == "biuro zdjęło jurora z tego miejsca"
    assert wording.why_not_in_words({}) == "w jury nie ma jeszcze nikogo aktywnego"


def test_what_is_short_comes_with_what_mends_it():
    crowd = {"code": "too-little-capacity", "missing": 3, "applications": ["a", "b"], "jurors": ["J-01", "J-02"]}
    assert wording.shortfall_in_words(crowd) == (
        "Brakuje audytów: 3 w 2 instytucjach. Pełne obciążenie mają: J-01, J-02. "
        "Pomoże zwiększenie liczby audytów tym jurorom, zaproszenie kolejnych albo mniej audytów na instytucję."
    )
    closed = {"code": "too-few-allowed", "missing": 1, "applications": ["a"], "jurors": []}
    assert wording.shortfall_in_words(closed).startswith("Brakuje 1 audytu w 1 instytucji. Pomoże zaproszenie")


def test_an_idle_juror_is_named():
    assert wording.idle_in_words("J-04", 2).startswith("J-04 dostaje mniej audytów")


def test_an_unknown_problem_keeps_its_code():
    assert wording.problem_in_words("conflict") == "konflikt interesów z tą instytucją"
    assert wording.problem_in_words("nowy") == "nowy"


def test_an_assignment_keeps_why_it_was_made():
    assert wording.reason_in_words(row(random=1)) == "z planu przydziału: ten sam powiat, los: 1 z 20"
