"""A scorecard's definition taken apart and put together: pure functions from one definition to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from assay.scorecards import DefinitionError, Scorecard

Definition = dict[str, Any]
_PLACE = re.compile(r"sections\[(\d+)\](?:\.items\[(\d+)\])?(?:\.(.+))?$")


@dataclass(frozen=True)
class Problem:
    """What keeps a definition from being published, and where: a section and an item by key, a field by its path."""

    section: str
    item: str
    field: str
    reason: str


def card_of(definition: Definition) -> Scorecard:
    return Scorecard.from_definition(definition)


def problem_of(definition: Definition) -> Problem | None:
    """The first thing the engine refuses, or None."""
    try:
        Scorecard.from_definition(definition)
    except DefinitionError as refusal:
        return _placed(definition, refusal.field, refusal.reason)
    return None


def _placed(definition: Definition, path: str, reason: str) -> Problem:
    place = _PLACE.match(path)
    if place is None:
        return Problem("", "", path, reason)
    section = definition["sections"][int(place[1])]
    if place[2] is None:
        return Problem(str(section.get("key", "")), "", place[3] or "", reason)
    item = section["items"][int(place[2])]
    return Problem(str(section.get("key", "")), str(item.get("key", "")), place[3] or "", reason)


def items_of(definition: Definition) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each item with its section, in order."""
    for section in definition.get("sections", []):
        for item in section.get("items", []):
            yield section, item


def section_of(definition: Definition, key: str) -> dict[str, Any] | None:
    return next((section for section in definition.get("sections", []) if section["key"] == key), None)


def item_of(definition: Definition, key: str) -> dict[str, Any] | None:
    return next((item for _, item in items_of(definition) if item["key"] == key), None)


def items_before(definition: Definition, key: str | None) -> list[dict[str, Any]]:
    """The items asked before the named one (all of them when it is new)."""
    earlier = []
    for _, item in items_of(definition):
        if item["key"] == key:
            break
        earlier.append(item)
    return earlier


def with_head(definition: Definition, head: dict[str, Any]) -> Definition:
    changed = deepcopy(definition)
    for name, value in head.items():
        if value in (None, ""):
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed


def with_section(definition: Definition, key: str, values: dict[str, Any]) -> Definition:
    """The section changed, or added at the end when there is none of that key."""
    changed = deepcopy(definition)
    section = section_of(changed, key)
    if section is None:
        section = {"key": key, "items": []}
        changed.setdefault("sections", []).append(section)
    items = section.pop("items")
    section.clear()
    section.update({"key": key, **{name: value for name, value in values.items() if value != ""}, "items": items})
    return changed


def with_item(definition: Definition, section_key: str, old_key: str, item: dict[str, Any]) -> Definition:
    """The item in place of the old one (its key may change, and what refers to it follows), or added at the end."""
    changed = deepcopy(definition)
    for section in changed["sections"]:
        for index, existing in enumerate(section["items"]):
            if old_key and existing["key"] == old_key:
                section["items"][index] = item
                _rename(changed, old_key, item["key"])
                return changed
    for section in changed["sections"]:
        if section["key"] == section_key:
            section["items"].append(item)
    return changed


def _rename(definition: Definition, old: str, new: str) -> None:
    for _, item in items_of(definition):
        if item.get("show_if", {}).get("item") == old:
            item["show_if"]["item"] = new


def without_item(definition: Definition, key: str) -> Definition:
    changed = deepcopy(definition)
    for section in changed["sections"]:
        section["items"] = [item for item in section["items"] if item["key"] != key]
    return changed


def without_section(definition: Definition, key: str) -> Definition:
    changed = deepcopy(definition)
    changed["sections"] = [section for section in changed["sections"] if section["key"] != key]
    return changed


def moved_section(definition: Definition, key: str, by: int) -> Definition:
    changed = deepcopy(definition)
    _move([section["key"] for section in changed["sections"]], changed["sections"], key, by)
    return changed


def moved_item(definition: Definition, key: str, by: int) -> Definition:
    """An item one place up or down; at the edge of its section it passes into the neighbouring one."""
    changed = deepcopy(definition)
    sections = changed["sections"]
    for number, section in enumerate(sections):
        keys = [item["key"] for item in section["items"]]
        if key not in keys:
            continue
        target = number + by
        if not 0 <= keys.index(key) + by < len(keys) and 0 <= target < len(sections):
            item = section["items"].pop(keys.index(key))
            neighbour = sections[target]["items"]
            neighbour.insert(0 if by > 0 else len(neighbour), item)
        else:
            _move(keys, section["items"], key, by)
        break
    return changed


def _move(keys: list[str], rows: list[dict[str, Any]], key: str, by: int) -> None:
    place = keys.index(key) if key in keys else -1
    target = place + by
    if place >= 0 and 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]


def free_item_key(definition: Definition, section_key: str) -> str:
    """The next free key in a section, after the pattern of its neighbours (W1-3 follows W1-2)."""
    taken = {item["key"] for _, item in items_of(definition)}
    section = section_of(definition, section_key) or {}
    last = next((item["key"] for item in reversed(section.get("items", []))), "")
    numbered = re.fullmatch(r"(.*?)(\d+)", last)
    stem, number = (numbered[1], int(numbered[2])) if numbered else (f"{section_key}-", 0)
    while f"{stem}{number + 1}" in taken:
        number += 1
    return f"{stem}{number + 1}"[-60:]
