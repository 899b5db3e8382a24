"""The office's side: return, approve, reject, change a mark with a reason. Nothing is accepted by silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from probierz.audits import checks, mail, rules, scorecard
from probierz.audits.models import Audit, Override
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition
from probierz.jury.models import Assignment


@action
def return_audit(*, audit: Audit, reason: str, actor: Any) -> Audit:
    """Give the audit back to its juror, saying what to mend."""
    audit = _locked(audit)
    rules.can_validate(actor, audit).require()
    audit.state, audit.return_reason = Audit.State.RETURNED, reason
    audit.save(update_fields=["state", "return_reason"])
    _set_assignment(audit, Assignment.State.OPEN)
    mail.tell_juror_of_return(audit)
    _record(actor, "audit.returned", audit, reason=reason)
    return audit


@action
def approve_audit(*, audit: Audit, reason: str, actor: Any) -> Audit:
    """Let the audit count. Flags do not forbid it, but then the office says why."""
    audit = _locked(audit)
    rules.can_validate(actor, audit).require()
    if audit.flag_count and not reason.strip():
        raise NotAllowed(
            "reason-needed", _("Sprawdzenie wykazało uwagi. Proszę napisać, dlaczego mimo to audyt się liczy.")
        )
    _approve(audit, actor, reason)
    _record(actor, "audit.approved", audit, flags=audit.flags, reason=reason)
    return audit


@action
def approve_audits(*, edition: Edition, audits: Iterable[Audit], actor: Any) -> list[Audit]:
    """Approve the chosen audits that the checks found clean; the others stay as they are."""
    approved = []
    for audit in audits:
        audit = _locked(audit)
        in_edition = audit.assignment.application.edition_id == edition.pk
        if in_edition and not audit.flag_count and rules.can_validate(actor, audit):
            _approve(audit, actor, "")
            approved.append(audit)
    if not approved:
        raise NotAllowed(
            "nothing-clean", _("Żaden z wybranych audytów nie jest wolny od uwag. Proszę sprawdzić je pojedynczo.")
        )
    record(
        actor=actor,
        verb="audits.approved",
        subject=edition,
        edition=edition,
        audits=sorted(str(audit.key) for audit in approved),
    )
    return approved


@action
def reject_audit(*, audit: Audit, reason: str, actor: Any) -> Audit:
    """The audit does not count; its assignment is cancelled, so that another juror may repeat it."""
    audit = _locked(audit)
    rules.can_validate(actor, audit).require()
    _decide(audit, Audit.State.REJECTED, actor, reason)
    _set_assignment(audit, Assignment.State.CANCELLED)
    mail.tell_juror_of_rejection(audit)
    _record(actor, "audit.rejected", audit, reason=reason)
    return audit


@action
def override_mark(*, audit: Audit, item_key: str, mark: str, reason: str, actor: Any) -> Override:
    """Change one mark with a reason; the juror's mark is kept beside it."""
    audit = _locked(audit)
    rules.can_override(actor, audit).require()
    problem = scorecard.mark_problem(audit.version, item_key, mark)
    was = scorecard.folded_marks(audit.marks, list(audit.overrides.all())).get(item_key, "")
    if problem or not mark or was == mark:
        raise NotAllowed("bad-mark", problem or _("Ta pozycja ma już taką ocenę. Proszę wybrać inną."))
    override = Override.objects.create(
        audit=audit, item_key=item_key, was=was, now_is=mark, reason=reason, made_by=actor, made_at=now()
    )
    _record(actor, "mark.overridden", audit, item=item_key, was=was, now_is=mark, reason=reason)
    return override


def _approve(audit: Audit, actor: Any, reason: str) -> None:
    if any(finding.code == "incomplete" for finding in checks.findings(audit)):
        raise NotAllowed("incomplete", _("Arkusz nie jest pełny. Proszę zwrócić audyt jurorowi."))
    _decide(audit, Audit.State.APPROVED, actor, reason)


def _decide(audit: Audit, state: str, actor: Any, reason: str) -> None:
    audit.state, audit.decided_at, audit.decided_by, audit.decision_reason = state, now(), actor, reason
    audit.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])


def _set_assignment(audit: Audit, state: str) -> None:
    audit.assignment.state = state
    audit.assignment.save(update_fields=["state"])


def _record(actor: Any, verb: str, audit: Audit, **details: object) -> None:
    # Never tied to the institution: what an institution may read of its own journal must not betray an audit.
    record(actor=actor, verb=verb, subject=audit, edition=audit.assignment.application.edition, **details)


def _locked(audit: Audit) -> Audit:
    return (
        Audit.objects.select_for_update(of=("self",))
        .select_related(
            "version", "assignment__juror", "assignment__application__edition__programme", "assignment__application"
        )
        .get(pk=audit.pk)
    )
