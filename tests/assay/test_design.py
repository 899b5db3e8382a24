"""Designs before fieldwork: against removal of every juror, dense linear algebra and known spectra."""

import math
import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from assay.design import Design, DesignError, VarianceComponents, repair, reseat, spectrum, weak_links
from assay.design.spectrum import _all, _iterated
from engine_samples import answer, changed, refusal

EXAMPLE = VarianceComponents(36.0, 9.0, 64.0)
pairs_of_keys = st.lists(
    st.tuples(st.sampled_from([f"i{n}" for n in range(8)]), st.sampled_from([f"j{n}" for n in range(6)])),
    min_size=1,
    max_size=18,
)


def _dense_pev(design, variances):
    """The whole of Henderson's equations inverted: mean, institutions, jurors."""
    places, people = len(design.institutions), len(design.jurors)
    rows = []
    for row, column, count in zip(design.rows, design.columns, design.counts, strict=True):
        line = np.zeros(1 + places + people)
        line[[0, 1 + row, 1 + places + column]] = 1
        rows += [line] * int(count)
    system = np.array(rows).T @ np.array(rows)
    system += np.diag(
        [0] + [variances.residual / variances.institution] * places + [variances.residual / variances.juror] * people
    )
    return variances.residual * np.diag(np.linalg.inv(system))[1 : 1 + places]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pairs_of_keys, st.floats(0.1, 50), st.floats(0.1, 50))
def test_planned_pev_is_the_diagonal_of_hendersons_inverse(pairs, institution, juror):
    design = Design.of(pairs)
    variances = VarianceComponents(institution, juror, 10.0)
    planned = design.planned_pev(variances)
    assert list(planned) == sorted({pair[0] for pair in pairs})
    assert np.allclose(list(planned.values()), _dense_pev(design, variances), rtol=1e-9)


def test_planned_pev_without_one_of_the_variances():
    pairs = [("X", "a"), ("X", "b"), ("Y", "b")]
    assert Design.of(pairs).planned_pev(VarianceComponents(0, 4, 1)) == {"X": 0.0, "Y": 0.0}
    alone = Design.of(pairs).planned_pev(VarianceComponents(4, 0, 1))
    nearly = Design.of(pairs).planned_pev(VarianceComponents(4, 1e-8, 1))
    assert all(abs(alone[key] - nearly[key]) < 1e-7 for key in "XY")


@settings(deadline=None, derandomize=True, max_examples=80)
@given(pairs_of_keys)
def test_articulation_jurors_are_those_whose_going_parts_institutions(pairs):
    design = Design.of(pairs)
    cut = []
    for juror in design.jurors:
        left = [pair for pair in pairs if pair[1] != juror]
        alone = {pair[0] for pair in pairs} - {pair[0] for pair in left}
        parts = (len(Design.of(left).components()) if left else 0) + len(alone)
        if parts > len(design.components()):
            cut.append(juror)
    assert design.articulation_jurors() == tuple(cut)


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_star_takes_no_longer_than_its_edges(is_turned):
    pairs = [(f"i{number}", "alone") for number in range(150_000)]
    design = Design.of((second, first) for first, second in pairs) if is_turned else Design.of(pairs)
    started = time.process_time()
    assert design.articulation_jurors() == (() if is_turned else ("alone",))
    assert time.process_time() - started < 5


@settings(deadline=None, derandomize=True, max_examples=40)
@given(pairs_of_keys, st.randoms())
def test_order_of_input_never_changes_a_design(pairs, random):
    one, other = Design.of(pairs), Design.of(random.sample(pairs, len(pairs)))
    assert one.pairs == other.pairs == sorted(pairs)
    assert one.components() == other.components()
    assert one.fiedler() == other.fiedler()
    assert one.planned_pev(EXAMPLE) == other.planned_pev(EXAMPLE)
    assert (one.fiedler() > 0) == (len(one.components()) == 1)


def test_fiedler_values_of_known_graphs():
    """Path P_n: 2 - 2 cos(pi/n); cycle C_n: 2 - 2 cos(2 pi/n); complete K_a,b: min(a, b) (Fiedler 1973)."""
    path = [(f"i{n // 2}", f"j{(n + 1) // 2}") for n in range(9)]
    assert math.isclose(Design.of(path).fiedler(), 2 - 2 * math.cos(math.pi / 10), rel_tol=1e-12)
    ring = [(f"i{n}", f"j{(n + step) % 7}") for n in range(7) for step in (0, 1)]
    assert math.isclose(Design.of(ring).fiedler(), 2 - 2 * math.cos(2 * math.pi / 14), rel_tol=1e-12)
    complete = list(product(["a", "b", "c"], ["x", "y", "z", "w", "v"]))
    assert math.isclose(Design.of(complete).fiedler(), 3, rel_tol=1e-12)
    assert math.isclose(Design.of(complete * 4).fiedler(), 12, rel_tol=1e-12)
    assert Design.of([("a", "x")]).fiedler() == pytest.approx(2)
    assert Design.of([("a", "x"), ("b", "y")]).fiedler() == 0


def test_inverse_iteration_agrees_with_all_eigenvalues():
    chance = np.random.default_rng(4)
    wide = Design.of([(f"i{n}", f"j{chance.integers(40)}") for n in range(200) for _ in range(3)])
    ring = Design.of([(f"i{n:03}", f"j{(n + step) % 150:03}") for n in range(150) for step in (0, 1)])
    for design in (wide, ring):
        for matrix in (design.matrix(), design.matrix().T.tocsr()):
            assert math.isclose(_iterated(matrix), _all(matrix), rel_tol=1e-7)


def test_a_tangled_graph_needs_no_factor(monkeypatch):
    chance = np.random.default_rng(4)
    table = csr_array(chance.poisson(0.05, size=(160, 140)).astype(float))
    want = _all(table)
    monkeypatch.setattr(spectrum, "_DENSE_SIDE", 100)
    assert _iterated(table) == pytest.approx(want, rel=1e-7)
    monkeypatch.setattr(spectrum, "_TURNS", 1)
    assert _iterated(table) == pytest.approx(want, rel=1e-7)
    monkeypatch.setattr(spectrum, "_MOST_COUPLES", 100)
    with pytest.raises(DesignError):
        _iterated(table)


def test_the_fiedler_value_of_a_large_tangle_takes_no_longer_than_its_audits():
    chance = np.random.default_rng(5)
    ring = [(number, (number + side) % 6_100) for number in range(6_100) for side in (0, 1)]
    more = chance.integers(6_100, size=(30_000, 2)).tolist()
    design = Design.of((f"i{row}", f"j{column}") for row, column in ring + more)
    started = time.process_time()
    assert 0.5 < design.fiedler() < 3
    assert time.process_time() - started < 5


def test_weak_links_name_the_audit_that_helps_the_worst():
    pairs = [(f"i{n}", f"j{(n + step) % 5}") for n in range(10) for step in (0, 1)] + [("far", "j9"), ("far2", "j9")]
    design = Design.of(pairs)
    links = weak_links(design, EXAMPLE, most=5)
    before = max(design.planned_pev(EXAMPLE).values())
    every = {
        (place, person): Design.of([*pairs, (place, person)]).planned_pev(EXAMPLE)
        for place in design.institutions
        for person in design.jurors
        if (place, person) not in pairs
    }
    for link in links:
        planned = every[link.institution, link.juror]
        assert math.isclose(link.worst, max(planned.values()), rel_tol=1e-9)
        assert math.isclose(link.mean, sum(planned.values()) / len(planned), rel_tol=1e-9)
        assert link.worst < before
    assert math.isclose(links[0].worst, min(max(planned.values()) for planned in every.values()), rel_tol=1e-9)
    only = weak_links(design, EXAMPLE, may_meet=lambda place, person: person == "j3")
    assert {link.juror for link in only} == {"j3"}


@settings(deadline=None, derandomize=True, max_examples=25)
@given(pairs_of_keys, st.integers(0, 3), st.floats(0, 5))
def test_a_repair_keeps_the_rules_and_never_worsens(pairs, seed, slack):
    pairs = sorted(set(pairs))

    def price(place, person):
        return (int(place[1:]) * 7 + int(person[1:]) * 3) % 5

    def may(place, person):
        return (int(place[1:]) + int(person[1:])) % 4 != 0

    done = repair(pairs, may, EXAMPLE, cost=price, slack=slack, seed=seed, limit=60)
    for side in (0, 1):
        assert sorted(pair[side] for pair in done.pairs) == sorted(pair[side] for pair in pairs)
    assert len(set(done.pairs)) == len(pairs)
    assert all(may(*pair) for pair in set(done.pairs) - set(pairs))
    assert sum(price(*pair) for pair in done.pairs) - sum(price(*pair) for pair in pairs) == done.extra_cost <= slack
    assert done.parts[1] <= done.parts[0]
    assert done.parts[1] < done.parts[0] or done.worst[1] <= done.worst[0] * (1 + 1e-6)
    planned = Design.of(done.pairs).planned_pev(EXAMPLE)
    assert math.isclose(done.worst[1], max(planned.values()), rel_tol=1e-9)
    assert repair(pairs[::-1], may, EXAMPLE, cost=price, slack=slack, seed=seed, limit=60) == done


def test_a_repair_joins_parts_and_lowers_the_worst():
    apart = [(f"{side}{n}", f"{side}{(n + step) % 4}") for side in "pq" for n in range(4) for step in (0, 1, 2)]
    done = repair(apart, lambda *_: True, EXAMPLE, seed=1, limit=300)
    assert (done.parts, len(done.swaps) > 0) == ((2, 1), True)
    assert done.worst[1] < done.worst[0]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(pairs_of_keys, st.integers(0, 3))
def test_reseating_keeps_the_rules_of_each_seat_and_never_worsens(pairs, seed):
    seats = [(f"s{number}", place, person) for number, (place, person) in enumerate(sorted(set(pairs)))]
    kept = {seat for seat, _, _ in seats[::3]}

    def may(seat, person):
        return seat not in kept and (int(seat[1:]) + int(person[1:])) % 4 != 0

    done = reseat(seats, may, EXAMPLE, seed=seed, limit=60)
    held = {seat: person for seat, _, person in seats} | done.moved
    after = [(place, held[seat]) for seat, place, _ in seats]
    assert all(may(seat, person) for seat, person in done.moved.items())
    assert sorted(held.values()) == sorted(person for _, _, person in seats)
    assert len(set(after)) == len(seats)
    assert math.isclose(done.worst[1], max(Design.of(after).planned_pev(EXAMPLE).values()), rel_tol=1e-9)
    assert done.parts[1] < done.parts[0] or done.worst[1] <= done.worst[0] * (1 + 1e-6)
    assert reseat(seats[::-1], may, EXAMPLE, seed=seed, limit=60) == done


def test_reseating_joins_parts_within_a_cost_and_refuses_a_seat_named_twice():
    seats = [
        (f"{side}{n}-{step}", f"{side}{n}", f"{side}{(n + step) % 4}")
        for side in "pq"
        for n in range(4)
        for step in (0, 1, 2)
    ]
    done = reseat(seats, lambda *_: True, EXAMPLE, seed=1, limit=300)
    assert (done.parts, done.worst[1] < done.worst[0]) == ((2, 1), True)
    dear = reseat(seats, lambda *_: True, EXAMPLE, cost=lambda seat, juror: float(seat[0] != juror[0]), limit=300)
    assert (dear.parts, dear.extra_cost) == ((2, 2), 0.0)
    with pytest.raises(DesignError, match="seat twice"):
        reseat([("s", "a", "x"), ("s", "b", "y")], lambda *_: True, EXAMPLE)


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ((1, 1, 0), "variances.residual"),
        ((-1, 1, 1), "variances.institution"),
        ((1, float("nan"), 1), "variances.juror"),
        ((1, float("inf"), 1), "variances.juror"),
        ((1, 1e12, 1), "variances.juror"),
        ((1e-12, 1, 1), "variances.institution"),
    ],
)
def test_variances_that_cannot_be_are_refused(numbers, field):
    with pytest.raises(DesignError) as refused:
        VarianceComponents(*numbers)
    assert refused.value.field == field


CONNECT = {
    "audits": [
        {"institution": "X", "juror": "a"},
        {"institution": "X", "juror": "b"},
        {"institution": "Y", "juror": "b"},
        {"institution": "Z", "juror": "c"},
    ],
    "variances": {"institution": 4, "juror": 1, "residual": 2},
}


def test_connect():
    found = answer("connect", given=CONNECT)
    assert found["components"] == [
        {"institutions": ["X", "Y"], "jurors": ["a", "b"]},
        {"institutions": ["Z"], "jurors": ["c"]},
    ]
    assert (found["articulation_jurors"], found["fiedler"]) == (["b"], 0)
    assert [warning.split(":")[0] for warning in found["warnings"]] == ["disconnected", "articulation"]
    assert answer("connect", given={"audits": CONNECT["audits"][::-1]}) == found | {"planned_pev": None}
    scored = answer(
        "connect", given=CONNECT | {"audits": CONNECT["audits"] + [{"institution": "Z", "juror": "b"}] * 20}
    )
    assert scored["warnings"][-1].startswith("articulation") or scored["warnings"][-1].startswith("imprecise")


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("audits",), [], "audits"),
        (("audits", 0), ["X", "a"], "audits[0]"),
        (("audits", 1, "juror"), "", "audits[1].juror"),
        (("audits", 1, "juror"), 5, "audits[1].juror"),
        (("audits", 1, "institution"), "\ud800", "audits[1].institution"),
        (("audits", 1, "score"), 5, "audits[1].score"),
        (("variances", "residual"), 0, "variances.residual"),
        (("variances", "juror"), -1, "variances.juror"),
        (("variances", "juror"), True, "variances.juror"),
        (("variances", "juror"), float("nan"), "variances.juror"),
        (("variances", "juror"), 1e308, "variances.juror"),
        (("variances", "other"), 1, "variances.other"),
        (("seed",), 1, "seed"),
    ],
)
def test_connect_refuses_and_names_the_field(path, value, field):
    assert refusal("connect", given=changed(CONNECT, path, value)) == field
