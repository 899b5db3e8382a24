"""The audit side by side."""

from __future__ import annotations

import pytest

from factories_audits import AuditFactory, OverrideFactory
from probierz.audits import checks, scorecard
from probierz.audits.comparison import parts_of

pytestmark = pytest.mark.django_db


def test_each_item_has_its_mark_points_and_changes():
    audit = AuditFactory(submitted=True)
    change = OverrideFactory(audit=audit)
    finding = checks.Finding("zero-time", "warn", "Czas równy zero", "T2")
    parts = parts_of(audit, scorecard.score_of(audit), [finding])
    rows = {row.key: row for part in parts for row in part.rows}
    assert [part.title for part in parts] == ["Dostępność", "Rozmowa"]
    assert (rows["T4"].mark, rows["T4"].changed) == ("Nie", [("Tak", "Nie", change)])
    assert (rows["T3"].mark, rows["T3"].points, rows["T4"].points) == ("Uprzejma", "2 / 2", "0 / 2")
    assert (rows["T2"].findings, rows["T5"].comment) == ([finding], "Sprawę załatwiono bez przełączania.")
    assert [rows[key].is_scored for key in ("T4", "T5", "T6")] == [True, True, False]
    assert [rows[key].is_critical for key in ("T3", "T4")] == [False, True]


def test_what_was_not_asked_is_counted_not_listed():
    audit = AuditFactory(submitted=True, marks={"T1": "no"}, comments={"T1": "Trzy próby."})
    parts = parts_of(audit, scorecard.score_of(audit), [])
    assert [part.hidden for part in parts] == [1, 4]
