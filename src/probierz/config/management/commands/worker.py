"""Does the jobs: mail, reports, certificates. Jobs left in the middle by a killed worker are taken up again."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from probierz.base import jobs


class Command(BaseCommand):
    help = "Run background jobs until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.reclaim_orphans()
        stopped = threading.Event()
        keeper = threading.Thread(target=_keep, args=(stopped,), daemon=True)
        keeper.start()
        try:
            call_command("db_worker", interval=0.5, reload=False)
        finally:
            stopped.set()


def _keep(stopped: threading.Event) -> None:
    while not stopped.wait(30):
        close_old_connections()
        jobs.requeue_waiting_mail()
        jobs.reclaim_orphans(older_than=timedelta(minutes=15))
