"""Rank intervals, expected ranks, groups and thresholds."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from assay.ranking import (
    RankingError,
    advances,
    better,
    break_tie,
    consequences,
    expected_ranks,
    groups,
    independent_draws,
    independent_ranks,
    joint_rank_intervals,
    posterior_ranks,
    threshold_probabilities,
)
from assay.ranking.ties import TieEvidence

QUICK = settings(deadline=None, derandomize=True, max_examples=60)

TRAVEL_TIME = """SD 16.9 .5 ND 16.9 .6 WY 18.1 .8 NE 18.1 .3 MT 18.2 .5 AK 18.4 .5 IA 18.8 .2 KS 18.9 .3 ID 19.7 .4
OK 21.1 .2 AR 21.3 .4 NM 21.4 .4 UT 21.6 .3 WI 21.9 .2 VT 21.9 .5 OR 22.5 .3 KY 22.9 .2 MN 23 .2 OH 23.1 .1
MO 23.1 .2 RI 23.4 .5 NC 23.4 .2 ME 23.4 .4 IN 23.5 .2 SC 23.6 .3 MS 23.9 .4 AL 23.9 .2 NV 24.1 .4 MI 24.1 .2
TN 24.2 .2 LA 24.5 .2 CO 24.5 .3 TX 24.8 .1 AZ 24.8 .2 CT 25 .3 DE 25.3 .6 WA 25.5 .2 WV 25.6 .5 HI 25.7 .4
FL 25.8 .2 PA 25.9 .1 NH 26.9 .5 GA 27.1 .3 CA 27.1 .1 VA 27.7 .2 MA 28 .2 IL 28.2 .2 DC 30.1 .5 NJ 30.5 .2
NY 31.5 .2 MD 32.2 .2""".split()


def test_ranks_of_draws_by_hand():
    draws = np.array([[3.0, 2.0, 1.0], [1.0, 2.0, 2.0], [3.0, 3.0, 3.0], [9.0, 0.0, 5.0]])
    found = posterior_ranks(draws, level=0.5)
    assert found.ranks.tolist() == [[1, 3, 1, 1], [2, 1, 1, 3], [3, 1, 1, 2]]
    assert found.expected.tolist() == [1.5, 1.75, 1.75]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1, 1], [1, 2, 2])
    assert found.p_top(1).tolist() == [0.75, 0.5, 0.5]
    assert found.p_top(3).tolist() == [1, 1, 1]
    assert posterior_ranks(draws, level=0.99).high.tolist() == [3, 3, 3]


@QUICK
@given(st.integers(1, 9), st.integers(1, 60), st.integers(1, 99), st.integers(0, 5), st.integers(0, 10**6))
def test_interval_ends_are_quantiles_of_the_mid_distribution(institutions, draws, percent, values, seed):
    """Parzen 2004: an end is the outermost rank whose mid-distribution lies within the level."""
    table = np.random.default_rng(seed).integers(0, values + 1, (draws, institutions)).astype(float)
    tail = (1 - percent / 100) / 2
    found = posterior_ranks(table, level=percent / 100)
    ranks = np.array([[1 + int((row > value).sum()) for value in row] for row in table])
    assert (ranks == found.ranks.T).all()
    for column, low, high in zip(ranks.T, found.low, found.high, strict=True):
        middle = {rank: (column < rank).mean() + (column == rank).mean() / 2 for rank in set(column.tolist())}
        ends = [min(rank for rank in middle if middle[rank] >= tail - 1e-9)]
        ends.append(max(rank for rank in middle if middle[rank] <= 1 - tail + 1e-9))
        assert (low, high) == (min(ends), max(ends))


def test_ninety_percent_of_many_true_ranks_are_inside():
    """Posterior of the normal model with a known prior (Efron and Morris 1975): coverage is the level."""
    chance = np.random.default_rng(3)
    inside = 0
    for seed in range(40):
        truth = chance.normal(0, 1, 60)
        seen = truth + chance.normal(0, 0.7, 60)
        shrink = 1 / (1 + 0.49)
        found = independent_ranks(shrink * seen, np.full(60, np.sqrt(0.49 * shrink)), seed=seed)
        rank = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
        inside += int(((rank >= found.low) & (rank <= found.high)).sum())
    assert 0.88 <= inside / 2400 <= 0.93


def test_draws_are_antithetic_seeded_and_exact_where_the_error_is_nothing():
    draws = independent_draws([1.0, 5.0], [2.0, 0.0], 101, seed=4)
    assert draws.shape == (101, 2)
    assert (draws[:, 1] == 5).all()
    assert np.abs(draws[0:100:2, 0] + draws[1:101:2, 0] - 2).max() < 1e-12
    assert (draws == independent_draws([1.0, 5.0], [2.0, 0.0], 101, seed=4)).all()
    assert (draws[:, 0] != independent_draws([1.0, 5.0], [2.0, 0.0], 101, seed=5)[:, 0]).all()
    wide = independent_draws(np.zeros(3000), np.ones(3000), 777, seed=1)
    assert wide.shape == (777, 3000)
    assert np.abs(wide[0::2][:388] + wide[1::2]).max() == 0
    assert abs(wide.std() - 1) < 0.01


def test_expected_ranks_are_exact():
    """Two normal qualities: P(the second above) = Phi(difference / root of the sum of squares)."""
    found = expected_ranks([1.0, 0.0], [0.6, 0.8])
    assert found.tolist() == pytest.approx([1 + norm.cdf(-1), 1 + norm.cdf(1)], rel=1e-12)
    assert expected_ranks([1, 1, 0], [0, 0, 0]).tolist() == [1, 1, 3]
    assert expected_ranks([7], [1]).tolist() == [1]
    chance = np.random.default_rng(8)
    values, ses = chance.normal(0, 3, 40), chance.uniform(0.5, 2, 40)
    exact = expected_ranks(values, ses)
    assert exact.sum() == pytest.approx(40 * 41 / 2)
    drawn = posterior_ranks(independent_draws(values, ses, 20_000, seed=2)).expected
    assert np.abs(drawn - exact).max() < 0.15


@QUICK
@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 3)), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_estimates_are_ranked_alike_in_any_order_and_equals_alike(pairs, chance):
    values, ses = zip(*pairs, strict=True)
    found = independent_ranks(values, ses, k=1, draws=100)
    shuffled = list(range(len(pairs)))
    chance.shuffle(shuffled)
    again = independent_ranks([values[i] for i in shuffled], [ses[i] for i in shuffled], k=1, draws=100)
    told = {}
    for position, index in enumerate(shuffled):
        for name in ("expected", "low", "high", "p_top"):
            assert getattr(again, name)[position] == getattr(found, name)[index]
        said = (found.low[index], found.high[index], found.expected[index], found.p_top[index])
        assert told.setdefault(pairs[index], said) == said


def test_joint_region_of_the_travel_times():
    """Klein, Wright and Wieczorek 2020, section 2: mean travel time to work, 51 states, ACS 2011 (90 % margins, one
    decimal), independence, joint level 0.9. Their z is 3.081; Maryland or New York has the longest travel, New
    Jersey or the District of Columbia the next, and the Dakotas surely the shortest.
    """
    names, values, margins = TRAVEL_TIME[0::3], np.array(TRAVEL_TIME[1::3], float), np.array(TRAVEL_TIME[2::3], float)
    assert len(names) == 51
    ses = margins / norm.ppf(0.95)
    low, high = joint_rank_intervals(values, ses, level=0.9)
    found = {name: (int(a), int(b)) for name, a, b in zip(names, low, high, strict=True)}
    assert [found[name] for name in ("MD", "NY", "NJ", "DC")] == [(1, 2), (1, 2), (3, 4), (3, 4)]
    reach = 3.081 * ses
    for index, name in enumerate(names):
        above = int((values - reach > values[index] + reach[index]).sum())
        below = int((values + reach < values[index] - reach[index]).sum())
        assert found[name] == (above + 1, 51 - below)
    assert joint_rank_intervals([5], [1]) == ([1], [1])
    exact = joint_rank_intervals([3, 5, 5], [0, 0, 0])
    assert [side.tolist() for side in exact] == [[3, 1, 1], [3, 2, 2]]


def test_the_joint_region_holds_the_posterior_intervals():
    chance = np.random.default_rng(5)
    values, ses = chance.normal(70, 6, 50), chance.uniform(1, 3, 50)
    low, high = joint_rank_intervals(values, ses)
    own = independent_ranks(values, ses)
    assert (low <= own.low).all()
    assert (high >= own.high).all()


def test_groups_start_where_the_leader_is_surely_better():
    draws = np.array([[4.0, 3.5, 1.0, 1.0], [3.0, 3.5, 2.0, 1.5]])
    assert groups(draws, [0, 1, 2, 3]) == ((0, 1), (2, 3))
    assert groups(draws, [0, 1, 2, 3], level=0.7) == ((0, 1), (2,), (3,))
    assert groups(draws, [0, 1, 2, 3], level=0.7, places=[1, 2, 3, 3]) == ((0, 1), (2, 3))
    assert groups(draws[:, :1], [0]) == ((0,),)


def test_probabilities_break_a_tie():
    draws = np.array([[3.0, 2.0, 2.0], [3.0, 2.0, 2.0], [1.0, 2.0, 2.0]])
    found = better(draws, ["a", "b", "c"], ["b", "a", "c"])
    assert (found["a", "b"], found["b", "a"], found["b", "c"]) == (Fraction(2, 3), Fraction(1, 3), Fraction(1, 2))
    assert break_tie("abc", ["p-better"], TieEvidence(better=found)).order == (("a",), ("b", "c"))
    with pytest.raises(RankingError, match="chosen: z"):
        better(draws, ["a", "b", "c"], ["z"])


def test_what_a_threshold_would_do():
    estimates, ses = [90, 76, 75, 60, 75], [2, 2, 0, 2, 4]
    chance = threshold_probabilities(estimates, ses, 75)
    assert chance.tolist() == pytest.approx([norm.cdf(7.5), norm.cdf(0.5), 1, norm.cdf(-7.5), 0.5])
    (guarded,) = consequences(estimates, ses, [75])
    assert (guarded.granted, guarded.refused, guarded.border, guarded.extra_audits) == (2, 1, 2, 4)
    assert guarded.wrong_in_border == pytest.approx(0.5 + norm.cdf(-0.5))
    (simple,) = consequences(estimates, ses, [75], policy="simple")
    assert (simple.granted, simple.refused, simple.border, simple.extra_audits) == (4, 1, 0, 0)
    assert simple.wrongly_granted == pytest.approx(norm.cdf(-7.5) + norm.cdf(-0.5) + 0.5)
    (mean,) = consequences(estimates, ses, [50], policy="above-mean", categories=["x", "x", "y", "y", "x"])
    assert (mean.granted, mean.refused) == (2, 3)
    curve = consequences(estimates, ses, range(50, 100))
    granted = [one.granted for one in curve]
    assert granted == sorted(granted, reverse=True)
    assert all(one.granted + one.refused + one.border == 5 for one in curve)


def test_a_first_stage_advances_with_a_margin():
    draws = np.array([[3.0, 2.0, 1.0]] * 9 + [[1.0, 2.0, 3.0]])
    ranks = posterior_ranks(draws)
    assert advances(ranks, 1).tolist() == [True, False, True]
    assert advances(ranks, 1, margin=0.11).tolist() == [True, False, False]
    assert advances(ranks, 3).tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("work", "field"),
    [
        (lambda: posterior_ranks(np.empty((0, 3))), "draws"),
        (lambda: posterior_ranks([[1.0, float("nan")]]), "draws"),
        (lambda: posterior_ranks([1.0, 2.0]), "draws"),
        (lambda: posterior_ranks(np.broadcast_to(0.0, (100_000, 2501))), "draws"),
        (lambda: posterior_ranks([[1.0]], level=1), "level"),
        (lambda: posterior_ranks([[1.0]]).p_top(2), "k"),
        (lambda: independent_ranks([], []), "values"),
        (lambda: independent_ranks([1], [-1]), "ses"),
        (lambda: joint_rank_intervals([1], [1], level=0), "level"),
        (lambda: consequences([1], [1], [1], policy="kind"), "policy"),
        (lambda: consequences([1], [1], [1], refuse=0.9, grant=0.5), "grant"),
        (lambda: consequences([1], [1], [float("inf")]), "threshold"),
        (lambda: consequences([1], [1], [1], categories="ab"), "categories"),
        (lambda: advances(posterior_ranks([[1.0]]), 1, margin=0), "margin"),
    ],
)
def test_what_has_no_rank_is_refused(work, field):
    with pytest.raises(RankingError) as refused:
        work()
    assert refused.value.field == field
