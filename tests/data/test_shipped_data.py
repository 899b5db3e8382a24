"""The data files that come with the product: they parse, agree with each other and say nothing illegal."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from assay.rulebook import Rulebook
from assay.scorecards import CHANNELS, Scorecard, check_marks, score, visible_items

SHIPPED = files("probierz") / "instruments" / "shipped"
PRESETS = files("probierz") / "editions" / "presets"
SCORECARDS = ("lzm-visit", "lzm-phone", "lzm-email", "lzm-web", "lzm-social")
EDITIONS = ("lzm-2024", "lzm-2025")
KINDS = {
    *("gmina", "powiat", "wojewodztwo", "urzad", "urzad-pracy", "pomoc-spoleczna", "biblioteka", "kultura"),
    *("spolka-komunalna", "tbs", "spoldzielnia", "wspolnota", "inna"),
}
FIELD_KINDS = {
    *("text", "textarea", "email", "phone", "number", "choice", "multichoice", "date", "checkbox", "url"),
}


def _toml(folder: Any, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _items(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for section in card["sections"] for item in section["items"]]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _scenarios() -> list[dict[str, Any]]:
    return _toml(SHIPPED, "scenarios")["scenarios"]


# ---------------------------------------------------------------- scorecards


@pytest.mark.parametrize("key", SCORECARDS)
def test_scorecard_is_accepted_by_the_engine(key: str) -> None:
    definition = _toml(SHIPPED, key)
    card = Scorecard.from_definition(definition)
    assert definition["key"] == key
    assert f"lzm-{definition['channel']}" == key
    assert set(card.to_digestable()) >= {"sections"}


@pytest.mark.parametrize("key", SCORECARDS)
def test_scorecard_weights_make_a_hundred_and_its_keys_are_unique(key: str) -> None:
    definition = _toml(SHIPPED, key)
    items = [item["key"] for item in _items(definition)]
    assert sum(int(section["weight"]) for section in definition["sections"]) == 100
    assert len(items) == len(set(items))


@pytest.mark.parametrize("key", SCORECARDS)
def test_skip_logic_looks_only_back(key: str) -> None:
    earlier: list[str] = []
    for item in _items(_toml(SHIPPED, key)):
        if "show_if" in item:
            assert item["show_if"]["item"] in earlier
        earlier.append(item["key"])


@pytest.mark.parametrize("key", SCORECARDS)
def test_everything_a_juror_reads_is_also_in_english(key: str) -> None:
    definition = _toml(SHIPPED, key)
    for part in [definition, *definition["sections"], *_items(definition)]:
        for field in ("title", "intro", "text", "hint", "not_applicable_label"):
            assert (f"{field}_en" in part) == (field in part), (part.get("key"), field)
    for item in _items(definition):
        assert all(option["label"] and option["label_en"] for option in item.get("options", []))


def _best_mark(item: dict[str, Any]) -> str | None:
    match item["kind"]:
        case "yes_no":
            return "no" if item.get("reversed") else "yes"
        case "scale" | "choice":
            return max(item["options"], key=lambda option: int(option.get("points", -1)))["mark"]
        case "number" | "duration":
            return "0"
        case "count":
            total = item.get("of", 4)
            return f"{total}/{total}"
    return None


def _all_the_best(definition: dict[str, Any]) -> dict[str, str]:
    marks = {item["key"]: mark for item in _items(definition) if (mark := _best_mark(item))}
    shown = visible_items(Scorecard.from_definition(definition), marks)
    return {key: mark for key, mark in marks.items() if key in shown}


@pytest.mark.parametrize("key", SCORECARDS)
def test_the_best_answers_earn_a_hundred(key: str) -> None:
    definition = _toml(SHIPPED, key)
    card = Scorecard.from_definition(definition)
    marks = _all_the_best(definition)
    assert [problem for problem in check_marks(card, marks)] == []
    assert score(card, marks).score == 100


@pytest.mark.parametrize(
    ("key", "marks"),
    [
        ("lzm-phone", {"T1-1": "yes", "T1-2": "none"}),
        ("lzm-email", {"E1-1": "no", "E1-2": "none"}),
        ("lzm-social", {"M1-1": "none"}),
    ],
)
def test_an_institution_that_does_not_answer_ends_the_audit(key: str, marks: dict[str, str]) -> None:
    card = Scorecard.from_definition(_toml(SHIPPED, key))
    assert visible_items(card, marks) == tuple(marks)
    assert list(check_marks(card, marks)) == []


def test_the_five_scorecards_use_every_feature_of_the_format() -> None:
    items = [item for key in SCORECARDS for item in _items(_toml(SHIPPED, key))]
    kinds = {item["kind"] for item in items}
    assert kinds == {"yes_no", "scale", "choice", "number", "duration", "count", "text", "photo"}
    used = {name for item in items for name in item}
    assert used >= {
        *("weight", "scored", "critical", "not_applicable", "reversed", "options", "bands", "utility", "unit"),
        *("no_answer_points", "of", "points", "evidence_on", "comment_on", "timer", "show_if", "ends_audit_on"),
    }
    assert {item["timer"] for item in items if "timer" in item} == {"waiting", "ringing", "handling"}


# ----------------------------------------------------------------- scenarios


def test_an_application_is_never_sent_by_email() -> None:
    assert [
        scenario["key"]
        for scenario in _scenarios()
        if scenario["form"] == "application" and "email" in scenario["channels"]
    ] == []


def test_scenarios_are_complete_and_point_at_what_exists() -> None:
    situations = {entry["key"] for entry in _toml(SHIPPED, "scenarios")["life_situations"]}
    keys = [scenario["key"] for scenario in _scenarios()]
    assert len(keys) == len(set(keys))
    for scenario in _scenarios():
        assert set(scenario["channels"]) <= set(CHANNELS)
        assert scenario["channels"]
        assert set(scenario["institution_kinds"]) <= KINDS
        assert set(scenario["life_situations"]) <= situations
        assert scenario["form"] in {"question", "public-information-request", "application"}
        assert scenario["valid_from"] < scenario["valid_until"]
        assert len(scenario["model_answer"]) >= 4
        assert all(answer["point"] and answer["source"] for answer in scenario["model_answer"])
        assert scenario["role"]
        assert scenario["question"].endswith("?")
        assert scenario["steps"]
        assert scenario["do_not"]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("channel", CHANNELS)
def test_each_kind_of_institution_has_a_scenario_for_each_channel_in_the_fieldwork(kind: str, channel: str) -> None:
    stages = {stage["kind"]: stage for stage in _toml(PRESETS, "lzm-2025")["stages"]}
    first, last = stages["fieldwork"]["opens_on"], stages["fieldwork"]["closes_on"]
    assert [
        scenario["key"]
        for scenario in _scenarios()
        if channel in scenario["channels"]
        and (not scenario["institution_kinds"] or kind in scenario["institution_kinds"])
        and scenario["valid_from"] <= first
        and last <= scenario["valid_until"]
    ]


# ------------------------------------------------------------------- presets


@pytest.mark.parametrize("key", EDITIONS)
def test_preset_has_rules_the_engine_accepts_and_keeps(key: str) -> None:
    rulebook = Rulebook.from_dict(_toml(PRESETS, key)["rulebook"])
    assert Rulebook.from_dict(rulebook.to_dict()).digest() == rulebook.digest()
    assert rulebook.sentences("pl")


@pytest.mark.parametrize("key", EDITIONS)
def test_preset_channels_use_shipped_scorecards_of_those_channels(key: str) -> None:
    preset = _toml(PRESETS, key)
    assert set(preset["channels"]) == set(preset["rulebook"]["channels"])
    for channel, instrument in preset["channels"].items():
        assert _toml(SHIPPED, instrument)["channel"] == channel


@pytest.mark.parametrize("key", EDITIONS)
def test_every_kind_of_participant_has_exactly_one_category(key: str) -> None:
    preset = _toml(PRESETS, key)
    kinds = [kind for category in preset["categories"] for kind in category["kinds"]]
    assert sorted(kinds) == sorted(KINDS)
    assert set(preset["edition"]["participant_kinds"]) == KINDS


@pytest.mark.parametrize("key", EDITIONS)
def test_stages_follow_one_another(key: str) -> None:
    stages = _toml(PRESETS, key)["stages"]
    assert [stage["kind"] for stage in stages] == [
        *("call", "screening", "fieldwork", "calculation", "announcement", "gala"),
    ]
    for stage in stages:
        assert stage["opens_on"] <= stage["closes_on"]
    for before, after in pairwise(stages):
        assert before["closes_on"] < after["opens_on"]


def test_the_dates_and_contacts_are_those_of_the_calls() -> None:
    first, second = _toml(PRESETS, "lzm-2024"), _toml(PRESETS, "lzm-2025")
    assert first["stages"][0]["closes_on"] == date(2024, 9, 27)
    assert second["stages"][0]["opens_on"] == date(2025, 9, 17)
    assert second["stages"][0]["closes_on"] == date(2025, 10, 24)
    for preset in (first, second):
        assert preset["programme"]["contact"] == {
            "person": "Wiktor Żyta",
            "role": "Prezydent Konkursu",
            "role_en": "President of the Contest",
            "email": "aplikacja@lider-mieszkancow.pl",
            "phone": "+48 601-623-243",
            "website": "www.lider-mieszkancow.pl",
            "city": "Kraków",
        }


@pytest.mark.parametrize("key", EDITIONS)
def test_application_form_is_sound(key: str) -> None:
    form = _toml(PRESETS, key)["form"]
    fields = [field for section in form["sections"] for field in section["fields"]]
    keys = [field["key"] for field in fields]
    assert len(keys) == len(set(keys))
    for field in fields:
        assert field["kind"] in FIELD_KINDS
        assert field["label"]
        assert ("choices" in field or "choices_from" in field) == (field["kind"] in {"choice", "multichoice"})
        assert "prefill" not in field or re.fullmatch(r"(institution|representative)\.[a-z_]+", field["prefill"])
    assert {"staff", "rules", "truth", "authority", "privacy"} <= {
        declaration["key"] for declaration in form["declarations"] if declaration["required"]
    }


# ---------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("folder", "name"),
    [(SHIPPED, key) for key in (*SCORECARDS, "scenarios")] + [(PRESETS, key) for key in EDITIONS],
)
def test_texts_are_typeset_like_text(folder: Any, name: str) -> None:
    faulty = [
        text
        for text in _texts(_toml(folder, name))
        if "  " in text or '"' in text or "'" in text or " ," in text or " ." in text or text != text.strip()
    ]
    assert faulty == []
