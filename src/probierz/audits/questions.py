"""The scorecard as a form: what each question shows to the juror on the phone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assay.scales import NO_ANSWER, NOT_APPLICABLE
from probierz.audits import scorecard
from probierz.audits.models import Audit, Evidence
from probierz.base.wording import as_typed

MOST_BUTTONS = 10


@dataclass(frozen=True)
class Choice:
    mark: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One item. `look` is how it is answered: choices (row or column), measure, count, text or photo."""

    key: str
    number: int
    text: str
    hint: str
    look: str
    mark: str
    comment: str
    revision: int
    is_visible: bool
    choices: list[Choice]
    special: list[Choice]
    unit: str = ""
    timer: str = ""
    asks_comment: bool = False
    asks_photo: bool = False
    photos: list[Evidence] = field(default_factory=list)
    rules: str = "{}"
    is_row: bool = False
    takes_photos: bool = False
    counted: tuple[str, str] = ("", "")

    @property
    def special_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.special)

    @property
    def shown_mark(self) -> str:
        return as_typed(self.mark)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    intro: str
    questions: list[Question]
    progress: scorecard.Progress

    @property
    def is_visible(self) -> bool:
        return any(question.is_visible for question in self.questions)


def sections_of(audit: Audit) -> list[Section]:
    """The whole form, every question in it, the hidden ones too: without a network the phone shows them itself."""
    shown = frozenset(scorecard.visible(audit.version, audit.marks))
    photos: dict[str, list[Evidence]] = {}
    for photo in audit.evidence.all():
        photos.setdefault(photo.item_key, []).append(photo)
    definition, number, found = audit.version.definition, 0, []
    for section in definition["sections"]:
        questions = []
        for item in section["items"]:
            number += 1
            questions.append(_question(audit, item, number, item["key"] in shown, photos.get(item["key"], [])))
        progress = scorecard.progress(audit.version, audit.marks, section["key"])
        found.append(
            Section(
                section["key"],
                scorecard.in_words(section, "title"),
                scorecard.in_words(section, "intro"),
                questions,
                progress,
            )
        )
    return found


def _question(audit: Audit, item: dict[str, Any], number: int, is_visible: bool, photos: list[Evidence]) -> Question:
    mark = str(audit.marks.get(item["key"], ""))
    choices = _choices(item, mark)
    got, _slash, of = mark.partition("/")
    return Question(
        key=item["key"],
        number=number,
        text=scorecard.in_words(item, "text"),
        hint=scorecard.in_words(item, "hint"),
        look=_look(item, choices),
        mark=mark,
        comment=audit.comments.get(item["key"], ""),
        revision=audit.item_revisions.get(item["key"], 0),
        is_visible=is_visible,
        choices=choices,
        special=_special(item, mark, audit.version.definition),
        unit=item.get("unit", ""),
        timer=item.get("timer", ""),
        asks_comment=scorecard.wants_comment(item, mark),
        asks_photo=scorecard.wants_photo(item, mark),
        photos=photos,
        rules=json.dumps(_rules(item)),
        is_row=item["kind"] in {"yes_no", "count"},
        takes_photos=item["kind"] == "photo" or bool(item.get("evidence_on")),
        counted=(got, of) if of else ("", str(item.get("of", ""))),
    )


def _look(item: dict[str, Any], choices: list[Choice]) -> str:
    if choices:
        return "choices"
    return {"number": "measure", "duration": "measure", "count": "count", "photo": "photo"}.get(item["kind"], "text")


def _choices(item: dict[str, Any], mark: str) -> list[Choice]:
    """Thumb-size answers where there is a short list of them."""
    kind, marks = item["kind"], []
    if kind == "yes_no":
        marks = ["yes", "no"]
    elif kind in {"scale", "choice"}:
        marks = [option["mark"] for option in item["options"]]
    elif kind == "count" and 0 < item.get("of", 0) < MOST_BUTTONS:
        marks = [f"{count}/{item['of']}" for count in range(item["of"] + 1)]
    return [Choice(one, scorecard.mark_words(item, one), one == mark) for one in marks]


def _special(item: dict[str, Any], mark: str, definition: dict[str, Any]) -> list[Choice]:
    found = []
    if "no_answer_points" in item:
        found.append(Choice(NO_ANSWER, _("Brak odpowiedzi"), mark == NO_ANSWER))
    if item.get("not_applicable") and item["kind"] != "text":
        label = scorecard.mark_words(item, NOT_APPLICABLE, definition)
        found.append(Choice(NOT_APPLICABLE, label, mark == NOT_APPLICABLE))
    return found


def _rules(item: dict[str, Any]) -> dict[str, Any]:
    """What the phone must know to hide, ask and end by itself."""
    rules: dict[str, Any] = {"comment_on": [*item.get("comment_on", []), NOT_APPLICABLE]}
    rules["evidence_on"] = item.get("evidence_on", [])
    if "show_if" in item:
        rules["show_if"] = item["show_if"]
    if "ends_audit_on" in item:
        rules["ends_audit_on"] = item["ends_audit_on"]
    rules["is_counted"] = item["kind"] not in {"text", "photo"}
    rules["seconds"] = {"min": 60, "h": 3600}.get(item.get("unit", ""), 1)
    return rules
