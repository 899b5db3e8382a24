from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from probierz.base import jobs, mail

pytestmark = pytest.mark.django_db


def test_a_job_left_by_a_killed_worker_is_taken_up_again(run_jobs):
    message = mail.queue_text(to="a@b.example", kind="test", subject="t", body="b")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=datetime.now(UTC) - timedelta(minutes=20))
    assert run_jobs() == 0
    assert jobs.reclaim_orphans() == 1
    assert run_jobs() == 1
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_job_that_runs_now_is_left_alone():
    mail.queue_text(to="a@b.example", kind="test", subject="t", body="b")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=datetime.now(UTC))
    assert jobs.reclaim_orphans(older_than=timedelta(minutes=15)) == 0
