"""The difference of two protocols: whose points, place or decision changed, and which audits are why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assay.canonical import CanonicalError, canonical
from assay.fields import Fields
from assay.protocol.build import FORMAT, ProtocolError

_RESULTS: Final = ("published", "decision", "classified")


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What changed from one protocol to another, JSON-able.

    `rules`: changed values by path; `scorecards`: names added, removed, changed; `institutions`: each with its
    results before and after and `why`: its audits added or removed, marks changed, or the scorecard of one
    changed; an empty `why` means that only the rules or other institutions moved it. Raises ProtocolError.
    """
    old, new = _Side(before, "before"), _Side(after, "after")
    keys = sorted(old.institutions.keys() | new.institutions.keys())
    changed = _changed_scorecards(old, new)
    entries = [entry for key in keys if (entry := _institution(key, old, new, changed["changed"]))]
    return {
        "same": not entries and old.rules == new.rules and not any(changed.values()),
        "rules": [
            {"field": path, "before": one, "after": other} for path, one, other in _leaves(old.rules, new.rules, "")
        ],
        "scorecards": changed,
        "institutions": entries,
    }


class _Side:
    """One protocol, indexed."""

    def __init__(self, protocol: Mapping[str, Any], name: str) -> None:
        fields = Fields(protocol, name, ProtocolError)
        if fields.text("format") != FORMAT:
            raise fields.refuse("format", f"must be {FORMAT}")
        try:
            canonical(protocol)
        except CanonicalError as problem:
            raise fields.refuse(problem.field, problem.reason) from None
        self.rules = fields.object("rulebook").values
        self.scorecards = fields.object("scorecards").values
        outcome = fields.object("outcome")
        self.institutions = {entry.key("key"): _results(entry) for entry in outcome.objects("institutions")}
        self.audits: dict[str, dict[str, Mapping[str, Any]]] = {}
        for entry in fields.objects("audits"):
            marks = entry.object("marks").values
            kept = {"instrument": entry.text("instrument"), "marks": marks}
            self.audits.setdefault(entry.key("institution"), {})[entry.key("key")] = kept


def _results(entry: Fields) -> dict[str, Any]:
    places: dict[str, Any] = {}
    if entry.has("places"):
        scopes = entry.object("places")
        places = {name: scopes.object(name).values.get("place") for name in scopes.values if scopes.has(name)}
    return {name: entry.values.get(name) for name in _RESULTS} | {"places": places}


def _changed_scorecards(old: _Side, new: _Side) -> dict[str, list[str]]:
    both = old.scorecards.keys() & new.scorecards.keys()
    return {
        "added": sorted(new.scorecards.keys() - old.scorecards.keys()),
        "removed": sorted(old.scorecards.keys() - new.scorecards.keys()),
        "changed": sorted(name for name in both if old.scorecards[name] != new.scorecards[name]),
    }


def _institution(key: str, old: _Side, new: _Side, changed: list[str]) -> dict[str, Any] | None:
    one, other = old.institutions.get(key, {}), new.institutions.get(key, {})
    results: dict[str, Any] = {
        name: [one.get(name), other.get(name)] for name in _RESULTS if one.get(name) != other.get(name)
    }
    results |= _places(one.get("places", {}), other.get("places", {}))
    why = list(_audits(old.audits.get(key, {}), new.audits.get(key, {}), changed))
    return {"key": key, "changes": results, "why": why} if results or why else None


def _places(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, list[Any]]:
    scopes = sorted(one.keys() | other.keys())
    return {
        f"place_{scope}": [one.get(scope), other.get(scope)] for scope in scopes if one.get(scope) != other.get(scope)
    }


def _audits(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], changed: list[str]
) -> Iterator[dict[str, Any]]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield {"audit": key, "change": "removed"}
        elif key not in old:
            yield {"audit": key, "change": "added"}
        else:
            one, other = old[key], new[key]
            marks = _changed_marks(one["marks"], other["marks"])
            if marks:
                yield {"audit": key, "change": "marks", "items": marks}
            if one["instrument"] != other["instrument"] or other["instrument"] in changed:
                yield {"audit": key, "change": "scorecard"}


def _changed_marks(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, list[Any]]:
    items = sorted(one.keys() | other.keys())
    return {item: [one.get(item), other.get(item)] for item in items if one.get(item) != other.get(item)}


def _leaves(one: object, other: object, path: str) -> Iterator[tuple[str, object, object]]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted(one.keys() | other.keys()):
            yield from _leaves(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
    elif one != other:
        yield path, one, other
