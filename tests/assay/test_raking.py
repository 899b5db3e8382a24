"""Raking to known margins."""

import random
import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assay.opinion import OpinionError, rake

quick = settings(deadline=None, derandomize=True, max_examples=60)


def _rows(table):
    return [dict(cell) for cell, count in table.items() for _ in range(count)]


def _cell(**levels):
    return tuple(sorted(levels.items()))


SAMPLE = {
    _cell(sex="f", age="young"): 10,
    _cell(sex="f", age="old"): 20,
    _cell(sex="m", age="young"): 30,
    _cell(sex="m", age="old"): 40,
}
MARGINS = {"sex": {"f": 52, "m": 48}, "age": {"young": 40, "old": 60}}


def _sums(rows, weights, variable):
    found = {}
    for row, weight in zip(rows, weights, strict=True):
        found[row[variable]] = found.get(row[variable], 0) + weight
    return found


def test_the_margins_are_met_and_the_odds_ratio_kept():
    """Iterative proportional fitting keeps every odds ratio of the sample (Deming and Stephan 1940)."""
    rows = _rows(SAMPLE)
    found = rake(rows, MARGINS)
    for variable, margin in MARGINS.items():
        assert _sums(rows, found.weights, variable) == {level: pytest.approx(total) for level, total in margin.items()}
    one = dict(zip([tuple(sorted(row.items())) for row in rows], found.weights, strict=True))
    by_cell = {cell: one[cell] * SAMPLE[cell] for cell in SAMPLE}
    young, old, men, rest = by_cell.values()
    assert young * rest / (old * men) == pytest.approx(10 * 40 / (20 * 30))
    assert found.n_eff == pytest.approx(sum(found.weights) ** 2 / sum(weight**2 for weight in found.weights))


def test_one_variable_is_post_stratification():
    rows = [{"sex": "f"}, {"sex": "f"}, {"sex": "f"}, {"sex": "m"}]
    found = rake(rows, {"sex": {"f": 0.5, "m": 0.5}})
    assert found.weights == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])
    assert found.n_eff == pytest.approx(1 / (3 / 36 + 1 / 4))


def test_small_levels_are_joined_only_when_asked():
    rows = [{"age": level} for level in "aaaaaabbbcd"]
    margins = {"age": {"a": 5, "b": 3, "c": 2, "d": 1, "e": 1}}
    with pytest.raises(OpinionError) as refused:
        rake(rows, margins)
    assert refused.value.field == "margins.age.e"
    found = rake(rows, margins, collapse=3)
    assert found.collapsed == {"age": (("b", "c", "d", "e"),)}
    assert found.weights == pytest.approx([5 / 6] * 6 + [7 / 5] * 5)
    assert rake(rows, margins, collapse=100).weights == pytest.approx([12 / 11] * 11)


def test_weights_are_trimmed_once_and_the_excess_spread():
    """Weights 1, 1, 1, 9 have the median 1; at 4 medians 5 are cut and shared by the three others."""
    rows = [{"sex": "f"}] * 3 + [{"sex": "m"}]
    margins = {"sex": {"f": 3, "m": 9}}
    assert rake(rows, margins).weights == pytest.approx([1, 1, 1, 9])
    found = rake(rows, margins, trim=4)
    assert found.weights == pytest.approx([8 / 3, 8 / 3, 8 / 3, 4])
    assert (found.trimmed, rake(rows, margins, trim=9.5).trimmed) == (1, 0)


@pytest.mark.parametrize(
    ("rows", "margins", "settings_given", "field"),
    [
        ([], MARGINS, {}, "rows"),
        ([{"sex": "f"}], {}, {}, "margins"),
        ([{"sex": "f"}], {"sex": {}}, {}, "margins.sex"),
        ([{"sex": "f"}], {"sex": {"f": 0}}, {}, "margins.sex"),
        ([{"sex": "f"}], {"sex": {"f": -1}}, {}, "margins.sex.f"),
        ([{"sex": "f"}], {"sex": {"f": float("nan")}}, {}, "margins.sex.f"),
        ([{"sex": "f"}], {"sex": {"f": 1e300}}, {}, "margins.sex.f"),
        ([{"sex": "x"}], {"sex": {"f": 1}}, {}, "margins.sex"),
        ([{"sex": "f"}], {"sex": {"f": 1, "m": 1}}, {}, "margins.sex.m"),
        ([{"sex": "f"}, {"sex": "m"}], {"sex": {"f": 1, "m": 0}}, {}, "margins.sex.m"),
        ([{"sex": "f"}], {"sex": {"f": 1}, "age": {"old": 1}}, {}, "rows[0].age"),
        ([{"sex": "f", "age": "old"}], {"sex": {"f": 1}}, {}, "rows[0].age"),
        ([{"sex": "f"}, {"sex": 1}], {"sex": {"f": 1}}, {}, "rows[1].sex"),
        ([{"sex": ["f"]}], {"sex": {"f": 1}}, {}, "rows[0].sex"),
        (["f"], {"sex": {"f": 1}}, {}, "rows[0]"),
        (_rows(SAMPLE), MARGINS | {"age": {"young": 40, "old": 70}}, {}, "margins.sex"),
        (_rows(SAMPLE), MARGINS, {"trim": 0.5}, "trim"),
        (_rows(SAMPLE), MARGINS, {"trim": float("inf")}, "trim"),
        (_rows(SAMPLE), MARGINS, {"collapse": 0}, "collapse"),
        (_rows(SAMPLE), MARGINS, {"collapse": 2.5}, "collapse"),
    ],
)
def test_what_cannot_be_raked(rows, margins, settings_given, field):
    with pytest.raises(OpinionError) as refused:
        rake(rows, margins, **settings_given)
    assert refused.value.field == field


def test_margins_no_weights_can_meet_are_refused():
    """All women are young here, so 50 women and 40 young cannot both be had."""
    rows = [{"sex": "f", "age": "young"}, {"sex": "m", "age": "young"}, {"sex": "m", "age": "old"}]
    assert rake(rows, {"sex": {"f": 39, "m": 61}, "age": {"young": 40, "old": 60}}).weights == pytest.approx(
        [39, 1, 60]
    )
    with pytest.raises(OpinionError) as refused:
        rake(rows, {"sex": {"f": 50, "m": 50}, "age": {"young": 40, "old": 60}})
    assert refused.value.field == "margins"


tables = st.lists(
    st.fixed_dictionaries({"a": st.sampled_from("xyz"), "b": st.sampled_from("pq"), "c": st.sampled_from("kl")}),
    min_size=1,
    max_size=40,
)


@quick
@given(tables, st.randoms(use_true_random=False))
def test_reachable_margins_are_met_in_any_order(rows, chance):
    """Margins made from these very rows with other weights can be met."""
    true = [chance.uniform(0.2, 5) for _ in rows]
    margins = {variable: _sums(rows, true, variable) for variable in "abc"}
    found = rake(rows, margins)
    for variable, margin in margins.items():
        assert _sums(rows, found.weights, variable) == {level: pytest.approx(total) for level, total in margin.items()}
    assert 0 < found.n_eff <= len(rows) * (1 + 1e-12)
    order = chance.sample(range(len(rows)), len(rows))
    mixed = {key: dict(chance.sample(sorted(margins[key].items()), len(margins[key]))) for key in "cba"}
    again = rake([rows[index] for index in order], mixed)
    assert list(again.weights) == [found.weights[index] for index in order]
    assert again.n_eff == found.n_eff


@quick
@given(tables, st.floats(1, 6), st.randoms(use_true_random=False))
def test_trimming_keeps_the_total(rows, trim, chance):
    true = [chance.uniform(0.1, 9) for _ in rows]
    margins = {variable: _sums(rows, true, variable) for variable in "abc"}
    plain, found = rake(rows, margins), rake(rows, margins, trim=trim)
    assert sum(found.weights) == pytest.approx(sum(true))
    cap = trim * np.median(plain.weights)
    assert found.trimmed == sum(weight > cap for weight in plain.weights)
    assert [now for now, was in zip(found.weights, plain.weights, strict=True) if was > cap] == [
        pytest.approx(cap)
    ] * found.trimmed


@quick
@given(tables, st.floats(1e-6, 1e6), st.randoms(use_true_random=False))
def test_scaled_totals_scale_the_weights(rows, factor, chance):
    assume(len({tuple(row.values()) for row in rows}) > 1)
    true = [chance.uniform(0.2, 5) for _ in rows]
    margins = {variable: _sums(rows, true, variable) for variable in "abc"}
    scaled = {key: {level: total * factor for level, total in margin.items()} for key, margin in margins.items()}
    assert rake(rows, scaled).weights == pytest.approx([weight * factor for weight in rake(rows, margins).weights])


def test_a_large_sample_is_raked_at_once():
    chance = random.Random(3)
    sizes = {"sex": 2, "age": 6, "district": 18, "education": 4, "channel": 3}
    rows = [{key: str(chance.randrange(size)) for key, size in sizes.items()} for _ in range(20_000)]
    margins = {key: {str(level): 1 / size for level in range(size)} for key, size in sizes.items()}
    start = time.perf_counter()
    found = rake(rows, margins)
    assert time.perf_counter() - start < 2
    assert _sums(rows, found.weights, "district") == {str(level): pytest.approx(1 / 18) for level in range(18)}


@pytest.mark.parametrize("trim", [1, 2, 4])
def test_a_weight_exactly_at_the_cap_is_not_above_it(trim):
    rng = random.Random(55)
    factors = {"a": {"x": 2, "y": 1, "z": 4}, "b": {"p": 1, "q": 2, "t": 4}}
    rows = [{name: rng.choice(sorted(levels)) for name, levels in factors.items()} for _ in range(90)]
    true = [factors["a"][row["a"]] * factors["b"][row["b"]] for row in rows]
    margins = {name: dict.fromkeys(levels, 0) for name, levels in factors.items()}
    for row, weight in zip(rows, true, strict=True):
        for name, level in row.items():
            margins[name][level] += weight
    cap = trim * float(np.median(true))
    assert rake(rows, margins, trim=trim).trimmed == sum(weight > cap for weight in true)
