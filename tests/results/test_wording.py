"""Codes of the engine in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from probierz.results import wording


@pytest.fixture(autouse=True)
def polish():
    with translation.override("pl"):
        yield


def test_figures():
    assert [wording.figure(value) for value in ("82.40", "4", None, "")] == ["82,40", "4", "–", "–"]
    assert wording.figure("75.158333", 1) == "75,2"


@pytest.mark.parametrize(
    ("code", "required"),
    [("points", "co najmniej 75"), ("above-mean", "więcej niż 75"), ("critical-items", "ani jednej")],
)
def test_conditions_say_what_they_ask(code, required):
    found = wording.conditions([{"code": code, "held": False, "required": "75", "found": "70.10"}])
    assert [(one["required"], one["found"], one["held"]) for one in found] == [(required, "70,10", False)]


def test_every_reason_has_words():
    codes = [("audits", "3", "1"), ("jurors", "2", "1"), ("channels", "2", "1"), ("required-channel", "visit", "")]
    found = wording.reasons([{"code": code, "required": need, "found": got} for code, need, got in codes])
    assert found == [
        "zaliczone audyty: 1, potrzeba co najmniej 3",
        "różni jurorzy: 1, potrzeba co najmniej 2",
        "zbadane kanały: 1, potrzeba co najmniej 2",
        "brak audytu w wymaganym kanale: wizyta",
    ]


def test_decisions_and_states_have_words():
    assert wording.decision("grant") == "licencja przyznana"
    assert [wording.decision_tone(value) for value in ("grant", "refuse", "not-classified")] == [
        "good",
        "neutral",
        "warn",
    ]
    assert wording.channel_state("excluded").startswith("poza obliczeniem")
    assert wording.left_out("coverage") == "za mało odpowiedzi, by audyt się liczył"


def test_differences_say_why():
    why = [
        {"audit": "a", "change": "marks", "items": {"T1": ["yes", "no"], "T2": [None, "5"]}},
        {"audit": "b", "change": "removed"},
    ]
    assert wording.differences(why) == ["zmienione oceny: T1: yes → no, T2: – → 5", "audyt już się nie liczy"]
    assert wording.differences([]) == ["zasady albo wyniki innych instytucji"]


def test_a_place_is_one_of_so_many():
    assert wording.among(1) == "wśród 1 instytucji"
    with translation.override("en"):
        assert [wording.among(n) for n in (1, 2)] == ["among 1 institution", "among 2 institutions"]
