"""Residents' opinion: one question, sources pooled, effects of sources, what looks stuffed."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.opinion import (
    Ballot,
    Estimate,
    OpinionError,
    Source,
    csi,
    fixed_mode_weights,
    flags,
    linear_index,
    minimum_n,
    pool,
    pool_units,
    summarise,
    wilson,
)

quick = settings(deadline=None, derandomize=True, max_examples=60)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(successes, n, low, high):
    """Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
    found = wilson(successes, n)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@quick
@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_within_0_and_1(case):
    successes, n = case
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    mirrored = wilson(n - successes, n)
    assert (1 - mirrored[1], 1 - mirrored[0]) == (pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12))


def test_a_question_on_a_scale_of_five():
    found = summarise({"5": 30, "4": 50, "3": 10, "2": 6, "1": 4})
    assert (found.n, found.mean, found.median, found.top2, found.is_nps) == (100, 3.96, 4.0, 0.8, False)
    assert found.wilson == wilson(80, 100)
    assert found.distribution == (("1", 0.04), ("2", 0.06), ("3", 0.1), ("4", 0.5), ("5", 0.3))
    assert linear_index({"1": 4, "2": 6, "3": 10, "4": 50, "5": 30}) == 74.0


def test_the_median_lies_between_two_options_when_the_middle_does():
    assert summarise({"1": 2, "2": 0, "4": 2}).median == 2.5
    assert summarise({"1": 2, "2": 1, "4": 2}).median == 2.0


def test_options_nobody_chose_are_options():
    assert summarise({"1": 5, "2": 5, "4": 0, "5": 0}).top2 == 0
    assert summarise({"1": 0, "2": 0}).mean is None
    assert linear_index({"1": 0, "2": 0}) is None


def test_net_promoters_with_their_interval():
    """50 promoters, 30 passives, 20 detractors of 100: NPS 30, standard error 100 * sqrt((0.7 - 0.09) / 100) = 7.81."""
    counts = {str(option): 0 for option in range(11)} | {"10": 20, "9": 30, "8": 30, "6": 15, "0": 5}
    found = summarise(counts)
    half = 1.959963984540054 * 100 * math.sqrt(0.61 / 100)
    assert found.nps == pytest.approx(30, rel=1e-12)
    assert found.nps_interval == (pytest.approx(30 - half), pytest.approx(30 + half))
    assert summarise({"0": 0, "10": 7}).nps_interval == (100, 100)
    assert summarise({"0": 0, "10": 0}).nps is None
    assert summarise({str(option): 1 for option in range(1, 11)}).is_nps is False


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({}, "counts"),
        ({"5": 3}, "counts"),
        ({str(option): 1 for option in range(1001)}, "counts"),
        ({"good": 3, "bad": 2}, "counts.bad"),
        ({"1": 3, "1.0": 2}, "counts.1.0"),
        ({"1": -3, "2": 2}, "counts.1"),
        ({"1": 3, "2": 2.5}, "counts.2"),
        ({"1": True, "2": 2}, "counts.1"),
        ({"NaN": 1, "2": 2}, "counts.NaN"),
    ],
)
def test_counts_that_cannot_be_used(counts, field):
    with pytest.raises(OpinionError) as refused:
        summarise(counts)
    assert refused.value.field == field


def test_satisfaction_weighted_by_importance():
    """(5 * 75 + 3 * 50) / 8 = 65.625 on 0-100; on a scale of 1 to 5 the marks 4 and 3 are 75 and 50."""
    assert csi({"staff": 5, "time": 3}, {"staff": 75, "time": 50}) == 65.625
    assert csi({"staff": 5, "time": 3}, {"staff": 4, "time": 3}, scale=(1, 5)) == 65.625
    assert csi({"staff": 5, "time": 3}, {"staff": 4, "time": None}, scale=(1, 5)) == 75
    assert csi({"staff": 0}, {"staff": 75}) is None
    for importance, satisfaction in (({}, {"a": 1}), ({"a": 1}, {"a": 101}), ({"a": math.nan}, {"a": 1})):
        with pytest.raises(OpinionError):
            csi(importance, satisfaction)


def test_the_minimum_n():
    assert [minimum_n(n) for n in (0, 29, 30, 99, 100)] == ["hidden", "hidden", "warned", "warned", "shown"]
    assert minimum_n(40, shown=10, place=40) == "shown"
    with pytest.raises(OpinionError):
        minimum_n(40, shown=50, place=40)


INTERVIEWS = Source("interviews", 4.10, 1, 400, 0.10)
PAPER = Source("paper", 4.35, 1, 150, 0.15)
WEB = Source("web", 3.60, 1, 1200, 0.30)


def test_volume_does_not_buy_rank():
    """The worked figure: 1,200 web answers of 3.60, 400 interviews of 4.10 and 150 on paper of 4.35 pool to about 4.12,
    where heads would say 3.78; with sd 1 and bias sds of 0.10 (interviews), 0.15 (paper) and 0.30 (web).
    """
    found = pool([WEB, INTERVIEWS, PAPER])
    assert round(found.mean, 2) == 4.12
    assert round((1200 * 3.60 + 400 * 4.10 + 150 * 4.35) / 1750, 2) == 3.78
    weights = {"interviews": 1 / 0.0125, "paper": 1 / (1 / 150 + 0.0225), "web": 1 / (1 / 1200 + 0.09)}
    total = sum(weights.values())
    assert found.weights == {key: pytest.approx(weight / total) for key, weight in weights.items()}
    assert found.se == pytest.approx(total**-0.5)


def test_the_web_is_held_to_a_third():
    """Without bias sds the weights are 1200, 400 and 150; the web's 0.686 becomes 1/3, the rest is shared 400:150."""
    plain = [Source(one.source, one.mean, 1, one.n) for one in (WEB, INTERVIEWS, PAPER)]
    found = pool(plain)
    shares = {"interviews": 2 / 3 * 400 / 550, "paper": 2 / 3 * 150 / 550, "web": 1 / 3}
    assert found.weights == {key: pytest.approx(share) for key, share in shares.items()}
    assert found.mean == pytest.approx(1.2 + 2 / 3 * (400 * 4.10 + 150 * 4.35) / 550)
    assert found.se == pytest.approx(math.sqrt(sum(shares[one.source] ** 2 / one.n for one in plain)))
    assert pool(plain, web_cap=1).weights["web"] == pytest.approx(1200 / 1750)
    assert pool([WEB], web_cap=0).weights == {"web": 1}
    assert pool([WEB, PAPER], web_cap=0).mean == 4.35


sources = st.lists(
    st.builds(
        Source,
        st.sampled_from(["web", "interviews", "paper", "phone"]),
        st.floats(-1e6, 1e6),
        st.floats(1e-3, 1e3),
        st.integers(1, 10**6),
        st.floats(0, 10),
    ),
    min_size=1,
    unique_by=lambda one: one.source,
)


@quick
@given(sources, st.floats(0, 1), st.randoms(use_true_random=False))
def test_pooling_keeps_the_cap_and_ignores_order(given_sources, cap, chance):
    found = pool(given_sources, web_cap=cap)
    mixed = chance.sample(given_sources, len(given_sources))
    assert pool(mixed, web_cap=cap) == found
    assert sum(found.weights.values()) == pytest.approx(1)
    if len(given_sources) > 1:
        assert found.weights.get("web", 0) <= cap
    means = [one.mean for one in given_sources]
    assert min(means) - 1e-6 <= found.mean <= max(means) + 1e-6


@pytest.mark.parametrize(
    ("given_sources", "field"),
    [
        ([], "sources"),
        ([WEB, WEB], "sources[1].source"),
        ([WEB, Source("paper", 4, 0, 3)], "sources[1].sd"),
        ([Source("paper", 4, -1, 3)], "sources[0].sd"),
        ([Source("paper", 4, 1, 0)], "sources[0].n"),
        ([Source("paper", math.nan, 1, 3)], "sources[0].mean"),
        ([Source("paper", 4, 1e200, 3)], "sources[0].sd"),
    ],
)
def test_sources_that_cannot_be_pooled(given_sources, field):
    with pytest.raises(OpinionError) as refused:
        pool(given_sources)
    assert refused.value.field == field


def test_fixed_mode_weights_are_renormalised_over_the_present():
    weights = {"interviews": 60, "paper": 25, "web": 15}
    found = fixed_mode_weights({"interviews": Fraction(4), "paper": None, "web": Fraction(3)}, weights)
    assert (found.value, found.left_out) == (Fraction(19, 5), ("paper",))
    with pytest.raises(OpinionError):
        fixed_mode_weights({"phone": Fraction(4)}, weights)


def _units(chance, units=40):
    found = []
    for number in range(units):
        truth = chance.uniform(2, 5)
        for key, lean, spread, n in (("interviews", 0, 0.1, 400), ("paper", 0.2, 0.15, 90), ("web", -0.5, 0.3, 900)):
            if chance.random() < 0.8:
                mean = truth + lean + chance.gauss(0, math.hypot(spread, n**-0.5))
                found.append(Estimate(f"u{number}", Source(key, mean, 1, n, spread)))
    return found


def _least_squares(estimates):
    """The same model as one table of dummies: means, covariance of (units, paper, web)."""
    units = sorted({one.unit for one in estimates})
    table = np.zeros((len(estimates), len(units) + 2))
    weights, values = [], []
    for row, one in enumerate(estimates):
        table[row, units.index(one.unit)] = 1
        if one.source.source != "interviews":
            table[row, len(units) + ("paper", "web").index(one.source.source)] = 1
        weights.append(1 / one.source.variance(""))
        values.append(one.source.mean)
    scaled = table * np.sqrt(weights)[:, None]
    covariance = np.linalg.inv(scaled.T @ scaled)
    return units, covariance @ (table.T @ (np.asarray(weights) * values)), covariance


def test_source_effects_are_weighted_least_squares():
    estimates = _units(random.Random(5))
    units, solved, covariance = _least_squares(estimates)
    found = pool_units(estimates, web_cap=1)
    assert found.effects == {"interviews": 0, "paper": pytest.approx(solved[-2]), "web": pytest.approx(solved[-1])}
    assert found.effect_se["web"] == pytest.approx(math.sqrt(covariance[-1, -1]))
    assert [found.units[key].mean for key in units] == pytest.approx(solved[:-2].tolist())
    assert [found.units[key].se for key in units] == pytest.approx(np.sqrt(np.diag(covariance)[:-2]).tolist())
    assert found.effects["web"] == pytest.approx(-0.5, abs=0.25)
    random.Random(1).shuffle(estimates)
    assert pool_units(estimates, web_cap=1) == found


def test_the_standard_error_under_a_cap_is_that_of_the_shares_used():
    """Against the variance of the same linear function of the means, its gradient taken by steps."""
    estimates = _units(random.Random(8), units=6)
    found = pool_units(estimates, web_cap=0.05)
    for key in found.units:
        variance = 0.0
        for index, one in enumerate(estimates):
            moved = list(estimates)
            source = one.source
            moved[index] = Estimate(
                one.unit, Source(source.source, source.mean + 1, source.sd, source.n, source.bias_sd)
            )
            slope = pool_units(moved, web_cap=0.05).units[key].mean - found.units[key].mean
            variance += slope**2 * source.variance("")
        assert found.units[key].se == pytest.approx(math.sqrt(variance))


def test_a_source_never_seen_beside_the_base_is_taken_as_it_is():
    found = pool_units([Estimate("a", INTERVIEWS), Estimate("b", WEB)])
    assert (found.unlinked, found.effects) == (("web",), {"interviews": 0, "web": 0})
    assert found.units["b"].mean == 3.60
    for estimates in ([], [Estimate("a", WEB)], [Estimate("a", INTERVIEWS), Estimate("a", INTERVIEWS)]):
        with pytest.raises(OpinionError):
            pool_units(estimates)


def _ballot(token, **known):
    return Ballot(**({"token": token, "unit": "X", "source": "web", "answers": ("4", "5", "3"), "value": 4.0} | known))


def test_bursts_of_one_subnet_within_ten_minutes():
    crowd = [_ballot(f"b{number:02}", at=60 * number, subnet="s") for number in range(11)]
    others = [_ballot(f"c{number:02}", at=60 * number, subnet=f"s{number}") for number in range(20)]
    spread = [_ballot(f"d{number:02}", at=100 * number, subnet="t") for number in range(30)]
    found = flags([*crowd, *others, *spread])
    assert found.ballots == {ballot.token: ("burst",) for ballot in crowd}
    assert flags(crowd[:9]).ballots == {}


def test_flags_of_single_ballots_and_the_result_without_them():
    lines = ("5",) * 6
    same = ("5", "4", "3", "5", "4", "3", "2", "1")
    found = flags(
        [
            _ballot("fast", seconds=19.9, value=1.0),
            _ballot("slow", seconds=20, value=4.0),
            _ballot("line", answers=lines, value=5.0),
            _ballot("short", answers=("5", None, "5", None, "5", "5"), value=3.0),
            *(_ballot(f"same{number}", answers=same, value=2.0) for number in range(5)),
        ]
    )
    assert found.ballots == {"fast": ("too-fast",), "line": ("straight-line",)} | {
        f"same{number}": ("equal-answers",) for number in range(5)
    }
    assert (found.with_flagged["X"].n, found.without_flagged["X"].n) == (9, 2)
    assert (found.with_flagged["X"].mean, found.without_flagged["X"].mean) == (23 / 9, 3.5)


def test_flags_of_units():
    night = [_ballot(f"n{number}", hour=3 if number < 8 else 12) for number in range(30)]
    assert flags(night).units == {"X": ("night-share",)}
    assert flags(night[:29]).units == {}
    asked = [_ballot(f"i{number}", source="interviews", value=3.0 + number % 2) for number in range(40)]
    web = [_ballot(f"w{number}", value=4.0 + number % 2) for number in range(40)]
    assert flags([*asked, *web]).units == {"X": ("web-apart",)}
    assert flags([*asked, *(_ballot(f"w{number}", value=2.0 + number % 2) for number in range(40))]).units == {}


def test_a_token_is_used_once():
    with pytest.raises(OpinionError) as refused:
        flags([_ballot("a"), _ballot("b"), _ballot("a", unit="Y")])
    assert refused.value.field == "ballots[2].token"
