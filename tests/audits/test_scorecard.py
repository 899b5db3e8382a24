"""A filled scorecard: words of marks, what is missing, how far it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils.translation import override

from factories_audits import COMMENTS, FULL, AuditFactory, OverrideFactory
from factories_instruments import InstrumentVersionFactory
from probierz.audits import scorecard
from probierz.audits.models import Override

pytestmark = pytest.mark.django_db


def item(kind="yes_no", **more):
    return {"key": "A", "text": "Czy?", "kind": kind, **more}


SCALE = item("scale", options=[{"mark": "5", "label": "świetna", "label_en": "great", "points": "5"}])


@pytest.mark.parametrize(
    ("entry", "mark", "words"),
    [
        (item(), "yes", "Tak"),
        (item(), "no", "Nie"),
        (item(not_applicable=True), "na", "Nie dotyczy"),
        (SCALE, "5", "Świetna"),
        (item("duration", unit="min"), "7.5", "7,5 min"),
        (item("number", unit="dni"), "none", "Brak odpowiedzi"),
        (item("count"), "3/4", "3 z 4"),
        (item("text"), "na pewno", "na pewno"),
        (item(), "", ""),
    ],
)
def test_a_mark_in_words(entry, mark, words):
    assert scorecard.mark_words(entry, mark) == words


def test_words_follow_the_language():
    with override("en"):
        assert scorecard.mark_words(SCALE, "5") == "Great"
        assert scorecard.in_words({"text": "Czy?", "text_en": "Is it?"}, "text") == "Is it?"
        assert scorecard.in_words({"text": "Czy?"}, "text") == "Czy?"


@pytest.mark.parametrize(
    ("key", "mark", "is_refused"),
    [("T1", "yes", False), ("T1", "", False), ("T1", "na", True), ("T5", "na", False), ("T2", "-3", True)]
    + [("T6", "na", False), ("X", "yes", True), ("X", "", True)],
)
def test_a_mark_is_taken_or_not(key, mark, is_refused):
    assert bool(scorecard.mark_problem(InstrumentVersionFactory(), key, mark)) == is_refused


def test_gaps_follow_the_form_and_leave_out_what_is_not_asked():
    audit = AuditFactory()
    assert [gap.item_key for gap in scorecard.gaps(audit)] == ["", "T1", "T3", "T4", "T5"]
    audit.marks = {"T1": "no"}
    assert [(gap.item_key, gap.what) for gap in scorecard.gaps(audit)] == [("", "contact"), ("T1", "comment")]


def test_nothing_is_missing_from_a_full_audit():
    assert scorecard.gaps(AuditFactory(filled=True)) == []


def test_not_applicable_needs_its_reason():
    audit = AuditFactory(filled=True, comments={"T5": "   "})
    assert [(gap.item_key, gap.section_key, gap.what) for gap in scorecard.gaps(audit)] == [
        ("T5", "rozmowa", "comment")
    ]


def test_progress_counts_what_must_be_answered():
    version = InstrumentVersionFactory()
    assert scorecard.progress(version, {}) == scorecard.Progress(0, 4)
    assert scorecard.progress(version, FULL) == scorecard.Progress(5, 5)
    assert scorecard.progress(version, FULL, "rozmowa") == scorecard.Progress(3, 3)
    assert (scorecard.Progress(1, 4).percent, scorecard.Progress(0, 0).percent) == (25, 0)
    assert (scorecard.Progress(4, 4).is_complete, scorecard.Progress(3, 4).is_complete) == (True, False)


def test_hidden_answers_and_empty_ones_stay_behind():
    audit = AuditFactory(marks=FULL | {"T1": "no", "T3": ""}, comments=COMMENTS | {"T1": "Trzy próby."})
    assert scorecard.without_hidden(audit) == ({"T1": "no"}, {"T1": "Trzy próby."})


def test_the_last_override_stands():
    changes = [Override(item_key="T4", now_is="no"), Override(item_key="T4", now_is="yes")]
    assert scorecard.folded_marks({"T4": "no", "T1": "yes"}, changes) == {"T4": "yes", "T1": "yes"}


def test_the_score_counts_the_changed_mark():
    audit = AuditFactory(submitted=True)
    assert scorecard.score_of(audit).score == Fraction(100)
    OverrideFactory(audit=audit)
    assert scorecard.score_of(audit).score == Fraction(50)
    assert scorecard.score_of(audit).failed_critical == ("T4",)


@pytest.mark.parametrize(
    ("entry", "mark", "comment", "photo"),
    [
        (item(comment_on=["no"], evidence_on=["no"]), "no", True, True),
        (item(comment_on=["no"], evidence_on=["no"]), "yes", False, False),
        (item(not_applicable=True), "na", True, False),
        (item("text"), "na", False, False),
    ],
)
def test_what_an_answer_asks_for(entry, mark, comment, photo):
    assert (scorecard.wants_comment(entry, mark), scorecard.wants_photo(entry, mark)) == (comment, photo)
