"""The score down to the item, in the words of the scorecard."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.scorecards import AuditScore, SectionScore
from probierz.instruments import wording

Definition = dict[str, Any]


@dataclass(frozen=True)
class Branch:
    """One line of the score's tree."""

    key: str
    label: str
    answer: str
    state: str
    earned: Fraction
    possible: Fraction
    score: Fraction | None
    weight: Fraction | None
    branches: tuple[Branch, ...] = ()


def score_tree(definition: Definition, score: AuditScore, language: str = "pl") -> tuple[Branch, ...]:
    """The score down to the item, with the words of the scorecard."""
    away = wording.in_language(definition, "not_applicable_label", language)
    tree = []
    for raw, section in zip(definition["sections"], score.sections, strict=True):
        items = {entry["key"]: entry for entry in raw["items"]}
        leaves = tuple(
            Branch(
                key=item.key,
                label=wording.in_language(items[item.key], "text", language) or item.key,
                answer=wording.mark_label(items[item.key], item.mark, language, away) if item.mark else "",
                state=item.state,
                earned=item.earned,
                possible=item.possible,
                score=None,
                weight=None,
            )
            for item in section.items
        )
        tree.append(
            Branch(
                key=section.key,
                label=wording.in_language(raw, "title", language) or section.key,
                answer="",
                state=_section_state(section),
                earned=section.earned,
                possible=section.possible,
                score=section.score,
                weight=section.effective_weight,
                branches=leaves,
            )
        )
    return tuple(tree)


def _section_state(section: SectionScore) -> str:
    if section.score is not None:
        return "value"
    waits = any(item.state == "missing" for item in section.items)
    return "missing" if waits else "not-applicable"
