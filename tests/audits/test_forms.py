"""Is the input sound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories_audits import AuditFactory, open_assignment
from factories_editions import EditionFactory
from factories_instruments import ModelAnswerFactory
from factories_jury import JurorFactory
from probierz.audits.forms import (
    AnswerForm,
    AuditFilter,
    ContactForm,
    MarkForm,
    ReasonForm,
    ReplacementForm,
    answers_in,
    marks_of,
)
from probierz.base.clock import end_of, held_at, start_of, today

pytestmark = pytest.mark.django_db


def test_a_tap_carries_the_phones_time():
    form = AnswerForm(
        {"item": "T1", "mark": "yes", "revision": "3", "client_key": "a" * 32, "at": "2025-11-20T11:04:05.250Z"}
    )
    assert form.is_valid()
    answer = form.answer()
    assert (answer.item_key, answer.mark, answer.comment, answer.revision) == ("T1", "yes", "", 3)
    assert answer.given_at == datetime(2025, 11, 20, 11, 4, 5, 250000, UTC)


@pytest.mark.parametrize(
    ("day", "hour", "at"),
    [
        ("2025-10-25", "12:00", datetime(2025, 10, 25, 10, tzinfo=UTC)),
        ("2025-10-27", "12:00", datetime(2025, 10, 27, 11, tzinfo=UTC)),
    ],
    ids=["summer time", "winter time"],
)
def test_the_contact_is_in_polish_time_across_the_change_of_clocks(day, hour, at):
    form = ContactForm({"contact_on": day, "contact_time": hour})
    assert form.is_valid()
    assert form.contact_at() == at


def test_the_contact_given_before_is_shown_again():
    audit = AuditFactory(contact_at=datetime(2025, 11, 20, 11, 4, tzinfo=UTC))
    initial = ContactForm.of(audit).initial
    assert (f"{initial['contact_on']}", f"{initial['contact_time']:%H:%M}") == ("2025-11-20", "12:04")


@pytest.mark.parametrize(("reason", "sound"), [("", False), ("za krótko", False), ("Dziesięć znaków.", True)])
def test_a_reason_is_a_sentence(reason, sound):
    assert ReasonForm({"reason": reason}).is_valid() == sound


def test_known_marks_are_offered():
    item = {"key": "A", "kind": "yes_no", "not_applicable": True, "text": "?"}
    assert marks_of(item) == [("yes", "Tak"), ("no", "Nie"), ("na", "Nie dotyczy")]
    assert MarkForm({"mark": "maybe", "reason": "Powód jest poważny."}, item=item).errors.keys() == {"mark"}
    measured = {"key": "A", "kind": "duration", "text": "?"}
    assert marks_of(measured) == []
    assert MarkForm({"mark": "7.5", "reason": "Powód jest poważny."}, item=measured).is_valid()


def test_a_whole_form_gives_what_changed_only():
    audit = AuditFactory(marks={"T1": "yes", "T3": "2"}, item_revisions={"T1": 1, "T3": 4})
    sent = {"mark:T1": "yes", "mark:T3": "3", "revision:T3": "4", "mark:T6": "x" * 5000, "revision:T6": "dużo"}
    answers = answers_in(sent, audit)
    assert [(answer.item_key, answer.mark, answer.revision) for answer in answers] == [("T3", "3", 4)]


def replacement(**given):
    edition = EditionFactory(fieldwork_open=True)
    assignment = open_assignment(edition, state="cancelled")
    ModelAnswerFactory(scenario=assignment.scenario)
    assignment.scenario.life_situations = ["kierowca"]
    assignment.scenario.save()
    juror = JurorFactory(programme=edition.programme, life_situations=given.pop("lives", ["kierowca"]))
    data = {"juror": juror.pk, "scenario": assignment.scenario_id, "opens_on": today(), "closes_on": today()}
    return ReplacementForm(data | given, assignment=assignment, jurors=[juror])


def test_a_successors_window_is_whole_days_from_now_on():
    with held_at(start_of(today()) + timedelta(hours=9)) as _held:
        form = replacement()
        assert form.is_valid(), form.errors
        assert form.window() == (start_of(today()) + timedelta(hours=9), end_of(today()))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"opens_on": today() + timedelta(days=9)}, "closes_on"),
        ({"lives": []}, "scenario"),
        ({"juror": 0}, "juror"),
    ],
)
def test_a_successor_who_cannot_go(given, field):
    assert replacement(**given).errors.keys() == {field}


def test_nonsense_in_the_filter_is_no_filter():
    assert AuditFilter({"stan": "zmyślony", "kanal": "gołąb", "q": "gmina"}).criteria() == {
        "text": "gmina",
        "state": "",
        "channel": "",
        "late": False,
        "flagged": False,
        "sort": "",
    }
