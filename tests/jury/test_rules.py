"""The gate before an institution, and who may do what with the jury."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_accounts import UserFactory
from factories_editions import EditionFactory, office_user
from factories_jury import AssignmentFactory, ConflictFactory, DeclarationFactory, JurorFactory
from probierz.base.clock import now
from probierz.jury import rules
from probierz.jury.models import Assignment, Conflict, Juror

pytestmark = pytest.mark.django_db


def test_an_institution_opens_after_a_word_of_freedom_from_conflict():
    assignment = AssignmentFactory(declared=False)
    assert rules.can_open_institution(assignment.juror, assignment.application).code == "not-declared"

    DeclarationFactory(
        juror=assignment.juror,
        institution=assignment.application.institution,
        edition=assignment.application.edition,
    )
    assert rules.can_open_institution(assignment.juror, assignment.application)


def test_a_word_for_another_edition_opens_nothing():
    assignment = AssignmentFactory(declared=False)
    other = EditionFactory(programme=assignment.application.edition.programme)
    DeclarationFactory(juror=assignment.juror, institution=assignment.application.institution, edition=other)
    assert rules.can_open_institution(assignment.juror, assignment.application).code == "not-declared"


def test_a_live_conflict_shuts_the_institution_and_a_lifted_one_does_not():
    assignment = AssignmentFactory()
    conflict = ConflictFactory(juror=assignment.juror, institution=assignment.application.institution)
    assert rules.can_open_institution(assignment.juror, assignment.application).code == "conflict"

    conflict.lifted_at = now()
    conflict.save()
    assert rules.can_open_institution(assignment.juror, assignment.application)


def test_a_word_is_given_once_and_by_the_juror_alone():
    assignment = AssignmentFactory(declared=False)
    assert rules.can_declare(assignment.juror.user, assignment)
    assert rules.can_declare(UserFactory(), assignment).code == "not-yours"
    DeclarationFactory(
        juror=assignment.juror, institution=assignment.application.institution, edition=assignment.application.edition
    )
    assert rules.can_declare(assignment.juror.user, assignment).code == "already-declared"


@pytest.mark.parametrize("state", [Assignment.State.PLANNED, Assignment.State.CANCELLED])
def test_no_word_is_asked_for_an_assignment_that_is_not_alive(state):
    assignment = AssignmentFactory(declared=False, state=state)
    assert rules.can_declare(assignment.juror.user, assignment).code == "assignment-closed"


@pytest.mark.parametrize(("role", "code"), [("coordinator", ""), ("operator", ""), ("observer", "observer")])
def test_the_jury_is_run_by_the_office_but_not_by_an_observer(role, code):
    edition = EditionFactory()
    assert rules.can_run_jury(office_user(edition, role), edition.programme).code == code
    assert rules.can_run_jury(office_user(EditionFactory(), role), edition.programme).code == "not-office"


def test_what_a_juror_declared_the_office_does_not_lift():
    juror = JurorFactory()
    office = office_user(EditionFactory(programme=juror.programme))
    declared = ConflictFactory(juror=juror, source=Conflict.Source.DECLARED)
    detected = ConflictFactory(juror=juror, source=Conflict.Source.DETECTED, reason=Conflict.Reason.HOME)
    assert rules.can_lift_conflict(office, declared).code == "declared"
    assert rules.can_lift_conflict(office, detected)


def test_jurors_rest_and_come_back():
    juror = JurorFactory()
    office = office_user(EditionFactory(programme=juror.programme))
    assert rules.can_rest(office, juror)
    assert rules.can_activate(office, juror).code == "not-resting"
    assert rules.can_invite_again(office, juror).code == "already-joined"
    juror.state = Juror.State.RESTING
    assert rules.can_activate(office, juror)


def test_nothing_is_planned_without_fieldwork_or_after_it():
    bare, running = EditionFactory(), EditionFactory(fieldwork_open=True)
    assert rules.can_propose_plan(office_user(bare), bare).code == "no-fieldwork"
    assert rules.can_propose_plan(office_user(running), running)

    stage = running.stages.get(kind="fieldwork")
    stage.opens_at, stage.closes_at = now() - timedelta(days=9), now()
    stage.save()
    running = type(running).objects.get(pk=running.pk)
    assert rules.can_propose_plan(office_user(running), running).code == "fieldwork-over"


def test_a_profile_is_its_jurors():
    juror = JurorFactory()
    assert rules.can_edit_profile(juror.user, juror)
    assert rules.can_edit_profile(UserFactory(), juror).code == "not-yours"
