"""What the base can show: the journal and the mail."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from probierz.base import journal
from probierz.base.clock import end_of, start_of
from probierz.base.models import JournalEntry, OutgoingMail


def journal_entries(
    *, text: str = "", verb: str = "", edition: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[JournalEntry]:
    entries = JournalEntry.objects.order_by("-number")
    if text:
        entries = entries.filter(Q(subject_name__icontains=text) | Q(actor_name__icontains=text) | Q(subject_key=text))
    if verb:
        entries = entries.filter(verb__startswith=verb)
    if edition:
        entries = entries.filter(edition_key=edition)
    if since:
        entries = entries.filter(at__gte=start_of(since))
    if until:
        entries = entries.filter(at__lt=end_of(until))
    return entries


def entries_about(subject: object) -> QuerySet[JournalEntry]:
    """The life of one thing, oldest first."""
    return JournalEntry.objects.filter(subject_key=str(getattr(subject, "key", ""))).order_by("number")


def journal_head() -> str:
    return journal.head()


def outgoing_mail() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.order_by("-created_at", "-pk")


def mail_by_key(key: str) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(key=key).first()


def waiting_jobs() -> int:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().count()
