from __future__ import annotations

import pytest
from django.utils.translation import override

from factories_instruments import scorecard_definition
from probierz.instruments import wording
from probierz.instruments.definitions import Problem, item_of


@pytest.mark.parametrize(
    ("item", "mark", "label"),
    [
        ("T1", "yes", "tak"),
        ("T3", "2", "obojętna"),
        ("T2", "12.5", "12,5 s"),
        ("T5", "na", "nie dotyczy"),
    ],
)
def test_a_mark_is_said_in_words(item, mark, label):
    assert wording.mark_label(item_of(scorecard_definition(), item), mark) == label


@pytest.mark.parametrize(
    ("value", "words"), [("1", "1 punkt"), ("2", "2 punkty"), (5, "5 punktów"), ("0.5", "0,5 punktu")]
)
def test_points_have_their_polish_form(value, words):
    assert wording.points_in_words(value) == words


def test_weighted_points_stay_exact():
    assert wording.weighted({"weight": 2}, "1.5") == "3"
    assert wording.weighted({"weight": "0.5"}, "1.5") == "0.75"


def test_a_refusal_is_a_polish_sentence_with_its_place():
    problem = Problem("rozmowa", "T4", "critical", "an item that is not scored cannot be critical")
    assert wording.said_problem(problem) == "Pozycja T4: Pozycja bez punktów nie może być krytyczna."
    assert wording.said_problem(Problem("rozmowa", "", "weight", "must not be below 0")) == (
        "Sekcja rozmowa: Ta wartość leży poza dozwolonym zakresem."
    )
    assert wording.refusal("something new") == "Tej wartości nie można tu użyć."
    assert wording.said_problem(None) == ""


def test_a_text_falls_back_to_polish():
    assert wording.in_language({"text": "Tak", "text_en": "Yes"}, "text", "en") == "Yes"
    assert wording.in_language({"text": "Tak"}, "text", "en") == "Tak"


def test_units_we_know_are_said_in_the_language_of_the_page():
    assert wording.unit_of({"unit": "dni roboczych"}) == "dni roboczych"
    with override("en"):
        assert wording.unit_of({"unit": "dni roboczych"}) == "working days"
        assert wording.unit_of({"unit": "min"}) == "min"
        assert wording.unit_of({}) == ""


@pytest.mark.parametrize(
    ("mark", "unit", "words"),
    [
        ("1", "dni roboczych", "1 dzień roboczy"),
        ("3", "dni", "3 dni"),
        ("5", "razy", "5 razy"),
        ("1", "razy", "1 raz"),
        ("1.5", "dni", "1,5 dni"),
        ("7", "min", "7 min"),
    ],
)
def test_a_unit_bends_after_its_number(mark, unit, words):
    assert wording.mark_label({"kind": "number", "unit": unit}, mark) == words
