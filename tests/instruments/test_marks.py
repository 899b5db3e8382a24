from __future__ import annotations

import pytest

from factories_instruments import scorecard_definition
from probierz.instruments.marks import decimal_mark, read_comments, read_marks


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("7,50", "7.5"), ("007", "7"), ("12.0", "12"), ("0", "0"), ("siedem", "siedem"), ("-3", "-3"), ("1e3", "1e3")],
)
def test_a_typed_number_becomes_a_mark(typed, mark):
    assert decimal_mark(typed) == mark


def test_a_posted_form_becomes_marks():
    posted = {
        "mark:T1": "yes",
        "mark:T2": "12,5",
        "mark:T3": "3",
        "special:T5": "na",
        "mark:T6": " Uprzejmie. ",
        "x": "1",
    }
    assert read_marks(scorecard_definition(), posted) == {
        "T1": "yes",
        "T2": "12.5",
        "T3": "3",
        "T5": "na",
        "T6": "Uprzejmie.",
    }


def test_a_count_is_two_numbers():
    definition = scorecard_definition()
    definition["sections"][1]["items"].append({"key": "T7", "kind": "count", "text": "Ile odpowiedzi?"})
    definition["sections"][1]["items"].append({"key": "T8", "kind": "count", "text": "Ile z czterech?", "of": 4})
    posted = {"got:T7": "2", "of:T7": "3", "got:T8": "4"}
    assert read_marks(definition, posted) == {"T7": "2/3", "T8": "4/4"}


def test_comments_are_trimmed_and_empty_ones_left_out():
    posted = {"comment:T1": " nikt nie odebrał ", "comment:T3": "  "}
    assert read_comments(scorecard_definition(), posted) == {"T1": "nikt nie odebrał"}
