"""What changed between two versions of a scorecard, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from probierz.instruments import wording
from probierz.instruments.definitions import items_of

Definition = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    kind: str  # added, removed, changed, moved
    where: str
    what: str
    before: str = ""
    after: str = ""


def between(old: Definition, new: Definition) -> list[Difference]:
    """The differences, in the order of the newer version; removed things stand at the end."""
    return [*_head(old, new), *_sections(old, new), *_items(old, new)]


def _head(old: Definition, new: Definition) -> list[Difference]:
    names = {
        "title": _("nazwa"),
        "intro": _("wprowadzenie"),
        "not_applicable_label": _("napis „nie dotyczy”"),
        "critical_cap": _("limit po niespełnionej pozycji krytycznej"),
        "title_en": _("nazwa po angielsku"),
        "intro_en": _("wprowadzenie po angielsku"),
    }
    return _changes(_("Arkusz"), names, old, new)


def _sections(old: Definition, new: Definition) -> list[Difference]:
    before = {section["key"]: section for section in old.get("sections", [])}
    after = {section["key"]: section for section in new.get("sections", [])}
    names = {
        "title": _("nazwa"),
        "weight": _("waga"),
        "intro": _("wprowadzenie"),
        "title_en": _("nazwa po angielsku"),
        "intro_en": _("wprowadzenie po angielsku"),
    }
    found = []
    for key, section in after.items():
        where = _("Sekcja „%(title)s”") % {"title": section.get("title", key)}
        if key not in before:
            found.append(Difference("added", where, _("nowa sekcja")))
        else:
            found += _changes(where, names, before[key], section)
    found += [
        Difference("removed", _("Sekcja „%(title)s”") % {"title": section.get("title", key)}, _("usunięta"))
        for key, section in before.items()
        if key not in after
    ]
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        found.append(Difference("moved", _("Sekcje"), _("zmieniona kolejność")))
    return found


def _items(old: Definition, new: Definition) -> list[Difference]:
    before = {item["key"]: (section["key"], item) for section, item in items_of(old)}
    after = {item["key"]: (section["key"], item) for section, item in items_of(new)}
    found = []
    for key, (section_key, item) in after.items():
        where = _("Pozycja %(key)s") % {"key": key}
        if key not in before:
            found.append(Difference("added", where, _("nowa pozycja"), after=item.get("text", "")))
            continue
        old_section, old_item = before[key]
        found += _changes(where, _item_names(), _settled(old_item), _settled(item))
        if old_section != section_key:
            found.append(Difference("moved", where, _("przeniesiona do innej sekcji")))
    found += [
        Difference("removed", _("Pozycja %(key)s") % {"key": key}, _("usunięta"), before=item.get("text", ""))
        for key, (section_key, item) in before.items()
        if key not in after
    ]
    if [key for key in before if key in after] != [key for key in after if key in before]:
        found.append(Difference("moved", _("Pozycje"), _("zmieniona kolejność")))
    return found


def _item_names() -> dict[str, str]:
    return {
        "text": _("treść"),
        "hint": _("wskazówka"),
        "kind": _("rodzaj odpowiedzi"),
        "weight": _("waga"),
        "points": _("punkty"),
        "scored": _("punktowana"),
        "critical": _("krytyczna"),
        "not_applicable": _("dopuszcza „nie dotyczy”"),
        "reversed": _("punktacja odwrócona"),
        "options": _("odpowiedzi"),
        "bands": _("progi"),
        "utility": _("punkty liniowe"),
        "unit": _("jednostka"),
        "no_answer_points": _("punkty przy braku odpowiedzi"),
        "of": _("z ilu"),
        "evidence_on": _("zdjęcie przy odpowiedzi"),
        "comment_on": _("komentarz przy odpowiedzi"),
        "timer": _("stoper"),
        "show_if": _("warunek pytania"),
        "ends_audit_on": _("odpowiedź kończąca audyt"),
        "text_en": _("treść po angielsku"),
        "hint_en": _("wskazówka po angielsku"),
    }


def _settled(item: dict[str, Any]) -> dict[str, Any]:
    """An item with its defaults written out, so that a default made explicit is no change."""
    free = item.get("kind") in {"text", "photo"}
    defaults: dict[str, Any] = {
        "weight": 1,
        "scored": not free,
        "critical": False,
        "not_applicable": False,
        "reversed": False,
    }
    if item.get("kind") in {"yes_no", "count"}:
        defaults["points"] = "1"
    return {**defaults, **item}


def _changes(where: str, names: dict[str, str], old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    return [
        Difference("changed", where, name, _said(old.get(field)), _said(new.get(field)))
        for field, name in names.items()
        if not _same(old.get(field), new.get(field))
    ]


def _same(first: Any, second: Any) -> bool:
    empty: tuple[Any, ...] = (None, "", [], {})
    return (first in empty and second in empty) or _plain(first) == _plain(second)


def _plain(value: Any) -> Any:
    # A weight of 10 and of "10" are one weight.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _said(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if isinstance(value, dict):
        return ": ".join(_said(part) for part in value.values())
    if isinstance(value, list):
        return "; ".join(_said(_row(entry)) for entry in value)
    if value in wording.ITEM_KINDS:
        return str(wording.ITEM_KINDS[value])
    return wording.shown_number(value) if _is_number(value) else str(value)


def _row(entry: Any) -> Any:
    """One option, band or knot in a few words."""
    if not isinstance(entry, dict):
        return entry
    name = entry.get("label") or entry.get("up_to") or entry.get("at") or entry.get("mark") or _("reszta")
    points = entry.get("points")
    return str(name) if points is None else f"{wording.shown_number(name)} = {wording.shown_number(points)}"


def _is_number(value: Any) -> bool:
    return str(value).replace(".", "", 1).isdigit()
