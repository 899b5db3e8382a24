"""The journal's verbs in Polish. A verb is `<room>.<what>`; one that its room has not named shows as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERBS: dict[str, Any] = {}


def register(words: Mapping[str, Any]) -> None:
    """A room names its verbs when it starts (AppConfig.ready)."""
    VERBS.update(words)


def in_words(verb: str) -> str:
    return str(VERBS.get(verb, verb))
