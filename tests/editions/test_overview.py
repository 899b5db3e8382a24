from __future__ import annotations

import pytest

from probierz.editions import overview
from probierz.editions.overview import Card, Section


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch) -> None:
    monkeypatch.setattr(overview, "_sources", {})


def test_rooms_speak_in_the_order_of_the_year():
    overview.register("zebra", lambda edition, user: [Card("Z", 1)])
    overview.register("audits", lambda edition, user: [{"title": "Audyty", "value": 3, "tone": "warn"}], "Audyty")
    overview.register("applications", lambda edition, user: [Card("Zgłoszenia", 62)])
    assert overview.sections(None, None) == [
        Section("applications", "", [Card("Zgłoszenia", 62)]),
        Section("audits", "Audyty", [Card("Audyty", 3, tone="warn")]),
        Section("zebra", "", [Card("Z", 1)]),
    ]


def test_a_room_with_nothing_to_say_is_silent():
    overview.register("jury", lambda edition, user: [])
    assert overview.sections(None, None) == []
