"""A contest assumed from a few numbers has the moments it was told to have."""

from __future__ import annotations

import numpy as np
import pytest

from assay.ranking import RankingError, consequences
from assay.ranking.assumed import Assumption, assumed_contest


def test_estimates_and_errors_share_the_variance_of_quality():
    found = assumed_contest(Assumption(institutions=20_000), is_fair=True)
    # By hand: 64 / 5 = 12.8 around 81, so 81 / 93.8 is kept.
    assert found.se**2 == pytest.approx(81 * 12.8 / 93.8)
    assert found.estimates.var() + found.se**2 == pytest.approx(81, rel=1e-3)
    assert found.points.var() == pytest.approx(93.8, rel=1e-3)
    assert found.estimates.mean() == pytest.approx(72)


def test_severity_left_in_makes_points_less_sure():
    raw, fair = (assumed_contest(Assumption(), is_fair=is_fair) for is_fair in (False, True))
    assert raw.se**2 == pytest.approx(81 * 16 / 97)
    assert raw.se > fair.se
    assert np.ptp(raw.points) > np.ptp(fair.points)


def test_errors_of_a_simple_licence_fall_with_more_audits():
    wrong = []
    for audits in (1, 5, 25):
        made = assumed_contest(Assumption(audits=audits), is_fair=True)
        (one,) = consequences(made.estimates, np.full(100, made.se), [75], policy="simple", points=made.points)
        wrong.append(one.wrongly_granted + one.wrongly_refused)
    assert wrong == sorted(wrong, reverse=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"institutions": 0}, "institutions"),
        ({"institutions": True}, "institutions"),
        ({"audits": 0}, "audits"),
        ({"mean": float("nan")}, "mean"),
        ({"spread": 0}, "spread"),
        ({"juror": -1}, "juror"),
        ({"residual": float("inf")}, "residual"),
    ],
)
def test_numbers_that_make_no_contest_are_refused(change, field):
    with pytest.raises(RankingError) as refused:
        assumed_contest(Assumption(**change), is_fair=True)
    assert refused.value.field == field
