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


def language() -> str:
    """What a text that exists in both languages is asked for in."""
    return "pl" if is_polish() else "en"


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
    """A whole number in groups of three, a fraction with its comma or point; words pass as they are."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if isinstance(value, int):
        return whole_number(value)
    return decimal(value, places)


def decimal(value: int | Decimal | Fraction | float, places: int = 2) -> str:
    """82,45 and 12 345,6 in Polish; 82.45 and 12,345.6 in English."""
    exact = value if isinstance(value, int | Fraction) else Decimal(str(value))
    if is_polish():
        return polish.decimal_comma(exact, places)
    rounded = polish.rounded(exact, places)
    return f"{polish.MINUS if rounded < 0 else ''}{abs(rounded):,f}"


def as_typed(value: object) -> str:
    """An exact number with all the places it was given, for a control in which it may be typed anew."""
    return str(value).replace(".", ",") if is_polish() else str(value)


def signed(value: int | Decimal | Fraction | float, places: int = 2) -> str:
    """With a plus or a true minus: +2,4."""
    exact = value if isinstance(value, int | Fraction) else Decimal(str(value))
    text = decimal(exact, places)
    return f"+{text}" if polish.rounded(exact, places) > 0 else text


def whole_number(n: int) -> str:
    return polish.whole_number(n) if is_polish() else f"{n:,d}".replace("-", polish.MINUS)


def percent(share: polish.Number, places: int = 0) -> str:
    unit = f"{polish.NBSP}%" if is_polish() else "%"
    return f"{decimal(Fraction(share) * 100, places)}{unit}"


def plural(n: polish.Number, one: str, few: str, many: str, part: str | None = None) -> str:
    """The form of a noun after a number; English has two, the first and the last."""
    if is_polish():
        return polish.plural(n, one, few, many, part)
    return one if n == 1 else many


def count(n: int, one: str, few: str, many: str) -> str:
    return f"{whole_number(n)}{polish.NBSP}{plural(n, one, few, many)}"


def unbroken(text: str) -> str:
    """What may not part at a line's end is a matter of Polish typesetting; English is left as it is."""
    return polish.unbroken(text) if is_polish() else text


def day_words(day: date) -> str:
    if isinstance(day, datetime):
        day = day.astimezone(polish.WARSAW).date()
    return polish.date_in_words(day) if is_polish() else date_format(day, "j F Y")


def moment_words(moment: datetime, *, seconds: bool = False) -> str:
    local = moment.astimezone(polish.WARSAW)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    return clock_words(local, clock.replace(":", ".") if is_polish() else clock)


def clock_words(local: datetime, clock: str) -> str:
    """A day and the time read from its clock, however exactly."""
    return f"{day_words(local)}, godz.{polish.NBSP}{clock}" if is_polish() else f"{day_words(local)}, {clock}"


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
        return moment_figures(local)
    return f"{local.date() - timedelta(days=1):%d.%m.%Y}, {'24.00' if is_polish() else '24:00'}"


def moment_figures(moment: datetime) -> str:
    local = moment.astimezone(polish.WARSAW)
    return f"{local:%d.%m.%Y, %H.%M}" if is_polish() else f"{local:%d.%m.%Y, %H:%M}"


def left_words(span: timedelta) -> str:
    if is_polish():
        return polish.time_left(span)
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else "less than 1 min"


def span_words(starts: date | datetime, ends: date | datetime) -> str:
    """A window of days; a half-open end at midnight belongs to the day before."""
    first, last = _day_of(starts), _last_day_of(ends)
    if is_polish():
        return polish.dates_in_words(first, last)
    if first == last:
        return day_words(last)
    if first.year != last.year:
        return f"{day_words(first)} {polish.DASH} {day_words(last)}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')} {polish.DASH} {day_words(last)}"
    return f"{first.day}{polish.DASH}{day_words(last)}"


def _day_of(value: date | datetime) -> date:
    return value.astimezone(polish.WARSAW).date() if isinstance(value, datetime) else value


def _last_day_of(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (value - timedelta(microseconds=1)).astimezone(polish.WARSAW).date()
    return value


def file_size(size: int) -> str:
    for unit, scale in (("GB", 1024**3), ("MB", 1024**2), ("kB", 1024)):
        if size >= scale:
            return f"{decimal(Fraction(size, scale), 1)}{polish.NBSP}{unit}"
    return f"{size}{polish.NBSP}B"
