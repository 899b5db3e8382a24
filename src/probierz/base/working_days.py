"""Working days in Poland: Saturdays, Sundays and statutory holidays do not count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from probierz.base.clock import WARSAW, end_of


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("PL", years=year).keys())


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The day a term of `days` working days ends; the starting day is not counted."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(first: date, second: date) -> int:
    """How many working days lie after `first`, up to and with `second`; the order does not matter."""
    low, high = min(first, second), max(first, second)
    return sum(is_working_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))


def statutory_end(start: datetime, days: int) -> datetime:
    """The half-open end of a term of `days` working days that starts now: midnight after its last day."""
    return end_of(add_working_days(start.astimezone(WARSAW).date(), days))
