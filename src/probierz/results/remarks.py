"""What jurors wrote, as an institution may read it: without a name, a day, an hour or an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from probierz.base.polish import MONTHS

HIDDEN = "[…]"
_DAYS = "poniedziałek|poniedziałku|wtorek|wtorku|środę|środa|środy|czwartek|czwartku|piątek|piątku|sobotę|niedzielę"
_PATTERNS = [
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<!\d)(?:\+48[ -]?)?\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)"),
    re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    re.compile(rf"\b\d{{1,2}}\.? (?:{'|'.join(MONTHS)})(?: \d{{4}}(?: r\.)?)?", re.IGNORECASE),
    re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b"),
    re.compile(r"\b(?:godz\.|godzinie|godziny|godzinę)\s*\d{1,2}(?:[:.]\d{2})?", re.IGNORECASE),
    re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b"),
    re.compile(rf"\b(?:{_DAYS})\b", re.IGNORECASE),
]


def anonymised(text: str, names: Iterable[str] = ()) -> str:
    for name in names:
        for part in name.split():
            if len(part) > 2:
                text = re.sub(rf"\b{re.escape(part)}\b", HIDDEN, text, flags=re.IGNORECASE)
    for pattern in _PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return " ".join(text.split())


def remarks_in(
    definition: Mapping[str, Any], marks: Mapping[str, str], comments: Mapping[str, str], names: Iterable[str]
) -> list[dict[str, str]]:
    """Texts of one audit by item, comments first as they stand at the item."""
    hidden = tuple(names)
    found = []
    for section in definition["sections"]:
        for item in section["items"]:
            # Why an item did not apply is a note for the office, not advice for the institution.
            written = [comments.get(item["key"], "")] if marks.get(item["key"]) != "na" else []
            if item["kind"] == "text":
                written.append(marks.get(item["key"], ""))
            found += [
                {"channel": definition["channel"], "item": item["key"], "text": anonymised(words, hidden)}
                for words in written
                if words.strip()
            ]
    return found


def shuffled(remarks: list[dict[str, str]]) -> list[dict[str, str]]:
    """An order that says nothing of who wrote first: by channel, item and the words themselves."""
    return sorted(remarks, key=lambda remark: (remark["channel"], remark["item"], remark["text"]))
