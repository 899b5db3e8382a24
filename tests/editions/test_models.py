"""Rows of the editions room, and the factories that the other rooms' tests stand on."""

from __future__ import annotations

import pytest

from factories_editions import EditionFactory
from probierz.base.clock import now
from probierz.editions import rules
from probierz.editions.models import Stage

pytestmark = pytest.mark.django_db


def test_an_open_stage_is_open() -> None:
    edition = EditionFactory(call_open=True, fieldwork_open=True)
    assert sorted(edition.stages.values_list("kind", flat=True)) == ["call", "fieldwork"]
    assert rules.stage_is_open(edition, "call") is True
    assert rules.stage_is_open(edition, "screening") is False


def test_the_calendar_of_2025_ends_its_call_at_midnight_in_warsaw() -> None:
    edition = EditionFactory(calendar=True)
    call = edition.stages.get(kind="call")
    assert call.closes_at.isoformat() == "2025-10-24T22:00:00+00:00"
    assert edition.stages.count() == len(Stage.Kind.choices)
    assert call.is_over(now()) is True


def test_channels_bring_published_scorecards() -> None:
    edition = EditionFactory(with_channels=True)
    assert {channel.channel: channel.version.instrument.channel for channel in edition.channels.all()} == {
        "visit": "visit",
        "phone": "phone",
        "email": "email",
    }
