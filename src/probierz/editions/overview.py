"""What the organiser sees first about an edition. Upper rooms register cards here; this room knows none of them.

overview.register("applications", cards)      # in AppConfig.ready
def cards(edition, user) -> list[Card]        # constant number of queries
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from probierz.editions.models import Edition


@dataclass(frozen=True)
class Card:
    """One number with its meaning. `tone`: neutral, info, good, warn, bad; `group` heads a row of cards."""

    title: str
    value: Any
    note: str = ""
    url: str = ""
    tone: str = "neutral"
    unit: str = ""


@dataclass(frozen=True)
class Section:
    room: str
    title: str
    cards: list[Card] = field(default_factory=list)


Source = Callable[[Edition, Any], list[Any]]

_sources: dict[str, tuple[str, Source]] = {}
_ORDER = ("applications", "jury", "audits", "results", "awards")


def register(room: str, source: Source, title: Any = "") -> None:
    _sources[room] = (title, source)


def sections(edition: Edition, user: Any) -> list[Section]:
    """The cards of every room that has something to say, in the order of the year."""
    rooms = sorted(_sources, key=lambda room: (_ORDER.index(room) if room in _ORDER else len(_ORDER), room))
    found = []
    for room in rooms:
        title, source = _sources[room]
        cards = [entry if isinstance(entry, Card) else Card(**entry) for entry in source(edition, user)]
        if cards:
            found.append(Section(room, str(title), cards))
    return found
