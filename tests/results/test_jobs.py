"""A batch of reports survives the death of its worker, and every report is made once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factories_results import finished_edition, measured, published
from probierz.results.jobs import make_report
from probierz.results.models import RankingReport

SRC = Path(__file__).resolve().parents[2] / "src"
TESTS = SRC.parent / "tests"
BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from factories_results import finished_edition, measured, published
edition = finished_edition()
for number in range(12):
    measured(edition, name=f"Gmina {number}")
published(edition)
"""


@pytest.mark.django_db
def test_a_report_is_made_once(run_jobs):
    edition = finished_edition()
    measured(edition)
    published(edition)
    report = RankingReport.objects.get()
    assert make_report.call(report.pk) is True
    assert make_report.call(report.pk) is False
    run_jobs()
    report.refresh_from_db()
    assert report.file.storage.listdir("reports")[1] == [f"{report.key}.pdf"]


@pytest.mark.django_db
def test_a_report_that_is_gone_is_nobody_s_trouble():
    assert make_report.call(123456) is False


def environment(folder: Path) -> dict[str, str]:
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PROBIERZ_") and key not in {"DATABASE_URL", "PYTEST_CURRENT_TEST"}
    }
    return inherited | {
        "PYTHONPATH": f"{SRC}{os.pathsep}{TESTS}",
        "DJANGO_SETTINGS_MODULE": "probierz.config.settings",
        "PROBIERZ_VAR": str(folder),
        "PROBIERZ_DEMO": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def worker(folder: Path) -> subprocess.Popen[bytes]:
    log = (folder / "worker.log").open("ab")
    command = [sys.executable, "-m", "probierz.config", "worker"]
    return subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log, start_new_session=True)


def rows(folder: Path, question: str) -> list[tuple]:
    with sqlite3.connect(folder / "probierz.sqlite3", timeout=20) as connection:
        return connection.execute(question).fetchall()


def ready(folder: Path) -> int:
    return rows(folder, "SELECT COUNT(*) FROM results_rankingreport WHERE state = 'ready'")[0][0]


def wait_for(folder: Path, least: int, process: subprocess.Popen[bytes], seconds: int = 120) -> None:
    deadline = time.monotonic() + seconds
    while ready(folder) < least:
        assert process.poll() is None, (folder / "worker.log").read_text()[-2000:]
        assert time.monotonic() < deadline, (folder / "worker.log").read_text()[-2000:]
        time.sleep(0.02)


def test_a_killed_worker_leaves_nothing_undone_and_nothing_twice(tmp_path):
    built = subprocess.run(
        [sys.executable, "-c", BUILD], env=environment(tmp_path), capture_output=True, text=True, timeout=200
    )
    assert built.returncode == 0, built.stderr[-3000:]
    first = worker(tmp_path)
    try:
        wait_for(tmp_path, 3, first)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(timeout=20)
    assert ready(tmp_path) < 12
    second = worker(tmp_path)
    try:
        wait_for(tmp_path, 12, second)
    finally:
        os.killpg(second.pid, signal.SIGTERM)
        second.wait(timeout=30)
    keys = sorted(f"{row[0]}.pdf" for row in rows(tmp_path, "SELECT file FROM results_rankingreport"))
    files = sorted(f"reports/{path.name}.pdf" for path in (tmp_path / "media" / "reports").iterdir())
    assert (files, len(files)) == (keys, 12)
    made = rows(
        tmp_path, "SELECT subject_key, COUNT(*) FROM base_journalentry WHERE verb = 'ranking-report.made' GROUP BY 1"
    )
    assert (len(made), {count for _key, count in made}) == (12, {1})
