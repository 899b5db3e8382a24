"""When: windows of one institution spread over the fieldwork, far enough apart whatever day each contact falls on."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from probierz.base.working_days import is_working_day

LONGEST = 5  # working days in a window

Window = tuple[date, date]


def working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def most_windows(days: int, gap: int) -> int:
    """How many contacts with one institution so many working days can hold."""
    return (days + max(gap, 1) - 1) // max(gap, 1)


def draw(seed: str, *key: object) -> float:
    """A number from 0 to 1 that anyone can recompute from the published seed."""
    text = "|".join([seed, *(str(part) for part in key)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


def spread(
    days: Sequence[date], wanted: int, gap: int, *, taken: Sequence[Window] = (), seed: str, key: str
) -> list[Window]:
    """As many of the wanted windows as fit, in order of time; evenly, with a shift drawn from the seed.

    Any day of one window and any day of another, or of a taken one, lie at least `gap` working days apart, and
    never on one day. The windows are as long as they can be, up to a working week.
    """
    calendar = _Calendar.of(days, max(gap, 1), taken)
    for count in range(wanted, 0, -1):
        for width in range(LONGEST, 0, -1):
            latest = calendar.latest(count, width)
            if latest is not None:
                starts = calendar.settle(latest, width, [draw(seed, key, "window", n) for n in range(count)])
                return [(days[start], days[start + width - 1]) for start in starts]
    return []


@dataclass(frozen=True)
class _Calendar:
    """Working days by their position; taken windows as pairs of positions."""

    length: int
    gap: int
    taken: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, days: Sequence[date], gap: int, taken: Sequence[Window]) -> _Calendar:
        positions = tuple((bisect_left(days, first), bisect_right(days, last) - 1) for first, last in taken)
        return cls(len(days), gap, positions)

    def is_free(self, start: int, width: int) -> bool:
        end = start + width - 1
        if start < 0 or end >= self.length:
            return False
        return all(start - last >= self.gap or first - end >= self.gap for first, last in self.taken)

    def latest(self, count: int, width: int) -> list[int] | None:
        """The latest start of each window, packed from the end; None when they do not fit."""
        starts: list[int] = []
        edge = self.length - width
        for _ in range(count):
            while edge >= 0 and not self.is_free(edge, width):
                edge -= 1
            if edge < 0:
                return None
            starts.append(edge)
            edge -= width - 1 + self.gap
        return starts[::-1]

    def settle(self, latest: Sequence[int], width: int, shifts: Sequence[float]) -> list[int]:
        """A free start for each window, nearest to its even place, between the one before and its latest."""
        starts: list[int] = []
        lowest = 0
        for number, (limit, shift) in enumerate(zip(latest, shifts, strict=True)):
            aim = int((number + shift) * self.length / len(latest)) - width // 2
            free = [start for start in range(lowest, limit + 1) if self.is_free(start, width)]
            chosen = min(free, key=lambda start: (abs(start - aim), start))
            starts.append(chosen)
            lowest = chosen + width - 1 + self.gap
        return starts
