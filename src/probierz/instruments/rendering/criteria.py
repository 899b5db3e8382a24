"""The criteria page: what is asked, how much it weighs, what each answer earns."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from assay.scorecards import Scorecard
from probierz.base.wording import percent
from probierz.instruments import wording
from probierz.instruments.models import InstrumentVersion

Definition = dict[str, Any]


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


def _answers_with_points(item: dict[str, Any], definition: Definition, language: str) -> list[tuple[str, str]]:
    def said(points: Any) -> str:
        return wording.points_in_words(wording.weighted(item, points), language)

    away = wording.in_language(definition, "not_applicable_label", language)
    rows = _points_by_answer(item, said, language)
    if "no_answer_points" in item:
        rows.append((wording.capital(wording.mark_label(item, "none", language)), said(item["no_answer_points"])))
    if item.get("not_applicable"):
        rows.append((wording.capital(wording.mark_label(item, "na", language, away)), _("poza punktacją")))
    return rows


def _points_by_answer(item: dict[str, Any], said: Any, language: str) -> list[tuple[str, str]]:
    kind, full = item["kind"], item.get("points", "1")
    if kind == "yes_no":
        earned = ("0", full) if item.get("reversed") else (full, "0")
        return [(wording.capital(_("tak")), said(earned[0])), (wording.capital(_("nie")), said(earned[1]))]
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
    unit = wording.unit_of(item)
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
            entry
            for section in definition["sections"]
            for entry in section["items"]
            if entry["key"] == item["show_if"]["item"]
        )
        marks = ", ".join(wording.mark_label(other, mark, language) for mark in item["show_if"]["marks"])
        notes.append(_("Pytamy, gdy w pozycji %(key)s padło: %(marks)s.") % {"key": other["key"], "marks": marks})
    if item.get("ends_audit_on"):
        marks = ", ".join(wording.mark_label(item, mark, language) for mark in item["ends_audit_on"])
        notes.append(_("Odpowiedź kończy audyt: %(marks)s.") % {"marks": marks})
    if not item.get("scored", item["kind"] not in {"text", "photo"}):
        notes.append(_("Dla informacji, bez punktów."))
    return notes
