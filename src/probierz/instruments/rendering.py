"""A scorecard made ready for a page: the form a juror fills, the criteria the public reads, the score as a tree."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.scorecards import AuditScore, Scorecard
from django.utils.translation import gettext as _
from django.utils.translation import override

from probierz.base.polish import percent
from probierz.instruments import wording
from probierz.instruments.models import InstrumentVersion

Definition = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One big button of a question."""

    mark: str
    label: str
    asks: str  # what the mark asks for: "", "comment", "evidence", "comment evidence"


@dataclass(frozen=True)
class Question:
    """One item as `instruments/_item.html` draws it."""

    number: int
    key: str
    text: str
    hint: str
    kind: str
    answers: tuple[Answer, ...]
    unit: str
    timer: str
    of: int | None
    is_optional: bool
    is_informational: bool
    mark: str
    comment: str
    hidden: bool
    asks: str

    @property
    def is_measured(self) -> bool:
        return self.kind in {"number", "duration"}

    @property
    def typed(self) -> str:
        """What stands in the text box: a measured value or free text, never a named mark."""
        named = {answer.mark for answer in self.answers}
        return "" if self.mark in named else self.mark.replace(".", ",") if self.is_measured else self.mark

    @property
    def counted(self) -> tuple[str, str]:
        got, _slash, total = self.mark.partition("/")
        return (got, total or str(self.of or "")) if self.kind == "count" and got != "na" else ("", str(self.of or ""))


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]


def parts_of(
    definition: Definition,
    *,
    marks: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
    visible: Collection[str] | None = None,
    language: str = "pl",
) -> tuple[Part, ...]:
    """The form of a scorecard, with the answers so far. `visible` are the items that skip logic leaves."""
    marks, comments, parts, number = marks or {}, comments or {}, [], 0
    for section in definition["sections"]:
        questions = []
        for item in section["items"]:
            number += 1
            questions.append(
                _question(
                    number,
                    item,
                    definition,
                    language,
                    mark=marks.get(item["key"], ""),
                    comment=comments.get(item["key"], ""),
                    hidden=visible is not None and item["key"] not in visible,
                )
            )
        parts.append(
            Part(
                section["key"],
                wording.in_language(section, "title", language) or section["key"],
                wording.in_language(section, "intro", language),
                tuple(questions),
            )
        )
    return tuple(parts)


def _question(
    number: int, item: dict[str, Any], definition: Definition, language: str, *, mark: str, comment: str, hidden: bool
) -> Question:
    return Question(
        number=number,
        key=item["key"],
        text=wording.in_language(item, "text", language) or item["key"],
        hint=wording.in_language(item, "hint", language),
        kind=item["kind"],
        answers=_answers(item, definition, language),
        unit=item.get("unit", ""),
        timer=item.get("timer", ""),
        of=item.get("of"),
        is_optional=item["kind"] in {"text", "photo"},
        is_informational=not item.get("scored", item["kind"] not in {"text", "photo"}),
        mark=mark,
        comment=comment,
        hidden=hidden,
        asks=asked_for(item, mark),
    )


def asked_for(item: dict[str, Any], mark: str) -> str:
    """What else a mark asks of the juror. „Nie dotyczy” always needs a reason."""
    wanted = []
    if mark and (mark in item.get("comment_on", []) or mark == "na"):
        wanted.append("comment")
    if mark and mark in item.get("evidence_on", []):
        wanted.append("evidence")
    return " ".join(wanted)


def _answers(item: dict[str, Any], definition: Definition, language: str) -> tuple[Answer, ...]:
    marks = [option["mark"] for option in item.get("options", [])]
    if item["kind"] == "yes_no":
        marks = ["yes", "no"]
    if "no_answer_points" in item:
        marks.append("none")
    if item.get("not_applicable"):
        marks.append("na")
    away = wording.in_language(definition, "not_applicable_label", language)
    return tuple(
        Answer(mark, _capital(wording.mark_label(item, mark, language, away)), asked_for(item, mark)) for mark in marks
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Criterion:
    """One item as the public reads it: what is asked, what each answer earns, and what is special about it."""

    key: str
    text: str
    hint: str
    answers: tuple[tuple[str, str], ...]
    possible: Fraction
    notes: tuple[str, ...]
    is_scored: bool


@dataclass(frozen=True)
class CriteriaSection:
    key: str
    title: str
    intro: str
    share: Fraction  # of the whole weight, 0 to 1
    share_in_words: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Criteria:
    title: str
    intro: str
    channel: str
    channel_name: str
    digest: str
    sections: tuple[CriteriaSection, ...]
    items: int
    scored_items: int


def criteria_of(version: InstrumentVersion, language: str = "pl") -> Criteria:
    """A version for the public criteria page."""
    definition = version.definition
    card = Scorecard.from_definition(definition)
    whole = sum((section.weight for section in card.sections), Fraction(0))
    with override(language):
        sections = tuple(
            CriteriaSection(
                key=section.key,
                title=wording.in_language(raw, "title", language) or section.key,
                intro=wording.in_language(raw, "intro", language),
                share=section.weight / whole,
                share_in_words=percent(section.weight / whole, 0 if (100 * section.weight / whole) % 1 == 0 else 1),
                criteria=tuple(
                    _criterion(entry, item.possible, definition, language)
                    for entry, item in zip(raw["items"], section.items, strict=True)
                ),
            )
            for raw, section in zip(definition["sections"], card.sections, strict=True)
        )
    scored = sum(1 for item in card.items if item.is_scored)
    return Criteria(
        title=wording.in_language(definition, "title", language) or version.instrument.title,
        intro=wording.in_language(definition, "intro", language),
        channel=version.instrument.channel,
        channel_name=version.instrument.get_channel_display(),
        digest=version.digest,
        sections=sections,
        items=len(card.items),
        scored_items=scored,
    )


def _criterion(item: dict[str, Any], possible: Fraction, definition: Definition, language: str) -> Criterion:
    is_scored = possible > 0
    return Criterion(
        key=item["key"],
        text=wording.in_language(item, "text", language) or item["key"],
        hint=wording.in_language(item, "hint", language),
        answers=tuple(_answers_with_points(item, definition, language)) if is_scored else (),
        possible=possible,
        notes=tuple(_notes(item, definition, language)),
        is_scored=is_scored,
    )


def _weighted(item: dict[str, Any], points: Any) -> Any:
    """Points times the item's weight, as a decimal where it has one."""
    exact = Fraction(str(points)) * Fraction(str(item.get("weight", 1)))
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{exact.numerator / exact.denominator:.4f}".rstrip("0")


def _answers_with_points(item: dict[str, Any], definition: Definition, language: str) -> list[tuple[str, str]]:
    def said(points: Any) -> str:
        return wording.points_in_words(_weighted(item, points), language)

    away = wording.in_language(definition, "not_applicable_label", language)
    rows = _points_by_answer(item, said, language)
    if "no_answer_points" in item:
        rows.append((_capital(wording.mark_label(item, "none", language)), said(item["no_answer_points"])))
    if item.get("not_applicable"):
        rows.append((_capital(wording.mark_label(item, "na", language, away)), _("poza punktacją")))
    return rows


def _points_by_answer(item: dict[str, Any], said: Any, language: str) -> list[tuple[str, str]]:
    kind, full = item["kind"], item.get("points", "1")
    if kind == "yes_no":
        earned = ("0", full) if item.get("reversed") else (full, "0")
        return [(_capital(_("tak")), said(earned[0])), (_capital(_("nie")), said(earned[1]))]
    if kind in {"scale", "choice"}:
        return [
            (
                wording.mark_label(item, option["mark"], language),
                said(option["points"]) if option.get("points") is not None else _("poza punktacją"),
            )
            for option in item["options"]
        ]
    if kind == "count":
        return [(_("wszystko, o co pytano"), said(full)), (_("część"), _("punkty w tej samej części"))]
    return _measured_points(item, said)


def _measured_points(item: dict[str, Any], said: Any) -> list[tuple[str, str]]:
    unit = item.get("unit", "")
    if item.get("bands"):
        return [
            (
                _("do %(limit)s %(unit)s") % {"limit": wording.shown_number(band["up_to"]), "unit": unit}
                if "up_to" in band
                else _("więcej"),
                said(band["points"]),
            )
            for band in item["bands"]
        ]
    return [(f"{wording.shown_number(knot['at'])} {unit}".strip(), said(knot["points"])) for knot in item["utility"]]


def _notes(item: dict[str, Any], definition: Definition, language: str) -> list[str]:
    notes = []
    if item.get("critical"):
        cap = definition.get("critical_cap")
        notes.append(
            _("Pozycja krytyczna: przy zerze punktów wynik audytu nie przekroczy %(cap)s.")
            % {"cap": wording.shown_number(cap)}
            if cap is not None
            else _("Pozycja krytyczna.")
        )
    if item.get("show_if"):
        other = next(
            entry for section in definition["sections"] for entry in section["items"] if entry["key"] == item["show_if"]["item"]
        )
        marks = ", ".join(wording.mark_label(other, mark, language) for mark in item["show_if"]["marks"])
        notes.append(_("Pytamy, gdy w pozycji %(key)s padło: %(marks)s.") % {"key": other["key"], "marks": marks})
    if item.get("ends_audit_on"):
        marks = ", ".join(wording.mark_label(item, mark, language) for mark in item["ends_audit_on"])
        notes.append(_("Odpowiedź kończy audyt: %(marks)s.") % {"marks": marks})
    if not item.get("scored", item["kind"] not in {"text", "photo"}):
        notes.append(_("Dla informacji, bez punktów."))
    return notes


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
                state="value" if section.score is not None else "not-applicable",
                earned=section.earned,
                possible=section.possible,
                score=section.score,
                weight=section.effective_weight,
                branches=leaves,
            )
        )
    return tuple(tree)
