from datetime import UTC, date, datetime

import pytest

from probierz.base.working_days import add_working_days, is_working_day, statutory_end, working_days_between


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 11, 10), True),
        (date(2025, 11, 11), False),  # Independence Day
        (date(2025, 11, 1), False),  # All Saints, a Saturday
        (date(2025, 12, 24), False),  # a holiday since 2025
        (date(2024, 12, 24), True),
        (date(2025, 4, 21), False),  # Easter Monday
        (date(2025, 6, 19), False),  # Corpus Christi
    ],
)
def test_working_days(day, working):
    assert is_working_day(day) is working


def test_a_term_of_seven_working_days_over_independence_day():
    assert add_working_days(date(2025, 11, 5), 7) == date(2025, 11, 17)


def test_a_term_ends_at_the_end_of_its_last_day():
    assert statutory_end(datetime(2025, 11, 5, 10, tzinfo=UTC), 7) == datetime(2025, 11, 17, 23, tzinfo=UTC)


def test_days_between_count_the_later_end_only():
    assert working_days_between(date(2025, 11, 10), date(2025, 11, 12)) == 1
    assert working_days_between(date(2025, 11, 12), date(2025, 11, 10)) == 1
    assert working_days_between(date(2025, 11, 10), date(2025, 11, 10)) == 0
