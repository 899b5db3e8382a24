"""One more audit by a juror who has not been there, where the rules could not decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.audits import mail, rules
from probierz.audits.queries import ExtraCount, extra_counts
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.base.wording import in_polish
from probierz.jury.models import Assignment
from probierz.jury.queries import extra_visit_for


@action
def order_extra_audit(*, application: Application, channels: Sequence[str], most: int, actor: Any) -> Assignment:
    """Send a juror through the first of the channels for which there is one; `most` extra audits altogether."""
    application = _locked(application)
    count = extra_counts([application.pk]).get(application.pk, ExtraCount())
    rules.can_send_extra(actor, application, ordered=count.ordered, waiting=count.waiting, most=most).require()
    found = extra_visit_for(application, channels)
    if found.visit is None:
        raise NotAllowed("nobody-free", f"{found.why} {found.mend}")
    visit = found.visit
    assignment = Assignment.objects.create(
        application=application,
        juror=visit.juror,
        channel=visit.channel,
        scenario=visit.scenario,
        opens_at=visit.opens_at,
        closes_at=visit.closes_at,
        state=Assignment.State.OPEN,
        is_extra=True,
        reason=_why(),
        created_at=now(),
    )
    mail.tell_juror_of_assignment(assignment)
    record(
        actor=actor,
        verb="audit.extra-ordered",
        subject=assignment,
        edition=application.edition,
        application=str(application.key),
        channel=visit.channel,
    )
    return assignment


@in_polish
def _why() -> str:
    return _("dodatkowy audyt: wynik w strefie granicznej")


def _locked(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("institution", "edition__programme")
        .get(pk=application.pk)
    )
