"""Variance components to coefficients, how many audits are enough, and how many levels can be told apart."""

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.agreement import (
    AgreementError,
    Variances,
    audits_needed,
    d_study,
    design,
    g_study,
    intraclass,
    separation,
)

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
slow = settings(deadline=None, derandomize=True, max_examples=60)
components = st.floats(0.01, 1000)


def test_coefficients_are_the_intraclass_correlations():
    """In a complete crossed design Phi is ICC(2,.) and G is ICC(3,.) (Brennan 2001, ch. 2; Shrout and Fleiss 1979)."""
    variances, icc = g_study(SHROUT_FLEISS), intraclass(SHROUT_FLEISS).values
    assert variances.cut == ()
    for audits, form in ((1, "1"), (4, "k")):
        found = design(variances, audits)
        assert found.absolute == pytest.approx(icc[f"2,{form}"], abs=1e-12)
        assert found.relative == pytest.approx(icc[f"3,{form}"], abs=1e-12)


def test_a_component_below_nothing_is_cut_and_named():
    found = g_study([[1, 2], [2, 1], [1, 2]])
    assert (found.cut, found.institution, found.juror) == (("institution", "juror"), 0, 0)
    assert g_study([[1, 1], [1, 1]]) == Variances(0, 0, 0)


def test_a_table_of_designs():
    """Spearman and Brown by hand: 40 / (40 + 60 / n) and 40 / (40 + 70 / n)."""
    rows = d_study(Variances(40, 10, 60), most=12)
    assert [row.audits for row in rows] == list(range(1, 13))
    assert (rows[0].relative, rows[5].relative) == (0.4, 0.8)
    assert (rows[0].absolute, rows[6].absolute) == (40 / 110, 0.8)
    assert (rows[3].raw_error, rows[3].fair_error) == (sqrt(17.5), sqrt(15))
    assert audits_needed(Variances(40, 10, 60)) == 7
    assert audits_needed(Variances(40, 10, 60), corrected=True) == 6
    assert audits_needed(Variances(40, 10, 60), target=0.81, corrected=True) == 7


@slow
@given(components, components, components, st.floats(0.05, 0.98), st.booleans())
def test_the_number_needed_is_the_least(institution, juror, residual, target, corrected):
    variances = Variances(institution, juror, residual)
    needed = audits_needed(variances, target=target, corrected=corrected)
    name = "relative" if corrected else "absolute"
    assert getattr(design(variances, needed), name) >= target - 1e-9
    assert needed == 1 or getattr(design(variances, needed - 1), name) < target
    assert needed <= audits_needed(variances, target=target)


def test_when_no_number_is_enough():
    assert audits_needed(Variances(0, 1, 1)) is None
    assert audits_needed(Variances(1e-12, 1, 1)) is None
    assert audits_needed(Variances(1, 0, 0)) == 1
    assert design(Variances(0, 0, 0), 1).relative is None


@pytest.mark.parametrize(
    "work",
    [
        lambda: Variances(-1, 0, 0),
        lambda: Variances(0, float("nan"), 0),
        lambda: Variances(0, 0, True),
        lambda: design(Variances(1, 1, 1), 0),
        lambda: design(Variances(1, 1, 1), True),
        lambda: d_study(Variances(1, 1, 1), most=1001),
        lambda: audits_needed(Variances(1, 1, 1), target=1.0),
        lambda: audits_needed(Variances(1, 1, 1), target=float("nan")),
        lambda: separation([1], [1]),
        lambda: separation([1, 2], [1]),
        lambda: separation([1, float("inf")], [1, 1]),
        lambda: separation([1, 2], [1, -1]),
    ],
)
def test_what_is_refused(work):
    with pytest.raises(AgreementError):
        work()


def test_separation_and_strata():
    """Wright and Masters (1982): G = sqrt((V - E) / E), reliability (V - E) / V; Linacre's strata (4 G + 1) / 3."""
    found = separation([1, 2, 3, 4, 5], [0.5] * 5)
    assert (found.observed, found.error, found.n) == (2.5, 0.25, 5)
    assert (found.separation, found.strata, found.reliability) == (3.0, 13 / 3, 0.9)
    assert found == separation([5, 3, 1, 2, 4], [0.5] * 5)


def test_separation_of_shrunken_estimates_takes_nothing_off_their_variance():
    """Adams (2005): variance 2.5 of the estimates beside a mean squared error of 0.25 is 2.5 of a true 2.75."""
    found = separation([1, 2, 3, 4, 5], [0.5] * 5, shrunken=True)
    assert (found.separation, found.reliability) == (10**0.5, 2.5 / 2.75)
    nothing = separation([3, 3, 3], [0.5] * 3, shrunken=True)
    assert (nothing.separation, nothing.strata, nothing.reliability) == (0.0, 1 / 3, 0.0)


def test_separation_where_something_is_nothing():
    assert separation([1, 1], [0, 0]).reliability is None
    exact = separation([1, 2], [0, 0])
    assert (exact.separation, exact.strata, exact.reliability) == (None, None, 1.0)
    noise = separation([1, 1.1], [3, 3])
    assert (noise.separation, noise.strata, noise.reliability) == (0, 1 / 3, 0)
    assert separation([0.1] * 3, [1] * 3).reliability == 0
