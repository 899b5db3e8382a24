"""Krippendorff's alpha: published figures, what it must not depend on, and where it is not defined."""

import time
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.agreement import METRICS, AgreementError, alpha, alpha_of_table
from assay.agreement.coincidence import MOST_RATIO_LEVELS

NONE = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
slow = settings(deadline=None, derandomize=True, max_examples=60)
marks = st.one_of(st.none(), st.integers(0, 6))


@st.composite
def tables(draw, cells=marks):
    raters, units = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    return [[draw(cells) for _ in range(units)] for _ in range(raters)]


def test_two_observers_of_two_values():
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section A: 0.095."""
    found = alpha_of_table([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], metric="nominal")
    assert round(found.alpha, 3) == 0.095
    assert (found.units, found.values, found.levels, found.undefined) == (10, 20, 2, "")
    assert (round(found.observed, 9), round(found.expected, 9)) == (0.4, round(1 - (14 * 13 + 6 * 5) / 380, 9))


def test_two_observers_of_five_categories():
    """Krippendorff (2011), section B: 0.692."""
    found = alpha_of_table([list("aabbdcccedda"), list("babbbccceddd")], metric="nominal")
    assert (round(found.alpha, 3), found.units, found.levels) == (0.692, 12, 5)


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers_with_missing_values(metric, published):
    """Krippendorff (2011), sections C and D: 0.743, 0.815, 0.849, 0.797."""
    found = alpha_of_table(FOUR_OBSERVERS, metric=metric)
    assert round(found.alpha, 3) == published
    assert (found.units, found.values, found.levels) == (11, 40, 5)
    pairs = [(unit, mark) for row in FOUR_OBSERVERS for unit, mark in enumerate(row) if mark is not NONE]
    assert alpha(*map(np.array, zip(*pairs, strict=True)), metric=metric) == found
    assert alpha(*zip(*pairs, strict=True), metric=metric) == found


def by_definition(table, metric):
    """Alpha from all pairs, as its definition reads."""
    units = [[cell for cell in column if cell is not None] for column in zip(*table, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted(value for unit in units for value in unit)
    n = len(values)

    def delta(c, k):
        if c == k:
            return Fraction(0)
        low, high = sorted((c, k))
        between = sum(low <= value <= high for value in values)
        return {
            "nominal": Fraction(1),
            "ordinal": (between - Fraction(values.count(c) + values.count(k), 2)) ** 2,
            "interval": Fraction(c - k) ** 2,
            "ratio": Fraction(c - k, c + k) ** 2,
        }[metric]

    observed = _sum(_sum(delta(c, k) for c in unit for k in unit) / (len(unit) - 1) for unit in units)
    expected = _sum(delta(c, k) for c in values for k in values) / max(n - 1, 1)
    return None if not expected else float(1 - observed / expected)


def _sum(parts):
    return sum(parts, Fraction(0))


@slow
@given(tables(), st.sampled_from(METRICS))
def test_it_is_what_the_definition_says(table, metric):
    found = alpha_of_table(table, metric=metric)
    expected = by_definition(table, metric)
    assert (found.alpha is None) == (expected is None) == bool(found.undefined)
    if expected is not None:
        assert found.alpha == pytest.approx(expected, abs=1e-12)


@slow
@given(tables(st.one_of(st.none(), st.decimals(0, 9, places=2))), st.sampled_from(METRICS), st.randoms())
def test_the_order_of_raters_and_units_changes_no_bit(table, metric, chance):
    units = list(range(len(table[0])))
    chance.shuffle(units)
    mixed = [[row[unit] for unit in units] for row in table]
    chance.shuffle(mixed)
    assert alpha_of_table(mixed, metric=metric) == alpha_of_table(table, metric=metric)
    pairs = [(unit, float(mark)) for row in table for unit, mark in enumerate(row) if mark is not None]
    chance.shuffle(pairs)
    columns = zip(*pairs, strict=True) if pairs else ((), ())
    assert alpha(*columns, metric=metric) == alpha_of_table(table, metric=metric)


@slow
@given(tables(), st.permutations("abcdefg"))
def test_names_of_categories_do_not_matter(table, names):
    renamed = [[None if cell is None else names[cell] for cell in row] for row in table]
    assert alpha_of_table(renamed, metric="nominal") == alpha_of_table(table, metric="nominal")


@slow
@given(tables(), st.integers(1, 9), st.integers(-1000, 1000))
def test_interval_ratio_and_ordinal_scales(table, factor, offset):
    def mapped(change):
        return [[None if cell is None else change(cell) for cell in row] for row in table]

    def value(of, metric):
        return pytest.approx(alpha_of_table(of, metric=metric).alpha, abs=1e-9)

    assert value(mapped(lambda mark: factor * mark + offset), "interval") == _alpha(table, "interval")
    assert value(mapped(lambda mark: -factor * mark), "interval") == _alpha(table, "interval")
    assert value(mapped(lambda mark: factor * mark), "ratio") == _alpha(table, "ratio")
    stretched = alpha_of_table(mapped(lambda mark: mark**3 + offset), metric="ordinal")
    assert stretched == alpha_of_table(table, metric="ordinal")


def _alpha(table, metric):
    return alpha_of_table(table, metric=metric).alpha


@slow
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=8), st.integers(2, 5), st.sampled_from(METRICS))
def test_perfect_agreement_is_one(values, raters, metric):
    found = alpha_of_table([values] * raters, metric=metric)
    assert found.alpha == (1.0 if len(set(values)) > 1 else None)
    assert found.observed == 0


@pytest.mark.parametrize("metric", METRICS)
def test_where_it_is_not_defined(metric):
    for table in ([[1, 2, 3]], [[None, None]], [[1, None], [None, 2]]):
        found = alpha_of_table(table, metric=metric)
        assert (found.alpha, found.observed, found.expected, found.values) == (None, None, None, 0)
        assert found.undefined == "no-pairs"
    found = alpha_of_table([[3, 3, 1], [3, 3, None]], metric=metric)
    assert (found.alpha, found.observed, found.expected, found.undefined) == (None, 0, 0, "no-variation")
    assert alpha([], [], metric=metric).undefined == "no-pairs"


def test_values_of_any_size():
    for scale in (1e-290, 1e-30, 1e30, 1e140):
        table = [[1 * scale, 2 * scale, 4 * scale], [1 * scale, 3 * scale, 4 * scale]]
        for metric in ("interval", "ratio", "ordinal"):
            assert _alpha(table, metric) == pytest.approx(_alpha([[1, 2, 4], [1, 3, 4]], metric), rel=1e-12)
    near = [[10**9, 10**9 + 1, 10**9 + 3], [10**9, 10**9 + 2, 10**9 + 3]]
    assert _alpha(near, "interval") == _alpha([[0, 1, 3], [0, 2, 3]], "interval")
    assert _alpha([[Decimal("0.5"), Fraction(1, 2)], [0.5, 1]], "nominal") == _alpha([[5, 5], [5, 1]], "nominal")
    assert _alpha([[0, 0, 1], [0, 0, 1]], "ratio") == 1.0


def test_arrays_are_tables_too():
    table = [[1, 2, 3, 1], [1, 3, 3, 2]]
    assert alpha_of_table(np.array(table, dtype=float), metric="ordinal") == alpha_of_table(table, metric="ordinal")
    single = [[np.float64(cell) for cell in row] for row in table]
    assert alpha_of_table(single, metric="ratio") == alpha_of_table(table, metric="ratio")
    with pytest.raises(AgreementError, match="finite"):
        alpha_of_table(np.array([[1, np.nan]]), metric="nominal")


def test_unit_numbers_may_have_gaps_and_signs():
    given_units = [10**12, -5, 10**12, -5, 7, 7]
    found = alpha(given_units, [1, 2, 1, 2, 3, 1], metric="interval")
    assert found == alpha_of_table([[1, 2, 3], [1, 2, 1]], metric="interval")


@pytest.mark.parametrize(
    ("table", "metric", "field"),
    [
        ([], "nominal", ""),
        ([[]], "nominal", ""),
        ([[1, 2], [1]], "nominal", "[1]"),
        ([[1, True]], "nominal", "[0][1]"),
        ([[1, []]], "nominal", "[0][1]"),
        ([[1, ""]], "nominal", "[0][1]"),
        ([[1, "\ud800"]], "nominal", "[0][1]"),
        ([[1, "x" * 201]], "nominal", "[0][1]"),
        ([[1, 2], [None, "2"]], "ordinal", "[1][1]"),
        ([[1, float("nan")]], "interval", "[0][1]"),
        ([[1, Decimal("NaN")]], "interval", "[0][1]"),
        ([[1, float("-inf")]], "interval", "[0][1]"),
        ([[1, 1e200]], "interval", "[0][1]"),
        ([[1, -0.5]], "ratio", "[0][1]"),
        ([[1]], "cardinal", "metric"),
    ],
)
def test_what_is_refused(table, metric, field):
    with pytest.raises(AgreementError) as caught:
        alpha_of_table(table, metric=metric)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("units", "values", "metric", "field"),
    [
        ([0, 1], [1], "nominal", "values"),
        ([0.5, 1], [1, 2], "nominal", "units"),
        ([[0], [1]], [1, 2], "nominal", "units"),
        ([0, 1], [1, None], "nominal", "values[1]"),
        ([0, 1], np.array([1, np.nan]), "interval", "values"),
        ([0, 1], np.array([1e200, 1]), "interval", "values"),
        ([0, 1], np.array([-1.0, 1]), "ratio", "values"),
        ([0, 1], np.array([True, False]), "nominal", "values[0]"),
        (np.zeros(30_000, int), np.arange(MOST_RATIO_LEVELS + 1e4), "ratio", ""),
    ],
)
def test_what_is_refused_of_columns(units, values, metric, field):
    with pytest.raises(AgreementError) as caught:
        alpha(units, values, metric=metric)
    assert caught.value.field == field


def test_many_different_values_take_no_square_of_them():
    chance = Random(2025)
    values = np.array([chance.random() for _ in range(100_000)])
    start = time.process_time()
    for metric in ("nominal", "ordinal", "interval"):
        assert alpha(np.arange(100_000) // 4, values, metric=metric).levels == 100_000
    assert time.process_time() - start < 3
