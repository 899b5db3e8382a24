"""Messages of the room. Those to a juror never name an institution: an inbox is not a safe place for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from probierz.base import mail
from probierz.editions.models import OfficeMember
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Juror


def tell_jurors_of_tasks(plan: AllocationPlan, counts: Iterable[tuple[Juror, int]]) -> None:
    programme = plan.edition.programme
    for juror, count in counts:
        mail.queue(
            to=juror.email,
            template="jury/mail/tasks",
            context={"juror": juror, "count": count, "edition": plan.edition, "programme": programme},
            reply_to=programme.contact_email,
        )


def tell_office_of_conflict(conflict: Conflict, cancelled: Sequence[Assignment]) -> None:
    edition = cancelled[0].application.edition
    members = edition.programme.office_members.exclude(role=OfficeMember.Role.OBSERVER).select_related("user")
    context = {"conflict": conflict, "assignments": cancelled, "edition": edition, "programme": edition.programme}
    for member in members:
        mail.queue(to=member.user.email, template="jury/mail/conflict", context=context)
