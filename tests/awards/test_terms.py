"""From which day to which day, and under what number."""

from __future__ import annotations

from datetime import date

import pytest

from probierz.awards.terms import last_day, next_sequence, normalised, number_of


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2025, 12, 5), 12, date(2026, 12, 4)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2025, 8, 31), 6, date(2026, 2, 27)),
        (date(2025, 12, 1), 24, date(2027, 11, 30)),
    ],
)
def test_a_licence_ends_the_day_before_the_same_date(first, months, last):
    assert last_day(first, months) == last


def test_numbers():
    assert number_of("lzm", 2025, 7) == "LZM-2025-007"
    assert next_sequence([]) == 1
    assert next_sequence(["LZM-2025-009", "LZM-2025-010", "LZM-2025-gość"]) == 11


@pytest.mark.parametrize("typed", ["LZM-2025-001", "lzm/2025/1", " LZM 2025 001 ", "lzm-2025-01"])
def test_a_number_is_found_however_it_is_typed(typed):
    assert normalised(typed) == "LZM-2025-001"
