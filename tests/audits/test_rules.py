"""Who may do what: the answer's code says why not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_audits import AuditFactory, open_assignment
from factories_editions import EditionFactory, StageFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_jury import ConflictFactory, DeclarationFactory, JurorFactory
from probierz.audits import rules
from probierz.audits.models import Evidence
from probierz.base.clock import held_at, now
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(fieldwork_open=True)


def test_the_gate_stands_before_everything(edition):
    assignment = open_assignment(edition, declared=False)
    user = assignment.juror.user
    assert rules.can_open_assignment(user, assignment).code == "not-declared"
    assert rules.can_start_audit(user, assignment).code == "not-declared"
    DeclarationFactory(juror=assignment.juror, institution=assignment.application.institution, edition=edition)
    assert rules.can_start_audit(user, assignment)


def test_a_declaration_of_a_bond_closes_the_gate(edition):
    assignment = open_assignment(edition, declared=False)
    DeclarationFactory(
        juror=assignment.juror,
        institution=assignment.application.institution,
        edition=edition,
        is_free_of_conflict=False,
    )
    assert rules.can_open_assignment(assignment.juror.user, assignment).code == "conflict"


def test_a_resting_juror_opens_nothing(edition):
    assignment = open_assignment(edition)
    assignment.juror.state = "resting"
    assert rules.can_open_assignment(assignment.juror.user, assignment).code == "juror-resting"


def test_a_window_ahead_does_not_start(edition):
    assignment = open_assignment(edition, opens_at=now() + timedelta(hours=1))
    assert rules.can_start_audit(assignment.juror.user, assignment).code == "window-ahead"
    with held_at(assignment.opens_at):
        assert rules.can_start_audit(assignment.juror.user, assignment)


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_a_closed_assignment_does_not_start(edition, state):
    assignment = open_assignment(edition, state=state)
    assert rules.can_start_audit(assignment.juror.user, assignment).code == "assignment-closed"


@pytest.mark.parametrize(
    ("trait", "allowed"),
    [({}, True), ({"returned": True}, True), ({"submitted": True}, False), ({"approved": True}, False)],
)
def test_filling_is_open_until_it_is_sent(edition, trait, allowed):
    audit = AuditFactory(assignment=open_assignment(edition), **trait)
    assert bool(rules.can_fill(audit.assignment.juror.user, audit)) == allowed


def test_evidence_opens_to_its_juror_and_the_office(edition):
    audit = AuditFactory(assignment=open_assignment(edition))
    evidence = Evidence(audit=audit)
    assert rules.can_see_evidence(audit.assignment.juror.user, evidence)
    assert rules.can_see_evidence(office_user(edition, role="observer"), evidence)
    representative = RepresentativeFactory(institution=audit.assignment.application.institution).user
    for user in (representative, office_user(), JurorFactory(programme=edition.programme).user):
        assert rules.can_see_evidence(user, evidence).code == "not-office"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "resting"}, "not-active"),
        ({"channels": ["visit"]}, "channel"),
        ({"bound": True}, "conflict"),
        ({"there": True}, "already-there"),
        ({}, ""),
    ],
)
def test_who_may_go_instead(edition, change, code):
    assignment = open_assignment(edition, state=Assignment.State.CANCELLED)
    bound, there = change.pop("bound", False), change.pop("there", False)
    juror = JurorFactory(programme=edition.programme, **change)
    if bound:
        ConflictFactory(juror=juror, institution=assignment.application.institution)
    if there:
        open_assignment(edition, juror=juror, application=assignment.application, channel="visit")
    assert rules.can_audit_instead(juror, assignment).code == code


def test_a_juror_of_another_programme_does_not_go_instead(edition):
    assignment = open_assignment(edition, state=Assignment.State.CANCELLED)
    assert rules.can_audit_instead(JurorFactory(), assignment).code == "not-active"


def test_nothing_comes_from_the_field_once_results_are_announced(edition):
    audit = AuditFactory(assignment=open_assignment(edition))
    user = audit.assignment.juror.user
    announcement = StageFactory(edition=edition, kind="announcement", opens_at=now(), closes_at=now() + timedelta(1))
    assert rules.can_fill(user, audit).code == "announced"
    assert rules.can_start_audit(user, audit.assignment).code == "announced"
    with held_at(announcement.opens_at - timedelta(microseconds=1)):
        assert rules.is_before_announcement(audit.assignment)
