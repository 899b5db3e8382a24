"""How a juror fills a scorecard: the answers of one audit, as a juror's profile takes them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assay.agreement import ItemMark
from assay.scales import NOT_APPLICABLE, share
from assay.scorecards import Item, Scorecard, visible_items

FEWEST_STEPS = 3


class Habits:
    """One scorecard, ready to read many audits: an item and its mark are looked up once, not once an audit."""

    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self._items = [(section.key, item) for section in card.sections for item in section.items if item.is_scored]
        self._is_routed = any(item.show_if or item.ends_audit_on for item in card.items)
        self._known: dict[tuple[str, str], ItemMark | None] = {}

    def read(self, marks: Mapping[str, str]) -> tuple[dict[str, ItemMark], float | None]:
        """What was answered, by item, in the order of the card; and the share of items said not to apply."""
        asked = frozenset(visible_items(self.card, marks)) if self._is_routed else None
        found: dict[str, ItemMark] = {}
        answered = not_applicable = 0
        for section, item in self._items:
            mark = marks.get(item.key)
            if mark is None or (asked is not None and item.key not in asked):
                continue
            answered += 1
            if mark == NOT_APPLICABLE:
                not_applicable += 1
                continue
            if (item.key, mark) not in self._known:
                self._known[item.key, mark] = _mark(section, item, mark)
            known = self._known[item.key, mark]
            if known is not None:
                found[item.key] = known
        return found, not_applicable / answered if answered else None


def _mark(section: str, item: Item, mark: str) -> ItemMark | None:
    place: Fraction | None = share(item.scale, mark)
    if place is None:
        return None
    steps = item.scale.named_marks() if item.kind == "scale" else None
    return ItemMark(section, float(place), is_scale=steps is not None and len(steps) >= FEWEST_STEPS)
