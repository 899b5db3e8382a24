"""What is kept, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from probierz.base.actions import PLATFORM
from probierz.base.clock import held_at, now
from probierz.instruments.actions import install_shipped_instruments
from probierz.portal.queries import kept


@pytest.fixture
def made(pages_in_memory):
    return []


def asked(made: list[int]) -> int:
    def make() -> int:
        made.append(len(made))
        return made[-1]

    return kept.kept("thing", make)


def test_nothing_is_kept_where_no_standing_is_held(made):
    assert [asked(made), asked(made)] == [0, 1]


def test_a_thing_is_made_once_in_a_standing(made):
    with kept.held("a"):
        assert [asked(made), asked(made)] == [0, 0]
    with kept.held("b"):
        assert asked(made) == 1
    assert asked(made) == 2


def test_an_action_and_a_minute_change_the_standing(db):
    with held_at(now().replace(second=1)):
        before = kept.standing()
        assert kept.standing() == before
        install_shipped_instruments(actor=PLATFORM)
        after = kept.standing()
    with held_at(now() + timedelta(minutes=5)):
        later = kept.standing()
    assert len({before, after, later}) == 3
