"""When a juror cannot go, or was recognised: the assignment is cancelled and another juror is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from probierz.audits import mail, rules
from probierz.audits.models import Audit, Obstacle
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.instruments.models import Scenario
from probierz.jury.models import Assignment, Juror


@action
def report_recognised(*, assignment: Assignment, reason: str, actor: Any) -> Obstacle:
    """The juror's cover is blown: what was filled does not count and another juror repeats the audit."""
    assignment = _locked(assignment)
    rules.can_report_obstacle(actor, assignment).require()
    return _cancel(assignment, Obstacle.Kind.RECOGNISED, reason, actor)


@action
def decline_assignment(*, assignment: Assignment, reason: str, actor: Any) -> Obstacle:
    """The juror cannot carry out the assignment; the office is told why."""
    assignment = _locked(assignment)
    rules.can_decline(actor, assignment).require()
    return _cancel(assignment, Obstacle.Kind.CANNOT, reason, actor)


def _cancel(assignment: Assignment, kind: str, reason: str, actor: Any) -> Obstacle:
    obstacle = Obstacle.objects.create(assignment=assignment, kind=kind, reason=reason, reported_at=now())
    audit = Audit.objects.select_for_update(of=("self",)).filter(assignment=assignment).first()
    if audit is not None:
        recognised = kind == Obstacle.Kind.RECOGNISED
        audit.state = Audit.State.COVER_BLOWN if recognised else Audit.State.REJECTED
        audit.decided_at, audit.decision_reason = now(), reason
        audit.save(update_fields=["state", "decided_at", "decision_reason"])
    assignment.state = Assignment.State.CANCELLED
    assignment.save(update_fields=["state"])
    mail.tell_office_of_obstacle(obstacle)
    verb = "assignment.recognised" if kind == Obstacle.Kind.RECOGNISED else "assignment.declined"
    record(actor=actor, verb=verb, subject=assignment, edition=assignment.application.edition)
    return obstacle


@action
def replace_assignment(
    *,
    assignment: Assignment,
    juror: Juror,
    scenario: Scenario | None,
    opens_at: datetime,
    closes_at: datetime,
    actor: Any,
) -> Assignment:
    """Send another juror where the first one could not finish."""
    assignment = _locked(assignment)
    rules.can_replace(actor, assignment).require()
    rules.can_audit_instead(juror, assignment).require()
    successor = Assignment.objects.create(
        plan=assignment.plan,
        application=assignment.application,
        juror=juror,
        channel=assignment.channel,
        scenario=scenario,
        opens_at=opens_at,
        closes_at=closes_at,
        state=Assignment.State.OPEN,
        is_extra=assignment.is_extra,
        replaces=assignment,
        created_at=now(),
    )
    mail.tell_juror_of_assignment(successor)
    record(
        actor=actor,
        verb="assignment.replaced",
        subject=successor,
        edition=assignment.application.edition,
        replaces=str(assignment.key),
    )
    return successor


def _locked(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("juror", "application__institution", "application__edition__programme")
        .get(pk=assignment.pk)
    )
