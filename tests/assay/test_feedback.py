"""Criteria, benchmarks and gains, on small cards whose answers can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from assay.feedback import benchmarks, criteria, gains
from assay.rulebook import Rulebook
from assay.scorecards import Scorecard
from engine_samples import EMAIL, VISIT, audit, rules

CARDS = {"visit-card": Scorecard.from_definition(VISIT), "email-card": Scorecard.from_definition(EMAIL)}


def outcome(audits, **changes):
    return Rulebook.from_dict(rules(**changes)).compute(audits, CARDS)


def points(audits, **changes):
    return outcome(audits, **changes).institutions["i"].points


def test_a_criterion_is_the_mean_of_its_sections():
    found = outcome([audit("a", "i"), audit("b", "i", P1="no", P2="yes")])
    by_section = {one.section: one for one in criteria(found, "i")}
    assert by_section["place"].score == Fraction(200, 3)
    assert by_section["place"].weight == Fraction(1, 4)
    assert by_section["service"].score == 100


def test_a_section_nothing_applied_to_has_no_score():
    card = {**VISIT, "sections": [{**VISIT["sections"][0], "items": [VISIT["sections"][0]["items"][2]]}]}
    card["sections"] += [VISIT["sections"][1]]
    cards = {"visit-card": Scorecard.from_definition(card)}
    marks = {"P3": "na", "S1": "5", "S2": "3", "S3": "yes", "S4": "yes"}
    one = {**audit("a", "i"), "marks": marks}
    found = Rulebook.from_dict(rules(audit__min_coverage="0")).compute([one], cards)
    assert [(entry.section, entry.score) for entry in criteria(found, "i")] == [("place", None), ("service", 100)]


def test_a_benchmark_counts_every_institution_once():
    audits = [audit("a", "i"), audit("b", "i"), audit("c", "j", P1="no", P2="yes", P3="no")]
    found = benchmarks(outcome(audits))["gminy"]
    assert found.institutions == 2
    assert found.criteria["visit", "place"] == 50
    assert found.channels["visit"] == Fraction(100 + 75, 2)


def test_institutions_without_points_are_in_no_benchmark():
    computed = Rulebook.from_dict(rules()).compute([audit("a", "i")], CARDS, institutions={"i": "gminy", "n": "gminy"})
    assert benchmarks(computed)["gminy"].institutions == 1


def test_a_gain_is_the_difference_that_mending_makes():
    audits = [audit("a", "i", P1="no", S1="3"), audit("b", "i", channel="email", E2="2/4")]
    before = points(audits)
    found = {(gain.channel, gain.item): gain.points for gain in gains(outcome(audits), "i")}
    mended = {
        ("visit", "P1"): [audit("a", "i", S1="3"), audits[1]],
        ("visit", "S1"): [audit("a", "i", P1="no"), audits[1]],
        ("email", "E2"): [audits[0], audit("b", "i", channel="email")],
    }
    assert found == {key: points(changed) - before for key, changed in mended.items()}


def test_gains_come_largest_first_and_sum_over_audits():
    audits = [audit("a", "i", P1="no"), audit("b", "i", P1="no", S1="4"), audit("c", "i")]
    found = gains(outcome(audits), "i")
    assert [gain.points for gain in found] == sorted((gain.points for gain in found), reverse=True)
    first = {gain.item: gain for gain in found}["P1"]
    assert (first.lost_in, first.asked_in) == (2, 3)


def test_mending_the_only_failed_critical_item_lifts_the_cap():
    audits = [audit("a", "i", S3="no", S4=None)]
    # Capped at 50; mended it would be 100. The visit weighs 60 of 100, the absent e-mail counts as 0.
    assert points(audits, licence__critical="cap") == 30
    found = gains(outcome(audits, licence__critical="cap"), "i")
    assert [(gain.item, gain.points) for gain in found] == [("S3", 30)]


def test_under_a_cap_nothing_else_gains():
    audits = [audit("a", "i", S3="no", S4=None, P1="no")]
    capped = {gain.item for gain in gains(outcome(audits, licence__critical="cap"), "i")}
    ignored = {gain.item for gain in gains(outcome(audits, licence__critical="ignore"), "i")}
    assert ("P1" in capped, "P1" in ignored) == (False, True)


def test_full_marks_have_nothing_to_gain():
    assert gains(outcome([audit("a", "i")]), "i") == ()


def test_a_benchmark_of_one_is_its_own_criteria():
    audits = [
        audit("a", "i", P1="no", S1="2", P3="na"),
        audit("b", "i", S3="no", S4=None),
        audit("c", "i", channel="email", E1="none", E2=None, E3=None),
        audit("d", "i", channel="email", E3="b"),
    ]
    found = outcome(audits)
    by_hand = {(one.channel, one.section): one.score for one in criteria(found, "i") if one.score is not None}
    assert benchmarks(found)["gminy"].criteria == by_hand
