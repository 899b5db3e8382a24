"""What a calculation takes: approved audits, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from probierz.audits.models import Audit
from probierz.audits.scorecard import folded_marks
from probierz.base.clock import WARSAW
from probierz.editions.models import Edition


@dataclass(frozen=True)
class ApprovedAudit:
    """One approved audit as a calculation takes it: no names, overrides folded in and listed beside."""

    key: str
    application_id: int
    application_key: str
    juror_pseudonym: str
    channel: str
    version_digest: str
    definition: dict[str, Any]
    marks: dict[str, str]
    overrides: tuple[dict[str, str], ...]
    scenario_key: str
    contact_date: date | None
    is_extra: bool


def approved_audits(edition: Edition) -> list[ApprovedAudit]:
    """Every approved audit of the edition, in a fixed order."""
    audits = (
        Audit.objects.filter(state=Audit.State.APPROVED, assignment__application__edition=edition)
        .select_related("assignment__juror", "assignment__application", "assignment__scenario")
        # Prefetched, not joined: a scorecard's definition is then read once, not once an audit.
        .prefetch_related("overrides", "version")
        .order_by("key")
    )
    return [_approved(audit) for audit in audits]


def _approved(audit: Audit) -> ApprovedAudit:
    overrides = list(audit.overrides.all())
    assignment = audit.assignment
    return ApprovedAudit(
        key=str(audit.key),
        application_id=assignment.application_id,
        application_key=str(assignment.application.key),
        juror_pseudonym=assignment.juror.pseudonym,
        channel=assignment.channel,
        version_digest=audit.version.digest,
        definition=audit.version.definition,
        marks=folded_marks(audit.marks, overrides),
        overrides=tuple(
            {"item": entry.item_key, "was": entry.was, "now_is": entry.now_is, "reason": entry.reason}
            for entry in overrides
        ),
        scenario_key=assignment.scenario.key if assignment.scenario else "",
        contact_date=audit.contact_at.astimezone(WARSAW).date() if audit.contact_at else None,
        is_extra=assignment.is_extra,
    )
