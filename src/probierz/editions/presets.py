"""The programmes that come with the product, as data."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

Preset = dict[str, Any]

# What a preset says about the programme and the edition beyond their own fields.
_PROGRAMME_TEXTS = ("name_long", "kind", "city", "aim", "aim_en", "jury", "jury_en", "resident_gains")
_EDITION_TEXTS = ("how_to_enter",)


@lru_cache(maxsize=1)
def all_presets() -> dict[str, Preset]:
    """By key, the newest first."""
    found = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in (files("probierz.editions") / "presets").iterdir()
        if entry.name.endswith(".toml")
    ]
    found.sort(key=lambda preset: (-preset["edition"]["year"], preset["key"]))
    return {preset["key"]: preset for preset in found}


def choices() -> list[tuple[str, str]]:
    return [(key, preset["title"]) for key, preset in all_presets().items()]


def programme_fields(preset: Preset) -> dict[str, Any]:
    programme, contact = preset["programme"], preset["programme"]["contact"]
    website = contact.get("website", "")
    return {
        "name": programme["name"],
        "name_en": programme.get("name_en", ""),
        "short_name": programme["short"],
        "tagline": programme.get("tagline", ""),
        "tagline_en": programme.get("tagline_en", ""),
        "idea": programme.get("idea", "").strip(),
        "idea_en": programme.get("idea_en", "").strip(),
        "benefits": deepcopy(programme.get("benefits", [])),
        "licence_name": preset.get("licence", {}).get("title", "Licencja Jakości"),
        "organiser_name": programme.get("organiser", ""),
        "organiser_address": contact.get("city", ""),
        "president_name": contact.get("person", ""),
        "contact_email": contact["email"],
        "contact_phone": contact.get("phone", ""),
        "website": website if "://" in website or not website else f"https://{website}",
        "accent": programme.get("brand", {}).get("accent", "#14466b"),
        "accent_ink": programme.get("brand", {}).get("accent_ink", "#ffffff"),
        "texts": {
            **{name: deepcopy(programme[name]) for name in _PROGRAMME_TEXTS if name in programme},
            "contact_role": contact.get("role", ""),
            "contact_role_en": contact.get("role_en", ""),
        },
    }


def edition_fields(preset: Preset) -> dict[str, Any]:
    edition, form = preset["edition"], preset.get("form", {})
    return {
        "preset": preset["key"],
        "who_may_enter": edition.get("who_may_enter", ""),
        "who_may_enter_en": edition.get("who_may_enter_en", ""),
        "form_definition": {name: deepcopy(value) for name, value in form.items() if name != "declarations"},
        "declarations": deepcopy(form.get("declarations", preset.get("declarations", []))),
        "licence_scope": preset.get("licence", {}).get("scope", ""),
        "rulebook": deepcopy(preset["rulebook"]),
        "texts": {
            **{name: deepcopy(edition[name]) for name in _EDITION_TEXTS if name in edition},
            "licence": deepcopy(preset.get("licence", {})),
        },
    }


def stage_days(preset: Preset) -> list[dict[str, Any]]:
    """Kind, names, place and the first and last day of each stage."""
    return [
        {
            "kind": stage["kind"],
            "name": stage.get("name", ""),
            "name_en": stage.get("name_en", ""),
            "place": stage.get("place", ""),
            "first": stage["opens_on"],
            "last": stage["closes_on"],
        }
        for stage in preset["stages"]
    ]


def call_days(preset: Preset) -> tuple[date, date]:
    call = next(stage for stage in stage_days(preset) if stage["kind"] == "call")
    return call["first"], call["last"]
