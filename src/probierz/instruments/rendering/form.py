"""The form a juror fills: questions with big answers, and what each answer asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from probierz.base.wording import as_typed
from probierz.instruments import wording

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
    def is_row(self) -> bool:
        """Short answers stand side by side."""
        return bool(self.answers) and all(len(answer.label) <= 14 for answer in self.answers)

    @property
    def is_measured(self) -> bool:
        return self.kind in {"number", "duration"}

    @property
    def typed(self) -> str:
        """What stands in the text box: a measured value or free text, never a named mark."""
        named = {answer.mark for answer in self.answers}
        if self.mark in named:
            return ""
        return as_typed(self.mark) if self.is_measured else self.mark

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
        Answer(mark, wording.capital(wording.mark_label(item, mark, language, away)), asked_for(item, mark))
        for mark in marks
    )
