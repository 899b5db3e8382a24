"""Allocation from arrays: the same optimum as by keys, in any order, and nothing lost by pricing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.allocation import AllocationError, Juror, Task, allocate, allocate_arrays
from assay.allocation.network import Problem, Targets, build, least_cost, whole_costs
from assay.allocation.pricing import priced


@st.composite
def sparse(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    pairs = draw(st.sets(st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1))))
    need = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    most = draw(st.lists(st.integers(0, 4), min_size=columns, max_size=columns))
    least = [draw(st.integers(0, top)) for top in most]
    cost = draw(st.lists(st.integers(-9, 9), min_size=len(pairs), max_size=len(pairs)))
    return need, least, most, sorted(pairs), cost


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sparse(), st.sampled_from(["sum", "maxmin"]), st.randoms())
def test_arrays_and_keys_give_the_same_answer_in_any_order(problem, objective, random):
    need, least, most, pairs, cost = problem
    order = random.sample(range(len(pairs)), len(pairs))
    rows, columns = (np.array([pairs[at][side] for at in order], np.int64) for side in (0, 1))
    found = allocate_arrays(need, least, most, rows, columns, [cost[at] for at in order], objective=objective, seed=3)
    tasks = [Task(str(index), need=each) for index, each in enumerate(need)]
    jurors = [Juror(str(index), *load) for index, load in enumerate(zip(most, least, strict=True))]
    excluded = {
        (str(row), str(column)) for row in range(len(need)) for column in range(len(most)) if (row, column) not in pairs
    }
    prices = {(str(row), str(column)): each for (row, column), each in zip(pairs, cost, strict=True)}
    whole = allocate(tasks, jurors, excluded=excluded, cost=prices, objective=objective, seed=3)
    taken = sorted((str(row), str(column)) for row, column in zip(found.rows, found.columns, strict=True))
    assert tuple(taken) == whole.pairs
    assert (found.total, found.worst, found.unmet) == (whole.total, whole.worst, whole.unmet)
    assert found.loads.tolist() == [whole.loads[str(index)] for index in range(len(most))]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sparse())
def test_a_shortfall_is_halls_condition_broken_by_exactly_what_is_missing(problem):
    need, least, most, pairs, cost = problem
    rows, columns = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    found = allocate_arrays(need, least, most, rows, columns, cost)
    for unmet in found.unmet:
        inside, people = (tuple(int(key) for key in keys) for keys in (unmet.institutions, unmet.jurors))
        if unmet.code == "too-little-work":
            assert set(inside) == {row for row, column in pairs if column in people}
            given_to = sum(min(need[row], sum((row, column) in pairs for column in people)) for row in inside)
            assert sum(least[column] for column in people) - given_to == unmet.missing
        else:
            assert set(people) == {column for row, column in pairs if row in inside}
            made = sum(min(most[column], sum((row, column) in pairs for row in inside)) for column in people)
            assert sum(need[row] for row in inside) - made == unmet.missing


def _dense(tasks, jurors, need, least, cost, groups=None, keep=1.0):
    arcs = np.flatnonzero(np.random.default_rng(5).random(tasks * jurors) < keep)
    total = tasks * need
    return Problem(
        needs=np.full(tasks, need),
        groups=np.arange(tasks) if groups is None else np.arange(tasks) // groups,
        least=np.full(jurors, least),
        most=np.full(jurors, total * 5 // 4 // jurors + 1),
        repeat=np.ones(tasks, np.int64),
        arc_task=arcs // jurors,
        arc_juror=arcs % jurors,
        cost=cost.ravel()[arcs],
    )


@pytest.mark.parametrize(
    ("name", "groups", "least", "keep"),
    [("even", None, 0, 1.0), ("even", 3, 10, 1.0), ("ties", None, 5, 0.7), ("quality", None, 10, 1.0)],
)
def test_pricing_finds_the_optimum_of_the_whole_network(name, groups, least, keep):
    chance = np.random.default_rng(11)
    cost = {
        "even": chance.random((1200, 150)),
        "ties": chance.integers(0, 20, (1200, 150)).astype(float),
        "quality": np.arange(150) / 150 + chance.random((1200, 150)) / 20,
    }[name]
    problem = _dense(1200, 150, 2 if groups else 3, least, cost, groups, keep)
    if len(problem.cost) < 150_000:
        problem = _dense(1800, 150, 3, least, np.tile(cost, (2, 1))[:1800], groups, keep)
    network = build(problem)
    whole = next(whole_costs(problem.cost, network.size + 3))
    taken = priced(problem, network, whole, Targets(0, 0))
    best = least_cost(problem, network, whole, Targets(0, 0))
    assert int(taken @ whole) == int(best @ whole)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"need": [1.5, 1]}, "need"),
        ({"need": [-1, 1]}, "need"),
        ({"least": [2, 0]}, "least"),
        ({"rows": [0, 2]}, "rows"),
        ({"columns": [0]}, "columns"),
        ({"rows": [0, 0], "columns": [1, 1]}, "rows[1]"),
        ({"cost": [1.0]}, "cost"),
        ({"cost": [1.0, float("nan")]}, "cost"),
        ({"row_keys": ["a", "a"]}, "row_keys"),
        ({"objective": "best"}, "objective"),
        ({"cap": 0}, "cap"),
        ({"value": [1, 2], "cost": [1, 2]}, "value"),
    ],
)
def test_arrays_that_contradict_themselves_are_refused(change, field):
    given = {"need": [1, 1], "least": [0, 0], "most": [1, 1], "rows": [0, 1], "columns": [0, 1]} | change
    with pytest.raises(AllocationError) as refused:
        allocate_arrays(**given)
    assert refused.value.field == field
