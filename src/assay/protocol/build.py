"""Writing the protocol, and the pseudonyms in it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from assay import VERSION
from assay.canonical import digest
from assay.exact import FieldError
from assay.scorecards import Scorecard
from assay.scorecards.definition import FREE_KINDS

if TYPE_CHECKING:
    from assay.rulebook import Outcome, Rulebook

FORMAT: Final = "assay-protocol/1"
_LETTERS: Final = {"institution": "I", "juror": "J", "audit": "A"}


class ProtocolError(FieldError):
    """A protocol that cannot be read; `field` is the path in it."""


def pseudonym(kind: str, key: str, salt: bytes) -> str:
    """A name for an institution, a juror or an audit ("I-", "J-", "A-" and 16 hex digits).

    HMAC-SHA256 under the salt: whoever holds the salt can recompute it, nobody else can go back. Raises KeyError
    for another kind.
    """
    code = hmac.new(salt, f"{kind}|{key}".encode(), "sha256").hexdigest()
    return f"{_LETTERS[kind]}-{code[:16]}"


def pseudonymise(audits: Iterable[Mapping[str, Any]], *, salt: bytes) -> list[dict[str, Any]]:
    """Audits with pseudonyms for key, institution and juror, and without the reasons of overrides."""
    found = []
    for audit in audits:
        fresh = dict(audit)
        fresh["key"] = pseudonym("audit", audit["key"], salt)
        fresh["institution"] = pseudonym("institution", audit["institution"], salt)
        fresh["juror"] = pseudonym("juror", audit["juror"], salt)
        if audit.get("overrides"):
            fresh["overrides"] = {
                item: {"from": change["from"], "to": change["to"], "reason": ""}
                for item, change in audit["overrides"].items()
            }
        found.append(fresh)
    return found


def build(
    rulebook: Rulebook,
    scorecards: Mapping[str, Scorecard],
    audits: Iterable[Mapping[str, Any]],
    outcome: Outcome,
    *,
    engine_version: str = VERSION,
) -> dict[str, Any]:
    """The protocol of an outcome, JSON-able; write it with `canonical`, seal it with `digest`.

    `audits` are the pseudonymised ones the outcome was computed from. Marks of text and photo items are left out.
    Raises ProtocolError when an audit of the input is not in the outcome.
    """
    entries = [_entry(audit, scorecards, outcome, index) for index, audit in enumerate(audits)]
    entries.sort(key=lambda entry: str(entry["key"]))
    cards = {name: scorecards[name].to_digestable() for name in sorted({entry["instrument"] for entry in entries})}
    institutions = [
        {"key": found.key, "category": found.category, "without": list(outcome.without.get(found.key, ()))}
        | ({"extra": outcome.extra[found.key]} if found.key in outcome.extra else {})
        for found in outcome.institutions.values()
    ]
    rules, results = rulebook.to_dict(), outcome.as_dict()
    return {
        "format": FORMAT,
        "engine": engine_version,
        "rulebook": rules,
        "scorecards": cards,
        "institutions": institutions,
        "audits": entries,
        "outcome": results,
        "digests": digests(rules, cards, institutions, entries, results),
    }


def digests(rules: object, cards: object, institutions: object, audits: object, outcome: object) -> dict[str, str]:
    """SHA-256 of the canonical form of each part."""
    return {
        "rulebook": digest(rules),
        "scorecards": digest(cards),
        "inputs": digest({"institutions": institutions, "audits": audits}),
        "outcome": digest(outcome),
    }


def _entry(
    audit: Mapping[str, Any], scorecards: Mapping[str, Scorecard], outcome: Outcome, index: int
) -> dict[str, Any]:
    known = outcome.audits.get(audit["key"])
    if known is None or known.institution != audit["institution"]:
        raise ProtocolError(f"audits[{index}]", "is not in the outcome")
    free = {item.key for item in scorecards[audit["instrument"]].items if item.kind in FREE_KINDS}
    fresh: dict[str, Any] = {name: audit[name] for name in ("key", "institution", "juror", "channel", "instrument")}
    fresh["marks"] = {item: mark for item, mark in sorted(audit["marks"].items()) if item not in free}
    if audit.get("overrides"):
        fresh["overrides"] = {
            item: {"from": change["from"], "to": change["to"]}
            for item, change in sorted(audit["overrides"].items())
            if item not in free
        }
    return fresh
