"""„Co dalej” is said for every state, at every time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factories_applications import ApplicationFactory, ready_application
from factories_editions import EditionFactory
from probierz.applications import flow
from probierz.applications.readiness import Readiness

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2025, 10, 1, 10, tzinfo=UTC)
DECEMBER = datetime(2025, 12, 1, 10, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("trait", "moment", "title"),
    [
        ({}, OCTOBER, "Dokończ i wyślij zgłoszenie"),
        ({}, DECEMBER, "Nabór się zakończył"),
        ({"submitted": True}, OCTOBER, "Sprawdzamy zgłoszenie"),
        ({"accepted": True}, OCTOBER, "Zgłoszenie przyjęto, czas na audyty"),
        ({"accepted": True}, DECEMBER, "Zgłoszenie przyjęto, czas na audyty"),
        ({"accepted": True}, MARCH, "Audyty się zakończyły"),
        ({"rejected": True}, OCTOBER, "Zgłoszenie odrzucono"),
        ({"withdrawn": True}, OCTOBER, "Zgłoszenie wycofano"),
        ({"withdrawn": True}, DECEMBER, "Zgłoszenie wycofano"),
    ],
)
def test_every_state_knows_what_is_next(trait, moment, title):
    application = ApplicationFactory(edition=EditionFactory(calendar=True), **trait)
    assert flow.what_next(application, moment).title == title


def test_a_completion_request_runs_and_runs_out():
    application = ApplicationFactory(in_completion=True)
    request = application.completion_requests.get()
    assert flow.what_next(application, request.issued_at).until == request.due_at
    assert flow.what_next(application, request.due_at).title == "Termin uzupełnienia minął"


def test_the_steps_show_where_one_is():
    readiness = Readiness(ApplicationFactory(answers={"nazwa": "A"}))
    shown = flow.steps(readiness)
    assert [step["state"] for step in shown] == ["current", "todo", "todo", "todo"]
    assert shown[0]["note"] == "zostało: 1\u00a0pole"
    assert flow.current_step(readiness)["call"] == "Wypełnij formularz"


def test_a_full_draft_has_one_step_left():
    readiness = Readiness(ready_application())
    assert [step["state"] for step in flow.steps(readiness)] == ["done", "done", "done", "current"]
    assert [step["state"] for step in flow.steps(readiness, 0)] == ["current", "done", "done", "todo"]
