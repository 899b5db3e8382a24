"""What the checks notice, and what they let pass."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_audits import COMMENTS, FULL, AuditFactory, open_assignment
from factories_editions import EditionChannelFactory, EditionFactory
from factories_instruments import InstrumentVersionFactory
from probierz.audits import checks
from probierz.audits.models import Evidence, SavedMark
from probierz.base.clock import now

pytestmark = pytest.mark.django_db


def codes(audit):
    return [finding.code for finding in checks.findings(audit)]


def saved(audit, *seconds):
    for index, after in enumerate(seconds):
        SavedMark.objects.create(
            audit=audit,
            client_key=f"klucz-{index:05}",
            item_key="T1",
            revision=index + 1,
            given_at=now() + timedelta(seconds=after),
            saved_at=now(),
        )


def test_a_sound_audit_raises_nothing():
    audit = AuditFactory(submitted=True)
    assert checks.findings(audit) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"contact_at": None}, "outside-window"),
        ({"contact_at": now() - timedelta(days=30)}, "outside-window"),
        ({"due_at": now() - timedelta(hours=1)}, "late"),
        ({"marks": FULL | {"T2": "0"}}, "zero-time"),
        ({"marks": FULL | {"T2": "4000"}}, "endless-time"),
        ({"filling_seconds": 10}, "too-fast"),
        ({"comments": {}}, "incomplete"),
        ({"comments": COMMENTS | {"T3": "Pani Kowalska pomogła."}}, "name"),
        ({"marks": FULL | {"T6": "Rozmawiałam z panem Nowakiem."}}, "name"),
    ],
)
def test_each_check_notices_its_fault_alone(fields, code):
    assert codes(AuditFactory(submitted=True, **fields)) == [code]


@pytest.mark.parametrize("text", ["Pani z okienka pomogła.", "Zapytałam pana o Kartę.", "Panie i panowie pomogli."])
def test_a_title_without_a_name_is_no_name(text):
    assert codes(AuditFactory(submitted=True, comments=COMMENTS | {"T3": text})) == []


def test_the_form_filled_before_the_contact():
    audit = AuditFactory(submitted=True)
    saved(audit, -3600 * 6)
    assert codes(audit) == ["before-contact"]


def test_a_missing_answer_is_named_with_its_item():
    audit = AuditFactory(submitted=True, marks={key: mark for key, mark in FULL.items() if key != "T3"})
    finding = checks.findings(audit)[0]
    assert (finding.code, finding.item_key, finding.code_words) == ("incomplete", "T3", "kompletność")


def custom(items, marks, **fields):
    definition = {
        "key": "proba",
        "channel": "phone",
        "title": "Próba",
        "sections": [{"key": "a", "title": "A", "weight": "1", "items": items}],
    }
    edition = EditionFactory(fieldwork_open=True)
    version = InstrumentVersionFactory(definition=definition)
    EditionChannelFactory(edition=edition, version=version)
    return AuditFactory(assignment=open_assignment(edition), submitted=True, marks=marks, **fields)


def yes_no(number, **more):
    return {"key": f"A{number}", "text": f"Pytanie {number}", "kind": "yes_no", **more}


def test_a_photo_that_was_asked_for():
    audit = custom([yes_no(1, evidence_on=["no"])], {"A1": "no"})
    assert codes(audit) == ["photo-missing"]
    photo(audit, "A1", "a" * 64)
    assert codes(audit) == []


def photo(audit, item, digest):
    return Evidence.objects.create(
        audit=audit, item_key=item, file="x.jpg", content_type="image/jpeg", size=1, sha256=digest, added_at=now()
    )


def test_the_same_photo_in_two_audits():
    first, second = AuditFactory(submitted=True), AuditFactory(submitted=True)
    photo(first, "T1", "a" * 64)
    photo(second, "T1", "b" * 64)
    assert codes(second) == []
    photo(second, "T1", "a" * 64)
    assert codes(second) == ["photo-repeated"]


@pytest.mark.parametrize(("is_mixed", "found"), [(True, ["straight-line"]), (False, [])])
def test_yes_to_everything_is_suspect_only_against_a_turned_question(is_mixed, found):
    items = [yes_no(number) for number in range(8)] + [yes_no(9, reversed=is_mixed)]
    assert codes(custom(items, {item["key"]: "yes" for item in items})) == found


def test_a_straight_line_of_scales():
    options = [{"mark": str(mark), "label": str(mark), "points": str(mark)} for mark in range(1, 6)]
    items = [{"key": f"A{number}", "text": "?", "kind": "scale", "options": options} for number in range(8)]
    assert codes(custom(items, {item["key"]: "4" for item in items})) == ["straight-line"]
    assert codes(custom(items, {item["key"]: "4" for item in items} | {"A0": "3"})) == []


def test_too_much_is_not_applicable_and_too_little_weight_is_covered():
    items = [yes_no(number, not_applicable=True) for number in range(5)]
    marks = {"A0": "yes", "A1": "yes", "A2": "yes", "A3": "na", "A4": "na"}
    reasons = {"A3": "Nie było.", "A4": "Nie było.", "A2": "Nie było."}
    assert codes(custom(items, marks, comments=reasons)) == ["coverage"]
    assert codes(custom(items, marks | {"A2": "na"}, comments=reasons)) == ["not-applicable", "coverage"]


def test_only_bad_and_warn_are_serious():
    found = [checks.Finding("late", tone, "") for tone in ("bad", "warn", "info")]
    assert checks.serious(found) == found[:2]


def test_a_pause_counts_as_two_minutes():
    audit = AuditFactory()
    saved(audit, 0, 30, 3600)
    assert checks.filling_time(audit).total_seconds() == pytest.approx(150, abs=1)


def test_a_single_tap_takes_no_time():
    audit = AuditFactory()
    saved(audit, 0)
    assert checks.filling_time(audit) == timedelta()
