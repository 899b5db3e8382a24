"""Messages of the room. Those to a juror never name the institution: an inbox is not a safe place for it."""

from __future__ import annotations

from typing import Any

from probierz.audits.models import Audit, Obstacle
from probierz.base import mail
from probierz.editions.models import OfficeMember
from probierz.jury.models import Assignment


def tell_office_of_obstacle(obstacle: Obstacle) -> None:
    edition = obstacle.assignment.application.edition
    members = edition.programme.office_members.exclude(role=OfficeMember.Role.OBSERVER).select_related("user")
    context = {"obstacle": obstacle, "assignment": obstacle.assignment, "edition": edition}
    for member in members:
        mail.queue(to=member.user.email, template="audits/mail/obstacle", context=context)


def tell_juror_of_return(audit: Audit) -> None:
    _to_juror(audit.assignment, "audits/mail/returned", {"reason": audit.return_reason, "audit": audit})


def tell_juror_of_rejection(audit: Audit) -> None:
    _to_juror(audit.assignment, "audits/mail/rejected", {"reason": audit.decision_reason, "audit": audit})


def tell_juror_of_assignment(assignment: Assignment) -> None:
    _to_juror(assignment, "audits/mail/assigned", {})


def _to_juror(assignment: Assignment, template: str, context: dict[str, Any]) -> None:
    programme = assignment.application.edition.programme
    mail.queue(
        to=assignment.juror.email,
        template=template,
        context={"assignment": assignment, "programme": programme, **context},
        reply_to=programme.contact_email,
    )
