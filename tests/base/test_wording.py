"""Words and figures of the page's language; what is kept or sent is Polish in any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from threading import Thread

import pytest
from django.utils.translation import get_language, override

from probierz.base import wording

NBSP = "\u00a0"
MIDNIGHT = datetime(2025, 10, 24, 22, tzinfo=UTC)
NOON = datetime(2025, 10, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "polish", "english"),
    [
        (lambda: wording.decimal(Fraction(2479, 2), 1), "1239,5", "1,239.5"),
        (lambda: wording.decimal(Decimal("-12345.67"), 1), f"\u221212{NBSP}345,7", "\u221212,345.7"),
        (lambda: wording.decimal(Decimal("-0.01"), 1), "0,0", "0.0"),
        (lambda: wording.as_typed(Decimal("2.50")), "2,50", "2.50"),
        (lambda: wording.signed(Fraction(12, 5), 1), "+2,4", "+2.4"),
        (lambda: wording.signed(-2, 0), "\u22122", "\u22122"),
        (lambda: wording.whole_number(-12345), f"\u221212{NBSP}345", "\u221212,345"),
        (lambda: wording.percent(Fraction(1, 8), 1), f"12,5{NBSP}%", "12.5%"),
        (lambda: wording.count(22, "a", "b", "c"), f"22{NBSP}b", f"22{NBSP}c"),
        (lambda: wording.plural(1, "a", "b", "c"), "a", "a"),
        (lambda: wording.plural(Fraction(3, 2), "a", "b", "c", "d"), "d", "c"),
        (lambda: wording.unbroken("w domu"), f"w{NBSP}domu", "w domu"),
        (lambda: wording.language(), "pl", "en"),
        (lambda: wording.left_words(timedelta(days=3)), f"3{NBSP}dni", "3 d"),
        (lambda: wording.left_words(timedelta(seconds=5)), f"mniej niż 1{NBSP}min", "less than 1 min"),
        (
            lambda: wording.until_figures(MIDNIGHT),
            "24.10.2025, 24.00",
            "24.10.2025, 24:00",
        ),
        (
            lambda: wording.moment_figures(datetime(2025, 10, 24, 12, 5, tzinfo=UTC)),
            "24.10.2025, 14.05",
            "24.10.2025, 14:05",
        ),
        (
            lambda: wording.clock_words(datetime(2025, 10, 24, 23, 59, tzinfo=UTC), "23:59:12,003"),
            f"25{NBSP}października 2025{NBSP}r., godz.{NBSP}23:59:12,003",
            "25 October 2025, 23:59:12,003",
        ),
    ],
)
def test_words_follow_the_language_of_the_page(made, polish, english):
    assert made() == polish
    with override("en"):
        assert made() == english


@pytest.mark.parametrize(
    ("first", "last", "english"),
    [
        (date(2025, 9, 17), date(2025, 9, 18), "17–18 September 2025"),
        (date(2025, 9, 17), date(2025, 10, 2), "17 September – 2 October 2025"),
        (date(2025, 9, 17), date(2026, 1, 2), "17 September 2025 – 2 January 2026"),
        (date(2025, 9, 17), date(2025, 9, 17), "17 September 2025"),
    ],
)
def test_a_window_of_days_is_said_once_in_english_too(first, last, english):
    with override("en"):
        assert wording.span_words(first, last) == english


def test_what_is_kept_is_polish_and_the_page_goes_on_in_its_language():
    @wording.in_polish
    def kept() -> str:
        return wording.percent(Fraction(1, 8), 1)

    with override("en"):
        assert kept() == f"12,5{NBSP}%"
        assert get_language() == "en"


def test_two_threads_do_not_take_each_others_language():
    """One reads in English while another in Polish stands inside the same function."""
    found: list[str | None] = []

    def other() -> None:
        with override("pl"):
            inner()

    @wording.in_polish
    def inner(meanwhile: Thread | None = None) -> None:
        if meanwhile is not None:
            meanwhile.start()
            meanwhile.join()

    with override("en"):
        inner(Thread(target=other))
        found.append(get_language())
    assert found == ["en"]
