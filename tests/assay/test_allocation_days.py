"""Days: the gap always kept, as many placed as can be, evenly over days, weekdays and dayparts."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.allocation import AllocationError
from assay.allocation.days import DayTask, Slot, spread_days

MONTHS = tuple(Slot(day, day % 5, part) for day in range(65) for part in ("morning", "afternoon"))


@st.composite
def agendas(draw):
    tasks = []
    for number in range(draw(st.integers(0, 5))):
        first, length = draw(st.integers(0, 12)), draw(st.integers(0, 12))
        slots = tuple(Slot(day, day % 5) for day in range(first, first + length))
        tasks.append(DayTask(f"t{number}", draw(st.sampled_from("XY")), slots))
    return tasks, draw(st.integers(1, 6)), {"X": draw(st.lists(st.integers(0, 20), max_size=2))}


@settings(deadline=None, derandomize=True, max_examples=80)
@given(agendas(), st.randoms())
def test_the_gap_is_kept_whatever_the_order_of_input(agenda, random):
    tasks, gap, taken = agenda
    found = spread_days(tasks, gap=gap, taken=taken, seed=4)
    by_key = {task.key: task for task in tasks}
    assert all(slot in by_key[key].slots for key, slot in found.slots.items())
    for place in "XY":
        days = [slot.day for key, slot in found.slots.items() if by_key[key].institution == place]
        fixed = taken.get(place, [])
        assert all(abs(one - other) >= gap for one, other in combinations(days, 2))
        assert all(abs(one - other) >= gap for one, other in product(days, fixed))
    left = {key for unmet in found.unmet for key in unmet.tasks}
    assert left | set(found.slots) == set(by_key)
    assert sum(unmet.missing for unmet in found.unmet) == len(left)
    assert spread_days(random.sample(tasks, len(tasks)), gap=gap, taken=taken, seed=4) == found


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 30), st.integers(1, 8), st.integers(1, 7), st.integers(0, 9))
def test_as_many_are_placed_as_the_days_can_hold(days, wanted, gap, seed):
    slots = tuple(Slot(day, day % 5) for day in range(days))
    found = spread_days([DayTask(f"t{n}", "X", slots) for n in range(wanted)], gap=gap, seed=seed)
    assert len(found.slots) == min(wanted, (days + gap - 1) // gap)


def test_days_weekdays_and_dayparts_are_used_evenly():
    tasks = [DayTask(f"{place}-{n}", str(place), MONTHS) for place in range(150) for n in range(5)]
    found = spread_days(tasks, seed=2025)
    assert (len(found.slots), found.unmet) == (750, ())
    weekdays = Counter(slot.weekday for slot in found.slots.values())
    dayparts = Counter(slot.daypart for slot in found.slots.values())
    thirds = Counter(slot.day * 3 // 65 for slot in found.slots.values())
    assert max(weekdays.values()) <= 1.15 * 150
    assert max(dayparts.values()) <= 1.1 * 375
    assert max(thirds.values()) <= 1.25 * 250
    spans = []
    for place in range(150):
        days = sorted(slot.day for key, slot in found.slots.items() if key.startswith(f"{place}-"))
        spans.append(days[-1] - days[0])
    assert min(spans) >= 35
    assert spread_days(tasks, seed=2026) != found


def test_another_audit_moves_for_one_that_has_a_single_day():
    free, fixed = DayTask("a", "X", (Slot(0), Slot(9))), DayTask("b", "X", (Slot(3),))
    later = DayTask("c", "X", (Slot(3), Slot(20)))
    found = spread_days([free, fixed, later], gap=5)
    assert {key: slot.day for key, slot in found.slots.items()} == {"a": 9, "b": 3, "c": 20}


def test_what_finds_no_day_says_why():
    one = DayTask("a", "X", (Slot(3),))
    found = spread_days([one, DayTask("b", "X", (Slot(4),)), DayTask("c", "Y", (Slot(7),))], taken={"Y": [9]})
    assert [(unmet.institution, unmet.missing, unmet.code) for unmet in found.unmet] == [
        ("X", 1, "too-close"),
        ("Y", 1, "no-day"),
    ]


def test_impossible_agendas_are_refused():
    with pytest.raises(AllocationError, match="^gap: must be from 1"):
        spread_days([], gap=0)
    with pytest.raises(AllocationError, match=r"^tasks\[1\].key: a stands twice"):
        spread_days([DayTask("a", "X", ()), DayTask("a", "Y", ())])
