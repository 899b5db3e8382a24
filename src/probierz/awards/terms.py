"""From which day to which day a licence holds, and under what number."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta


def last_day(first: date, months: int) -> date:
    """The day before the same date `months` later; a date that month lacks counts as its last day."""
    index = first.year * 12 + first.month - 1 + months
    year, month = divmod(index, 12)
    same = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    return same - timedelta(days=1)


def number_of(prefix: str, year: int, sequence: int) -> str:
    return f"{prefix.upper()}-{year}-{sequence:03}"


def next_sequence(numbers: Iterable[str]) -> int:
    """One past the highest already given: a number is never given twice."""
    endings = [number.rsplit("-", 1)[-1] for number in numbers]
    return max((int(ending) for ending in endings if ending.isdigit()), default=0) + 1


def normalised(number: str) -> str:
    """A number as it is kept, however it was typed: lzm/2025/1, LZM 2025 001, LZM-2025-001."""
    parts = [part for part in number.upper().replace("/", "-").replace(" ", "-").split("-") if part]
    if parts and parts[-1].isdigit():
        parts[-1] = parts[-1].zfill(3)
    return "-".join(parts)[:30]
