"""One command for a small site: gunicorn, static files and the job worker beside it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Serve the site: gunicorn with static files, and the job worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=min(4, multiprocessing.cpu_count()))
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *, bind: str, workers: int, threads: int, **options: Any) -> None:
        probierz = [sys.executable, "-m", "probierz.config"]
        web = [
            sys.executable,
            "-m",
            "gunicorn",
            "probierz.config.wsgi",
            "--bind",
            bind,
            "--worker-class",
            "gthread",
            # It would stand in the home folder, which a service often has none of; nothing here speaks to it.
            "--no-control-socket",
        ]
        web += [
            "--workers",
            str(workers),
            "--threads",
            str(threads),
            "--access-logfile",
            "-" if options["verbosity"] > 1 else os.devnull,
        ]
        children = [subprocess.Popen(web), subprocess.Popen([*probierz, "worker"])]

        def stop(*_: object) -> None:
            for child in children:
                child.terminate()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        os.wait()
        # One of the two has ended; the other is of no use alone, and whoever watches us restarts both.
        stop()
        sys.exit(max(child.wait() for child in children))
