"""The crossed mixed model: published data, the plain mixed-model equations, and what must not matter."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.ranking import RankingError, posterior_ranks
from assay.severity import Ratings, SeverityError, absorbed, fit, iterative, solver

PENICILLIN = Path(__file__).resolve().parents[1] / "data" / "penicillin.csv"


def _contest(seed=1, *, places=12, people=6, each=4, sd=(8.0, 4.0, 6.0)):
    """Seeded ratings: (institution, juror, score)."""
    chance = np.random.default_rng(seed)
    quality, severity = sd[0] * chance.normal(size=places), sd[1] * chance.normal(size=people)
    return [
        (f"i{place:02}", f"j{juror}", 70.0 + quality[place] + severity[juror] + sd[2] * chance.normal())
        for place in range(places)
        for juror in chance.choice(people, each, replace=False)
    ]


def test_penicillin_as_lme4_fits_it():
    """Davies and Goldsmith 1972, table 6.6; lme4 1.1-31: REML 330.8606, variances 0.7169, 3.7311, 0.3024."""
    with PENICILLIN.open() as file:
        rows = [(row["plate"], row["sample"], float(row["diameter"])) for row in csv.DictReader(file)]
    found = fit(Ratings.of(rows))
    assert found.reml == pytest.approx(330.860588999606, abs=1e-4)
    assert found.variances.institution == pytest.approx(0.716905140876719, rel=1e-4)
    assert found.variances.juror == pytest.approx(3.731131842672768, rel=1e-4)
    assert found.variances.residual == pytest.approx(0.302414956255594, rel=1e-4)
    assert found.mean == pytest.approx(22.9722222222137)
    lme4 = [2.1870584018, -1.0104763502, 1.9378998497, -0.0968949925, -0.0138421418, -3.0037447671]
    assert found.jurors.severity == pytest.approx(lme4, abs=1e-4)
    plates = [0.8045469058, 0.8045469058, 0.1816718820, 0.3373906379, 0.0259531260, -0.4412031419]
    assert found.institutions.blup[:6] - found.mean == pytest.approx(plates, abs=1e-4)
    assert (found.method, found.prior, found.warnings) == ("exact", "none", ())


def _dense(rows, channels, weights, variances):
    """Henderson's equations written out: effects and the inverse."""
    places, people = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    kinds = sorted(set(channels))
    table = np.zeros((len(rows), len(kinds) + len(places) + len(people)))
    for number, ((place, juror, _), channel) in enumerate(zip(rows, channels, strict=True)):
        table[number, kinds.index(channel)] = 1.0
        table[number, len(kinds) + places.index(place)] = 1.0
        table[number, len(kinds) + len(places) + people.index(juror)] = 1.0
    weighted = table.T * weights / variances.residual
    whole = weighted @ table
    prior = [0.0] * len(kinds) + [1 / variances.institution] * len(places) + [1 / variances.juror] * len(people)
    whole += np.diag(prior)
    return np.linalg.solve(whole, weighted @ np.array([row[2] for row in rows])), np.linalg.inv(whole), len(kinds)


@pytest.mark.parametrize("is_turned", [False, True])
def test_effects_and_errors_are_those_of_the_whole_equations(is_turned):
    """Henderson 1975: the absorbed solution against the mixed-model equations solved as they stand."""
    rows = [(row[1], row[0], row[2]) if is_turned else row for row in _contest(7)]
    channels = ["phone" if number % 3 else "visit" for number in range(len(rows))]
    weights = [0.5 + (number % 4) for number in range(len(rows))]
    full = [(*row, channel, weight) for row, channel, weight in zip(rows, channels, weights, strict=True)]
    found = fit(Ratings.of(full))
    effects, inverse, kinds = _dense(rows, channels, np.array(weights), found.variances)
    places = len(found.institutions.keys)
    assert list(found.means.values()) == pytest.approx(effects[:kinds])
    assert found.institutions.blup - found.mean == pytest.approx(effects[kinds : kinds + places])
    assert found.jurors.severity == pytest.approx(effects[kinds + places :])
    errors = np.sqrt(np.diag(inverse))
    assert found.institutions.se == pytest.approx(errors[kinds : kinds + places])
    assert found.jurors.se == pytest.approx(errors[kinds + places :])
    shares = [channels.count(kind) / len(rows) for kind in sorted(set(channels))]
    quality = np.hstack([np.tile(shares, (places, 1)), np.eye(places), np.zeros((places, len(found.jurors.keys)))])
    covariance = quality @ inverse @ quality.T
    assert found.institutions.se_blup == pytest.approx(np.sqrt(np.diag(covariance)))
    draws = found.draws(40_000, seed=3)
    assert draws.mean(axis=0) == pytest.approx(found.institutions.blup, abs=0.2)
    assert np.cov(draws.T) == pytest.approx(covariance, abs=0.05 * covariance.max())


def test_the_criterion_is_the_restricted_likelihood():
    """Patterson and Thompson 1971, from the covariance matrix itself; and no nearby variances do better."""
    rows = _contest(3)
    found = fit(Ratings.of(rows))
    places, people = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    one = np.array([[row[0] == place for place in places] for row in rows], dtype=float)
    two = np.array([[row[1] == juror for juror in people] for row in rows], dtype=float)
    scores, ones = np.array([row[2] for row in rows]), np.ones((len(rows), 1))

    def criterion(institution, juror, residual):
        whole = residual * np.eye(len(rows)) + institution * one @ one.T + juror * two @ two.T
        inverse = np.linalg.inv(whole)
        middle = ones.T @ inverse @ ones
        project = inverse - inverse @ ones @ np.linalg.inv(middle) @ ones.T @ inverse
        logs = np.linalg.slogdet(whole)[1] + np.linalg.slogdet(middle)[1]
        return logs + scores @ project @ scores + (len(rows) - 1) * np.log(2 * np.pi)

    best = (found.variances.institution, found.variances.juror, found.variances.residual)
    assert found.reml == pytest.approx(criterion(*best), abs=1e-8)
    for place in range(3):
        for factor in (0.98, 1.02):
            assert criterion(*(v * factor if n == place else v for n, v in enumerate(best))) > found.reml


def test_fair_takes_severity_out_and_blup_draws_to_the_mean():
    found = fit(Ratings.of(_contest(5)))
    severity = dict(zip(found.jurors.keys, found.jurors.severity, strict=True))
    own = [score - severity[juror] for place, juror, score in _contest(5) if place == "i03"]
    row = found.institutions.keys.index("i03")
    assert found.institutions.fair[row] == pytest.approx(np.mean(own))
    ratio = found.variances.residual / found.variances.institution
    drawn = found.mean + 4 / (4 + ratio) * (found.institutions.fair - found.mean)
    assert found.institutions.blup == pytest.approx(drawn)


def test_two_way_least_squares_sums_to_zero_and_solves_the_plain_regression():
    rows = _contest(9)
    found = fit(Ratings.of(rows)).institutions
    places, people = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    table = [[float(row[0] == p) for p in places] + [float(row[1] == j) for j in people] for row in rows]
    plain = np.linalg.lstsq(np.array(table), np.array([row[2] for row in rows]), rcond=None)[0][: len(places)]
    assert found.ols == pytest.approx(plain - plain.mean())
    assert found.ols.sum() == pytest.approx(0.0, abs=1e-9)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(0, 10_000))
def test_neither_order_nor_names_nor_scale_matter(chance, seed):
    rows = _contest(seed, places=6, people=4, each=3)
    found = fit(Ratings.of(rows))
    shuffled = list(rows)
    chance.shuffle(shuffled)
    again = fit(Ratings.of(shuffled))
    assert (again.reml, list(again.institutions.blup)) == (found.reml, list(found.institutions.blup))
    assert list(again.draws(5, seed=2).ravel()) == list(found.draws(5, seed=2).ravel())
    renamed = fit(Ratings.of([("z" + str(9 - int(place[1:])), juror, score) for place, juror, score in rows]))
    assert renamed.institutions.blup[::-1] == pytest.approx(found.institutions.blup, rel=1e-5)
    moved = fit(Ratings.of([(place, juror, 5.0 + 0.1 * score) for place, juror, score in rows]))
    assert moved.institutions.fair == pytest.approx(5.0 + 0.1 * found.institutions.fair, rel=1e-5)
    assert moved.institutions.se == pytest.approx(0.1 * found.institutions.se, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize("is_turned", [False, True])
def test_draws_know_effects_and_not_names(is_turned):
    rows = _contest(5, places=20, people=8) if not is_turned else _contest(5, places=6, people=15, each=7)
    renamed = [(f"i{37 * int(place[1:]) % 101:03}", f"j{90 - int(juror[1:])}", mark) for place, juror, mark in rows]
    found, again = fit(Ratings.of(rows)), fit(Ratings.of(renamed))
    names = dict(zip((row[0] for row in rows), (row[0] for row in renamed), strict=True))
    column = {key: at for at, key in enumerate(again.institutions.keys)}
    moved = again.draws(50, seed=3)[:, [column[names[key]] for key in found.institutions.keys]]
    assert moved == pytest.approx(found.draws(50, seed=3), abs=1e-4)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.floats(-50, 50), st.integers(0, 10_000))
def test_a_jurors_constant_moves_nothing_but_the_juror_in_the_fixed_effects_column(added, seed):
    rows = _contest(seed, places=7, people=4, each=3)
    found = fit(Ratings.of(rows)).institutions.ols
    moved = fit(Ratings.of([(p, j, s + added if j == "j1" else s) for p, j, s in rows])).institutions.ols
    assert moved == pytest.approx(found, abs=1e-7)


def test_who_cannot_be_told_apart_shares_its_ranks():
    rows = _contest(7, places=6)
    rows += [("twin", juror, score) for place, juror, score in rows if place == "i03"]
    rows += [("other", juror, score + 1.0) for place, juror, score in rows if place == "i03"]
    found = fit(Ratings.of(rows))
    labels = dict(zip(found.institutions.keys, found.alike.tolist(), strict=True))
    assert labels["twin"] == labels["i03"]
    assert len(set(labels.values())) == 7
    ranks = posterior_ranks(found.draws(301, seed=3), alike=found.alike)
    one, other = (found.institutions.keys.index(key) for key in ("i03", "twin"))
    for column in (ranks.low, ranks.high, ranks.expected, ranks.p_top(3)):
        assert column[one] == column[other]
    apart = posterior_ranks(found.draws(301, seed=3))
    assert ranks.expected.sum() == pytest.approx(apart.expected.sum())
    with pytest.raises(RankingError):
        posterior_ranks(found.draws(9, seed=3), alike=[1, 2])


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(0, 10_000))
def test_equal_evidence_ties(seed):
    rows = _contest(seed, places=6, people=4, each=3)
    twin = [("i99", juror, score) for place, juror, score in rows if place == "i02"]
    found = fit(Ratings.of(rows + twin)).institutions
    for column in (found.raw, found.fair, found.blup, found.se, found.ols):
        assert column[found.keys.index("i99")] == pytest.approx(column[found.keys.index("i02")], abs=1e-8)


def test_the_weak_prior_keeps_variances_off_zero_and_fades():
    """Chung et al. 2013: with no juror variance in the data plain REML sits at 0, the penalised one does not."""
    flat = [(place, juror, score) for place, juror, score in _contest(3, sd=(8.0, 0.0, 6.0))]
    plain, weak = fit(Ratings.of(flat)), fit(Ratings.of(flat), prior="weak")
    assert [str(caution).split(":")[0] for caution in plain.warnings] == ["boundary"]
    assert (plain.variances.juror, list(plain.jurors.severity)) == (0.0, [0.0] * 6)
    assert weak.variances.juror > 0.0
    much = Ratings.of(_contest(4, places=400, people=40, each=8))
    assert fit(much, prior="weak").variances.juror == pytest.approx(fit(much).variances.juror, rel=0.06)


def test_the_weak_prior_has_a_mode_where_there_are_two_jurors_only():
    """A gamma of shape 2 and the restricted likelihood of one contrast have none: the estimate would run away."""
    chance = np.random.default_rng(6)
    rows = [
        (f"i{place:02}", f"j{juror}", 70.0 + 6.0 * quality + 5.0 * juror + 3.0 * chance.normal())
        for place, quality in enumerate(chance.normal(size=15))
        for juror in (0, 1)
    ]
    plain, weak = fit(Ratings.of(rows)).variances, fit(Ratings.of(rows), prior="weak").variances
    assert plain.juror < weak.juror < 3.0 * plain.juror
    places, people = (np.array([[row[at] == key for key in sorted({one[at] for one in rows})] for row in rows])
                      for at in (0, 1))  # fmt: skip
    scores = np.array([row[2] for row in rows])

    def criterion(institution, juror):
        cov = np.eye(len(rows)) + institution * places @ places.T + juror * people @ people.T
        left = np.linalg.solve(cov, np.ones(len(rows)))
        away = scores - left @ scores / left.sum()
        free = len(rows) - 1
        plain = np.linalg.slogdet(cov)[1] + np.log(left.sum()) + free * np.log(away @ np.linalg.solve(cov, away))
        return plain - np.log(institution) - 0.5 * np.log(juror)

    found = np.array([weak.institution, weak.juror]) / weak.residual
    around = [criterion(*(found * np.exp([0.02 * one, 0.1 * two]))) for one in (-1, 0, 1) for two in (-1, 0, 1)]
    assert min(around) == around[4]


def test_the_weak_prior_bounds_institutions_with_a_juror_each():
    rows = [(f"i{place}", f"j{place}", 60.0 + 5.0 * place + mark) for place in range(3) for mark in (0.0, 1.0)]
    found = fit(Ratings.of(rows), prior="weak").variances
    assert found.institution == pytest.approx(found.juror, rel=1e-6)
    assert found.institution + found.juror < 60.0


def test_a_single_juror_leaves_the_weak_prior_to_institutions():
    rows = [("x", "a", 70.0), ("x", "a", 60.0), ("y", "a", 66.0), ("y", "a", 64.0), ("z", "a", 65.0), ("z", "a", 65.0)]
    plain, weak = fit(Ratings.of(rows)).variances, fit(Ratings.of(rows), prior="weak").variances
    assert (plain.institution, weak.juror) == (0.0, 0.0)
    assert weak.institution > 0.0


@pytest.mark.parametrize("prior", ["none", "weak"])
def test_jurors_with_a_channel_each_cannot_be_told_from_its_mean(prior):
    marks = {"x": (70, 60, 65), "y": (80, 75, 77), "z": (50, 41, 44)}
    rows = [(f"i{at}", key, float(mark), f"by-{key}") for key, row in marks.items() for at, mark in enumerate(row)]
    found = fit(Ratings.of(rows), prior=prior)
    assert [caution.code for caution in found.warnings] == ["confounded"]
    assert (found.variances.juror, list(found.jurors.severity)) == (0.0, [0.0] * 3)
    assert found.institutions.fair == pytest.approx(found.institutions.raw)
    if prior == "none":  # balanced: the mean squares say it outright
        assert found.variances.residual == pytest.approx(35 / 18)
        assert found.variances.institution == pytest.approx(15.5)


def test_of_two_valleys_of_the_criterion_the_deeper_is_taken():
    """Ten weighted ratings: 71.692539904 with no variance but the residual's is a minimum, 69.431271189 is lower."""
    rows = [("a", "x", 60.0, None, 0.1), ("a", "x", 50.0, None, 1.0), ("b", "y", 60.0, None, 10.0),
            ("b", "x", 50.0, None, 1.0), ("c", "y", 80.0, None, 1.0), ("c", "x", 60.0, None, 10.0),
            ("d", "y", 60.0, None, 0.1), ("d", "y", 80.0, None, 0.1), ("e", "x", 70.0, None, 1.0),
            ("e", "x", 70.0, None, 1.0)]  # fmt: skip
    found = fit(Ratings.of(rows))
    assert found.reml == pytest.approx(69.43127118890904, abs=1e-6)
    assert found.variances.residual == pytest.approx(17.6000, rel=1e-4)


def test_channels_that_institutions_determine_leave_a_jurors_constant_to_the_juror():
    rows = [("a", "x", 50.0, "visit"), ("a", "x", 54.0, "web"), ("b", "y", 88.0, "visit"), ("b", "x", 74.0, "post"),
            ("c", "x", 64.0, "web"), ("d", "x", 85.0, "visit"), ("d", "x", 59.0, "web")]  # fmt: skip
    moved = [(place, juror, score + 20.0 * (juror == "y"), channel) for place, juror, score, channel in rows]
    found, again = (fit(Ratings.of(given)).institutions.ols for given in (rows, moved))
    assert again == pytest.approx(found, abs=1e-9)
    # A visit brings 11 more than the web; post, that only b had, counts as the web.
    left = np.array([(50.0 - 11 + 54) / 2, 74.0, 64.0, (85.0 - 11 + 59) / 2])
    assert found == pytest.approx(left - left.mean(), abs=1e-9)


def test_least_squares_takes_channels_out_however_many_jurors(monkeypatch):
    chance = np.random.default_rng(4)
    rows = [(*row[:2], row[2] + 8.0 * late, f"c{late}")
            for row in _contest(9, places=80, people=30, each=6) for late in [int(chance.integers(3))]]  # fmt: skip
    few = fit(Ratings.of(rows)).institutions.ols
    monkeypatch.setattr(absorbed, "MOST_INNER", 10)
    assert fit(Ratings.of(rows)).institutions.ols == pytest.approx(few, abs=1e-6)


def test_least_squares_holds_along_a_chain(monkeypatch):
    """Each two institutions share one juror, so that effects are the sums of differences of that juror's scores."""
    monkeypatch.setattr(absorbed, "MOST_INNER", 10)
    monkeypatch.setattr(solver, "MOST_INNER", 10)
    length = 1_500
    scores = 70.0 + 5.0 * np.random.default_rng(3).normal(size=(length, 2))
    rows = [(place, place + side, scores[place, side]) for place in range(length) for side in (0, 1)]
    found = fit(Ratings.from_columns(*(np.array(column) for column in zip(*rows, strict=True)))).institutions
    effects = np.concatenate([[0.0], np.cumsum(scores[1:, 0] - scores[:-1, 1])])
    assert found.ols == pytest.approx(effects - effects.mean(), abs=1e-6)


def test_more_means_than_a_contest_has_are_refused():
    rows = [(f"i{number % 40}", f"j{number % 7}", float(number % 11), f"c{number % 501}") for number in range(1200)]
    with pytest.raises(SeverityError) as refused:
        fit(Ratings.of(rows))
    assert refused.value.field == "channel"


def test_scenarios_stand_beside_channels():
    rows = [
        (
            place,
            juror,
            score + (10 if number % 2 else 0) + (4 if number % 4 > 1 else 0),
            "visit" if number % 2 else "web",
        )
        for number, (place, juror, score) in enumerate(_contest(2, places=20))
    ]
    scenarios = [f"s{number % 4}" for number in range(len(rows))]
    found = fit(Ratings.of([(*row, None, name) for row, name in zip(rows, scenarios, strict=True)]))
    plain = fit(Ratings.of(rows))
    assert set(found.means) == {"visit", "web"}
    assert found.variances.residual < plain.variances.residual


def test_parts_without_a_common_juror_are_named():
    rows = [(f"a{row[0]}", f"a{row[1]}", row[2]) for row in _contest(1)] + _contest(2)
    found = fit(Ratings.of(rows))
    assert [caution.code for caution in found.warnings if caution.code == "disconnected"] == ["disconnected"]
    own = found.institutions.ols[[key.startswith("a") for key in found.institutions.keys]]
    assert own.sum() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("x", "a", 5.0), ("x", "b", 5.0), ("y", "a", 5.0), ("y", "b", 5.0)], ["constant"]),
        ([("x", "a", 1.0), ("x", "a", 3.0), ("y", "a", 8.0), ("y", "a", 9.0)], ["single-juror"]),
        ([("x", "a", 1.0), ("x", "a", 3.0), ("x", "b", 8.0), ("x", "b", 9.0)], ["single-institution"]),
        ([("x", "a", 1.0), ("x", "a", 3.0)], ["single-juror", "single-institution"]),
        ([("x", "a", 1.0), ("x", "b", 2.0), ("y", "a", 4.0), ("y", "b", 5.0)], ["no-residual"]),
    ],
)
def test_thin_and_odd_ratings_are_answered_with_a_caution(rows, codes):
    found = fit(Ratings.of(rows))
    assert [caution.code for caution in found.warnings if caution.code != "boundary"] == codes
    for column in (found.institutions.blup, found.institutions.fair, found.institutions.se, found.jurors.severity):
        assert np.isfinite(column).all()
    assert np.isfinite(found.draws(10)).all()


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "ratings"),
        ([("x", "a", 1.0)], "ratings"),
        ([("x", "a", 1.0), ("y", "a", 2.0)], "ratings"),
        ([("x", "a", 1.0), ("x", "b", 2.0)], "ratings"),
        ([("x", "a", float("nan")), ("x", "a", 2.0)], "score"),
        ([("x", "a", 1.0, None, 0.0), ("x", "a", 2.0, None, 1.0)], "weight"),
        ([("x", "a", 1.0, "web"), ("x", "a", 2.0)], "ratings"),
    ],
)
def test_what_no_model_can_tell_is_refused(rows, field):
    with pytest.raises(SeverityError) as refused:
        fit(Ratings.of(rows))
    assert refused.value.field == field


@pytest.mark.parametrize("is_turned", [False, True])
def test_conjugate_gradients_find_what_cholesky_finds(monkeypatch, is_turned):
    rows = _contest(8, places=300, people=60, each=8)
    ratings = Ratings.of([(row[1], row[0], row[2]) if is_turned else row for row in rows])
    exact = fit(ratings)
    monkeypatch.setattr(solver, "MOST_INNER", 10)
    monkeypatch.setattr(iterative, "_PROBES", 64)
    free = fit(ratings, seed=5)
    assert (free.method, exact.method) == ("conjugate-gradients", "exact")
    assert free.variances.institution == pytest.approx(exact.variances.institution, rel=0.01)
    assert free.variances.juror == pytest.approx(exact.variances.juror, rel=0.01)
    assert free.institutions.blup == pytest.approx(exact.institutions.blup, abs=0.02)
    assert free.institutions.se == pytest.approx(exact.institutions.se, rel=0.1)
    assert free.institutions.ols == pytest.approx(exact.institutions.ols, abs=1e-6)
    assert free.draws(600, seed=1).std(axis=0).mean() == pytest.approx(exact.institutions.se_blup.mean(), rel=0.03)
