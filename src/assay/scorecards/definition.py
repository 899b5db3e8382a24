"""A scorecard as defined: sections with weights, items with scales; read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.exact import FieldError, text
from assay.fields import Fields
from assay.scales import NO_ANSWER, NOT_APPLICABLE, Bands, Count, NamedMarks, Scale, Unscored, Utility, yes_no

CHANNELS: Final = ("visit", "phone", "email", "web", "social")
KINDS: Final = ("yes_no", "scale", "choice", "number", "duration", "count", "text", "photo")
TIMERS: Final = ("waiting", "ringing", "handling")
FREE_KINDS: Final = frozenset({"text", "photo"})

_CARD_FIELDS: Final = (
    *("key", "channel", "title", "title_en", "intro", "intro_en"),
    *("not_applicable_label", "not_applicable_label_en", "critical_cap", "sections"),
)
_SECTION_FIELDS: Final = ("key", "title", "title_en", "intro", "intro_en", "weight", "items")
_ITEM_FIELDS: Final = (
    *("key", "text", "text_en", "hint", "hint_en", "kind", "weight", "scored", "critical", "not_applicable"),
    *("reversed", "options", "bands", "utility", "unit", "no_answer_points", "of", "points"),
    *("evidence_on", "comment_on", "timer", "show_if", "ends_audit_on"),
)
_FIELDS_OF_KIND: Final[Mapping[str, frozenset[str]]] = {
    "reversed": frozenset({"yes_no"}),
    "options": frozenset({"scale", "choice"}),
    "bands": frozenset({"number", "duration"}),
    "utility": frozenset({"number", "duration"}),
    "unit": frozenset({"number", "duration"}),
    "no_answer_points": frozenset({"number", "duration"}),
    "timer": frozenset({"duration"}),
    "of": frozenset({"count"}),
    "points": frozenset({"yes_no", "count"}),
}


class DefinitionError(FieldError):
    """A scorecard that cannot be used: `field` is the path in the definition, `reason` why."""


@dataclass(frozen=True)
class Item:
    """One question. `show_if` is (earlier item, marks); the weight multiplies earned and possible points."""

    key: str
    text: str
    kind: str
    scale: Scale
    weight: Fraction = Fraction(1)
    is_scored: bool = True
    is_critical: bool = False
    admits_not_applicable: bool = False
    show_if: tuple[str, tuple[str, ...]] | None = None
    ends_audit_on: tuple[str, ...] = ()

    @property
    def is_optional(self) -> bool:
        """Free text and photos may stay empty."""
        return self.kind in FREE_KINDS

    @property
    def possible(self) -> Fraction:
        """The most points the item can earn, weighted; 0 when it is informational."""
        return self.weight * self.scale.maximum if self.is_scored else Fraction(0)

    def as_dict(self) -> dict[str, object]:
        """What decides the item's points, canonical."""
        found: dict[str, object] = {"key": self.key, "kind": self.kind, "weight": text(self.weight)}
        found |= {"scored": self.is_scored, "critical": self.is_critical}
        found["not_applicable"] = self.admits_not_applicable
        found |= self.scale.as_dict()
        if self.show_if:
            found["show_if"] = {"item": self.show_if[0], "marks": sorted(self.show_if[1])}
        if self.ends_audit_on:
            found["ends_audit_on"] = sorted(self.ends_audit_on)
        return found


@dataclass(frozen=True)
class Section:
    """A group of items with one weight."""

    key: str
    title: str
    weight: Fraction
    items: tuple[Item, ...]

    def as_dict(self) -> dict[str, object]:
        """What decides the section's score, canonical."""
        return {
            "key": self.key,
            "weight": text(self.weight),
            "items": [item.as_dict() for item in self.items],
        }


def read_sections(card: Fields) -> tuple[Section, ...]:
    """The sections of a definition, every item checked against those before it. Raises DefinitionError."""
    earlier: dict[str, Item] = {}
    sections: list[Section] = []
    for fields in card.objects("sections", least=1):
        section = _section(fields.only(_SECTION_FIELDS), earlier)
        if any(section.key == other.key for other in sections):
            raise fields.refuse("key", f"{section.key} stands twice")
        sections.append(section)
    if not any(section.weight for section in sections):
        raise card.refuse("sections", "must have at least one weight above 0")
    return tuple(sections)


def card_fields(definition: object) -> Fields:
    """The definition, opened: known fields only, channel and cap checked."""
    return Fields(definition, "", DefinitionError).only(_CARD_FIELDS)


def _section(fields: Fields, earlier: dict[str, Item]) -> Section:
    key = fields.key("key")
    items = []
    for entry in fields.objects("items", least=1):
        item = _item(entry.only(_ITEM_FIELDS), earlier)
        earlier[item.key] = item
        items.append(item)
    return Section(key, fields.text("title", default=key), fields.exact("weight"), tuple(items))


def _item(fields: Fields, earlier: Mapping[str, Item]) -> Item:
    key = fields.key("key", pattern=r"[A-Za-z0-9-]{1,60}")
    if key in earlier:
        raise fields.refuse("key", f"{key} stands twice")
    kind = fields.choice("kind", KINDS)
    for name, kinds in _FIELDS_OF_KIND.items():
        if fields.has(name) and kind not in kinds:
            raise fields.refuse(name, f"does not belong to kind {kind}")
    is_scored = fields.flag("scored", default=kind not in FREE_KINDS)
    if is_scored and kind in FREE_KINDS:
        raise fields.refuse("scored", f"kind {kind} is never scored")
    item = Item(
        key=key,
        text=fields.text("text", default=""),
        kind=kind,
        scale=_scale(fields, kind, is_scored=is_scored),
        weight=fields.exact("weight", default=Fraction(1)),
        is_scored=is_scored,
        is_critical=fields.flag("critical", default=False),
        admits_not_applicable=fields.flag("not_applicable", default=False),
        show_if=_show_if(fields, earlier),
        ends_audit_on=fields.texts("ends_audit_on", optional=True),
    )
    _check_item(fields, item)
    return item


def _check_item(fields: Fields, item: Item) -> None:
    if item.is_scored and item.scale.maximum <= 0:
        raise fields.refuse("points", "no mark earns points; set scored to false")
    if item.is_scored and not item.weight:
        raise fields.refuse("weight", "must be above 0; set scored to false instead")
    if item.is_critical and not item.is_scored:
        raise fields.refuse("critical", "an item that is not scored cannot be critical")
    fields.text("hint", default="")
    fields.text("unit", default="")
    if fields.has("timer"):
        fields.choice("timer", TIMERS)
    for name in ("evidence_on", "comment_on", "ends_audit_on"):
        for mark in fields.texts(name, optional=True):
            if not admits(item, mark):
                raise fields.refuse(name, f"{mark} is not a mark of this item")


def admits(item: Item, mark: str) -> bool:
    """Whether the mark may be given to the item."""
    if mark == NOT_APPLICABLE:
        return item.admits_not_applicable
    try:
        item.scale.points(mark)
    except ValueError:
        return False
    return True


def _show_if(fields: Fields, earlier: Mapping[str, Item]) -> tuple[str, tuple[str, ...]] | None:
    if not fields.has("show_if"):
        return None
    condition = fields.object("show_if").only(("item", "marks"))
    key = condition.key("item")
    if key not in earlier:
        raise condition.refuse("item", f"{key} is not an earlier item")
    marks = condition.texts("marks")
    if not marks:
        raise condition.refuse("marks", "must have at least 1 element")
    for mark in marks:
        if not admits(earlier[key], mark):
            raise condition.refuse("marks", f"{mark} is not a mark of {key}")
    return key, marks


def _scale(fields: Fields, kind: str, *, is_scored: bool) -> Scale:
    if kind in {"scale", "choice"}:
        return NamedMarks(kind, _options(fields))
    if kind == "yes_no":
        points = fields.exact("points", default=Fraction(1))
        return yes_no(points, is_reversed=fields.flag("reversed", default=False))
    if kind == "count":
        of = fields.whole("of", least=1, most=999_999) if fields.has("of") else None
        return Count(fields.exact("points", default=Fraction(1)), of)
    if kind in FREE_KINDS:
        return Unscored(kind)
    return _measure(fields, kind, is_scored=is_scored)


def _options(fields: Fields) -> tuple[tuple[str, Fraction | None], ...]:
    table: dict[str, Fraction | None] = {}
    for option in fields.objects("options", least=1):
        option.only(("mark", "label", "label_en", "points"))
        mark = option.key("mark")
        if mark in table:
            raise option.refuse("mark", f"{mark} stands twice")
        if mark == NOT_APPLICABLE:
            raise option.refuse("mark", "na is reserved for not applicable")
        option.text("label", default="")
        table[mark] = option.exact("points") if option.has("points") else None
    return tuple(table.items())


def _measure(fields: Fields, kind: str, *, is_scored: bool) -> Scale:
    no_answer = fields.exact("no_answer_points") if fields.has("no_answer_points") else None
    has_bands, has_utility = fields.has("bands"), fields.has("utility")
    if has_bands and has_utility:
        raise fields.refuse("utility", "bands and utility exclude each other")
    if not has_bands and not has_utility:
        if is_scored:
            raise fields.refuse("bands", "a scored number needs bands or a utility")
        return Unscored(kind, admits_no_answer=no_answer is not None)
    scale: Scale = Bands(_bands(fields), no_answer) if has_bands else Utility(_knots(fields), no_answer)
    if no_answer is not None and no_answer > scale.maximum:
        raise fields.refuse("no_answer_points", f"must not be above the best points; the mark is {NO_ANSWER}")
    return scale


def _bands(fields: Fields) -> tuple[tuple[Fraction | None, Fraction], ...]:
    entries = fields.objects("bands", least=1)
    bands: list[tuple[Fraction | None, Fraction]] = []
    below = Fraction(-1)
    for index, entry in enumerate(entries):
        entry.only(("up_to", "points"))
        is_last = index == len(entries) - 1
        if entry.has("up_to") == is_last:
            raise entry.refuse("up_to", "every band but the last needs it, and the last must not have it")
        upper = None if is_last else entry.exact("up_to")
        if upper is not None and upper <= below:
            raise entry.refuse("up_to", "must be above the band before")
        below = below if upper is None else upper
        bands.append((upper, entry.exact("points")))
    return tuple(bands)


def _knots(fields: Fields) -> tuple[tuple[Fraction, Fraction], ...]:
    knots: list[tuple[Fraction, Fraction]] = []
    for entry in fields.objects("utility", least=2):
        entry.only(("at", "points"))
        at = entry.exact("at")
        if knots and at <= knots[-1][0]:
            raise entry.refuse("at", "must be above the one before")
        knots.append((at, entry.exact("points")))
    return tuple(knots)
