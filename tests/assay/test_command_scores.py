"""`python -m assay score`."""

import time

import pytest
from jsonschema import Draft202012Validator

from assay.command.scores import score_command
from assay.schemas import schemas_of
from engine_samples import answer, changed, refusal

ITEMS = [
    {"key": "i", "points": {"yes": 1, "no": 0}, "not_applicable": ["nd"], "critical": True},
    {"key": "j", "points": {"full": 2, "half": 1, "none": 0, "unused": None}, "weight": 2},
]
INSTRUMENT = {
    "sections": [
        {"key": "s", "weight": 1, "items": [ITEMS[0]]},
        {"key": "t", "weight": 3, "items": [ITEMS[1]]},
    ]
}


def scoring(**changes):
    entry = {"key": "A", "institution": "X", "juror": "J", "channel": "visit", "instrument": "K"}
    entry["marks"] = {"i": "yes", "j": "half"}
    return {"instruments": {"K": INSTRUMENT}, "audits": [entry | changes], "channels": {"visit": 1, "phone": 2}}


def test_score_of_one_audit():
    found = answer("score", given=scoring())
    assert found["audits"][0] | {"sections": None} == {
        "key": "A",
        "score": 62.5,
        "coverage": 1.0,
        "sections": None,
        "capped": False,
        "failed_critical": [],
    }
    assert found["audits"][0]["sections"] == {"s": 100.0, "t": 50.0}
    assert found["institutions"] == [{"key": "X", "points": 62.5, "channels": {"visit": 62.5}, "audits": 1}]


def test_score_with_not_applicable_unused_missing_and_critical():
    assert answer("score", given=scoring(marks={"i": "nd", "j": "half"}))["audits"][0]["coverage"] == 0.75
    unused = answer("score", given=scoring(marks={"i": "yes", "j": "unused"}))["audits"][0]
    assert (unused["score"], unused["sections"]) == (100.0, {"s": 100.0, "t": None})
    partial = answer("score", given=scoring(marks={"j": "full"}, partial=True))["audits"][0]
    assert (partial["score"], partial["coverage"]) == (100.0, 0.75)
    capped = answer("score", given=scoring(marks={"i": "no", "j": "full"}) | {"critical_cap": 30})["audits"][0]
    assert (capped["score"], capped["capped"], capped["failed_critical"]) == (30.0, True, ["i"])
    nothing = answer("score", given=scoring(marks={"i": "nd", "j": "unused"}))
    assert (nothing["audits"][0]["score"], nothing["institutions"][0]["points"]) == (None, None)


def test_score_gives_each_channel_its_mean_and_weight():
    data = scoring()
    data["audits"] += [data["audits"][0] | {"key": "B", "marks": {"i": "yes", "j": "full"}}]
    data["audits"] += [data["audits"][0] | {"key": "C", "channel": "phone", "marks": {"i": "yes", "j": "none"}}]
    found = answer("score", given=data)["institutions"][0]
    assert found == {"key": "X", "points": 43.75, "channels": {"phone": 25.0, "visit": 81.25}, "audits": 3}
    data["audits"].reverse()
    assert answer("score", given=data)["institutions"][0] == found


ITEM = ("instruments", "K", "sections", 0, "items", 0)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("extra",), 1, "extra"),
        (("audits", 0, "extra"), 1, "audits[0].extra"),
        (("audits", 0, "marks"), {"i": "yes"}, "audits[0].marks.j"),
        (("audits", 0, "marks"), {"i": "perhaps", "j": "full"}, "audits[0].marks.i"),
        (("audits", 0, "marks"), {"i": 1, "j": "full"}, "audits[0].marks.i"),
        (("audits", 0, "marks", "k"), "yes", "audits[0].marks.k"),
        (("audits", 0, "instrument"), "L", "audits[0].instrument"),
        (("audits", 0, "channel"), "fax", "audits[0].channel"),
        (("audits", 0, "key"), "", "audits[0].key"),
        (("channels",), {"visit": 0}, "channels"),
        (("channels", "visit"), -1, "channels.visit"),
        (("channels", "visit"), float("nan"), "channels.visit"),
        ((*ITEM, "points", "yes"), float("inf"), "instruments.K.sections[0].items[0].points.yes"),
        ((*ITEM, "points", "yes"), 10**4200, "instruments.K.sections[0].items[0].points.yes"),
        ((*ITEM, "points", "yes"), "one", "instruments.K.sections[0].items[0].points.yes"),
        ((*ITEM, "points"), {"yes": 0}, "instruments.K.sections[0].items[0].points"),
        ((*ITEM, "not_applicable"), ["no"], "instruments.K.sections[0].items[0].not_applicable"),
        ((*ITEM, "weight"), -1, "instruments.K.sections[0].items[0].weight"),
        (("instruments", "K", "sections", 0, "weight"), None, "instruments.K.sections[0].weight"),
        (("instruments",), [], "instruments"),
        (("critical_cap",), 101, "critical_cap"),
        (("partial",), "yes", "partial"),
    ],
)
def test_score_refuses_and_names_the_field(path, value, field):
    assert refusal("score", given=changed(scoring(), path, value)) == field


def test_the_command_is_the_function():
    assert score_command(scoring()) == answer("score", given=scoring())


def test_a_null_mark_is_missing_which_partial_admits():
    given = scoring(marks={"i": "yes", "j": None}, partial=True)
    found = answer("score", given=given)["audits"][0]
    assert (found["score"], found["coverage"], found["sections"]) == (100.0, 0.25, {"s": 100.0, "t": None})
    assert refusal("score", given=scoring(marks={"i": "yes", "j": None})) == "audits[0].marks.j"


@pytest.mark.parametrize("mark", ["yes", "nd"])
def test_nothing_asked_that_weighs_is_no_coverage(mark):
    sections = [{"key": "s", "weight": 0, "items": [ITEMS[0]]}, {"key": "t", "weight": 1, "items": [{"key": "n"}]}]
    sections[1]["items"][0] |= {"points": {}, "scored": False}
    given = scoring(marks={"i": mark, "n": "a note"}) | {"instruments": {"K": {"sections": sections}}}
    found = answer("score", given=given)["audits"][0]
    assert (found["score"], found["coverage"]) == (None, 0.0)


def test_an_institution_without_a_score_fits_the_published_schema():
    found = answer("score", given=scoring(marks={"i": "nd", "j": "unused"}))
    assert found["institutions"] == [{"key": "X", "points": None, "channels": {"visit": None}, "audits": 0}]
    assert list(Draft202012Validator(schemas_of("score")["output"]).iter_errors(found)) == []


def test_an_item_of_many_marks_costs_no_more_than_reading_it():
    points = {f"p{number}": number for number in range(20_000)}
    left_out = [f"n{number}" for number in range(20_000)]
    item = {"key": "i", "points": points, "not_applicable": left_out}
    audits = [scoring(marks={"i": f"p{number}"}, key=f"A{number}")["audits"][0] for number in range(5_000)]
    given = {"instruments": {"K": {"sections": [{"key": "s", "weight": 1, "items": [item]}]}}, "audits": audits}
    started = time.process_time()
    assert len(score_command(given)["audits"]) == 5_000
    assert time.process_time() - started < 5


def test_an_institution_of_many_sections_is_scored_at_once():
    items = [{"key": f"i{number}", "points": {"a": 1, "b": number + 2}} for number in range(2_000)]
    sections = [{"key": item["key"], "weight": 1, "items": [item]} for item in items]
    marks = {item["key"]: "a" for item in items}
    given = scoring(marks=marks) | {"instruments": {"K": {"sections": sections}}}
    started = time.process_time()
    assert len(score_command(given)["audits"][0]["sections"]) == 2_000
    assert time.process_time() - started < 3


def test_sections_whose_exact_sum_nobody_could_write_are_refused_at_once():
    points = [{"a": f"{number}.123456789012347"} for number in range(10**13, 10**13 + 3_000)]
    items = [{"key": f"i{number}", "points": one} for number, one in enumerate(points)]
    sections = [{"key": item["key"], "weight": 1, "items": [item]} for item in items]
    assert refusal("score", given=scoring() | {"instruments": {"K": {"sections": sections}}}) == "instruments"
