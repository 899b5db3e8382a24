from __future__ import annotations

from factories_instruments import scorecard_definition
from probierz.instruments import definitions
from probierz.instruments.differences import Difference, between


def test_no_change_is_no_difference():
    assert between(scorecard_definition(), scorecard_definition()) == []


def test_a_default_written_out_is_no_change():
    new = scorecard_definition()
    new["sections"][0]["items"][0].update(weight=1, points="1", critical=False)
    new["sections"][0]["weight"] = 40
    assert between(scorecard_definition(), new) == []


def test_changes_are_told_in_words():
    old = scorecard_definition()
    new = definitions.with_section(old, "rozmowa", {"title": "Rozmowa", "title_en": "The conversation", "weight": "50"})
    new = definitions.with_item(new, "rozmowa", "T5", {**definitions.item_of(old, "T5"), "text": "Czy połączono?"})
    new = definitions.with_item(new, "rozmowa", "", {"key": "T7", "kind": "yes_no", "text": "Czy pożegnano?"})
    new = definitions.without_item(new, "T6")
    assert between(old, new) == [
        Difference("changed", "Sekcja „Rozmowa”", "waga", "60", "50"),
        Difference("changed", "Pozycja T5", "treść", "Czy przełączenie rozmowy się udało?", "Czy połączono?"),
        Difference("added", "Pozycja T7", "nowa pozycja", after="Czy pożegnano?"),
        Difference("removed", "Pozycja T6", "usunięta", before="Uwagi"),
    ]


def test_changed_answers_are_told_with_their_points():
    old = scorecard_definition()
    new = scorecard_definition()
    new["sections"][0]["items"][1]["bands"][0]["points"] = "2.5"
    (change,) = between(old, new)
    assert (change.what, change.before, change.after) == (
        "progi",
        "20 = 3; 60 = 1; reszta = 0",
        "20 = 2,5; 60 = 1; reszta = 0",
    )


def test_a_move_is_told_once():
    moved = definitions.moved_item(scorecard_definition(), "T4", -1)
    assert between(scorecard_definition(), moved) == [Difference("moved", "Pozycje", "zmieniona kolejność")]
