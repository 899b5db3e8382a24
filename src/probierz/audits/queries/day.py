"""The juror's day: what is to be done, in which order, and what the next step is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from probierz.audits import scorecard
from probierz.audits.models import Audit
from probierz.base.clock import now
from probierz.jury.models import Assignment, Conflict, Declaration, Juror

GROUPS = ("returned", "late", "today", "soon", "sent")


@dataclass(frozen=True)
class Task:
    """One assignment as its juror sees it. Until the declaration it has no institution."""

    assignment: Assignment
    audit: Audit | None
    group: str
    step: str
    progress: scorecard.Progress | None = None

    @property
    def is_declared(self) -> bool:
        return bool(getattr(self.assignment, "is_declared", False))

    @property
    def institution(self) -> Any:
        return self.assignment.application.institution if self.is_declared else None


def assignments_of(user: Any) -> QuerySet[Assignment]:
    """A juror's own assignments, marked with whether the juror may open the institution."""
    declared = Declaration.objects.filter(
        juror=OuterRef("juror"),
        institution=OuterRef("application__institution"),
        edition=OuterRef("application__edition"),
        is_free_of_conflict=True,
    )
    return (
        Assignment.objects.filter(juror__user=user, juror__state=Juror.State.ACTIVE)
        .exclude(state=Assignment.State.PLANNED)
        .annotate(is_declared=Exists(declared))
        .select_related(
            "juror", "scenario", "application__institution", "application__edition__programme", "audit__version"
        )
    )


def tasks_of(user: Any) -> dict[str, list[Task]]:
    """What a juror has before them, grouped; a conflict or a cancelled assignment is no longer theirs."""
    moment = now()
    groups: dict[str, list[Task]] = {group: [] for group in GROUPS}
    bound = Conflict.objects.filter(
        juror=OuterRef("juror"), institution=OuterRef("application__institution"), lifted_at=None
    )
    alive = assignments_of(user).exclude(state=Assignment.State.CANCELLED).exclude(Exists(bound))
    for assignment in alive.order_by("closes_at", "pk"):
        task = _task(assignment, moment)
        groups[task.group].append(task)
    return groups


def _task(assignment: Assignment, moment: datetime) -> Task:
    audit = getattr(assignment, "audit", None)
    step = _step(assignment, audit)
    progress = None
    if audit is not None and audit.is_open_to_juror:
        progress = scorecard.progress(audit.version, audit.marks)
    return Task(assignment, audit, _group(assignment, audit, moment), step, progress)


def _group(assignment: Assignment, audit: Audit | None, moment: datetime) -> str:
    if audit is not None and audit.state == Audit.State.RETURNED:
        return "returned"
    if audit is not None and not audit.is_open_to_juror:
        return "sent"
    if audit is not None and audit.contact_at is not None:
        return "late" if audit.is_late(moment) else "today"
    if moment >= assignment.closes_at:
        return "late"
    return "today" if assignment.opens_at <= moment else "soon"


def _step(assignment: Assignment, audit: Audit | None) -> str:
    if not getattr(assignment, "is_declared", False):
        return "declare"
    if audit is None:
        return "read"
    if not audit.is_open_to_juror:
        return "wait"
    return "fill" if scorecard.gaps(audit) else "send"
