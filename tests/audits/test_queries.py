"""What comes out of the room: the calculation's inputs, the juror's day, the office's table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from factories_applications import ApplicationFactory
from factories_audits import FULL, AuditFactory, OverrideFactory, open_assignment
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_instruments import ModelAnswerFactory, ScenarioFactory
from factories_jury import ConflictFactory
from probierz.audits import queries
from probierz.audits.models import Audit
from probierz.base.clock import now, today
from probierz.jury.actions import add_conflict
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(fieldwork_open=True)


def audit_in(edition, **fields):
    return AuditFactory(assignment=open_assignment(edition), **fields)


def test_a_calculation_takes_approved_audits_of_its_edition_only(edition):
    approved = audit_in(edition, approved=True)
    audit_in(edition, submitted=True)
    AuditFactory(approved=True)
    assert [entry.key for entry in queries.approved_audits(edition)] == [str(approved.key)]


def test_a_calculation_gets_the_changed_mark_and_the_record_of_both(edition):
    audit = audit_in(edition, approved=True)
    OverrideFactory(audit=audit, was="yes", now_is="no", reason="Wzorzec mówi inaczej.")
    entry = queries.approved_audits(edition)[0]
    assert entry.marks == FULL | {"T4": "no"}
    assert entry.overrides == ({"item": "T4", "was": "yes", "now_is": "no", "reason": "Wzorzec mówi inaczej."},)
    assert entry.version_digest == audit.version.digest
    assert entry.contact_date == audit.contact_at.date()


def test_a_calculation_learns_no_name(edition):
    audit = audit_in(edition, approved=True)
    juror, institution = audit.assignment.juror, audit.assignment.application.institution
    written = repr(queries.approved_audits(edition)[0])
    assert [name in written for name in (juror.name, juror.email, institution.name)] == [False, False, False]
    assert queries.approved_audits(edition)[0].juror_pseudonym == juror.pseudonym


def test_audits_are_visible_to_their_juror_and_the_office(edition):
    audit = audit_in(edition)
    other = audit_in(edition)
    assert set(queries.audits_visible_to(office_user(edition))) == {audit, other}
    assert list(queries.audits_visible_to(audit.assignment.juror.user)) == [audit]


def test_an_institution_sees_no_audit(edition):
    audit = audit_in(edition, approved=True)
    user = RepresentativeFactory(institution=audit.assignment.application.institution).user
    assert list(queries.audits_visible_to(user)) == []
    assert list(queries.assignments_visible_to(user)) == []
    assert list(queries.evidence_visible_to(user)) == []


def test_an_office_sees_nothing_of_another_programme(edition):
    audit_in(edition)
    assert list(queries.audits_visible_to(office_user())) == []


@pytest.mark.parametrize(
    ("opens", "closes", "group"), [(-3, 3, "today"), (1, 4, "soon"), (-4, -1, "late")], ids=["now", "ahead", "past"]
)
def test_a_task_lies_in_the_group_of_its_window(edition, opens, closes, group):
    assignment = open_assignment(
        edition, opens_at=now() + timedelta(days=opens), closes_at=now() + timedelta(days=closes)
    )
    groups = queries.tasks_of(assignment.juror.user)
    assert {name: len(tasks) for name, tasks in groups.items() if tasks} == {group: 1}


def test_after_the_contact_the_term_of_the_report_counts_and_not_the_window(edition):
    assignment = open_assignment(edition, closes_at=now() - timedelta(hours=1))
    audit = AuditFactory(assignment=assignment, filled=True, due_at=now() + timedelta(hours=1))
    user = assignment.juror.user
    assert [task.audit for task in queries.tasks_of(user)["today"]] == [audit]
    Audit.objects.filter(pk=audit.pk).update(due_at=now())
    assert [task.audit for task in queries.tasks_of(user)["late"]] == [audit]


@pytest.mark.parametrize(
    ("audit", "step"),
    [({}, "fill"), ({"filled": True}, "send"), ({"submitted": True}, "wait")],
    ids=lambda value: str(value),
)
def test_a_task_names_the_next_step(edition, audit, step):
    found = audit_in(edition, **audit)
    tasks = [task for group in queries.tasks_of(found.assignment.juror.user).values() for task in group]
    assert [task.step for task in tasks] == [step]


def test_without_a_declaration_a_task_has_no_institution(edition):
    assignment = open_assignment(edition, declared=False)
    task = queries.tasks_of(assignment.juror.user)["today"][0]
    assert (task.step, task.institution) == ("declare", None)


def test_a_conflict_takes_the_task_away(edition):
    assignment = open_assignment(edition)
    ConflictFactory(juror=assignment.juror, institution=assignment.application.institution)
    assert not any(queries.tasks_of(assignment.juror.user).values())


def test_the_day_costs_the_same_with_one_and_three_tasks(edition, django_assert_num_queries):
    assignment = open_assignment(edition)
    AuditFactory(assignment=assignment)
    user = assignment.juror.user
    with CaptureQueriesContext(_connection()) as one:
        queries.tasks_of(user)
    for _n in range(2):
        AuditFactory(assignment=open_assignment(edition, juror=assignment.juror))
    with django_assert_num_queries(len(one)):
        assert len(queries.tasks_of(user)["today"]) == 3


def _connection():
    from django.db import connection

    return connection


def test_the_table_filters(edition):
    submitted = audit_in(edition, submitted=True, flag_count=1).assignment
    waiting = open_assignment(edition, channel="visit")
    late = open_assignment(edition, closes_at=now() - timedelta(hours=1))
    other = open_assignment(edition)
    rows = queries.rows_of
    assert set(rows(edition)) == {submitted, waiting, late, other}
    assert list(rows(edition, state="submitted")) == [submitted]
    assert set(rows(edition, state="not-started")) == {waiting, late, other}
    assert list(rows(edition, channel="visit")) == [waiting]
    assert list(rows(edition, late=True)) == [late]
    assert list(rows(edition, flagged=True)) == [submitted]
    assert list(rows(edition, text=other.juror.pseudonym.lower())) == [other]
    assert list(rows(edition, text=other.application.institution.name.upper())) == [other]


def test_a_cancelled_assignment_waits_for_a_successor_until_it_has_one(edition):
    lost = open_assignment(edition, state=Assignment.State.CANCELLED)
    assert list(queries.rows_of(edition, state="to-replace")) == [lost]
    assert queries.counts_of(edition).to_replace == 1
    open_assignment(edition, application=lost.application, replaces=lost)
    assert list(queries.rows_of(edition, state="to-replace")) == []


def test_an_assignment_cancelled_by_a_conflict_waits_for_a_successor(edition):
    lost = open_assignment(edition)
    colleague = open_assignment(edition, application=lost.application, created_at=lost.created_at)
    institution, actor = lost.application.institution, office_user(edition)
    add_conflict(juror=lost.juror, institution=institution, reason="relation", note="Szwagier wójta.", actor=actor)
    assert list(queries.rows_of(edition, state="to-replace")) == [lost]
    assert set(queries.rows_of(edition)) == {lost, colleague}


def test_the_counts_add_up(edition):
    audit_in(edition)
    audit_in(edition, submitted=True)
    audit_in(edition, approved=True)
    open_assignment(edition, closes_at=now() - timedelta(hours=1))
    counts = queries.counts_of(edition)
    assert counts == queries.Counts(total=4, not_started=1, filling=1, submitted=1, approved=1, late=1, to_replace=0)


def test_the_model_answer_is_the_one_valid_on_the_day():
    old = ModelAnswerFactory(valid_until=today() - timedelta(days=1))
    new = ModelAnswerFactory(scenario=old.scenario, valid_from=today())
    assignment = Assignment(scenario=old.scenario)
    assert queries.model_answer_for(assignment) == new
    assert queries.model_answer_for(assignment, today() - timedelta(days=1)) == old
    assert queries.model_answer_for(Assignment()) is None


def test_scenarios_fit_the_channel_and_the_kind():
    assignment = Assignment(channel="phone", application=ApplicationFactory(accepted=True))
    fitting = ModelAnswerFactory(scenario__institution_kinds=["gmina"]).scenario
    ModelAnswerFactory(scenario__institution_kinds=["tbs"])
    ModelAnswerFactory(scenario__channels=["email"])
    ModelAnswerFactory(scenario__is_active=False)
    ScenarioFactory()
    assert queries.scenarios_for(assignment) == [fitting]


def test_the_overview_counts_and_leads_to_the_table(edition):
    audit_in(edition, submitted=True)
    cards = queries.overview_cards(edition, office_user(edition))
    assert [card["value"] for card in cards] == [0, 1]
    assert cards[0]["url"] == f"/biuro/konkurs/{edition.programme.slug}/{edition.slug}/audyty/"
