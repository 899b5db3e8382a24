from __future__ import annotations

from datetime import date

import pytest

from factories_instruments import ModelAnswerFactory, ScenarioFactory
from probierz.jury import legends


@pytest.mark.django_db
def test_a_role_must_be_true_of_the_jurors_life():
    anybody, parent = ScenarioFactory.build(), ScenarioFactory.build(life_situations=["rodzic-ucznia", "student"])
    assert legends.is_true_for(anybody, [])
    assert not legends.is_true_for(parent, ["kierowca"])
    assert legends.is_true_for(parent, ["student"])
    assert legends.may_play([], [])
    assert not legends.may_play([parent], [])


@pytest.mark.django_db
def test_a_role_needs_its_right_answer_for_the_whole_time():
    short = ModelAnswerFactory(valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31)).scenario
    long = ModelAnswerFactory(valid_from=date(2025, 1, 1)).scenario
    found = legends.legends_for([("phone", "gmina")], date(2025, 11, 10), date(2026, 2, 13))
    assert found == {("phone", "gmina"): [long]}
    december = legends.legends_for([("phone", "gmina")], date(2025, 11, 10), date(2025, 12, 31))
    assert {scenario.pk for scenario in december["phone", "gmina"]} == {short.pk, long.pk}


def test_seats_of_one_institution_get_different_roles_where_they_can():
    options = {"a": ["psy", "karta"], "b": ["psy"], "c": ["psy", "karta", "dowod"]}
    chosen = legends.choose(options, set(), seed="s")
    assert chosen["b"] == "psy"
    assert sorted(chosen.values()) == ["dowod", "karta", "psy"]


def test_a_role_is_repeated_only_when_nothing_else_is_left():
    assert legends.choose({"a": ["psy"], "b": ["psy"], "c": []}, set(), seed="s") == {"a": "psy", "b": "psy", "c": ""}
    assert legends.choose({"a": ["psy", "karta"]}, {"karta"}, seed="s") == {"a": "psy"}
    assert legends.choose({"a": ["karta"]}, {"karta"}, seed="s") == {"a": "karta"}
