from __future__ import annotations

from factories_instruments import scorecard_definition
from probierz.instruments import definitions

NEW = {"key": "T7", "kind": "yes_no", "text": "Czy pożegnano rozmówcę?"}


def keys(definition):
    return [[item["key"] for item in section["items"]] for section in definition["sections"]]


def test_a_sound_definition_has_no_problem():
    assert definitions.problem_of(scorecard_definition()) is None
    assert [item.key for item in definitions.card_of(scorecard_definition()).items] == [f"T{n}" for n in range(1, 7)]


def test_a_problem_names_its_item_and_field():
    definition = scorecard_definition()
    definition["sections"][1]["items"][0]["options"][1]["points"] = "dużo"
    problem = definitions.problem_of(definition)
    assert (problem.section, problem.item, problem.field) == ("rozmowa", "T3", "options[1].points")


def test_a_problem_of_a_section_and_of_the_head():
    definition = scorecard_definition()
    definition["sections"][0]["weight"] = "-1"
    assert definitions.problem_of(definition).section == "dostepnosc"
    definition = definitions.with_head(scorecard_definition(), {"critical_cap": "200"})
    assert definitions.problem_of(definition).field == "critical_cap"


def test_an_item_is_added_changed_and_removed_without_touching_the_original():
    before = scorecard_definition()
    added = definitions.with_item(before, "rozmowa", "", NEW)
    assert keys(added) == [["T1", "T2"], ["T3", "T4", "T5", "T6", "T7"]]
    assert keys(before) == [["T1", "T2"], ["T3", "T4", "T5", "T6"]]
    assert keys(definitions.without_item(added, "T4")) == [["T1", "T2"], ["T3", "T5", "T6", "T7"]]


def test_a_renamed_item_keeps_those_that_wait_for_it():
    before = scorecard_definition()
    renamed = definitions.with_item(before, "dostepnosc", "T1", {**definitions.item_of(before, "T1"), "key": "A1"})
    assert definitions.item_of(renamed, "T2")["show_if"]["item"] == "A1"
    assert definitions.problem_of(renamed) is None


def test_items_move_within_and_between_sections():
    before = scorecard_definition()
    assert keys(definitions.moved_item(before, "T4", -1))[1] == ["T4", "T3", "T5", "T6"]
    assert keys(definitions.moved_item(before, "T3", -1)) == [["T1", "T2", "T3"], ["T4", "T5", "T6"]]
    assert keys(definitions.moved_item(before, "T2", 1)) == [["T1"], ["T2", "T3", "T4", "T5", "T6"]]
    assert keys(definitions.moved_item(before, "T1", -1)) == keys(before)


def test_sections_are_added_moved_and_removed():
    before = scorecard_definition()
    added = definitions.with_section(before, "koniec", {"title": "Pożegnanie", "weight": "10", "intro": ""})
    assert added["sections"][2] == {"key": "koniec", "title": "Pożegnanie", "weight": "10", "items": []}
    changed = definitions.with_section(before, "rozmowa", {"title": "Rozmowa", "weight": "50"})
    assert (changed["sections"][1]["weight"], keys(changed)) == ("50", keys(before))
    assert [section["key"] for section in definitions.moved_section(before, "rozmowa", -1)["sections"]] == [
        "rozmowa",
        "dostepnosc",
    ]
    assert keys(definitions.without_section(before, "rozmowa")) == [["T1", "T2"]]


def test_the_next_key_follows_its_neighbours():
    assert definitions.free_item_key(scorecard_definition(), "dostepnosc") == "T7"
    assert [item["key"] for item in definitions.items_before(scorecard_definition(), "T3")] == ["T1", "T2"]
