"""What a mystery client would mark, given how good the institution is and how strict the juror."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

NO_MARK = {"text", "photo"}


def fill(
    definition: Mapping[str, Any], quality: float, chance: random.Random, remark: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Marks and comments for every item that skip logic leaves visible. `quality` is the chance of a good answer."""
    marks: dict[str, str] = {}
    comments: dict[str, str] = {}
    hidden_by_end = False
    remark_given = False
    for item in (item for section in definition["sections"] for item in section["items"]):
        if hidden_by_end or not _is_shown(item, marks):
            continue
        if item["kind"] in NO_MARK:
            if item["kind"] == "text" and not remark_given and remark:
                marks[item["key"]], remark_given = remark, True
            continue
        mark = _mark(item, quality, chance)
        marks[item["key"]] = mark
        if mark in item.get("comment_on", []):
            comments[item["key"]] = chance.choice(REASONS)
        if mark == "na":
            comments[item["key"]] = "Nie wystąpiło podczas tego kontaktu."
        hidden_by_end = mark in item.get("ends_audit_on", [])
    return marks, comments


REASONS = [
    "Nie było widać, a zapytany pracownik nie umiał wskazać.",
    "Informacja była niepełna.",
    "Trzeba było dopytać.",
    "Stan na miejscu nie zgadzał się z tym, co jest na stronie.",
]


def _is_shown(item: Mapping[str, Any], marks: Mapping[str, str]) -> bool:
    condition = item.get("show_if")
    return condition is None or marks.get(condition["item"]) in condition["marks"]


def _mark(item: Mapping[str, Any], quality: float, chance: random.Random) -> str:
    if item.get("not_applicable") and chance.random() < 0.07:
        return "na"
    is_good = chance.random() < quality + (0.25 if item.get("critical") else 0)
    return MAKERS[item["kind"]](item, is_good, chance)


def _yes_no(item: Mapping[str, Any], is_good: bool, chance: random.Random) -> str:
    return "yes" if is_good != bool(item.get("reversed")) else "no"


def _option(item: Mapping[str, Any], is_good: bool, chance: random.Random) -> str:
    scored = [option for option in item["options"] if "points" in option and option["mark"] != "none"]
    scored = [option for option in scored if option["mark"] not in item.get("ends_audit_on", [])]
    ranked = sorted(scored or item["options"], key=lambda option: float(option.get("points", 0)), reverse=True)
    half = max(1, len(ranked) // 2)
    return str(chance.choice(ranked[:half] if is_good else ranked[half:] or ranked)["mark"])


def _number(item: Mapping[str, Any], is_good: bool, chance: random.Random) -> str:
    limits = [float(band["up_to"]) for band in item.get("bands", []) if "up_to" in band]
    limits = limits or [float(knot["at"]) for knot in item.get("utility", [])] or [10.0]
    low, high = (0.4 * limits[0], limits[0]) if is_good else (limits[0], limits[-1] * 1.15)
    value = chance.uniform(low, high)
    return str(max(1, round(value)))


def _count(item: Mapping[str, Any], is_good: bool, chance: random.Random) -> str:
    of = int(item.get("of", 3))
    return f"{of if is_good else max(0, of - chance.randint(1, 2))}/{of}"


MAKERS = {
    "yes_no": _yes_no,
    "scale": _option,
    "choice": _option,
    "number": _number,
    "duration": _number,
    "count": _count,
}
