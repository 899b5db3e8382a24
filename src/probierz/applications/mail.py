"""The messages of this room: one for each state an application may enter."""

from __future__ import annotations

from typing import Any

from probierz.applications import queries
from probierz.applications.lateness import to_the_second
from probierz.applications.models import Application, CompletionRequest
from probierz.base.mail import queue
from probierz.base.polish import until_in_words
from probierz.base.wording import in_polish
from probierz.editions.models import Stage
from probierz.editions.rules import stage_of


def tell_started(application: Application) -> None:
    call = stage_of(application.edition, Stage.Kind.CALL)
    _tell(application, "started", until=until_in_words(call.closes_at) if call else "")


@in_polish
def tell_submitted(application: Application, *, content_digest: str) -> None:
    signed = next(iter(queries.signed_files(application)), None)
    when = to_the_second(application.submitted_at or application.changed_at)
    _tell(application, "submitted", content_digest=content_digest, signed=signed, when=when)


def tell_completion_requested(application: Application, request: CompletionRequest) -> None:
    _tell(application, "completion-request", request=request, until=until_in_words(request.due_at))


@in_polish
def tell_completion_answered(application: Application, request: CompletionRequest) -> None:
    when = to_the_second(request.answered_at or application.changed_at)
    _tell(application, "completion-answered", request=request, when=when)
    programme = application.edition.programme
    context = {"application": application, "request": request}
    queue(to=programme.contact_email, template="applications/mail/completion-answered-office", context=context)


def tell_accepted(application: Application) -> None:
    _tell(application, "accepted")


def tell_rejected(application: Application) -> None:
    _tell(application, "rejected")


def tell_withdrawn(application: Application, *, was_draft: bool) -> None:
    _tell(application, "withdrawn", was_draft=was_draft)


def _tell(application: Application, what: str, **more: Any) -> None:
    programme = application.edition.programme
    context = {"application": application, "programme": programme, "edition": application.edition, **more}
    for address in queries.contact_addresses(application):
        queue(to=address, template=f"applications/mail/{what}", context=context, reply_to=programme.contact_email)
