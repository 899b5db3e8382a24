"""Journeys run in Debian's chromium against a real server process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_under_test import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    executable = os.environ.get("PROBIERZ_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "The browser tests need chromium: apt-get install chromium"
    return {"executable_path": executable, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    return {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A site as it is after installation: no programme, no people."""
    site = Site(tmp_path)
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "-v", "0", "--no-input")
    yield site
    site.stop()
