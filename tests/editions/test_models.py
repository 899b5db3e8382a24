"""Rows of the editions room, and the factories that the other rooms' tests stand on."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from factories_editions import CategoryFactory, EditionFactory, StageFactory
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


def test_what_has_an_english_name_is_called_by_it_on_english_pages() -> None:
    stage = StageFactory(name="Nabór", name_en="Call")
    category = CategoryFactory(name="Urzędy", name_en="Offices")
    assert [str(stage), str(category)] == ["Nabór", "Urzędy"]
    stage.edition.programme.name, stage.edition.number, stage.edition.year = "Lider", 2, 2025
    with override("en"):
        assert [str(stage), str(category), str(stage.edition)] == ["Call", "Offices", "Lider, Edition II, 2025"]
        assert [str(StageFactory(name="Nabór", kind="call")), str(CategoryFactory(name="Inne"))] == ["Nabór", "Inne"]
