"""The scorecard as a form: how each kind of item is answered with a thumb."""

from __future__ import annotations

import json

import pytest

from factories_audits import AuditFactory
from probierz.audits.questions import sections_of

pytestmark = pytest.mark.django_db


def questions(audit):
    return {question.key: question for section in sections_of(audit) for question in section.questions}


def test_every_item_is_there_and_numbered_through():
    found = questions(AuditFactory())
    assert [(question.number, question.key) for question in found.values()] == [
        (number, f"T{number}") for number in range(1, 7)
    ]


def test_each_kind_has_its_look():
    found = questions(AuditFactory())
    assert {key: question.look for key, question in found.items()} == {
        "T1": "choices",
        "T2": "measure",
        "T3": "choices",
        "T4": "choices",
        "T5": "choices",
        "T6": "text",
    }
    assert (found["T1"].is_row, found["T3"].is_row) == (True, False)
    assert [choice.mark for choice in found["T5"].special] == ["na"]


def test_what_was_answered_is_shown_again():
    found = questions(AuditFactory(filled=True, marks={"T1": "yes", "T2": "7.5", "T5": "na"}))
    assert [choice.mark for choice in found["T1"].choices if choice.is_chosen] == ["yes"]
    assert (found["T2"].shown_mark, found["T2"].special_chosen, found["T5"].special_chosen) == ("7,5", False, True)
    assert (found["T5"].asks_comment, found["T5"].comment, found["T1"].revision) == (
        True,
        "Sprawę załatwiono bez przełączania.",
        1,
    )


def test_skip_logic_travels_with_the_form():
    found = questions(AuditFactory())
    assert (found["T2"].is_visible, json.loads(found["T2"].rules)["show_if"]) == (
        False,
        {"item": "T1", "marks": ["yes"]},
    )
    assert json.loads(found["T1"].rules)["ends_audit_on"] == ["no"]


def test_a_section_with_nothing_to_ask_is_hidden():
    sections = sections_of(AuditFactory(marks={"T1": "no"}))
    assert [section.is_visible for section in sections] == [True, False]


def test_counts_become_buttons_when_they_are_few():
    audit = AuditFactory()
    items = audit.version.definition["sections"][1]["items"]
    items[0] = {"key": "T3", "text": "Ile z pytań?", "kind": "count", "of": 2}
    items[1] = {"key": "T4", "text": "Ile z ilu?", "kind": "count"}
    audit.marks = {"T4": "3/7"}
    found = questions(audit)
    assert [choice.mark for choice in found["T3"].choices] == ["0/2", "1/2", "2/2"]
    assert (found["T4"].look, found["T4"].counted) == ("count", ("3", "7"))
