"""Allocation under a cap: the linear programme's optimum, its chances kept by the draws, loads kept in every draw."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assay.allocation import AllocationError, Juror, Task, allocate, allocate_arrays
from assay.allocation.network import Problem, Targets, build, cheapest
from assay.allocation.sampling import draw

CAPS = st.sampled_from([Fraction(1, 2), Fraction(3, 4), Fraction(2, 3), Fraction(1, 3), Fraction(7, 10), Fraction(1)])


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 6))
    need = draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))
    most = draw(st.lists(st.integers(1, 4), min_size=columns, max_size=columns))
    least = [draw(st.integers(0, 1)) for _ in most]
    value = [draw(st.lists(st.integers(0, 9), min_size=columns, max_size=columns)) for _ in range(rows)]
    return need, least, most, value


def _lp(need, least, most, value, cap):
    """The best expected value by linear programming, None where nothing is feasible."""
    rows, columns = np.shape(value)
    by_row = np.kron(np.eye(rows), np.ones(columns))
    by_column = np.kron(np.ones(rows), np.eye(columns))
    found = linprog(
        -np.ravel(value),
        np.vstack([by_column, -by_column]),
        np.concatenate([most, -np.array(least)]),
        by_row,
        need,
        (0, float(cap)),
    )
    return -found.fun if found.success else None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables(), CAPS, st.integers(0, 50))
def test_the_expected_total_is_the_optimum_and_every_draw_keeps_its_limits(table, cap, seed):
    need, least, most, value = table
    best = _lp(need, least, most, value, cap)
    tasks = [Task(f"t{index}", need=each) for index, each in enumerate(need)]
    jurors = [Juror(f"j{index}", *load) for index, load in enumerate(zip(most, least, strict=True))]
    if best is None:
        return
    found = allocate(tasks, jurors, value=value, cap=cap, seed=seed)
    assert abs(float(found.expected_total) - best) < 1e-7
    assert len(set(found.pairs)) == len(found.pairs) == sum(need)
    for task in tasks:
        assert sum(pair[0] == task.key for pair in found.pairs) == task.need
    assert all(juror.minimum <= found.loads[juror.key] <= juror.maximum for juror in jurors)
    assert found.total == sum(value[int(task[1:])][int(juror[1:])] for task, juror in found.pairs)


def test_pairs_come_as_often_as_their_chances_say():
    chance = np.random.default_rng(3)
    arcs = np.arange(6 * 8)
    problem = Problem(
        needs=np.full(6, 2),
        groups=np.arange(6),
        least=np.full(8, 1),
        most=np.full(8, 3),
        repeat=np.ones(6, np.int64),
        arc_task=arcs // 8,
        arc_juror=arcs % 8,
        cost=chance.integers(0, 30, 48).astype(float),
    ).capped(10, 7)
    chances = cheapest(problem, build(problem), Targets(0, 0))
    times, draws = np.zeros(48), 4000
    for seed in range(draws):
        times[draw(problem, chances, str(seed))] += 1
    spread = np.sqrt(chances / 10 * (1 - chances / 10) / draws)
    assert ((chances > 0) & (chances < 10)).sum() > 8
    assert np.all(np.abs(times / draws - chances / 10) <= 4.5 * spread)


def test_no_pair_is_surer_than_the_cap_and_the_seed_draws():
    rows, columns = np.divmod(np.arange(40 * 12), 12)
    cost = np.random.default_rng(1).random(480)
    answers = [
        allocate_arrays([3] * 40, [5] * 12, [15] * 12, rows, columns, cost, cap=0.5, seed=seed) for seed in range(6)
    ]
    assert all(answer.chances.max() == 0.5 for answer in answers)
    assert len({answer.expected_total for answer in answers}) == 1
    assert len({tuple(answer.arcs) for answer in answers}) == 6
    assert all(answer.loads.min() >= 5 and answer.loads.max() <= 15 for answer in answers)
    sure = allocate_arrays([3] * 40, [5] * 12, [15] * 12, rows, columns, cost)
    assert sure.total < answers[0].expected_total


def test_what_cannot_be_met_without_the_cap_is_unmet_with_it_too():
    tasks, jurors = [Task("X", need=3), Task("Y", need=1)], [Juror("a", 2), Juror("b", 1)]
    found = allocate(tasks, jurors, excluded={("Y", "b")}, cap=Fraction(1), value=[[1, 2], [3, 0]])
    assert [(unmet.institutions, unmet.missing) for unmet in found.unmet] == [(("X",), 1)]
    crowd = [Task(key, need=1) for key in "PQR"]
    half = allocate(crowd, [Juror("a", 1), Juror("b", 1)], cap=Fraction(1, 2))
    assert (len(half.pairs), [unmet.missing for unmet in half.unmet]) == (2, [1])


@pytest.mark.parametrize("cap", [0, -0.5, 1.5, float("nan"), True])
def test_a_cap_that_is_no_chance_is_refused(cap):
    with pytest.raises(AllocationError, match="^cap: must be above 0 and at most 1"):
        allocate([Task("a")], [Juror("x", 1)], cap=cap)


def test_a_cap_too_small_for_the_need_is_refused_with_what_would_do():
    with pytest.raises(AllocationError) as refused:
        allocate([Task("a", need=2)], [Juror(key, 1) for key in "xyz"], cap=Fraction(1, 2))
    assert str(refused.value) == "cap: is too small: a wants 2 and 3 jurors are open to it; at least 2/3 is needed"
    with pytest.raises(AllocationError, match="^cap: is too small: the loads leave no room"):
        allocate([Task("a"), Task("b")], [Juror("x", 2, 2), Juror("y", 1), Juror("z", 1)], cap=Fraction(1, 2))
