"""Background work of the base: fetch by id, do it once, try again later when the world was not ready."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django_tasks import task

from probierz.base import mail
from probierz.base.clock import now

RETRY_AFTER = timedelta(minutes=2)


@task()
def deliver_mail(mail_id: int) -> bool:
    return mail.deliver(mail_id)


def requeue_waiting_mail() -> int:
    """Give waiting messages another try; called by the worker's loop, since jobs have no retry of their own."""
    from probierz.base.models import OutgoingMail

    waiting = OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED,
        attempts__gt=0,
        attempts__lt=mail.MAX_ATTEMPTS,
        created_at__lt=now() - RETRY_AFTER,
    ).values_list("pk", flat=True)
    for mail_id in waiting[:200]:
        deliver_mail.enqueue(mail_id)
    return len(waiting[:200])


def reclaim_orphans(older_than: timedelta = timedelta(0)) -> int:
    """Put back jobs a killed worker left running. Safe because jobs are idempotent; one worker serves a site."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lte=datetime.now(UTC) - older_than
    ).update(status=TaskResultStatus.READY, started_at=None)
