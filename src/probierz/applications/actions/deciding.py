"""The office's part: the formal check and the decisions."""

from __future__ import annotations

from typing import Any

from probierz.applications import mail, rules
from probierz.applications.actions.locking import _locked
from probierz.applications.models import Application, CompletionRequest, FormalCheck, FormalPoint
from probierz.applications.readiness import completion_days
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.working_days import statutory_end

State = Application.State


@action
def mark_formal_point(*, application: Application, point: str, verdict: str, actor: Any) -> FormalCheck:
    """Say of one point that it is met, not met, or (with an empty verdict) not yet looked at."""
    application = _locked(application)
    rules.can_check(actor, application).require()
    marks = {FormalPoint(point).value: verdict} if verdict in {FormalCheck.MET, FormalCheck.UNMET} else {}
    check = _marked(application, actor, marks, cleared=() if marks else (FormalPoint(point).value,))
    _record(application, actor, "application.point-checked", point=point, verdict=verdict)
    return check


@action
def confirm_all_points(*, application: Application, actor: Any) -> FormalCheck:
    application = _locked(application)
    rules.can_check(actor, application).require()
    check = _marked(application, actor, {point: FormalCheck.MET for point in FormalPoint.values})
    _record(application, actor, "application.checked", points=len(FormalPoint.values))
    return check


@action
def note_on_check(*, application: Application, note: str, actor: Any) -> FormalCheck:
    """The office's own note; the institution never sees it."""
    application = _locked(application)
    rules.can_check(actor, application).require()
    check = _marked(application, actor, {})
    check.note = note
    check.save(update_fields=["note"])
    _record(application, actor, "application.noted", length=len(note))
    return check


@action
def issue_completion_request(*, application: Application, what: str, actor: Any) -> CompletionRequest:
    """Ask for what is missing, with a term in working days that the rulebook names."""
    application = _locked(application)
    rules.can_request_completion(actor, application).require()
    moment = now()
    days = completion_days(application)
    request = CompletionRequest.objects.create(
        application=application, what=what, issued_at=moment, due_at=statutory_end(moment, days), issued_by=actor
    )
    application.state = State.COMPLETION
    application.changed_at = moment
    application.save(update_fields=["state", "changed_at"])
    mail.tell_completion_requested(application, request)
    _record(application, actor, "application.completion-requested", working_days=days, due=request.due_at.isoformat())
    return request


@action
def accept_application(*, application: Application, actor: Any) -> Application:
    application = _locked(application)
    rules.can_accept(actor, application).require()
    _decide(application, State.ACCEPTED, "")
    mail.tell_accepted(application)
    _record(application, actor, "application.accepted")
    return application


@action
def reject_application(*, application: Application, reason: str, actor: Any) -> Application:
    application = _locked(application)
    rules.can_reject(actor, application).require()
    _decide(application, State.REJECTED, reason)
    mail.tell_rejected(application)
    _record(application, actor, "application.rejected")
    return application


def _decide(application: Application, state: str, reason: str) -> None:
    moment = now()
    application.state = state
    application.decided_at = application.changed_at = moment
    application.decision_reason = reason
    application.save(update_fields=["state", "decided_at", "changed_at", "decision_reason"])


def _marked(application: Application, actor: Any, marks: dict[str, str], cleared: tuple[str, ...] = ()) -> FormalCheck:
    check, _created = FormalCheck.objects.get_or_create(application=application, defaults={"checked_at": now()})
    check.points = {key: value for key, value in {**check.points, **marks}.items() if key not in cleared}
    check.checked_by, check.checked_at = actor, now()
    check.save()
    return check


def _record(application: Application, actor: Any, verb: str, **details: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=application,
        edition=application.edition,
        institution=application.institution,
        number=application.number,
        **details,
    )
