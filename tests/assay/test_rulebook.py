"""The rulebook: read strictly, printed whole, computed exactly."""

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.rulebook import Rulebook
from assay.rulebook.decision import why_not_classified
from assay.rulebook.outcome import summary
from assay.rulebook.rules import RulebookError
from assay.rulebook.schema import LicenceRule
from assay.rulebook.words_en import CHANNEL_NAMES as ENGLISH
from assay.rulebook.words_pl import CHANNEL_NAMES as POLISH
from assay.rulebook.work import InputError
from assay.scorecards import CHANNELS, Scorecard
from engine_samples import EMAIL, VISIT, audit, rules

CARDS = {card["key"]: Scorecard.from_definition(card) for card in (VISIT, EMAIL)}
TWO_EACH = [
    audit("a1", "X"),
    audit("a2", "X", channel="email", E1="7"),
    audit("b1", "Y"),
    audit("b2", "Y", channel="email"),
]


def compute(*audits, rulebook=None, **named):
    return Rulebook.from_dict(rulebook or rules()).compute(list(audits), CARDS, **named)


def test_it_round_trips_and_equal_rules_have_equal_digests():
    book = Rulebook.from_dict(rules())
    again = Rulebook.from_dict(json.loads(json.dumps(book.to_dict())))
    assert again.to_dict() == book.to_dict()
    assert again.digest() == book.digest()
    assert Rulebook.from_dict(rules(licence__threshold="75.0")).digest() == book.digest()
    assert Rulebook.from_dict(rules(licence__threshold="75.1")).digest() != book.digest()


CHANGES = {
    "points.decimals": 1,
    "points.rounding": "half-even",
    "channels.visit.weight": "59",
    "channels.visit.required": False,
    "channels.visit.absent": "zero",
    "channels.email.weight": "41",
    "channels.email.required": True,
    "channels.email.absent": "exclude",
    "audit.min_coverage": "0.65",
    "official_score": "fair",
    "ranked.min_audits": 3,
    "ranked.min_jurors": 1,
    "ranked.min_channels": 2,
    "licence.policy": "above-mean",
    "licence.threshold": "75.5",
    "licence.min_audits": 1,
    "licence.min_channels": 2,
    "licence.min_channel_score": None,
    "licence.critical": "cap",
    "standings.scopes": ["overall"],
    "standings.prize_ties": ["audits", "lot"],
    "published.points_to_institution": False,
    "published.place_to_institution": False,
    "published.points_public": True,
    "published.places_public": True,
    "published.only_laureates": False,
    "fieldwork.report_hours": 24,
    "fieldwork.min_working_days_between": 0,
    "fieldwork.max_share_of_juror": "0.4",
    "fieldwork.double_scored_share": "0",
    "fieldwork.completion_working_days": 1,
    "licence_terms.months": 24,
    "licence_terms.fee.0.up_to": 21,
    "licence_terms.fee.0.net": "3500.50",
    "licence_terms.fee.1.net": "7000",
    "awards.0.title": "Statuetka",
    "awards.0.kind": "distinction",
    "awards.0.max": None,
}
FIXED = {"schema", "points.scale", "audit.no_answer", "standings.ties.0", "awards.0.key"}


def _leaves(value, path=""):
    """Every leaf of the rules; a list of plain texts is one value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and (isinstance(value[0], dict) or len(value) == 1):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{index}")
    else:
        yield path


def _changed(path, value):
    fresh = rules()
    *parents, last = path.split(".")
    place = fresh
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[int(last) if isinstance(place, list) else last] = value
    return fresh


@pytest.mark.parametrize("language", ["pl", "en"])
def test_changing_any_value_changes_the_printed_rules(language):
    untested = set(_leaves(rules())) - set(CHANGES) - FIXED
    assert untested == set()
    plain = Rulebook.from_dict(rules()).sentences(language)
    same = [
        path
        for path, value in CHANGES.items()
        if Rulebook.from_dict(_changed(path, value)).sentences(language) == plain
    ]
    assert same == []


def test_the_licence_rule_reads_as_a_sentence():
    printed = dict(Rulebook.from_dict(rules(licence__threshold="82")).sentences("pl"))
    assert printed["Licencja Jakości"][:2] == [
        "Licencję otrzymuje instytucja, która zdobyła co najmniej 82 punkty.",
        "Potrzebne są też co najmniej 2 audyty i wyniki z co najmniej 1 kanału.",
    ]
    english = dict(Rulebook.from_dict(rules(licence__policy="above-mean")).sentences("en"))
    assert english["Quality Licence"][0] == (
        "The licence takes more than 75 points and more than the mean of the category."
    )


def test_a_share_is_about_only_when_it_is_rounded():
    exact = dict(Rulebook.from_dict(rules()).sentences("pl"))["Kanały kontaktu"]
    rounded = dict(Rulebook.from_dict(rules(channels__visit__weight="50")).sentences("pl"))["Kanały kontaktu"]
    assert [one.partition(")")[0] for one in (exact[0], rounded[0])] == [
        "Wizyta w instytucji: waga 60 (60% wyniku",
        "Wizyta w instytucji: waga 50 (około 55,6% wyniku",
    ]


def test_an_award_named_by_its_kind_says_the_kind_once():
    awards = [
        {"key": "a", "title": "Statuetka Roku", "kind": "statuette", "max": 1},
        {"key": "b", "title": "Nagroda Roku", "kind": "statuette", "max": 1},
    ]
    assert dict(Rulebook.from_dict(rules(awards=awards)).sentences("pl"))["Nagrody"] == [
        "Statuetka Roku: najwyżej 1, z pisemnym uzasadnieniem.",
        "Nagroda Roku (statuetka): najwyżej 1, z pisemnym uzasadnieniem.",
    ]


def test_languages_are_two():
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_dict(rules()).sentences("de")
    assert refused.value.field == "language"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("schema", 2, "schema"),
        ("points.decimals", 7, "points.decimals"),
        ("points.scale", "0-10", "points.scale"),
        ("channels.visit.weight", "0", "channels.visit.weight"),
        ("channels.visit.weight", 60.0, "channels.visit.weight"),
        ("channels.visit.weight", "NaN", "channels.visit.weight"),
        ("channels.visit.absent", "half", "channels.visit.absent"),
        ("channels.fax", {"weight": "1", "required": False, "absent": "zero"}, "channels.fax"),
        ("channels", {}, "channels"),
        ("audit.min_coverage", "1.1", "audit.min_coverage"),
        ("official_score", "best", "official_score"),
        ("ranked.min_audits", 0, "ranked.min_audits"),
        ("ranked.min_channels", 3, "ranked.min_channels"),
        ("ranked.min_jurors", True, "ranked.min_jurors"),
        ("licence.guarded", {"grant": "0.95"}, "licence.guarded"),
        ("licence.threshold", "100.01", "licence.threshold"),
        ("licence.threshold", "-1", "licence.threshold"),
        ("licence.extra", 1, "licence.extra"),
        ("standings.scopes", ["category", "category"], "standings.scopes"),
        ("standings.scopes", "overall", "standings.scopes"),
        ("standings.ties", [], "standings.ties"),
        ("standings.prize_ties", ["lot", "audits"], "standings.prize_ties"),
        ("published.points_public", "no", "published.points_public"),
        ("fieldwork.max_share_of_juror", "0", "fieldwork.max_share_of_juror"),
        ("licence_terms.fee", [{"up_to": 20, "net": "1"}], "licence_terms.fee[0].up_to"),
        ("licence_terms.fee", [{"net": "1.001"}], "licence_terms.fee[0].net"),
        ("licence_terms.months", 0, "licence_terms.months"),
        ("awards", [{"key": "a", "title": "", "kind": "statuette"}], "awards[0].title"),
        ("awards", [{"key": "a", "title": "A", "kind": "statuette"}] * 2, "awards[1].key"),
    ],
)
def test_rules_that_cannot_stand_name_their_field(path, value, field):
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_dict(_changed(path, value))
    assert refused.value.field == field


def test_a_missing_part_is_named():
    incomplete = rules()
    del incomplete["licence"]["threshold"]
    with pytest.raises(RulebookError) as refused:
        Rulebook.from_dict(incomplete)
    assert (refused.value.field, refused.value.reason) == ("licence.threshold", "is missing")


def test_points_are_the_weighted_mean_of_channel_means():
    outcome = compute(*TWO_EACH, audit("a3", "X", channel="email"))
    found = outcome.institutions["X"]
    assert [channel.score for channel in found.channels] == [100, Fraction(85)]
    assert found.points == Fraction(60 * 100 + 40 * 85, 100)
    assert found.published == Decimal("94.00")
    assert found.audits_used == ("a1", "a2", "a3")
    assert found.decision == "grant"


def test_equal_published_points_share_a_place():
    outcome = compute(
        *TWO_EACH,
        *(audit(f"{key}{n}", key, S1="4") for key in "UV" for n in (1, 2)),
        *(audit(f"T{n}", "T", category="powiaty", S1="1") for n in (1, 2)),
    )
    places = {key: found.places["overall"].place for key, found in outcome.institutions.items()}
    assert places == {"Y": 1, "X": 2, "U": 3, "V": 3, "T": 5}
    assert outcome.institutions["T"].places["category"].place == 1
    assert outcome.institutions["U"].places["category"].sharing == ("U", "V")


def test_too_little_evidence_is_not_classified_and_says_why():
    outcome = compute(audit("a1", "X", channel="email"), institutions={"X": "gminy", "Z": "gminy"})
    found = outcome.institutions["X"]
    assert [(reason.code, reason.required, reason.found) for reason in found.why_not_classified] == [
        ("audits", "2", "1"),
        ("jurors", "2", "1"),
        ("required-channel", "visit", ""),
    ]
    assert (found.decision, found.places) == ("not-classified", {})
    assert outcome.institutions["Z"].points is None


def test_a_required_channel_an_institution_does_not_have_is_not_missed():
    entries = [audit("a1", "X", channel="email"), audit("a2", "X", channel="email")]
    found = compute(*entries, without={"X": ["visit"]}).institutions["X"]
    assert [channel.state for channel in found.channels] == ["excluded", "scored"]
    assert (found.is_classified, found.points) == (True, 100)


def test_a_channel_without_audits_counts_as_the_rules_say():
    entries = [audit("a1", "X"), audit("a2", "X")]
    assert compute(*entries).institutions["X"].points == 60
    excluded = rules(channels__email__absent="exclude")
    assert compute(*entries, rulebook=excluded).institutions["X"].points == 100


def test_an_audit_below_the_coverage_is_left_out_with_its_reason():
    thin = rules(audit__min_coverage="0.95")
    found = compute(*TWO_EACH, audit("a3", "X", P3="na"), rulebook=thin).institutions["X"]
    assert found.audits_left_out == (("a3", "coverage"),)
    assert found.audits_used == ("a1", "a2")


@pytest.mark.parametrize(
    ("policy", "points", "decision"),
    [("refuse", 85, "refuse"), ("cap", 85, "grant"), ("ignore", 95, "grant")],
)
def test_failed_critical_items_act_as_the_rules_say(policy, points, decision):
    """Uncapped, the failed visit scores (10 + 30 * 7/9) / 40 = 83.33; the scorecard caps it at 50."""
    book = rules(licence__critical=policy)
    entries = [audit("a1", "X", S3="no", S4=None), audit("a2", "X"), audit("a3", "X", channel="email")]
    found = compute(*entries, rulebook=book).institutions["X"]
    assert found.failed_critical == (("a1", "S3"),)
    assert (found.points, found.decision) == (points, decision)


def test_the_threshold_looks_at_published_points():
    """74.996 is published as 75.00, and 75.00 is what the letter to the mayor says."""
    book = rules(channels__email__absent="exclude", licence__threshold="91.67", licence__min_channel_score=None)
    entries = [audit(f"a{n}", "X", P1="no") for n in range(2)]
    found = compute(*entries, rulebook=book).institutions["X"]
    assert found.points == Fraction(1100, 12)
    assert (str(found.published), found.decision) == ("91.67", "grant")


def test_above_mean_takes_more_than_the_mean_and_more_than_the_threshold():
    book = rules(licence__policy="above-mean", licence__threshold="50")
    outcome = compute(*TWO_EACH, rulebook=book)
    assert {key: found.decision for key, found in outcome.institutions.items()} == {
        "X": "refuse",
        "Y": "grant",
    }
    conditions = {one.code: (one.is_held, one.required) for one in outcome.institutions["X"].conditions}
    assert conditions["above-mean"] == (False, "94.00")
    assert conditions["above-threshold"] == (True, "50")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"instrument": "nothing"}, "audits[1].instrument"),
        ({"channel": "phone"}, "audits[1].channel"),
        ({"key": "a1"}, "audits[1].key"),
        ({"category": "powiaty"}, "audits[1].category"),
        ({"marks": {"P1": "yes"}}, "audits[1].marks"),
        ({"marks": None}, "audits[1].marks"),
        ({"juror": ""}, "audits[1].juror"),
        ({"extra": 1}, "audits[1].extra"),
        ({"overrides": {"P1": {"from": "yes", "to": "no", "reason": "x"}}}, "audits[1].overrides.P1.to"),
    ],
)
def test_audits_that_cannot_be_computed_are_refused_by_name(change, field):
    with pytest.raises(InputError) as refused:
        compute(audit("a1", "X"), audit("a2", "X") | change)
    assert refused.value.field == field


def test_scorecards_must_agree_with_the_rules():
    generous = deepcopy(EMAIL)
    generous["sections"][0]["items"][0]["no_answer_points"] = "1"
    cards = {"email-card": Scorecard.from_definition(generous)}
    with pytest.raises(InputError) as refused:
        Rulebook.from_dict(rules()).compute([], cards)
    assert refused.value.field == "scorecards.email-card.E1"
    only_visit = rules(ranked__min_channels=1)
    del only_visit["channels"]["email"]
    with pytest.raises(InputError) as refused:
        Rulebook.from_dict(only_visit).compute([], CARDS)
    assert refused.value.field == "scorecards.email-card"


def test_the_tree_goes_down_to_the_item_and_names_no_juror():
    tree = compute(*TWO_EACH, audit("a3", "X", juror="very-secret", S1="2")).tree("X")
    written = json.dumps(tree)
    assert "very-secret" not in written
    visit = tree["channels"][0]
    assert [entry["key"] for entry in visit["audits"]] == ["a1", "a3"]
    service = visit["audits"][1]["sections"][1]
    assert service["items"][0] == {
        "key": "S1",
        "mark": "2",
        "state": "value",
        "earned": {"exact": "1", "decimal": "1"},
        "possible": {"exact": "4", "decimal": "4"},
    }


def test_a_prize_that_cannot_be_shared_is_decided_in_the_published_order():
    entries = [audit(f"{key}{n}", key) for key in "UVW" for n in range(2 if key != "V" else 3)]
    book = rules(channels__email__absent="exclude")
    broken = compute(*entries, rulebook=book).prize_order(["U", "V", "W"], seed=b"seed", tag="prize")
    assert broken.order[0] == ("V",)
    assert [step.rule for step in broken.steps] == ["lowest-channel", "audits", "lot"]
    assert broken.steps[1].groups == (("V",), ("U", "W"))
    assert sorted(broken.order[1:]) == [("U",), ("W",)]


@given(st.permutations(range(8)), st.integers(1, 50))
def test_order_of_input_and_scale_of_weights_change_nothing(order, factor):
    entries = [audit(f"{key}{n}", key, S1=str(n + 1)) for key in "XY" for n in range(4)]
    scaled = rules(channels__visit__weight=str(60 * factor), channels__email__weight=str(40 * factor))
    plain = compute(*entries).as_dict()
    assert compute(*(entries[index] for index in order), rulebook=scaled).as_dict() == plain


@given(st.lists(st.sampled_from("12345"), min_size=3, max_size=3), st.integers(0, 2))
def test_a_better_mark_never_lowers_points_or_takes_a_licence_away(marks, which):
    def outcome(values):
        entries = [audit(f"a{n}", "X", S1=mark) for n, mark in enumerate(values)]
        return compute(*entries, rulebook=rules(channels__email__absent="exclude")).institutions["X"]

    better = list(marks)
    better[which] = "5"
    before, after = outcome(marks), outcome(better)
    assert after.points >= before.points
    assert (before.decision, after.decision) != ("grant", "refuse")


def test_every_channel_has_a_name_in_both_languages():
    assert tuple(POLISH) == tuple(ENGLISH) == CHANNELS


def test_parts_agree_with_the_whole():
    outcome = compute(*TWO_EACH)
    found = outcome.institutions["X"]
    assert why_not_classified(outcome.rulebook, found) == found.why_not_classified == ()
    assert outcome.as_dict()["institutions"][0] == summary(found) | {"estimates": None}
    assert outcome.as_dict(with_estimates=False)["institutions"][0] == summary(found)
    assert LicenceRule(**vars(outcome.rulebook.licence)).as_dict() == rules()["licence"]


@pytest.mark.parametrize(
    ("fee", "polish", "english"),
    [
        ([], "Udział i licencja są bezpłatne.", "Taking part and the licence are free."),
        (
            [{"net": "3500.5"}],
            "Opłatę ponoszą tylko laureaci; wynosi ona 3500,50 zł netto.",
            "Only laureates pay a fee; it is PLN 3500.50 net.",
        ),
        ([{"up_to": 1, "net": "100"}, {"net": "200"}], "Większe zatrudnienie: 200 zł.", "More employees: PLN 200."),
    ],
)
def test_the_fee_is_printed(fee, polish, english):
    book = Rulebook.from_dict(rules(licence_terms__fee=fee))
    assert dict(book.sentences("pl"))["Ważność i opłata"][-1] == polish
    assert dict(book.sentences("en"))["Validity and fee"][-1] == english
