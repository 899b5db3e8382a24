"""A real site for the journeys: its own data, its own server process, its own time of the year."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "src"


class Site:
    """`probierz serve` over a folder of data. `travel_to` restarts it at another moment of the contest's year."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.offset = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        inherited = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("PROBIERZ_") and key not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
        }
        return {
            **inherited,
            "PYTHONPATH": str(SRC),
            "PROBIERZ_VAR": str(self.folder),
            "PROBIERZ_DEMO": "1",
            "PROBIERZ_SITE_URL": self.url,
            "PROBIERZ_CLOCK_OFFSET_SECONDS": str(self.offset),
            "OPENBLAS_NUM_THREADS": "1",
        }

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "probierz.config", *words], env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def set_clock(self, moment: datetime) -> None:
        self.offset = int((moment - datetime.now(UTC)).total_seconds())

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "probierz.config",
            "serve",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "1",
        ]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError((self.folder / "server.log").read_text()[-3000:])

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def cut_the_power(self) -> None:
        """kill -9 of the server and the worker at once: nothing gets a chance to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        self.process = None

    def travel_to(self, moment: datetime) -> None:
        self.stop()
        self.set_clock(moment)
        self.start()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
