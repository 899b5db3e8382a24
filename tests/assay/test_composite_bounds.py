"""The ends of a weighted mean over a box of weights, against every corner of the box."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.composite import CompositeError, score_bounds

WEIGHTS = {"visit": Fraction(30), "phone": Fraction(20), "web": Fraction(10), "mail": Fraction(0)}
SCORES = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenth: Fraction(tenth, 10)))


def every_corner(values, perturb):
    """Means at all corners of the box, exactly."""
    names = [name for name in WEIGHTS if values.get(name) is not None]
    found = []
    for signs in product((-1, 1), repeat=len(names)):
        weights = [WEIGHTS[name] * (1 + sign * perturb) for name, sign in zip(names, signs, strict=True)]
        if sum(weights):
            pairs = zip(weights, names, strict=True)
            found.append(sum((weight * values[name] for weight, name in pairs), Fraction(0)) / sum(weights))
    return found


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.fixed_dictionaries({name: SCORES for name in WEIGHTS}), st.sampled_from([0, 1, 5, 9]))
def test_the_ends_are_those_of_every_corner(values, tenths):
    low, high = score_bounds([values], WEIGHTS, perturb=tenths / 10)
    corners = every_corner(values, Fraction(tenths, 10))
    if not corners:
        assert (np.isnan(low[0]), np.isnan(high[0])) == (True, True)
    else:
        assert (low[0], high[0]) == pytest.approx((float(min(corners)), float(max(corners))))


def test_by_hand():
    # Weights 3 : 1 with a quarter either way: 80 counts 3.75 : 0.75 or 2.25 : 1.25.
    low, high = score_bounds(
        [{"a": Fraction(80), "b": Fraction(40)}], {"a": Fraction(3), "b": Fraction(1)}, perturb=0.25
    )
    assert (low[0], high[0]) == pytest.approx(((80 * 2.25 + 40 * 1.25) / 3.5, (80 * 3.75 + 40 * 0.75) / 4.5))


def test_no_institutions_have_no_bounds():
    low, high = score_bounds([], WEIGHTS, perturb=0.25)
    assert (len(low), len(high)) == (0, 0)


@pytest.mark.parametrize(
    ("weights", "perturb", "field"),
    [
        (WEIGHTS, 1, "perturb"),
        (WEIGHTS, -0.1, "perturb"),
        (WEIGHTS, float("nan"), "perturb"),
        ({}, 0.1, "weights"),
        ({"a": Fraction(0)}, 0.1, "weights"),
        ({"a": Fraction(-1), "b": Fraction(2)}, 0.1, "weights"),
    ],
)
def test_nonsense_is_refused(weights, perturb, field):
    with pytest.raises(CompositeError) as refused:
        score_bounds([], weights, perturb=perturb)
    assert refused.value.field == field
