from __future__ import annotations

from copy import deepcopy
from fractions import Fraction

import pytest

from assay.ranking import consequences as by_engine
from assay.rulebook import Rulebook
from factories_editions import RULEBOOK
from probierz.editions import consequences
from probierz.editions.consequences import Evidence, assumed, foreseen


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch) -> None:
    monkeypatch.setattr(consequences, "_sources", [])


def rules(**licence) -> Rulebook:
    changed = deepcopy(RULEBOOK)
    changed["licence"] |= licence
    changed["official_score"] = licence.pop("official", "raw")
    changed["licence"].pop("official", None)
    return Rulebook.from_dict(changed)


KNOWN = Evidence(
    estimates=(60.0, 74.0, 76.0, 90.0),
    errors=(3.0, 3.0, 3.0, 3.0),
    points={
        "raw": (Fraction(61), Fraction(78), Fraction(74996, 1000), Fraction(101)),
        "fair": (Fraction(59), Fraction(73), Fraction(77), Fraction(91)),
        "blup": (Fraction(60), Fraction(74), Fraction(76), Fraction(90)),
    },
    categories=("a", "a", "b", "b"),
    source="obliczenie",
)


@pytest.mark.parametrize("policy", ["simple", "guarded", "above-mean"])
def test_the_numbers_are_the_engine_s(policy):
    found = foreseen(KNOWN, rules(policy=policy))
    by_hand = by_engine(
        KNOWN.estimates, KNOWN.errors, range(40, 96), policy=policy, points=[61, 78, 75, 100], categories="aabb"
    )
    assert list(found.curve) == by_hand
    assert found.chosen == by_hand[35]
    assert [one.policy for one in found.policies] == ["simple", "guarded", "above-mean"]


def test_points_follow_the_official_score_and_are_rounded_before_they_are_judged():
    granted = {score: foreseen(KNOWN, rules(official=score)).chosen.granted for score in ("raw", "fair", "blup")}
    # 74.996 is announced as 75.00.
    assert granted == {"raw": 3, "fair": 2, "blup": 2}


def test_what_a_room_knows_comes_before_what_is_assumed():
    consequences.register(lambda edition: None)
    assert consequences.outlook(None, rules()).evidence.assumption is not None
    consequences.register(lambda edition: KNOWN)
    assert consequences.outlook(None, rules()).evidence == KNOWN


def test_a_source_registered_twice_is_asked_once():
    def source(edition):
        return KNOWN

    consequences.register(source)
    consequences.register(source)
    assert consequences._sources == [source]


@pytest.mark.parametrize("score", ["raw", "fair", "blup"])
def test_an_assumed_contest_says_its_audits_and_has_points_of_the_score(score):
    found = assumed(rules(official=score, min_audits=6))
    assert (found.assumption.audits, list(found.points), len(found.estimates)) == (6, [score], 100)
    assert foreseen(found, rules(official=score)).institutions == 100
