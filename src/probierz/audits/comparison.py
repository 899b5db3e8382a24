"""An audit laid side by side for the office: what the juror marked, what it earned, what the checks noticed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.scorecards import AuditScore, ItemScore
from probierz.audits import scorecard
from probierz.audits.checks import Finding
from probierz.audits.models import Audit, Evidence, Override
from probierz.base.wording import decimal


@dataclass(frozen=True)
class Row:
    key: str
    text: str
    mark: str
    comment: str
    photos: list[Evidence]
    overrides: list[Override]
    changed: list[tuple[str, str, Override]]
    findings: list[Finding]
    score: ItemScore
    is_critical: bool
    is_scored: bool

    @property
    def points(self) -> str:
        return f"{_short(self.score.earned)} / {_short(self.score.possible)}"


def _short(number: Fraction) -> str:
    """Points as a reader writes them: whole where they are whole."""
    return str(number) if number.denominator == 1 else decimal(number)


@dataclass(frozen=True)
class Part:
    title: str
    rows: list[Row]
    score: Any

    @property
    def hidden(self) -> int:
        return sum(1 for row in self.rows if row.score.state == "hidden")


def parts_of(audit: Audit, score: AuditScore, found: list[Finding]) -> list[Part]:
    """Sections with their items, in the order of the scorecard."""
    overrides, photos = list(audit.overrides.all()), list(audit.evidence.all())
    definition = audit.version.definition
    marks = scorecard.folded_marks(audit.marks, overrides)
    parts = []
    for section, scored in zip(definition["sections"], score.sections, strict=True):
        rows = []
        for item, item_score in zip(section["items"], scored.items, strict=True):
            key = item["key"]
            mine = [entry for entry in overrides if entry.item_key == key]
            rows.append(
                Row(
                    key=key,
                    text=scorecard.in_words(item, "text"),
                    mark=scorecard.mark_words(item, marks.get(key, ""), definition),
                    comment=audit.comments.get(key, ""),
                    photos=[photo for photo in photos if photo.item_key == key],
                    overrides=mine,
                    changed=[
                        (
                            scorecard.mark_words(item, entry.was, definition),
                            scorecard.mark_words(item, entry.now_is, definition),
                            entry,
                        )
                        for entry in mine
                    ],
                    findings=[finding for finding in found if finding.item_key == key],
                    score=item_score,
                    is_critical=bool(item.get("critical")),
                    is_scored=item_score.state in {"value", "non-scoring", "not-applicable", "missing"},
                )
            )
        parts.append(Part(scorecard.in_words(section, "title"), rows, scored))
    return parts
