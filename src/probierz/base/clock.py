"""The only clock. A demo year and the tests move it; nothing else in the platform asks for the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WARSAW = ZoneInfo("Europe/Warsaw")
_held: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    held = _held.get()
    if held is not None:
        return held
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)


def today() -> date:
    """Today's date in Poland."""
    return now().astimezone(WARSAW).date()


def is_shifted() -> bool:
    return bool(settings.CLOCK_OFFSET_SECONDS) or _held.get() is not None


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment: how the demo lives through a year and tests try a deadline."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def start_of(day: date) -> datetime:
    """The first instant of a Polish day, in UTC."""
    return datetime.combine(day, time.min, WARSAW).astimezone(UTC)


def end_of(day: date) -> datetime:
    """„Do godz. 24.00”: the first instant that is late, in UTC (the interval is half-open)."""
    return start_of(day + timedelta(days=1))


def last_day_before(moment: datetime) -> date:
    """The last Polish day that lies, at least in part, before a half-open end."""
    return (moment - timedelta(microseconds=1)).astimezone(WARSAW).date()
