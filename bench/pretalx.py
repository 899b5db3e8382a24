"""The peer: pretalx's review dashboard with 62 submissions and their reviews, on the same PostgreSQL and gunicorn.

pretalx runs in an environment and processes of its own and is only ever asked over HTTP; nothing of it is imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.load import timing
from bench.site import gunicorn, make_database

VERSION = "2025.2.2"
HOME = Path(tempfile.gettempdir()) / "probierz-bench" / f"pretalx-{VERSION}"
PYTHON = HOME / "bin" / "python"
SUBMISSIONS = 62


class NotInstalled(Exception):
    """The package index does not give it."""


def measure(socket_folder: str) -> list[list[str]]:
    _install()
    make_database(socket_folder, "pretalx")
    with tempfile.TemporaryDirectory(prefix="probierz-bench-pretalx-") as data:
        environment = _environment(socket_folder, data)
        _run([str(PYTHON), "-m", "pretalx", "migrate", "-v", "0"], environment)
        _run([str(PYTHON), "-m", "pretalx", "collectstatic", "-v", "0", "--no-input"], environment)
        script = Path(__file__).with_name("pretalx_event.py")
        cookie = _run([str(PYTHON), "-P", str(script), str(SUBMISSIONS)], environment).splitlines()[-1]
        with gunicorn("pretalx.wsgi", python=str(PYTHON), **environment) as server:
            found = timing(server, "/orga/event/pomiar/reviews/", cookie)
    return [[f"pretalx {VERSION}: review dashboard", str(SUBMISSIONS), *found.in_ms(), ""]]


def _install() -> None:
    if PYTHON.exists() and _has_package():
        return
    subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    wanted = [f"pretalx=={VERSION}", "psycopg[binary]", "gunicorn"]
    done = subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", *wanted], capture_output=True, check=False)
    if done.returncode:
        raise NotInstalled(f"pretalx {VERSION} could not be installed; its row is as last measured")


def _has_package() -> bool:
    return subprocess.run([str(PYTHON), "-c", "import pretalx, gunicorn"], capture_output=True).returncode == 0


def _environment(socket_folder: str, data: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DATABASE_URL"}}
    return own | {
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
        "PYTHONPATH": "",
        "PRETALX_DATA_DIR": data,
        "PRETALX_FILESYSTEM_STATIC": f"{data}/static",
        "PRETALX_DB_TYPE": "postgresql",
        "PRETALX_DB_NAME": "pretalx",
        "PRETALX_DB_USER": "postgres",
        "PRETALX_DB_HOST": socket_folder,
        "PRETALX_SITE_URL": "http://127.0.0.1",
        "PRETALX_NO_INITIAL_LOG": "1",
    }


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout
