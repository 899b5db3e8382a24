"""An audit's score and its explanation down to the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final

from assay.exact import ratio, text
from assay.scales import NOT_APPLICABLE
from assay.scorecards.card import MarkProblem, MarksRefused, Scorecard, check_marks, visible_items
from assay.scorecards.definition import Item, Section
from assay.scorecards.tally import Unusable

STATES: Final = ("value", "not-applicable", "hidden", "non-scoring", "missing", "informational")
_HUNDRED: Final = Fraction(100)
_ZERO: Final = Fraction(0)


@dataclass(frozen=True)
class ItemScore:
    """One item: its mark, its state (see STATES), weighted points earned and possible."""

    key: str
    mark: str | None
    state: str
    earned: Fraction
    possible: Fraction


@dataclass(frozen=True)
class SectionScore:
    """One section: score 0-100 or None when nothing in it was applicable; effective weights sum to 1."""

    key: str
    title: str
    weight: Fraction
    effective_weight: Fraction
    earned: Fraction
    possible: Fraction
    score: Fraction | None
    items: tuple[ItemScore, ...]


@dataclass(frozen=True)
class AuditScore:
    """An audit's score, exact: `score` 0-100 (None: nothing applicable), `uncapped` before the cap of failed
    critical items, `coverage` 0-1 (answered weight over the weight asked). Sections and items are worked out
    when read.
    """

    card: Scorecard = field(repr=False)
    marks: Mapping[str, str] = field(repr=False, hash=False)
    score: Fraction | None
    uncapped: Fraction | None
    coverage: Fraction
    failed_critical: tuple[str, ...]

    @property
    def capped(self) -> bool:
        """Whether a failed critical item lowered the score."""
        return self.score != self.uncapped

    @cached_property
    def sections(self) -> tuple[SectionScore, ...]:
        """Every section with its items, in the order of the card."""
        visible = frozenset(visible_items(self.card, self.marks))
        marks = self.marks
        drafts = [
            (section, tuple(_item(item, marks.get(item.key), item.key in visible) for item in section.items))
            for section in self.card.sections
        ]
        counted = [section.weight for section, items in drafts if any(item.possible for item in items)]
        return tuple(_section(section, items, sum(counted, _ZERO)) for section, items in drafts)

    @cached_property
    def items(self) -> tuple[ItemScore, ...]:
        """Every item, in the order of the card."""
        return tuple(item for section in self.sections for item in section.items)

    def as_dict(self) -> dict[str, object]:
        """The whole explanation, JSON-able; exact numbers as {"exact": "3/4", "decimal": "0.75"}."""
        return {
            "scorecard": self.card.key,
            "channel": self.card.channel,
            "score": shown(self.score),
            "uncapped": shown(self.uncapped),
            "capped": self.capped,
            "critical_cap": shown(self.card.critical_cap),
            "failed_critical": list(self.failed_critical),
            "coverage": shown(self.coverage),
            "sections": [_section_dict(section) for section in self.sections],
        }


def shown(value: Fraction | None) -> dict[str, str] | None:
    """An exact number for a JSON tree: its ratio and its decimal text (12 places)."""
    return None if value is None else {"exact": ratio(value), "decimal": text(value, 12)}


def score(card: Scorecard, marks: Mapping[str, str], *, partial: bool = False) -> AuditScore:
    """The score of one audit.

    `marks` is kept, not copied: leave it as it is afterwards. Marks of hidden items do not count. With `partial`
    missing marks leave the sum instead of refusing. Raises MarksRefused for missing, unknown or wrong marks.
    Source: published scorecards of public services, where a section is points over possible points and sections
    without applicable items give up their weight.
    """
    tally = card.tally
    # A mark that is a list or a mapping cannot even be looked up: TypeError.
    try:
        counted = tally.count(marks, partial=partial)
    except (Unusable, TypeError):
        raise MarksRefused(_problems(card, marks, partial=partial)) from None
    result = counted.uncapped
    if counted.failed_critical and card.critical_cap is not None and result is not None:
        result = min(result, card.critical_cap)
    return AuditScore(card, marks, result, counted.uncapped, counted.coverage, counted.failed_critical)


def _problems(card: Scorecard, marks: Mapping[str, str], *, partial: bool) -> tuple[MarkProblem, ...]:
    ignored = {"hidden", "missing"} if partial else {"hidden"}
    return tuple(problem for problem in check_marks(card, marks) if problem.code not in ignored)


def _item(item: Item, mark: str | None, is_visible: bool) -> ItemScore:
    if not is_visible:
        state = "hidden"
    elif mark is None:
        state = "informational" if item.is_optional else "missing"
    elif mark == NOT_APPLICABLE and item.kind != "text":
        state = "not-applicable"
    elif not item.is_scored:
        state = "informational"
    else:
        points = item.scale.points(mark)
        if points is not None:
            return ItemScore(item.key, mark, "value", points * item.weight, item.possible)
        state = "non-scoring"
    return ItemScore(item.key, mark, state, _ZERO, _ZERO)


def _section(section: Section, items: tuple[ItemScore, ...], total: Fraction) -> SectionScore:
    earned = sum((item.earned for item in items), _ZERO)
    possible = sum((item.possible for item in items), _ZERO)
    return SectionScore(
        key=section.key,
        title=section.title,
        weight=section.weight,
        effective_weight=section.weight / total if possible and total else _ZERO,
        earned=earned,
        possible=possible,
        score=_HUNDRED * earned / possible if possible else None,
        items=items,
    )


def _section_dict(section: SectionScore) -> dict[str, object]:
    return {
        "key": section.key,
        "title": section.title,
        "weight": shown(section.weight),
        "effective_weight": shown(section.effective_weight),
        "earned": shown(section.earned),
        "possible": shown(section.possible),
        "score": shown(section.score),
        "items": [_item_dict(item) for item in section.items],
    }


def _item_dict(item: ItemScore) -> dict[str, object]:
    found: dict[str, object] = {"key": item.key, "mark": item.mark, "state": item.state}
    if item.state == "value":
        found |= {"earned": shown(item.earned), "possible": shown(item.possible)}
    return found
