"""The scorecard itself: which items are asked given the marks so far, and whether the marks may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assay.exact import text
from assay.scales import NO_ANSWER, NOT_APPLICABLE, BadMark
from assay.scorecards.definition import CHANNELS, Item, Section, card_fields, read_sections
from assay.scorecards.tally import Tally


@dataclass(frozen=True)
class Scorecard:
    """A scorecard. `critical_cap` (0-100) is the most an audit scores once a critical item has failed."""

    key: str
    channel: str
    title: str
    sections: tuple[Section, ...]
    critical_cap: Fraction | None = None

    @classmethod
    def from_definition(cls, definition: Mapping[str, object]) -> Scorecard:
        """Read a definition strictly. Raises DefinitionError with the field and the reason."""
        fields = card_fields(definition)
        key = fields.key("key", pattern=r"[a-z0-9-]{1,60}")
        for name in ("intro", "not_applicable_label"):
            fields.text(name, default="")
        return cls(
            key=key,
            channel=fields.choice("channel", CHANNELS),
            title=fields.text("title", default=key),
            sections=read_sections(fields),
            critical_cap=fields.exact("critical_cap", most=100) if fields.has("critical_cap") else None,
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def items_by_key(self) -> Mapping[str, Item]:
        """All items by their keys."""
        return {item.key: item for item in self.items}

    @cached_property
    def tally(self) -> Tally:
        """The card prepared for fast scoring."""
        return Tally(self.sections)

    def to_digestable(self) -> dict[str, object]:
        """The canonical definition of what scores, without words; `from_definition` reads it back."""
        found: dict[str, object] = {"key": self.key, "channel": self.channel}
        if self.critical_cap is not None:
            found["critical_cap"] = text(self.critical_cap)
        found["sections"] = [section.as_dict() for section in self.sections]
        return found


@dataclass(frozen=True)
class MarkProblem:
    """What is wrong with one mark; `code` is missing, unknown-item, bad-mark, not-admitted or hidden."""

    item: str
    code: str
    detail: str


class MarksRefused(ValueError):
    """Marks that cannot be scored; `problems` says why, item by item."""

    def __init__(self, problems: tuple[MarkProblem, ...]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.item}: {first.code}: {first.detail}{more}")
        self.problems = problems


def visible_items(card: Scorecard, marks: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the items not hidden by skip logic, in order.

    An item waits for its `show_if` item to be visible and marked so; all items after a mark that ends the
    audit are hidden.
    """
    visible: dict[str, None] = {}
    for item in card.items:
        if item.show_if is not None:
            other, wanted = item.show_if
            if other not in visible or marks.get(other) not in wanted:
                continue
        visible[item.key] = None
        if marks.get(item.key) in item.ends_audit_on:
            break
    return tuple(visible)


def check_marks(card: Scorecard, marks: Mapping[str, str]) -> tuple[MarkProblem, ...]:
    """Everything that keeps the marks from being submitted, in the order of the card, unknown items last."""
    visible = frozenset(visible_items(card, marks))
    problems = [_check(item, marks.get(item.key), is_visible=item.key in visible) for item in card.items]
    known = card.items_by_key
    problems += [
        MarkProblem(str(key)[:80], "unknown-item", "the scorecard has no such item")
        for key in sorted(marks, key=str)
        if key not in known
    ]
    return tuple(problem for problem in problems if problem is not None)


def _check(item: Item, mark: object, *, is_visible: bool) -> MarkProblem | None:
    if not is_visible:
        return None if mark is None else MarkProblem(item.key, "hidden", "skip logic hides this item")
    if mark is None:
        return None if item.is_optional else MarkProblem(item.key, "missing", "no mark was given")
    if not isinstance(mark, str):
        return MarkProblem(item.key, "bad-mark", "a mark must be text")
    if mark == NOT_APPLICABLE and item.kind != "text":
        if item.admits_not_applicable:
            return None
        return MarkProblem(item.key, "not-admitted", "the item does not admit not applicable")
    try:
        item.scale.points(mark)
    except BadMark as problem:
        code = "not-admitted" if mark == NO_ANSWER and item.kind in {"number", "duration"} else "bad-mark"
        return MarkProblem(item.key, code, str(problem))
    return None
