"""Severity, ranks and the guarded licence inside an edition's calculation."""

import json
from copy import deepcopy
from fractions import Fraction

import pytest

from assay.protocol import build, canonical, digest, verify
from assay.rulebook import Estimates, Known, Rulebook
from assay.rulebook.rules import RulebookError
from assay.rulebook.work import InputError
from assay.scorecards import Scorecard
from engine_samples import EMAIL, VISIT, audit, rules

CARDS = {card["key"]: Scorecard.from_definition(card) for card in (VISIT, EMAIL)}
MARKS = "12345"
GUARDED = {
    **rules()["licence"],
    "policy": "guarded",
    "threshold": "78",
    "min_channel_score": None,
    "guarded": {"grant": "0.95", "refuse": "0.05", "extra_audits": 2},
}


def edition(jurors=10, institutions=12, strict=0):
    """Each institution visited six times; the last `strict` jurors give two marks less than the others."""
    entries = []
    for place in range(institutions):
        for number in range(6):
            person = (place * 5 + number * 3) % jurors
            mark = 1 + (place * 4 // institutions) + (number + place) % 2 - (2 if person >= jurors - strict else 0)
            entries.append(
                audit(
                    f"a{place:02}-{number}",
                    f"I{place:02}",
                    category=f"c{place % 2}",
                    juror=f"J{person:02}",
                    S1=MARKS[max(0, min(4, mark))],
                    S2="3" if place % 3 else "7",
                )
            )
    return entries


def compute(entries, **changes):
    named = {name: changes.pop(name) for name in ("institutions", "without", "extra", "known") if name in changes}
    book = rules(**{"channels__email__absent": "exclude"} | changes)
    return Rulebook.from_dict(book).compute(entries, CARDS, **named)


def test_an_edition_says_how_strict_its_jurors_are_and_how_sure_its_places():
    outcome = compute(edition(strict=3))
    severity = outcome.severity
    assert (outcome.why_no_severity, len(severity.jurors), outcome.official.used) == ("", 10, "raw")
    effects = {one.key: one.severity for one in severity.jurors}
    assert max(effects[key] for key in ("J07", "J08", "J09")) < min(effects[f"J{n:02}"] for n in range(7))
    for found in outcome.institutions.values():
        told = found.estimates
        assert told.raw == Fraction(round(found.points * 10**9), 10**9)
        assert set(told.ranks) == {"category", "overall"}
        assert told.se > 0
        assert 0 <= told.p_threshold <= 1
        for scope, among in (("overall", 12), ("category", 6)):
            rank = told.ranks[scope]
            assert 1 <= rank.low <= rank.high <= among
            assert rank.low - 1 < rank.expected < rank.high + 1
    ordered = sorted(outcome.institutions.values(), key=lambda found: found.places["overall"].place)
    groups = [found.estimates.ranks["overall"].group for found in ordered]
    assert groups == sorted(groups)
    assert groups[0] == 1


def test_fair_points_take_the_severity_of_each_juror_out():
    outcome = compute(edition(strict=3), official_score="fair")
    assert (outcome.official.asked, outcome.official.used, outcome.official.reason) == ("fair", "fair", "")
    effects = {one.key: one.severity for one in outcome.severity.jurors}
    for found in outcome.institutions.values():
        audits = [outcome.audits[key] for key in found.audits_used]
        fair = sum((one.score - effects[one.juror] for one in audits), Fraction(0)) / len(audits)
        assert found.channels[0].fair == fair == found.channels[0].score
        assert found.points == min(Fraction(round(fair * 10**9), 10**9), 100)
        assert found.estimates.fair == Fraction(round(fair * 10**9), 10**9)
    blup = compute(edition(strict=3), official_score="blup")
    assert [found.points for found in blup.institutions.values()] == [
        found.estimates.blup for found in outcome.institutions.values()
    ]
    assert blup.tree("I00")["official"] == "blup"


def test_with_few_jurors_points_stay_raw_and_the_outcome_says_so():
    raw = compute(edition(jurors=7))
    fair = compute(edition(jurors=7), official_score="fair")
    assert (fair.official.asked, fair.official.used, fair.official.reason) == ("fair", "raw", "few-jurors")
    assert fair.severity.prior == "weak"
    assert {key: found.points for key, found in fair.institutions.items()} == {
        key: found.points for key, found in raw.institutions.items()
    }


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([], "institutions"),
        (edition(institutions=1), "institutions"),
        (edition(jurors=1), "jurors"),
        ([audit(f"a{n}", "XY"[n % 2]) for n in range(8)], "audits"),
    ],
)
def test_too_little_for_a_model_is_said(entries, reason):
    outcome = compute(entries, official_score="blup")
    assert (outcome.severity, outcome.why_no_severity) == (None, reason)
    assert (outcome.official.used, outcome.official.reason) == ("raw", reason)
    assert all(found.estimates is None for found in outcome.institutions.values())


def test_equal_scores_leave_nothing_to_tell():
    entries = [one | {"marks": audit("x", "x")["marks"]} for one in edition()]
    outcome = compute(entries, licence=GUARDED)
    assert {found.decision for found in outcome.institutions.values()} == {"grant"}
    assert {found.estimates.ranks["overall"].group for found in outcome.institutions.values()} == {1}


def test_a_guarded_licence_has_a_border_zone():
    outcome = compute(edition(strict=3), licence=GUARDED)
    decisions = {key: found.decision for key, found in outcome.institutions.items()}
    assert set(decisions.values()) == {"grant", "border", "refuse"}
    for found in outcome.institutions.values():
        condition = found.conditions[0]
        chance = Fraction(condition.found)
        assert (condition.code, condition.required) == ("p-threshold", "0.95")
        assert abs(chance - found.estimates.p_threshold) <= Fraction(1, 2000)
        expected = "grant" if chance >= Fraction(19, 20) else "refuse" if chance <= Fraction(1, 20) else "border"
        assert found.decision == expected


def test_after_the_extra_audits_more_likely_than_not_decides():
    first = compute(edition(strict=3), licence=GUARDED)
    border = [key for key, found in first.institutions.items() if found.decision == "border"]
    waiting = compute(edition(strict=3), licence=GUARDED, extra=dict.fromkeys(border, 1))
    assert {waiting.institutions[key].decision for key in border} == {"border"}
    last = compute(edition(strict=3), licence=GUARDED, extra=dict.fromkeys(border, 2))
    for key in border:
        condition = last.institutions[key].conditions[0]
        assert condition.required == "0.5"
        expected = "grant" if Fraction(condition.found) >= Fraction(1, 2) else "refuse"
        assert last.institutions[key].decision == expected
    assert {key: found.decision for key, found in last.institutions.items() if key not in border} == {
        key: found.decision for key, found in first.institutions.items() if key not in border
    }


def test_a_failed_condition_beside_the_probability_refuses_without_a_border():
    strict = {**GUARDED, "min_audits": 7}
    assert {found.decision for found in compute(edition(), licence=strict).institutions.values()} == {"refuse"}


def test_without_an_estimate_a_guarded_licence_waits_for_audits_and_then_looks_at_points():
    entries = [audit("a1", "X"), audit("a2", "X")]
    found = compute(entries, licence=GUARDED).institutions["X"]
    assert (found.decision, found.conditions[0].found) == ("border", "")
    found = compute(entries, licence=GUARDED, extra={"X": 2}).institutions["X"]
    assert (found.decision, found.conditions[0].code) == ("grant", "points")


@pytest.mark.parametrize(("extra", "field"), [({"Z": 1}, "extra.Z"), ({"X": -1}, "extra.X"), ({"X": True}, "extra.X")])
def test_extra_audits_are_checked(extra, field):
    with pytest.raises(InputError) as refused:
        compute([audit("a1", "X")], extra=extra)
    assert refused.value.field == field


def test_a_prize_goes_to_whoever_is_clearly_better():
    outcome = compute(edition(), standings__prize_ties=["p-better", "lot"])
    ordered = sorted(outcome.institutions, key=lambda key: outcome.institutions[key].estimates.blup)
    broken = outcome.prize_order([ordered[0], ordered[-1]], seed=b"seed")
    assert broken.order == ((ordered[-1],), (ordered[0],))
    assert [(step.rule, step.is_available) for step in broken.steps] == [("p-better", True)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"grant": "0.5"}, "licence.guarded.grant"),
        ({"grant": "0.9555"}, "licence.guarded.grant"),
        ({"refuse": "0"}, "licence.guarded.refuse"),
        ({"refuse": "0.5"}, "licence.guarded.refuse"),
        ({"extra_audits": 0}, "licence.guarded.extra_audits"),
        ({"more": 1}, "licence.guarded.more"),
    ],
)
def test_guards_that_cannot_stand_are_refused(change, field):
    licence = {**GUARDED, "guarded": {**GUARDED["guarded"], **change}}
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_dict(rules(licence=licence))
    assert refused.value.field == field


def test_guards_have_defaults_and_are_written_only_under_their_policy():
    bare = {name: value for name, value in GUARDED.items() if name != "guarded"}
    book = Rulebook.from_dict(rules(licence=bare))
    assert book.to_dict() == Rulebook.from_dict(rules(licence=GUARDED)).to_dict()
    assert book.to_dict()["licence"] == GUARDED
    assert "guarded" not in Rulebook.from_dict(rules()).to_dict()["licence"]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_guards_and_official_scores_are_printed(language):
    plain = Rulebook.from_dict(rules(licence=GUARDED)).sentences(language)
    changes = [("grant", "0.9"), ("refuse", "0.1"), ("extra_audits", 3)]
    for name, value in changes:
        licence = {**GUARDED, "guarded": {**GUARDED["guarded"], name: value}}
        assert Rulebook.from_dict(rules(licence=licence)).sentences(language) != plain
    printed = [Rulebook.from_dict(rules(official_score=score)).sentences(language) for score in ("raw", "fair", "blup")]
    assert len({json.dumps(found) for found in printed}) == 3


def test_the_guarded_licence_reads_as_a_sentence():
    printed = dict(Rulebook.from_dict(rules(licence=GUARDED)).sentences("pl"))["Licencja Jakości"]
    assert printed[:2] == [
        "Licencję otrzymuje instytucja, o której z pewnością co najmniej 95% wiadomo, że zasługuje na co najmniej "
        "78 punktów; gdy pewność wynosi najwyżej 5%, licencji nie przyznajemy.",
        "Pomiędzy leży strefa graniczna: zlecamy w niej najwyżej 2 dodatkowe audyty jurorom, którzy tam jeszcze nie "
        "byli, a potem rozstrzyga pewność co najmniej 50%.",
    ]


def _protocol(**changes):
    entries = edition(strict=3)
    outcome = compute(entries, **changes)
    return build(outcome.rulebook, CARDS, entries, outcome)


def test_the_protocol_carries_it_all_and_holds():
    written = _protocol(official_score="fair", licence=GUARDED, extra={"I05": 2})
    found = verify(json.loads(canonical(written)))
    assert (found.is_valid, found.differences) == (True, ())
    assert [entry for entry in written["institutions"] if "extra" in entry] == [
        {"key": "I05", "category": "c1", "without": [], "extra": 2}
    ]
    assert written["outcome"]["official"] == {"asked": "fair", "used": "fair", "reason": ""}
    backwards = edition(strict=3)[::-1]
    assert compute(backwards).as_dict() == compute(edition(strict=3)).as_dict()


def _resealed(protocol):
    protocol["digests"]["outcome"] = digest(protocol["outcome"])
    return protocol


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("institutions", 0, "estimates", "fair"), "99.1"),
        (("institutions", 0, "estimates", "ranks", "overall", "interval"), [1, 1]),
        (("severity", "jurors", 0, "severity"), "9.5"),
        (("severity", "variances", "juror"), "0"),
        (("official", "used"), "blup"),
    ],
)
def test_tampering_with_estimates_is_found(path, value):
    fresh = deepcopy(_protocol())
    place = fresh["outcome"]
    *parents, last = path
    for name in parents:
        place = place[name]
    place[last] = value
    found = verify(_resealed(fresh))
    assert [difference.field.startswith("outcome.") for difference in found.differences] == [True] * len(
        found.differences
    )
    assert found.is_valid is False


def test_estimates_hold_within_a_millionth_and_older_protocols_have_none():
    fresh = _protocol()
    close = deepcopy(fresh)
    told = close["outcome"]["institutions"][0]["estimates"]
    told["blup"] = f"{float(told['blup']) + 4e-7:.9f}"
    assert verify(_resealed(close)).is_valid
    for name in ("severity", "official"):
        del fresh["outcome"][name]
    for entry in fresh["outcome"]["institutions"]:
        del entry["estimates"]
    assert verify(_resealed(fresh)).is_valid


@pytest.mark.parametrize("score", ["raw", "fair", "blup"])
def test_one_institution_is_computed_again_from_what_is_known(score):
    entries = edition(strict=3)
    whole = compute(entries, official_score=score, licence=GUARDED)
    found = whole.institutions["I05"]
    known = Known(
        whole.official,
        {one.key: one.severity for one in whole.severity.jurors},
        {"I05": Estimates.from_dict(json.loads(json.dumps(found.estimates.as_dict())))},
    )
    own = [entry for entry in entries if entry["institution"] == "I05"]
    again = compute(own, official_score=score, licence=GUARDED, known=known)
    one = again.institutions["I05"]
    assert (one.points, one.published, one.channels) == (found.points, found.published, found.channels)
    assert (one.estimates, one.decision, one.conditions) == (found.estimates, found.decision, found.conditions)
    assert again.official == whole.official
    assert again.tree("I05")["channels"] == whole.tree("I05")["channels"]


def test_every_policy_shows_its_consequences_before_it_is_chosen():
    outcome = compute(edition(strict=3), licence=GUARDED)
    decisions = [found.decision for found in outcome.institutions.values()]
    (at_78,) = outcome.consequences([78])
    assert (at_78.granted, at_78.border, at_78.refused) == tuple(map(decisions.count, ("grant", "border", "refuse")))
    assert at_78.extra_audits == 2 * at_78.border
    simple = outcome.consequences(range(60, 101), policy="simple")
    assert simple[0].granted == 12
    assert [one.granted for one in simple] == sorted((one.granted for one in simple), reverse=True)
    assert compute([]).consequences([75]) == []
