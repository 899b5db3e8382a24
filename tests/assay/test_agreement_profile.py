"""Juror profiles: who is unlike the others, in what, and when that is flagged."""

from dataclasses import replace
from random import Random

import pytest

from assay.agreement import AgreementError, Audit, ItemMark, juror_profiles
from assay.agreement.measures import halo, log_minutes, longest_run, middle_share

STEPS = (0, 0.25, 0.5, 0.75, 1)


def one_audit(chance, juror, number):
    values = [chance.choice(STEPS) for _ in range(12)]
    marks = tuple(ItemMark(f"s{index // 4}", value) for index, value in enumerate(values))
    return Audit(
        key=f"{juror}-{number}",
        institution=f"i{number}",
        juror=juror,
        channel="visit",
        instrument="card",
        score=100 * sum(values) / 12,
        residual=chance.gauss(0, 6),
        marks=marks,
        not_applicable=chance.choice((0, 0.05, 0.1)),
        minutes=chance.uniform(20, 40),
    )


def contest(jurors=12, each=8, seed=7):
    chance = Random(seed)
    return [one_audit(chance, f"j{juror:02}", number) for juror in range(jurors) for number in range(each)]


def with_juror(audits, juror, **changes):
    return [replace(audit, **changes) if audit.juror == juror else audit for audit in audits]


def indices(profiles, juror):
    profile = next(profile for profile in profiles if profile.juror == juror)
    return {index.name: index for index in profile.indices}, profile


def test_ordinary_jurors_have_no_flag():
    profiles = juror_profiles(contest())
    assert [profile.juror for profile in profiles] == [f"j{juror:02}" for juror in range(12)]
    assert [profile.flag for profile in profiles] == [()] * 12
    assert {profile.is_judged for profile in profiles} == {True}


def test_a_straight_line_in_five_minutes_is_flagged():
    same = tuple(ItemMark(f"s{index // 4}", 0.75) for index in range(12))
    audits = with_juror(contest(), "j03", marks=same, minutes=5.0, score=75.0)
    found, profile = indices(juror_profiles(audits), "j03")
    assert profile.flag == ("halo", "straight-lining", "speed", "central-tendency")
    assert (found["all-same"].value, found["longest-run"].is_beyond) == (1.0, True)
    assert found["all-same"].probability < 1e-6
    assert 0.1 < found["speed"].value < 0.25
    assert found["speed"].z < -3.5
    others = [other.flag for other in juror_profiles(audits) if other.juror != "j03"]
    assert others == [()] * 11


def test_one_index_alone_is_no_flag():
    audits = with_juror(contest(), "j05", minutes=4.0)
    found, profile = indices(juror_profiles(audits), "j05")
    assert [name for name, index in found.items() if index.is_beyond] == ["speed"]
    assert profile.flag == ()
    slow, _ = indices(juror_profiles(with_juror(contest(), "j05", minutes=400.0)), "j05")
    assert (slow["speed"].z > 3.5, slow["speed"].is_beyond) == (True, False)


def test_two_indices_of_one_kind_count_once():
    middle = tuple(ItemMark("s", 0.5 + (index % 2) / 50) for index in range(12))
    audits = [
        replace(audit, marks=middle + tuple(ItemMark("t", value, is_scale=False) for value in (0, 1) * 12), score=50)
        if audit.juror == "j02"
        else audit
        for audit in contest()
    ]
    found, profile = indices(juror_profiles(audits), "j02")
    assert [name for name, index in found.items() if index.is_beyond] == ["middle-marks", "score-spread"]
    assert profile.flag == ()


def test_an_erratic_and_evasive_juror():
    chance = Random(3)
    audits = [
        replace(audit, residual=chance.choice((-25, 25)), not_applicable=0.6) if audit.juror == "j09" else audit
        for audit in contest()
    ]
    severities = {f"j{juror:02}": ((juror - 6) / 2, 1.5) for juror in range(12)}
    found, profile = indices(juror_profiles(audits, severities), "j09")
    assert profile.flag == ("residual", "not-applicable")
    assert found["residual-ratio"].value > 10
    assert profile.interval == pytest.approx((1.5 - 2.93994598, 1.5 + 2.93994598))
    assert found["severity"].reference == -0.25


def test_severity_far_from_the_others_is_an_index():
    severities = {f"j{juror:02}": (juror / 10, 1.0) for juror in range(12)} | {"j00": (-30.0, 1.0)}
    found, profile = indices(juror_profiles(contest(), severities), "j00")
    assert (found["severity"].is_beyond, profile.flag) == (True, ())


def test_the_order_of_audits_changes_no_bit():
    audits, chance = contest(), Random(1)
    expected = juror_profiles(audits)
    for _ in range(3):
        chance.shuffle(audits)
        assert juror_profiles(audits) == expected


def test_too_few_audits_or_jurors():
    few = juror_profiles(contest(jurors=6, each=2))
    assert {(profile.is_judged, profile.indices, profile.flag) for profile in few} == {(False, (), ())}
    small = juror_profiles(contest(jurors=4))
    assert {index.z for profile in small for index in profile.indices} == {None}
    assert juror_profiles([]) == ()
    alone, _ = indices(juror_profiles(contest(jurors=1)), "j00")
    assert {name for name, index in alone.items() if index.value is not None} == {"all-same"}


def test_bare_audits_leave_indices_empty():
    audits = [replace(audit, marks=(), minutes=None, not_applicable=None, residual=None) for audit in contest()]
    found, _ = indices(juror_profiles(audits), "j01")
    assert [name for name, index in found.items() if index.value is not None] == ["score-spread"]


def test_equal_jurors_are_not_beyond_anything():
    audits = [replace(audit, marks=(), minutes=30.0, not_applicable=0.0, residual=0.0, score=50) for audit in contest()]
    profiles = juror_profiles(audits)
    assert {index.is_beyond for profile in profiles for index in profile.indices} == {False}


def test_another_instrument_is_compared_with_itself():
    audits = [
        replace(audit, instrument="phone", minutes=audit.minutes / 10) if audit.key.endswith(("-0", "-1")) else audit
        for audit in contest()
    ]
    assert {profile.flag for profile in juror_profiles(audits)} == {()}
    alone = with_juror(contest(), "j04", instrument="only-mine", minutes=1.0)
    assert indices(juror_profiles(alone), "j04")[0]["speed"].value is None


def test_measures_of_one_audit():
    marks = tuple(ItemMark(section, value) for section, value in (("a", 1), ("a", 1), ("b", 1), ("b", 0.5), ("b", 0.5)))
    audit = replace(contest()[0], marks=(*marks, ItemMark("b", 0, is_scale=False)), minutes=1.0)
    assert (longest_run(audit), middle_share(audit), log_minutes(audit)) == (0.4, 0.4, 0.0)
    assert halo(audit) == pytest.approx(0.372677996)
    assert (audit.is_all_same, replace(audit, marks=marks[:3]).is_all_same) == (False, None)
    assert (halo(replace(audit, marks=marks[:3])), longest_run(replace(audit, marks=()))) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"score": float("nan")},
        {"residual": float("inf")},
        {"not_applicable": 1.5},
        {"minutes": 0},
        {"minutes": float("nan")},
        {"marks": (ItemMark("s", 2),)},
    ],
)
def test_what_is_refused(change):
    with pytest.raises(AgreementError):
        replace(contest()[0], **change)


def test_a_key_that_stands_twice():
    audit = contest()[0]
    with pytest.raises(AgreementError, match="stands twice"):
        juror_profiles([audit, audit])


def test_equal_minutes_on_many_instruments_are_not_beyond_anything():
    """Means of equal logarithms differ in the last bit from one instrument to another; that is no habit."""
    audits = [
        replace(audit, instrument=f"card{index % 3}", minutes=4.0, marks=(), score=50)
        for index, audit in enumerate(contest(jurors=5, each=4))
    ]
    profiles = juror_profiles(audits)
    assert {index.z for profile in profiles for index in profile.indices if index.name == "speed"} == {None}
    assert {index.is_beyond for profile in profiles for index in profile.indices if index.name == "speed"} == {False}


def test_severity_within_its_own_error_is_not_beyond():
    severities = {f"j{juror:02}": (juror / 100, 1.0) for juror in range(12)} | {"j00": (-1.5, 1.0)}
    found, _ = indices(juror_profiles(contest(), severities), "j00")
    assert (found["severity"].z < -3.5, found["severity"].is_beyond) == (True, False)
