"""What every test stands on: a quiet clock, jobs run when asked, files in a throw-away place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

# A busy machine is slow now and then; that is no fault of the code under test.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture(autouse=True)
def files_in_a_throwaway_place(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def empty_cache(files_in_a_throwaway_place) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def run_jobs(db, monkeypatch) -> Callable[[], int]:
    """Run every waiting job as the worker would; returns how many ran. A failed job fails the test."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.management.commands import db_worker
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    # The test's own transaction lives on the connection that a worker would drop between jobs.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def run() -> int:
        before = DBTaskResult.objects.finished().count()
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
            excluded_queue_names=[],
        ).run()
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).first()
        assert failed is None, failed and failed.traceback
        return DBTaskResult.objects.finished().count() - before

    return run
