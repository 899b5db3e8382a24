"""Dates, terms and figures in the words of the page's language; and what is kept or sent, always in Polish."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, ParamSpec, TypeVar

from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from probierz.base import polish

NOTHING = "\N{EM DASH}"
P = ParamSpec("P")
R = TypeVar("R")


def is_polish() -> bool:
    return (get_language() or "pl").startswith("pl")


def in_polish(function: Callable[P, R]) -> Callable[P, R]:
    """For words that are kept, printed or sent to somebody else: they do not depend on who pressed the button.

    Each call has its own override; Django's, used as a decorator, is one object that all threads would share.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with override("pl"):
            return function(*args, **kwargs)

    return run


def figure(value: Any, places: int = 1) -> str:
    """A whole number in groups of three, a fraction with its comma; words pass as they are."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if isinstance(value, int):
        return polish.whole_number(value)
    return decimal(value, places)


def decimal(value: int | Decimal | Fraction | float, places: int) -> str:
    exact = value if isinstance(value, int | Fraction) else Decimal(str(value))
    text = polish.decimal_comma(exact, places)
    return text if is_polish() else text.replace(",", ".")


def day_words(day: date) -> str:
    if isinstance(day, datetime):
        day = day.astimezone(polish.WARSAW).date()
    return polish.date_in_words(day) if is_polish() else date_format(day, "j F Y")


def moment_words(moment: datetime, *, seconds: bool = False) -> str:
    local = moment.astimezone(polish.WARSAW)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    if is_polish():
        return f"{day_words(local)}, godz.{polish.NBSP}{clock.replace(':', '.')}"
    return f"{day_words(local)}, {clock}"


def until_words(closes_at: datetime) -> str:
    if is_polish():
        return polish.until_in_words(closes_at)
    last = closes_at - timedelta(microseconds=1)
    local = closes_at.astimezone(polish.WARSAW)
    clock = "24:00" if (local.hour, local.minute) == (0, 0) else local.strftime("%H:%M")
    return f"until {day_words(last)}, {clock}"


def until_figures(closes_at: datetime) -> str:
    """For a table: the midnight that ends a day is that day's 24.00, as in words."""
    local = closes_at.astimezone(polish.WARSAW)
    if (local.hour, local.minute) != (0, 0):
        return f"{local:%d.%m.%Y, %H.%M}"
    return f"{local.date() - timedelta(days=1):%d.%m.%Y}, 24.00"


def left_words(span: timedelta) -> str:
    if is_polish():
        return polish.time_left(span)
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def span_words(starts: date | datetime, ends: date | datetime) -> str:
    """A window of days; a half-open end at midnight belongs to the day before."""
    first, last = _day_of(starts), _last_day_of(ends)
    if is_polish():
        return polish.dates_in_words(first, last)
    return day_words(last) if first == last else f"{day_words(first)} {polish.DASH} {day_words(last)}"


def _day_of(value: date | datetime) -> date:
    return value.astimezone(polish.WARSAW).date() if isinstance(value, datetime) else value


def _last_day_of(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (value - timedelta(microseconds=1)).astimezone(polish.WARSAW).date()
    return value


def file_size(size: int) -> str:
    for unit, scale in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= scale:
            return f"{decimal(Fraction(size, scale), 1)}{polish.NBSP}{unit}"
    return f"{size}{polish.NBSP}B"
