"""How many extra audits an institution in the border zone has: ordered, and of those approved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from probierz.audits.models import Audit
from probierz.jury.models import Assignment


@dataclass(frozen=True)
class ExtraCount:
    """Cancelled ones are not counted: another may be ordered in their place."""

    ordered: int = 0
    approved: int = 0

    @property
    def waiting(self) -> int:
        return self.ordered - self.approved


def extra_counts(applications: Collection[int]) -> dict[int, ExtraCount]:
    """By application, in one query; those without any are left out."""
    if not applications:
        return {}
    rows = (
        Assignment.objects.filter(application__in=applications, is_extra=True)
        .exclude(state=Assignment.State.CANCELLED)
        .values("application")
        .annotate(ordered=Count("pk"), approved=Count("pk", filter=Q(audit__state=Audit.State.APPROVED)))
        .order_by()
    )
    return {row["application"]: ExtraCount(row["ordered"], row["approved"]) for row in rows}
