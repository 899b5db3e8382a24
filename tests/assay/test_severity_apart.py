"""The fixed-effects answer beside the fair one, on one scale."""

from __future__ import annotations

import numpy as np
import pytest

from assay.severity import Ratings, fit

SCORES = {
    ("a", "x"): 90.0, ("a", "y"): 80.0, ("b", "y"): 70.0, ("b", "z"): 74.0,
    ("c", "z"): 61.0, ("c", "x"): 66.0, ("d", "x"): 58.0, ("d", "y"): 47.0,
}  # fmt: skip


def ratings(scores):
    return Ratings.from_columns([key[0] for key in scores], [key[1] for key in scores], list(scores.values()))


def test_fixed_effects_are_centred_where_fair_scores_are():
    found = fit(ratings(SCORES))
    assert found.fixed().mean() == pytest.approx(found.institutions.fair.mean())
    assert found.fixed() - found.fixed().mean() == pytest.approx(found.institutions.ols)


def test_apart_is_what_the_warning_counts():
    # The strict jurors x1..x3 see only the good, so that severity is not independent of quality.
    rng = np.random.default_rng(3)
    scores = {}
    for place in range(40):
        for juror in rng.choice(6, 3, replace=False) + (6 if place < 20 else 0):
            scores[f"i{place:02d}", f"j{juror:02d}"] = 80.0 - place + (-12 if place < 20 else 12) + rng.normal(0, 1)
    for juror in (0, 1, 6, 7):
        scores["i00", f"j{juror:02d}"] = 80.0 + (12 if juror < 6 else -12)
    found = fit(ratings(scores))
    told = [str(one) for one in found.warnings if one.code == "not-independent"]
    apart = np.abs(found.fixed() - found.institutions.fair) > 2 * found.institutions.se
    assert list(found.apart()) == list(apart)
    assert bool(told) == bool(apart.any())
    if told:
        assert f"for {int(apart.sum())}:" in told[0]
