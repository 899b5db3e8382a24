"""A filled scorecard: which items are asked, what each mark says in words, what is still missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assay.scales import NOT_APPLICABLE, BadMark
from assay.scorecards import AuditScore, Scorecard, check_marks, score, visible_items
from probierz.audits.models import Audit, Override
from probierz.base.wording import language
from probierz.instruments.models import InstrumentVersion
from probierz.instruments.queries import mark_label

Definition = dict[str, Any]
Marks = Mapping[str, str]


@lru_cache(maxsize=64)
def _read(definition: str) -> Scorecard:
    return Scorecard.from_definition(json.loads(definition))


def card_of(version: InstrumentVersion) -> Scorecard:
    return _read(json.dumps(version.definition, sort_keys=True))


def items_of(definition: Definition) -> Iterator[tuple[Definition, Definition]]:
    """Every item with its section, in order."""
    for section in definition["sections"]:
        for item in section["items"]:
            yield section, item


def item_of(definition: Definition, key: str) -> Definition | None:
    return next((item for _section, item in items_of(definition) if item["key"] == key), None)


def in_words(entry: Definition, field: str) -> str:
    """A text of the definition in the reader's language."""
    return str(entry.get(f"{field}_{language()}") or entry.get(field, ""))


def mark_words(item: Definition, mark: str, definition: Definition | None = None) -> str:
    """What a mark says, as a button or a cell of a table says it."""
    if not mark or item["kind"] == "text":
        return mark
    if item["kind"] == "count" and "/" in mark:
        return mark.replace("/", _(" z "))
    label = in_words(definition or {}, "not_applicable_label")
    return capfirst(mark_label(item, mark, language(), label))


def visible(version: InstrumentVersion, marks: Marks) -> tuple[str, ...]:
    return visible_items(card_of(version), marks)


def mark_problem(version: InstrumentVersion, item_key: str, mark: str) -> str:
    """Why one mark cannot be taken, in words; empty when it can. An empty mark takes the answer back."""
    item = card_of(version).items_by_key.get(item_key)
    if item is None:
        return _("Tej pozycji nie ma w arkuszu.")
    if mark == NOT_APPLICABLE and item.kind != "text":
        return "" if item.admits_not_applicable else _("Ta pozycja nie dopuszcza odpowiedzi „nie dotyczy”.")
    try:
        if mark:
            item.scale.points(mark)
    except BadMark:
        return _("Tej odpowiedzi nie da się odczytać. Proszę sprawdzić liczbę.")
    return ""


@dataclass(frozen=True)
class Gap:
    """Something a juror still has to give before the audit can be sent."""

    item_key: str
    section_key: str
    text: str
    what: str
    words: str


def wants_comment(item: Definition, mark: str) -> bool:
    return mark in item.get("comment_on", []) or (mark == NOT_APPLICABLE and item["kind"] != "text")


def wants_photo(item: Definition, mark: str) -> bool:
    return mark in item.get("evidence_on", [])


def gaps(audit: Audit) -> list[Gap]:
    """What keeps the audit from being sent, in the order of the form."""
    found = []
    if audit.contact_at is None:
        found.append(Gap("", "", _("Kiedy odbył się kontakt"), "contact", _("brak daty i godziny")))
    shown = frozenset(visible(audit.version, audit.marks))
    problems = {problem.item: problem.code for problem in check_marks(card_of(audit.version), audit.marks)}
    for section, item in items_of(audit.version.definition):
        if item["key"] in shown:
            found += _item_gaps(audit, section, item, problems.get(item["key"], ""))
    return found


def _item_gaps(audit: Audit, section: Definition, item: Definition, code: str) -> Iterator[Gap]:
    key, mark = item["key"], audit.marks.get(item["key"], "")
    if code == "missing":
        yield Gap(key, section["key"], in_words(item, "text"), "mark", _("brak odpowiedzi"))
    elif code:
        yield Gap(key, section["key"], in_words(item, "text"), "mark", _("odpowiedź do poprawy"))
    elif wants_comment(item, mark) and not audit.comments.get(key, "").strip():
        words = _("brak powodu, dla którego pozycja nie dotyczy") if mark == NOT_APPLICABLE else _("brak uwagi")
        yield Gap(key, section["key"], in_words(item, "text"), "comment", words)


@dataclass(frozen=True)
class Progress:
    answered: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.total if self.total else 0

    @property
    def is_complete(self) -> bool:
        return self.answered >= self.total


def progress(version: InstrumentVersion, marks: Marks, section_key: str = "") -> Progress:
    """How many of the asked items that need an answer have one."""
    shown = frozenset(visible(version, marks))
    needed = [
        item["key"]
        for section, item in items_of(version.definition)
        if item["key"] in shown and item["kind"] not in {"text", "photo"} and section_key in ("", section["key"])
    ]
    return Progress(sum(1 for key in needed if marks.get(key)), len(needed))


def without_hidden(audit: Audit) -> tuple[dict[str, str], dict[str, str]]:
    """The marks and comments of the items that were asked; the rest was given before an answer hid it."""
    shown = frozenset(visible(audit.version, audit.marks))
    marks = {key: mark for key, mark in audit.marks.items() if key in shown and mark}
    comments = {key: text for key, text in audit.comments.items() if key in shown and text}
    return marks, comments


def folded_marks(marks: Marks, overrides: list[Override]) -> dict[str, str]:
    """The marks as the office left them: the last override of an item stands."""
    folded = dict(marks)
    for override in overrides:
        folded[override.item_key] = override.now_is
    return folded


def score_of(audit: Audit) -> AuditScore:
    """The score so far, from the marks as they stand. Only the office sees it."""
    marks = folded_marks(without_hidden(audit)[0], list(audit.overrides.all()))
    return score(card_of(audit.version), marks, partial=True)
