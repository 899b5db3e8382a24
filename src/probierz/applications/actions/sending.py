"""Sending, answering a completion request, withdrawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from probierz.applications import mail, rules
from probierz.applications.actions.locking import _locked
from probierz.applications.models import Application
from probierz.applications.readiness import Readiness
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition

State = Application.State


@action
def submit_application(*, application: Application, actor: Any, moment: datetime | None = None) -> Application:
    """Send the application and give it its number.

    `moment` is when the request arrived: one who came in time is not made late by waiting for the row's lock.
    """
    arrived = moment or now()
    _lock_numbers(application.edition)
    application = _locked(application)
    rules.can_submit(actor, application, arrived).require()
    readiness = Readiness(application)
    _give_number(application)
    application.state = State.SUBMITTED
    application.submitted_at = arrived
    application.changed_at = arrived
    application.save()
    mail.tell_submitted(application, content_digest=readiness.content_digest)
    _record(
        application,
        actor,
        "application.submitted",
        content=readiness.content_digest,
        file=readiness.signed_file.sha256 if readiness.signed_file else "",
        on_paper=application.is_entered_by_office,
    )
    return application


@action
def answer_completion(
    *, application: Application, answer: str, actor: Any, moment: datetime | None = None
) -> Application:
    """The institution says that what was asked for is done; the office looks again."""
    arrived = moment or now()
    application = _locked(application)
    rules.can_answer_completion(actor, application, arrived).require()
    request = application.open_request
    if request is None:
        raise NotAllowed("no-request", _("Nie ma otwartego wezwania do uzupełnienia."))
    request.answered_at, request.answer = arrived, answer
    request.save(update_fields=["answered_at", "answer"])
    application.state = State.SUBMITTED
    application.changed_at = arrived
    application.save(update_fields=["state", "changed_at"])
    mail.tell_completion_answered(application, request)
    _record(application, actor, "application.completed", content=Readiness(application).content_digest)
    return application


@action
def withdraw_application(*, application: Application, reason: str = "", actor: Any) -> Application:
    application = _locked(application)
    rules.can_withdraw(actor, application).require()
    before = application.state
    moment = now()
    application.state = State.WITHDRAWN
    application.decided_at = application.changed_at = moment
    application.decision_reason = reason
    application.save(update_fields=["state", "decided_at", "changed_at", "decision_reason"])
    mail.tell_withdrawn(application, was_draft=before == State.DRAFT)
    _record(application, actor, "application.withdrawn", before=before)
    return application


def _lock_numbers(edition: Edition) -> None:
    """Numbers are counted one at a time, also across editions that would share the same prefix."""
    sharing = Edition.objects.filter(year=edition.year, programme__short_name=edition.programme.short_name)
    list(sharing.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _give_number(application: Application) -> None:
    prefix = f"{application.edition.programme.short_name}/{application.edition.year}/"
    numbered = Application.objects.filter(number__startswith=prefix)
    application.sequence = (numbered.aggregate(last=Max("sequence"))["last"] or 0) + 1
    application.number = f"{prefix}{application.sequence:04}"


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
