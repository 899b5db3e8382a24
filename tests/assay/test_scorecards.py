"""Scores of audits: published figures, answer states, refusals, and the properties a score must have."""

from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.scorecards import Scorecard, score
from assay.scorecards.card import MarksRefused, check_marks, visible_items
from assay.scorecards.definition import DefinitionError, admits
from assay.scorecards.scoring import STATES
from assay.scorecards.tally import Tally, Unusable
from engine_samples import BEST_EMAIL, BEST_VISIT, EMAIL, VISIT

CARD = Scorecard.from_definition(VISIT)
MAIL = Scorecard.from_definition(EMAIL)


def card_of(*sections, **more):
    """A card of sections, each (weight, points possible): one counted item per section, "na" admitted."""
    return Scorecard.from_definition(
        {
            "key": "published",
            "channel": "visit",
            "sections": [
                {
                    "key": f"s{index}",
                    "weight": weight,
                    "items": [
                        {
                            "key": f"i{index}",
                            "kind": "count",
                            "of": possible,
                            "points": possible,
                            "not_applicable": True,
                        }
                    ],
                }
                for index, (weight, possible) in enumerate(sections)
            ],
        }
        | more
    )


def test_a_published_score_with_every_section_applicable():
    """Worked example of a government scorecard in seven sections (r3ximous/Mystery_Shopper_prototype,
    overall_scores.csv): scores 0.5, 1, 1, 0.33, 1, 1, 1 with weights 5, 15, 20, 20, 20, 15, 5 % give 0.841.
    """
    weights = ("0.05", "0.15", "0.2", "0.2", "0.2", "0.15", "0.05")
    card = card_of(*((weight, 100) for weight in weights))
    earned = (50, 100, 100, 33, 100, 100, 100)
    found = score(card, {f"i{index}": f"{points}/100" for index, points in enumerate(earned)})
    assert found.score == Fraction(841, 10)


def test_a_published_score_with_one_section_not_applicable():
    """Same source: Customer privacy does not apply, the other weights become 5/95, 15/95 ..., the score
    0.88536619326093 (section scores 53/54, 1, 6/7, 6/7, 14/15, 3/4).
    """
    possible = (54, 1, 7, 7, 15, 4, 1)
    card = card_of(*zip(("5", "15", "20", "20", "20", "15", "5"), possible, strict=True))
    earned = (53, 1, 6, 6, 14, 3)
    marks = {f"i{n}": f"{points}/{most}" for n, (points, most) in enumerate(zip(earned, possible, strict=False))}
    found = score(card, {**marks, "i6": "na"})
    assert f"{float(found.score / 100):.14f}" == "0.88536619326093"
    assert found.coverage == Fraction(95, 100)
    assert [section.score is None for section in found.sections] == [False] * 6 + [True]
    assert found.sections[0].effective_weight == Fraction(5, 95)


def test_all_best_marks_give_100_and_full_coverage():
    found = score(CARD, BEST_VISIT)
    assert (found.score, found.coverage, found.capped) == (100, 1, False)


def test_the_states_of_items():
    marks = {"P1": "yes", "P2": "yes", "P3": "na", "S1": "3", "S2": "12.5", "S3": "no", "S5": "Długa kolejka."}
    found = score(CARD, marks)
    assert {item.key: item.state for item in found.items} == {
        "P1": "value",
        "P2": "value",
        "P3": "not-applicable",
        "S1": "value",
        "S2": "value",
        "S3": "value",
        "S4": "hidden",
        "S5": "informational",
    }
    assert [(section.earned, section.possible) for section in found.sections] == [(1, 2), (2, 9)]
    assert found.uncapped == Fraction(100 * (10 * Fraction(1, 2) + 30 * Fraction(2, 9)), 40)
    assert found.failed_critical == ("S3",)


def test_a_failed_critical_item_caps_the_score_but_never_lifts_it():
    good = score(CARD, BEST_VISIT | {"S3": "no"})
    assert (good.score, good.capped) == (50, True)
    poor = score(CARD, {"P1": "no", "P2": "yes", "P3": "no", "S1": "1", "S2": "60", "S3": "no"})
    assert (poor.score, poor.uncapped, poor.capped) == (0, 0, False)


def test_an_answer_that_does_not_score_leaves_the_sum_but_counts_as_answered():
    found = score(MAIL, BEST_EMAIL | {"E2": "1/2", "E3": "b"})
    assert found.sections[1].score == 50
    assert (found.items[2].state, found.coverage) == ("non-scoring", 1)


def test_a_mark_that_ends_the_audit_hides_what_follows_and_no_answer_is_zero():
    assert visible_items(MAIL, {"E1": "none"}) == ("E1",)
    found = score(MAIL, {"E1": "none"})
    assert (found.score, found.coverage) == (0, 1)
    assert [item.state for item in found.items] == ["value", "hidden", "hidden"]


def test_skip_logic_chains():
    chained = deepcopy(VISIT)
    chained["sections"][1]["items"][3] |= {"not_applicable": True}
    chained["sections"][1]["items"].append(
        {"key": "S6", "kind": "yes_no", "show_if": {"item": "S4", "marks": ["yes", "na"]}}
    )
    card = Scorecard.from_definition(chained)
    assert visible_items(card, BEST_VISIT)[-1] == "S6"
    assert visible_items(card, BEST_VISIT | {"S3": "no"})[-2:] == ("S3", "S5")
    assert visible_items(card, {}) == ("P1", "P2", "P3", "S1", "S2", "S3", "S5")


def test_nothing_applicable_is_no_score():
    card = card_of(("1", 1))
    found = score(card, {"i0": "na"})
    assert (found.score, found.coverage, found.sections[0].effective_weight) == (None, 0, 0)


def test_missing_marks_block_unless_partial():
    with pytest.raises(MarksRefused) as refused:
        score(CARD, {"P1": "yes"})
    assert {problem.code for problem in refused.value.problems} == {"missing"}
    assert [problem.item for problem in refused.value.problems] == ["P2", "P3", "S1", "S2", "S3"]
    partial = score(CARD, {"P1": "yes"}, partial=True)
    assert (partial.score, partial.coverage) == (100, Fraction(10 * Fraction(1, 3), 40))


def test_every_problem_of_marks_is_named():
    marks = {"P1": "na", "P2": "perhaps", "P3": "na", "S1": "6", "S2": "none", "S3": "no", "S4": "yes", "X": "1"}
    assert [(problem.item, problem.code) for problem in check_marks(CARD, marks)] == [
        ("P1", "not-admitted"),
        ("P2", "bad-mark"),
        ("S1", "bad-mark"),
        ("S2", "not-admitted"),
        ("S4", "hidden"),
        ("X", "unknown-item"),
    ]
    assert check_marks(CARD, BEST_VISIT) == ()
    for wrong in (1, None, ["yes"], {"yes": "no"}):
        codes = [problem.code for problem in check_marks(CARD, BEST_VISIT | {"P1": wrong})]
        assert codes == (["missing"] if wrong is None else ["bad-mark"])
        with pytest.raises(MarksRefused) as refused:
            score(CARD, BEST_VISIT | {"P1": wrong})
        assert [problem.code for problem in refused.value.problems] == codes


def test_marks_left_on_items_that_skip_logic_now_hides_do_not_count():
    assert score(CARD, BEST_VISIT | {"S3": "no", "S4": "yes"}) == score(CARD, BEST_VISIT | {"S3": "no", "S4": "yes"})
    with_leftover, without = BEST_VISIT | {"S3": "no"}, {**BEST_VISIT, "S3": "no"}
    del without["S4"]
    assert score(CARD, with_leftover).score == score(CARD, without).score
    with pytest.raises(MarksRefused):
        score(CARD, BEST_VISIT | {"unknown": "yes"})


def test_the_word_na_in_free_text_is_text():
    assert score(CARD, BEST_VISIT | {"S5": "na"}).items[-1].state == "informational"


def test_the_digestable_definition_reads_back_and_forgets_words():
    again = Scorecard.from_definition(CARD.to_digestable())
    assert again.to_digestable() == CARD.to_digestable()
    renamed = deepcopy(VISIT)
    renamed["title"], renamed["sections"][0]["items"][0]["text"] = "Other", "Other words"
    assert Scorecard.from_definition(renamed).to_digestable() == CARD.to_digestable()
    heavier = deepcopy(VISIT)
    heavier["sections"][0]["weight"] = "11"
    assert Scorecard.from_definition(heavier).to_digestable() != CARD.to_digestable()
    assert Scorecard.from_definition(MAIL.to_digestable()).to_digestable() == MAIL.to_digestable()


def _visit(change):
    fresh = deepcopy(VISIT)
    change(fresh)
    return fresh


def _item(number, section=1, **fields):
    return lambda card: card["sections"][section]["items"][number].update(fields)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda card: card.update(key="Upper Case"), "key"),
        (lambda card: card.update(channel="fax"), "channel"),
        (lambda card: card.update(extra=1), "extra"),
        (lambda card: card.update(critical_cap="101"), "critical_cap"),
        (lambda card: card.update(sections=[]), "sections"),
        (lambda card: card["sections"][0].update(weight="-1"), "sections[0].weight"),
        (lambda card: card["sections"][0].update(weight=0.5), "sections[0].weight"),
        (lambda card: card["sections"][0].update(items=[]), "sections[0].items"),
        (lambda card: card["sections"][1].update(key="place"), "sections[1].key"),
        (_item(0, 0, key="P2"), "sections[0].items[1].key"),
        (_item(0, 0, key="with space"), "sections[0].items[0].key"),
        (_item(0, 0, kind="slider"), "sections[0].items[0].kind"),
        (_item(0, 0, points="0"), "sections[0].items[0].points"),
        (_item(0, 0, points="-1"), "sections[0].items[0].points"),
        (_item(0, 0, weight=0), "sections[0].items[0].weight"),
        (_item(0, 0, evidence_on=["maybe"]), "sections[0].items[0].evidence_on"),
        (_item(0, 0, comment_on="no"), "sections[0].items[0].comment_on"),
        (_item(0, 0, bands=[{"points": "1"}]), "sections[0].items[0].bands"),
        (_item(0, 0, critical=True, scored=False), "sections[0].items[0].critical"),
        (_item(0, options=[]), "sections[1].items[0].options"),
        (_item(0, options=[{"mark": "a"}]), "sections[1].items[0].points"),
        (_item(0, options=[{"mark": "a", "points": "1"}] * 2), "sections[1].items[0].options[1].mark"),
        (_item(0, options=[{"mark": "na", "points": "1"}]), "sections[1].items[0].options[0].mark"),
        (_item(1, bands=[{"up_to": "5", "points": "1"}]), "sections[1].items[1].bands[0].up_to"),
        (
            _item(1, bands=[{"up_to": "5", "points": "1"}, {"up_to": "5", "points": "1"}, {"points": "0"}]),
            "sections[1].items[1].bands[1].up_to",
        ),
        (_item(1, utility=[{"at": "0", "points": "1"}] * 2), "sections[1].items[1].utility"),
        (_item(1, bands=None), "sections[1].items[1].bands"),
        (_item(1, no_answer_points="4"), "sections[1].items[1].no_answer_points"),
        (_item(1, timer="sleeping"), "sections[1].items[1].timer"),
        (_item(2, timer="waiting"), "sections[1].items[2].timer"),
        (_item(3, show_if={"item": "S5", "marks": ["a"]}), "sections[1].items[3].show_if.item"),
        (_item(3, show_if={"item": "S3", "marks": []}), "sections[1].items[3].show_if.marks"),
        (_item(3, show_if={"item": "S3", "marks": ["na"]}), "sections[1].items[3].show_if.marks"),
        (_item(4, scored=True), "sections[1].items[4].scored"),
    ],
)
def test_definitions_that_cannot_stand_name_their_field(change, field):
    with pytest.raises(DefinitionError) as refused:
        Scorecard.from_definition(_visit(change))
    assert refused.value.field == field


marks_of_a_visit = st.fixed_dictionaries(
    {
        "P1": st.sampled_from(["yes", "no"]),
        "P2": st.sampled_from(["yes", "no"]),
        "P3": st.sampled_from(["yes", "no", "na"]),
        "S1": st.sampled_from("12345"),
        "S2": st.decimals(0, 60, places=2).map(lambda value: f"{value:f}"),
        "S3": st.sampled_from(["yes", "no"]),
        "S4": st.sampled_from(["yes", "no"]),
    },
    optional={"S5": st.text(max_size=20)},
)


@given(marks_of_a_visit)
def test_the_fast_score_is_the_sum_of_its_explanation(marks):
    found = score(CARD, marks)
    explained = sum(
        (section.effective_weight * section.score for section in found.sections if section.score is not None),
        Fraction(0),
    )
    assert explained == found.uncapped
    for section in found.sections:
        assert section.earned == sum(item.earned for item in section.items)
        assert section.possible == sum(item.possible for item in section.items)
    assert sum(section.effective_weight for section in found.sections) == 1
    assert 0 <= found.score <= 100


@given(marks_of_a_visit, st.fractions(Fraction(1, 1000), 1000).map(lambda value: value.limit_denominator(100)))
def test_scaling_all_weights_changes_nothing(marks, factor):
    if not factor:
        return
    sections = tuple(
        type(section)(section.key, section.title, section.weight * factor, section.items) for section in CARD.sections
    )
    scaled = Scorecard(CARD.key, CARD.channel, CARD.title, sections, CARD.critical_cap)
    assert score(scaled, marks).score == score(CARD, marks).score
    assert score(scaled, marks).coverage == score(CARD, marks).coverage


@given(marks_of_a_visit)
def test_order_of_marks_does_not_matter(marks):
    backwards = dict(reversed(list(marks.items())))
    assert score(CARD, backwards).as_dict() == score(CARD, marks).as_dict()


@given(marks_of_a_visit, st.sampled_from(["P1", "S1", "S2"]))
def test_a_better_mark_never_lowers_the_score(marks, item):
    better = {"P1": "yes", "S1": "5", "S2": "0"}[item]
    assert score(CARD, marks | {item: better}).score >= score(CARD, marks).score


def test_the_compiled_card_learns_marks_and_forgets_none_of_its_limits():
    tally = Tally(CARD.sections)
    first = tally.count(BEST_VISIT, partial=False)
    for number in range(5000):
        tally.count(BEST_VISIT | {"S2": f"{number}.5"}, partial=False)
    assert tally.count(BEST_VISIT, partial=False) == first
    with pytest.raises(Unusable):
        tally.count({}, partial=False)


def test_marks_an_item_admits():
    items = CARD.items_by_key
    assert [admits(items["P3"], mark) for mark in ("yes", "na", "maybe")] == [True, True, False]
    assert admits(items["P1"], "na") is False
    states = {item.state for item in score(CARD, BEST_VISIT | {"S3": "no"}).items}
    assert states <= set(STATES)
