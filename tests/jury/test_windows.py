"""Windows of one institution keep their distance whatever day each contact falls on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from probierz.base.working_days import working_days_between
from probierz.jury.windows import LONGEST, draw, most_windows, spread, working_days

FIRST = date(2025, 11, 10)
DAYS = working_days(FIRST, date(2026, 2, 13))


def keep_their_distance(windows, gap):
    ordered = sorted(windows)
    return all(working_days_between(early[1], late[0]) >= max(gap, 1) for early, late in pairwise(ordered))


def test_holidays_and_weekends_are_no_working_days():
    assert date(2025, 11, 11) not in DAYS
    assert date(2025, 11, 15) not in DAYS
    assert DAYS[0] == FIRST


@settings(max_examples=60, deadline=None)
@given(
    length=st.integers(0, 60), wanted=st.integers(1, 9), gap=st.integers(0, 8), seed=st.text(max_size=4), key=st.text()
)
def test_windows_lie_in_the_stage_apart_and_as_many_as_fit(length, wanted, gap, seed, key):
    days = DAYS[:length]
    found = spread(days, wanted, gap, seed=seed, key=key)
    assert len(found) == min(wanted, most_windows(length, gap))
    assert all(first in days and last in days and first <= last for first, last in found)
    assert keep_their_distance(found, gap)
    assert found == sorted(found)


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 50), wanted=st.integers(1, 5), gap=st.integers(1, 6), seed=st.text(max_size=3))
def test_windows_keep_away_from_those_already_taken(at, wanted, gap, seed):
    taken = [(DAYS[at], DAYS[at + 2])]
    found = spread(DAYS, wanted, gap, taken=taken, seed=seed, key="x")
    assert len(found) == wanted
    assert keep_their_distance([*found, *taken], gap)


def test_a_window_is_a_working_week_where_there_is_room():
    found = spread(DAYS, 5, 5, seed="s", key="k")
    assert [working_days_between(first, last) + 1 for first, last in found] == [LONGEST] * 5


def test_different_institutions_begin_on_different_weekdays():
    begun = {spread(DAYS, 3, 5, seed="2025", key=str(number))[0][0].weekday() for number in range(40)}
    assert begun == {0, 1, 2, 3, 4}


def test_the_same_seed_gives_the_same_windows():
    assert spread(DAYS, 4, 5, seed="a", key="k") == spread(DAYS, 4, 5, seed="a", key="k")
    assert spread(DAYS, 4, 5, seed="a", key="k") != spread(DAYS, 4, 5, seed="b", key="k")
    assert 0 <= draw("s", "x") < 1
    assert FIRST + timedelta(days=1) not in DAYS
