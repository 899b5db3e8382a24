"""Places, ties and what breaks them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.exact import RoundingRule
from assay.ranking import RankingError, TieEvidence, break_tie, places, reaches, standings

TWO = RoundingRule(2)


def test_equal_published_points_share_a_place_and_the_next_is_skipped():
    points = {"a": Fraction(90), "b": Fraction("80.004"), "c": Fraction("80.0"), "d": Fraction(70), "e": None}
    found = standings(points, published=TWO)
    assert [(entry.key, entry.place, entry.tied_with) for entry in found.entries] == [
        ("a", 1, ()),
        ("b", 2, ("c",)),
        ("c", 2, ("b",)),
        ("d", 4, ()),
    ]
    assert (found.place("d"), found.place("e"), found.left_out) == (4, None, ("e",))
    with pytest.raises(KeyError):
        found.place("nobody")


def test_only_known_tie_rules():
    with pytest.raises(RankingError):
        standings({}, published=TWO, ties=["dense"])
    with pytest.raises(RankingError):
        break_tie("ab", ["age"], TieEvidence())


@pytest.mark.parametrize(("points", "is_reached"), [("74.994", False), ("74.995", True), ("75", True)])
def test_a_threshold_looks_at_published_points(points, is_reached):
    assert reaches(Fraction(points), Fraction(75), published=TWO) is is_reached


def test_a_tie_is_broken_rule_by_rule():
    evidence = TieEvidence(
        lowest_channel={"a": Fraction(50), "b": Fraction(60), "c": Fraction(60), "d": Fraction(50)},
        audits={"a": 4, "b": 4, "c": 4, "d": 5},
        lot_seed=b"published",
        lot_tag="place 1",
    )
    found = break_tie("dcba", ["p-better", "lowest-channel", "audits", "lot"], evidence)
    assert [(step.rule, step.is_available) for step in found.steps] == [
        ("p-better", False),
        ("lowest-channel", True),
        ("audits", True),
        ("lot", True),
    ]
    assert found.steps[1].groups == (("b", "c"), ("a", "d"))
    assert found.steps[2].groups == (("b", "c"), ("d",), ("a",))
    assert found.order[2:] == (("d",), ("a",))
    assert sorted(found.order[:2]) == [("b",), ("c",)]
    assert break_tie("abcd", ["lowest-channel", "audits", "lot"], evidence).order == found.order


def test_clearly_better_goes_first():
    better = {("a", "b"): Fraction(2, 5), ("b", "a"): Fraction(3, 5), ("c", "a"): Fraction(7, 10)}
    better |= {("c", "b"): Fraction(2, 3), ("a", "c"): Fraction(3, 10), ("b", "c"): Fraction(1, 3)}
    found = break_tie("abc", ["p-better"], TieEvidence(better=better))
    assert found.order == (("c",), ("a", "b"))


def test_missing_evidence_is_named():
    with pytest.raises(RankingError, match="audits: has no evidence for b"):
        break_tie("ab", ["audits"], TieEvidence(audits={"a": 1}))


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 5).map(Fraction), max_size=12))
def test_places_count_those_who_are_better(values):
    found = places(values)
    assert [place for _, place, _ in found] == sorted(place for _, place, _ in found)
    for key, place, sharing in found:
        assert place == 1 + sum(other > values[key] for other in values.values())
        assert set(sharing) == {other for other, value in values.items() if value == values[key]}


def test_places_are_exact_however_long_the_points():
    points = {
        "a": Fraction(10**15) + Fraction(1, 10**15),
        "b": Fraction(10**15),
        "c": Fraction(-1, 20),
        "d": Fraction(0),
    }
    found = standings(points, published=RoundingRule(15))
    assert [(entry.key, entry.place) for entry in found.entries] == [("a", 1), ("b", 2), ("d", 3), ("c", 4)]
