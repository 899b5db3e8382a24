from datetime import UTC, date, datetime, timedelta

import pytest

from probierz.base import clock


@pytest.mark.parametrize(
    ("day", "end"),
    [
        # LZM 2024: "do 27 września 2024 r. (do godz. 24.00)"; summer time, UTC+2
        (date(2024, 9, 27), datetime(2024, 9, 27, 22, 0, tzinfo=UTC)),
        # LZM 2025: 24 October, two days before the clocks change
        (date(2025, 10, 24), datetime(2025, 10, 24, 22, 0, tzinfo=UTC)),
        # the day on which the clocks change has 25 hours
        (date(2025, 10, 26), datetime(2025, 10, 26, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_polish_day(day, end):
    assert clock.end_of(day) == end
    assert clock.last_day_before(end) == day


def test_the_day_the_clocks_change_is_25_hours_long():
    day = date(2025, 10, 26)
    assert clock.end_of(day) - clock.start_of(day) == timedelta(hours=25)


def test_held_time_is_given_back():
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    with clock.held_at(moment):
        assert (clock.now(), clock.is_shifted()) == (moment, True)
    assert clock.now() != moment


def test_today_is_polands(settings):
    with clock.held_at(datetime(2025, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2025, 7, 1)
