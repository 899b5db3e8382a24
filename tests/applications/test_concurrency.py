"""Double submits and two browsers saving one application at once, for real: see race.py beside this file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


def test_one_instant_two_submissions_and_two_browsers_saving(tmp_path):
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {
        **inherited,
        "PROBIERZ_VAR": str(tmp_path),
        "PROBIERZ_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "probierz.config.settings",
        "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
    }
    race = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("race.py"))],
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert race.returncode == 0, race.stderr[-3000:]
    answers = json.loads(race.stdout.strip().splitlines()[-1])
    assert answers == {"first": [302], "second": [302], "one": [200] * 10, "other": [200] * 10}
    with closing(sqlite3.connect(tmp_path / "probierz.sqlite3")) as database:
        ask = database.execute
        verb = ask("select count(*) from base_journalentry where verb = 'application.submitted'").fetchone()
        mail = ask("select count(*) from base_outgoingmail where kind like '%/submitted'").fetchone()
        sent = ask("select number, state from applications_application where number <> ''").fetchall()
        draft = ask("select answers, revision from applications_application where state = 'draft'").fetchone()
    assert (verb, mail) == ((1,), (1,))
    assert sent == [("LZM/2025/0001", "submitted")]
    assert draft[1] == 20
    assert json.loads(draft[0])["www"] == "https://www9.example"
    assert json.loads(draft[0])["opis"] == "https://opis9.example"
