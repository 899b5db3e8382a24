"""The scorecards and scenarios that come with the product, read from their files."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

SCENARIOS = "scenarios.toml"


def _shipped() -> Any:
    return files("probierz.instruments") / "shipped"


@lru_cache(maxsize=1)
def scorecards() -> tuple[dict[str, Any], ...]:
    """The shipped definitions, by key."""
    found = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in _shipped().iterdir()
        if entry.name.endswith(".toml") and entry.name != SCENARIOS
    ]
    return tuple(sorted(found, key=lambda definition: definition["key"]))


@lru_cache(maxsize=1)
def _scenario_file() -> dict[str, Any]:
    return tomllib.loads((_shipped() / SCENARIOS).read_text(encoding="utf-8"))


def scenarios() -> tuple[dict[str, Any], ...]:
    return tuple(_scenario_file()["scenarios"])


def life_situations() -> tuple[dict[str, str], ...]:
    """What a juror's life may have to be like for a legend to be true: key, label, label_en."""
    return tuple(_scenario_file()["life_situations"])
