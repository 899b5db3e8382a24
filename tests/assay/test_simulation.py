"""Contests with a known truth: intervals are right as often as they say, and no simpler score ranks better."""

import pytest
from bench.simulation import CASES, played


@pytest.fixture(scope="module", params=CASES[:2], ids=("random", "regional"))
def contests(request):
    return played(request.param, 150)


def test_ninety_percent_rank_intervals_hold_the_true_rank(contests):
    """Goldstein and Spiegelhalter 1996 on intervals of ranks; 150 seeded contests of 40 institutions, 4 audits each."""
    assert 0.88 <= contests.coverage <= 0.92


@pytest.mark.parametrize("other", ["raw", "z-score", "centred"])
def test_fair_scores_rank_no_worse_than_simpler_ones(contests, other):
    """Never below by more than noise: two standard errors of the paired difference."""
    lead, noise = contests.lead[other]
    assert lead > -2 * noise
