"""A draft as its editor shows it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from probierz.base.wording import language, percent
from probierz.instruments import wording

Definition = dict[str, Any]


@dataclass(frozen=True)
class OutlineItem:
    key: str
    text: str
    kind: str
    points: str
    badges: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OutlineSection:
    key: str
    title: str
    weight: str
    share: str
    items: tuple[OutlineItem, ...]


def outline_of(definition: Definition) -> tuple[OutlineSection, ...]:
    """A draft for its editor; it may be unfinished, so nothing here asks the engine."""
    weights = [_exact(section.get("weight")) for section in definition.get("sections", [])]
    whole = sum(weights, Fraction(0))
    return tuple(
        OutlineSection(
            key=section["key"],
            title=wording.in_language(section, "title", language()) or section["key"],
            weight=wording.shown_number(section.get("weight", "–")),
            share=percent(weight / whole, 1 if (100 * weight / whole) % 1 else 0) if whole else "–",
            items=tuple(_outline_item(item) for item in section["items"]),
        )
        for section, weight in zip(definition.get("sections", []), weights, strict=True)
    )


def _exact(value: Any) -> Fraction:
    try:
        return Fraction(str(value))
    except ValueError:
        return Fraction(0)


def _outline_item(item: dict[str, Any]) -> OutlineItem:
    scored = item.get("scored", item["kind"] not in {"text", "photo"})
    badges = []
    if item.get("critical"):
        badges.append(("bad", _("krytyczna")))
    if not scored:
        badges.append(("neutral", _("bez punktów")))
    if item.get("not_applicable"):
        badges.append(("neutral", _("dopuszcza „nie dotyczy”")))
    if item.get("show_if"):
        badges.append(("info", _("warunkowa: po %(key)s") % {"key": item["show_if"]["item"]}))
    if item.get("evidence_on"):
        badges.append(("info", _("ze zdjęciem")))
    if item.get("reversed"):
        badges.append(("warn", _("odwrócona")))
    return OutlineItem(
        key=item["key"],
        text=wording.in_language(item, "text", language()) or item["key"],
        kind=str(wording.ITEM_KINDS.get(item["kind"], item["kind"])),
        points=wording.points_in_words(wording.weighted(item, _most(item)), language()) if scored else "",
        badges=tuple(badges),
    )


def _most(item: dict[str, Any]) -> Fraction:
    rows = [*item.get("options", []), *item.get("bands", []), *item.get("utility", [])]
    if rows:
        return max((_exact(row.get("points") or 0) for row in rows), default=Fraction(0))
    return _exact(item.get("points", 1))
