"""Allocation: exact against enumeration, within its limits, and honest about what cannot be met."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.allocation import Juror, Task
from assay.allocation.network import whole_costs
from assay.allocation.plan import plan, random_cost, random_costs
from assay.allocation.problem import AllocationError, shuffled
from assay.allocation.shortfall import _sets
from assay.allocation.solve import allocate


def _best(tasks, jurors, excluded, value, objective):
    """The best answer by trying every one: most audits, then fewest loads short, then the objective."""
    choices = []
    for task in tasks:
        open_to = [juror.key for juror in jurors if (task.key, juror.key) not in excluded]
        sizes = range(min(task.need, len(open_to)) + 1)
        choices.append([chosen for size in sizes for chosen in combinations(open_to, size)])
    best = None
    for answer in product(*choices):
        loads = dict.fromkeys((juror.key for juror in jurors), 0)
        for chosen in answer:
            for key in chosen:
                loads[key] += 1
        if any(loads[juror.key] > juror.maximum for juror in jurors):
            continue
        values = [value[task.key, key] for task, chosen in zip(tasks, answer, strict=True) for key in chosen]
        short = sum(max(0, juror.minimum - loads[juror.key]) for juror in jurors)
        worst = min(values, default=0) if objective == "maxmin" else 0
        found = (len(values), -short, worst, sum(values))
        best = found if best is None or found > best else best
    return best


@st.composite
def problems(draw):
    tasks = [Task(f"t{n}", need=draw(st.integers(0, 2))) for n in range(draw(st.integers(0, 4)))]
    jurors = []
    for number in range(draw(st.integers(0, 4))):
        most = draw(st.integers(0, 3))
        jurors.append(Juror(f"j{number}", most, draw(st.integers(0, most))))
    pairs = [(task.key, juror.key) for task in tasks for juror in jurors]
    excluded = {pair for pair in pairs if draw(st.integers(0, 2)) == 0}
    numbers = st.integers(-5, 5).map(Fraction) | st.fractions(-1, 1, max_denominator=12)
    return tasks, jurors, excluded, {pair: draw(numbers) for pair in pairs}


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from(["sum", "maxmin"]), st.integers(0, 3))
def test_the_answer_is_the_best_there_is(problem, objective, seed):
    tasks, jurors, excluded, value = problem
    found = allocate(tasks, jurors, excluded=excluded, value=value, objective=objective, seed=seed)
    short = sum(max(0, juror.minimum - found.loads[juror.key]) for juror in jurors)
    worst = (found.worst or 0) if objective == "maxmin" else 0
    best = _best(tasks, jurors, excluded, value, objective)
    assert (len(found.pairs), -short, worst, found.total) == best
    assert not excluded & set(found.pairs)
    missing = sum(task.need for task in tasks) - len(found.pairs)
    assert sum(unmet.missing for unmet in found.unmet if unmet.code != "too-little-work") == missing
    assert sum(unmet.missing for unmet in found.unmet if unmet.code == "too-little-work") == short


@settings(max_examples=40, deadline=None)
@given(problems(), st.randoms())
def test_order_of_input_never_changes_the_answer(problem, random):
    tasks, jurors, excluded, value = problem
    found = allocate(tasks, jurors, excluded=excluded, value=value, seed=1)
    mixed = [random.sample(part, len(part)) for part in (tasks, jurors)]
    assert allocate(*mixed, excluded=excluded, value=value, seed=1) == found


def test_the_seed_breaks_ties_and_nothing_else():
    tasks = [Task(f"t{n}", need=2) for n in range(6)]
    jurors = [Juror(f"j{n}", 3) for n in range(6)]
    answers = [allocate(tasks, jurors, seed=seed) for seed in range(8)]
    assert {answer.total for answer in answers} == {0}
    assert len({answer.pairs for answer in answers}) > 1
    cost = {("t0", "j0"): -1}
    assert all(("t0", "j0") in allocate(tasks, jurors, cost=cost, seed=seed).pairs for seed in range(8))


def test_a_table_is_read_by_rows_of_tasks_and_columns_of_jurors():
    tasks, jurors = [Task("b"), Task("a")], [Juror("y", 1), Juror("x", 1)]
    found = allocate(tasks, jurors, value=[[0.25, 0.5], [1.5, 0.125]])
    assert (found.pairs, found.total, found.worst) == ((("a", "y"), ("b", "x")), 2, Fraction(1, 2))


def test_maxmin_prefers_the_better_worst_pair_to_the_larger_sum():
    tasks, jurors = [Task("a"), Task("b")], [Juror("x", 1), Juror("y", 1)]
    value = [[10, 4], [5, 1]]
    by_sum = allocate(tasks, jurors, value=value)
    by_worst = allocate(tasks, jurors, value=value, objective="maxmin")
    assert (by_sum.total, by_sum.worst) == (11, 1)
    assert (by_worst.total, by_worst.worst) == (9, 4)


def test_cost_is_the_other_way_round():
    tasks, jurors = [Task("a"), Task("b")], [Juror("x", 1), Juror("y", 1)]
    found = allocate(tasks, jurors, cost=[[10, 4], [5, 1]], objective="maxmin")
    assert (found.total, found.worst) == (9, 5)


def test_costs_that_differ_late_are_told_apart():
    tasks, jurors = [Task("a")], [Juror("x", 1), Juror("y", 1)]
    found = allocate(tasks, jurors, cost=[[0.1234567890, 0.1234567889]])
    assert found.pairs == (("a", "y"),)
    huge = allocate(tasks, jurors, cost=[[10**15, 10**15 - 1]])
    assert huge.pairs == (("a", "y"),)


def test_too_few_open_jurors_are_named_with_what_mends_it():
    found = allocate([Task("X", need=3)], [Juror("a", 5), Juror("b", 5)], excluded={("X", "a")})
    assert [(unmet.institutions, unmet.jurors, unmet.missing, unmet.code) for unmet in found.unmet] == [
        (("X",), ("b",), 2, "too-few-allowed")
    ]
    assert found.unmet[0].mend == "admit 2 more jurors open to them, or want 2 audits fewer there"


def test_a_hall_violator_names_the_crowd_and_its_full_jurors():
    tasks = [Task(key, need=2) for key in "XYZ"] + [Task("far", need=1)]
    jurors = [Juror("a", 2), Juror("b", 3), Juror("free", 9)]
    excluded = {(key, "free") for key in "XYZ"} | {("far", "a"), ("far", "b")}
    found = allocate(tasks, jurors, excluded=excluded)
    assert [(unmet.institutions, unmet.jurors, unmet.missing, unmet.code) for unmet in found.unmet] == [
        (("X", "Y", "Z"), ("a", "b"), 1, "too-little-capacity")
    ]
    assert found.unmet[0].full == ("a",)
    assert found.unmet[0].mend.split(", or ") == [
        "raise the max of a by 1 in all",
        "lift 1 exclusion for jurors with room (free)",
        "admit 1 more juror open to them",
        "want 1 audit fewer there",
    ]
    assert ("far", "free") in found.pairs


def test_a_minimum_that_cannot_be_reached_is_named():
    found = allocate([Task("X")], [Juror("a", 2, 2), Juror("b", 2)])
    assert [(unmet.institutions, unmet.jurors, unmet.missing, unmet.code) for unmet in found.unmet] == [
        (("X",), ("a",), 1, "too-little-work")
    ]
    assert found.loads == {"a": 1, "b": 0}


@pytest.mark.parametrize(
    ("tasks", "jurors", "named", "field"),
    [
        ([Task("a"), Task("a")], [], {}, "tasks[1].key"),
        ([Task("a", need=-1)], [], {}, "tasks[0].need"),
        ([], [Juror("a", 1, 2)], {}, "jurors[0]"),
        ([Task("a")], [Juror("x", 1)], {"excluded": {("b", "x")}}, "excluded"),
        ([Task("a")], [Juror("x", 1)], {"cost": {("a", "y"): 1}}, "cost"),
        ([Task("a")], [Juror("x", 1)], {"cost": [[1, 2]]}, "cost[0]"),
        ([Task("a")], [Juror("x", 1)], {"cost": [[float("nan")]]}, "cost[0][0]"),
        ([Task("a")], [Juror("x", 1)], {"cost": [], "value": []}, "value"),
        ([Task("a")], [Juror("x", 1)], {"objective": "least"}, "objective"),
        ([Task("a")], [Juror("x", 1)], {"repeat": 0}, "repeat"),
    ],
)
def test_contradictions_are_refused(tasks, jurors, named, field):
    with pytest.raises(AllocationError) as refused:
        allocate(tasks, jurors, **named)
    assert refused.value.field == field


SEATS = [("X", "visit"), ("X", "visit"), ("X", "phone"), ("Y", "visit"), ("Y", "phone")]
PEOPLE = {"anna": ["visit", "phone"], "jan": ["visit"], "ewa": ["phone", "visit"]}
LOADS = {"anna": (0, 3), "jan": (0, 2), "ewa": (0, 3)}


def test_a_plan_says_who_and_why():
    cost = {("Y", "ewa"): {"travel": 7, "novelty": 2}, ("Y", "anna"): {"travel": 20}, ("Y", "jan"): {"travel": 1}}
    found = plan(SEATS, PEOPLE, capacities=LOADS, cost=cost, seed="s")
    at_y = {seat.channel: (seat.juror, seat.cost, seat.parts) for seat in found.seats if seat.institution == "Y"}
    assert at_y == {"visit": ("jan", 1, {"travel": 1}), "phone": ("ewa", 9, {"travel": 7, "novelty": 2})}
    at_x = [seat.juror for seat in found.seats if seat.institution == "X"]
    assert sorted(at_x) == ["anna", "ewa", "jan"]
    assert (found.unmet_seats, found.total) == ((), 10)


def test_a_cost_may_count_in_one_channel_alone():
    cost = {("Y", "ewa"): {"novelty": 2}, ("Y", "visit", "ewa"): {"travel": 9}}
    found = plan(
        [("Y", "visit"), ("Y", "phone")],
        {"ewa": {"visit", "phone"}},
        capacities={"ewa": (0, 2)},
        cost=cost,
        seed="s",
        repeat=2,
        max_share=Fraction(1),
    )
    parts = {seat.channel: seat.parts for seat in found.seats}
    assert parts == {"visit": {"novelty": 2, "travel": 9}, "phone": {"novelty": 2}}


def test_nobody_comes_twice_to_an_institution_unless_allowed():
    one = {"anna": ["visit", "phone"]}
    once = plan([("X", "visit"), ("X", "phone")], one, capacities={"anna": (0, 5)}, seed="s")
    assert len(once.seats) == 1
    assert [(seat.missing, seat.why_not) for seat in once.unmet_seats] == [(1, {"anna": "already-here"})]
    twice = plan(
        [("X", "visit"), ("X", "phone")], one, capacities={"anna": (0, 5)}, seed="s", repeat=2, max_share=Fraction(1)
    )
    assert [seat.juror for seat in twice.seats] == ["anna", "anna"]
    same_channel = plan(
        [("X", "visit")] * 2, one, capacities={"anna": (0, 5)}, seed="s", repeat=2, max_share=Fraction(1)
    )
    assert len(same_channel.seats) == 1


def test_an_empty_seat_says_why_not_each_juror():
    found = plan(
        [("X", "visit"), ("Y", "visit")],
        {"anna": ["visit"], "jan": ["phone"], "ewa": ["visit"]},
        excluded={("X", "ewa"), ("Y", "ewa")},
        capacities={"anna": (0, 1), "jan": (0, 1), "ewa": (0, 1)},
        cost={("Y", "anna"): {"travel": 5}},
        seed="s",
    )
    assert [(seat.institution, seat.why_not) for seat in found.unmet_seats] == [
        ("Y", {"anna": "full", "ewa": "excluded", "jan": "no-channel"})
    ]
    assert [(unmet.institutions, unmet.jurors) for unmet in found.shortfalls] == [(("X", "Y"), ("anna",))]


def test_the_random_part_comes_from_the_published_seed():
    found = plan(SEATS, PEOPLE, capacities=LOADS, seed="2025", chance=1000)
    for seat in found.seats:
        assert seat.parts == {"random": random_cost("2025", seat.institution, seat.channel, seat.juror, 1000)}
    values = [random_cost("s", str(number), "visit", "anna", 9) for number in range(2000)]
    assert set(values) == set(range(10))
    for most in (9, 2**31, 2**32 - 1, 2**40):
        costs = random_costs("s", "X", "visit", [str(number) for number in range(50)], most)
        assert costs.tolist() == [random_cost("s", "X", "visit", str(number), most) for number in range(50)]
    assert plan(SEATS[::-1], PEOPLE, capacities=LOADS, seed="2025", chance=1000) == found


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("XYZ"), st.sampled_from(["visit", "phone"])), max_size=10), st.integers(1, 3))
def test_a_plan_keeps_its_limits(seats, repeat):
    excluded = {("X", "jan"), ("Z", "ewa")}
    found = plan(seats, PEOPLE, excluded=excluded, capacities=LOADS, seed="s", repeat=repeat)
    assert len(found.seats) + sum(seat.missing for seat in found.unmet_seats) == len(seats)
    assert len({(seat.institution, seat.channel, seat.juror) for seat in found.seats}) == len(found.seats)
    for place in "XYZ":
        limit = min(repeat, max(1, sum(seat[0] == place for seat in seats) // 2))
        for juror, channels in PEOPLE.items():
            here = [seat for seat in found.seats if (seat.institution, seat.juror) == (place, juror)]
            assert len(here) <= limit
            assert all(seat.channel in channels for seat in here)
            assert not here or (place, juror) not in excluded
    assert all(found.loads[juror] <= most for juror, (_, most) in LOADS.items())


def test_costs_become_whole_numbers_exactly_where_they_can():
    assert next(whole_costs(np.array([0.1, 0.25, -3.0]), 10)).tolist() == [10, 25, -300]
    assert next(whole_costs(np.array([5.0]), 10)).tolist() == [5]
    fine = next(whole_costs(np.array([1 / 3, 2 / 3]), 10))
    assert abs(fine[1] / fine[0] - 2) < 1e-11
    assert next(whole_costs(np.array([]), 3)).tolist() == []


def test_the_seeds_order_depends_on_keys_and_not_on_their_order():
    keys = list("abcdefgh")
    first = [keys[index] for index in shuffled(keys, "s", "juror")]
    assert [keys[::-1][index] for index in shuffled(keys[::-1], "s", "juror")] == first
    assert first != [keys[index] for index in shuffled(keys, "t", "juror")]


def test_sets_that_meet_are_one_shortfall():
    arcs = (np.array([0, 1, 3]), np.array([2, 2, 4]))
    found = _sets(np.array([1, 1, 0, 1, 0]), arcs, 5)
    assert [np.flatnonzero(reached).tolist() for reached in found] == [[0, 1, 2], [3, 4]]
