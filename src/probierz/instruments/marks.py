"""Marks as a browser sends them, turned into marks as the engine reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from probierz.instruments.definitions import items_of

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,4})?")


def read_marks(definition: dict[str, Any], posted: Mapping[str, Any]) -> dict[str, str]:
    """`special:<item>` (not applicable, no answer), `mark:<item>` and `got:<item>`/`of:<item>` into one mark an item.

    What cannot be a mark is kept as it was typed, so that the check can name it and nobody's text is lost.
    """
    marks = {}
    for _, item in items_of(definition):
        mark = _mark_of(item, posted)
        if mark:
            marks[item["key"]] = mark
    return marks


def read_comments(definition: dict[str, Any], posted: Mapping[str, Any]) -> dict[str, str]:
    comments = {}
    for _, item in items_of(definition):
        comment = str(posted.get(f"comment:{item['key']}", "")).strip()
        if comment:
            comments[item["key"]] = comment
    return comments


def _mark_of(item: dict[str, Any], posted: Mapping[str, Any]) -> str:
    key = item["key"]
    mark = str(posted.get(f"special:{key}", "")).strip() or str(posted.get(f"mark:{key}", "")).strip()
    if item["kind"] in {"number", "duration"}:
        return decimal_mark(mark)
    if item["kind"] == "count" and not mark:
        return _count(item, posted)
    return mark


def decimal_mark(typed: str) -> str:
    """„7,50” is 7.5; anything that is not a plain number stays as it is."""
    if not _NUMBER.fullmatch(typed):
        return typed
    whole, _, part = typed.replace(",", ".").partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _count(item: dict[str, Any], posted: Mapping[str, Any]) -> str:
    got = str(posted.get(f"got:{item['key']}", "")).strip()
    total = str(item.get("of") or posted.get(f"of:{item['key']}", "")).strip()
    return f"{got}/{total}" if got and total else ""
