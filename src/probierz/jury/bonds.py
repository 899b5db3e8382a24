"""What a conflict does once it is known: it is written, and the assignments it forbids are cancelled."""

from __future__ import annotations

from collections.abc import Iterable

from probierz.base.clock import now
from probierz.editions.models import Programme
from probierz.jury import mail, queries
from probierz.jury.detection import Finding, findings
from probierz.jury.models import Assignment, Conflict, Juror


def detect(programme: Programme, jurors: Iterable[Juror]) -> list[Conflict]:
    """Write the conflicts found between jurors and the institutions in play; a lifted one is not raised again."""
    jurors = list(jurors)
    users = [juror.user_id for juror in jurors if juror.user_id is not None]
    found = findings(jurors, queries.institutions_in_play(programme), queries.representatives_among(users))
    known = set(Conflict.objects.filter(juror__in=jurors).values_list("juror", "institution", "reason"))
    fresh = [one for one in found if (one.juror.pk, one.institution.pk, one.reason) not in known]
    written = Conflict.objects.bulk_create([_row(one) for one in fresh])
    for conflict in written:
        cancel_assignments(conflict)
    return written


def cancel_assignments(conflict: Conflict) -> list[Assignment]:
    """The juror's unfinished assignments at the institution end; the office learns that someone else must go."""
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .filter(
            juror=conflict.juror_id,
            application__institution=conflict.institution_id,
            state__in=[Assignment.State.PLANNED, Assignment.State.OPEN],
        )
        .select_related("juror", "application__institution", "application__edition__programme")
    )
    for row in rows:
        row.state = Assignment.State.CANCELLED
        row.save(update_fields=["state"])
    if rows:
        mail.tell_office_of_conflict(conflict, rows)
    return rows


def _row(finding: Finding) -> Conflict:
    return Conflict(
        juror=finding.juror,
        institution=finding.institution,
        source=Conflict.Source.DETECTED,
        reason=finding.reason,
        note=finding.note[:300],
        created_at=now(),
    )
