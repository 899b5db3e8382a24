"""Who may do what, when; the rest of the rules is tried through the actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory, CompletionRequestFactory, ready_application
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from probierz.applications import rules
from probierz.base.clock import held_at

pytestmark = pytest.mark.django_db
OPENS = datetime(2025, 9, 16, 22, 0, tzinfo=UTC)
CLOSES = datetime(2025, 10, 24, 22, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (OPENS - MILLISECOND, "call-not-open"),
        (OPENS, ""),
        (CLOSES - MILLISECOND, ""),
        (CLOSES, "late"),
    ],
)
def test_the_call_is_open_to_the_millisecond(moment, code):
    edition = EditionFactory(calendar=True)
    representative = RepresentativeFactory()
    verdict = rules.can_start(representative.user, edition, representative.institution, moment)
    assert (bool(verdict), verdict.code) == (not code, code)


@pytest.mark.parametrize(("offset", "allowed"), [(-MILLISECOND, True), (timedelta(0), False)])
def test_a_completion_is_open_to_its_own_term(offset, allowed):
    representative = RepresentativeFactory()
    application = ready_application(institution=representative.institution, state="completion", number="X/1")
    request = CompletionRequestFactory(application=application)
    verdict = rules.can_answer_completion(representative.user, application, request.due_at + offset)
    assert bool(verdict) is allowed


def test_a_stranger_may_do_nothing():
    application, stranger = ApplicationFactory(submitted=True), UserFactory()
    for rule in (
        rules.can_withdraw,
        rules.can_check,
        rules.can_request_completion,
        rules.can_accept,
        rules.can_reject,
    ):
        assert rule(stranger, application).code == "not-office"
    assert rules.can_edit(stranger, ApplicationFactory()).code == "not-representative"


def test_an_observer_decides_nothing():
    application = ApplicationFactory(submitted=True)
    observer = office_user(application.edition, role="observer")
    assert rules.can_reject(observer, application).code == "observer"
    assert rules.can_enter_on_paper(observer, application.edition).code == "observer"


def test_nothing_is_decided_after_fieldwork():
    edition = EditionFactory(calendar=True)
    application = ApplicationFactory(edition=edition, submitted=True)
    office = office_user(edition)
    with held_at(datetime(2026, 2, 13, 22, 59, 59, 999_000, tzinfo=UTC)):
        assert rules.can_reject(office, application).code == ""
    with held_at(datetime(2026, 2, 13, 23, 0, tzinfo=UTC)):
        assert rules.can_reject(office, application).code == "fieldwork-closed"


def test_an_accepted_one_is_not_withdrawn_by_the_institution_during_audits():
    edition = EditionFactory(call_open=True, fieldwork_open=True)
    representative = RepresentativeFactory()
    application = ApplicationFactory(edition=edition, institution=representative.institution, accepted=True)
    assert rules.can_withdraw(representative.user, application).code == "in-field"
    assert bool(rules.can_withdraw(office_user(edition), application)) is True


def test_what_is_over_is_over():
    application = ApplicationFactory(rejected=True)
    office = office_user(application.edition)
    assert rules.can_withdraw(office, application).code == "not-live"
    assert rules.can_check(office, application).code == "not-submitted"
    assert rules.has_unmet_points(application) is True
