from __future__ import annotations

from datetime import date

import pytest

from assay.rulebook import Rulebook
from probierz.editions import brand, presets
from probierz.editions.models import Stage

ALL = list(presets.all_presets().values())


def test_the_newest_preset_stands_first():
    assert presets.choices()[0] == ("lzm-2025", "Lider Zaufania Mieszkańców 2025 (II edycja)")


@pytest.mark.parametrize(
    ("key", "days"),
    [
        ("lzm-2024", (date(2024, 7, 1), date(2024, 9, 27))),
        ("lzm-2025", (date(2025, 9, 17), date(2025, 10, 24))),
    ],
)
def test_the_calls_have_the_dates_of_their_announcements(key, days):
    assert presets.call_days(presets.all_presets()[key]) == days


@pytest.mark.parametrize("preset", ALL, ids=lambda preset: preset["key"])
def test_a_preset_can_be_opened(preset):
    fields = presets.programme_fields(preset)
    assert brand.problems(fields["accent"], fields["accent_ink"]) == {}
    assert fields["website"].startswith("https://")
    edition = presets.edition_fields(preset)
    assert set(Rulebook.from_dict(edition["rulebook"]).channels) == set(preset["channels"])
    assert {stage["kind"] for stage in presets.stage_days(preset)} <= set(Stage.Kind.values)
    assert "declarations" not in edition["form_definition"]
    assert edition["declarations"][0].keys() >= {"key", "text", "required"}


def test_a_preset_is_not_changed_by_what_is_made_of_it():
    preset = ALL[0]
    presets.edition_fields(preset)["rulebook"]["points"]["decimals"] = 9
    assert preset["rulebook"]["points"]["decimals"] == 2
