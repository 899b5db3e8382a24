from __future__ import annotations

from probierz.instruments import definitions, loading
from probierz.instruments.models import Channel


def test_there_is_a_sound_scorecard_for_every_channel():
    shipped = loading.scorecards()
    assert sorted(definition["channel"] for definition in shipped) == sorted(Channel.values)
    assert [definitions.problem_of(definition) for definition in shipped] == [None] * len(shipped)


def test_scenarios_ask_only_for_known_life_situations():
    known = {entry["key"] for entry in loading.life_situations()}
    asked = {situation for entry in loading.scenarios() for situation in entry["life_situations"]}
    assert asked - known == set()
