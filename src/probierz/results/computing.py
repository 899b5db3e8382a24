"""Load, compute, store: between the rows of the platform and the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay import protocol as protocols
from assay.exact import text
from assay.feedback import Benchmark, benchmarks
from assay.rulebook import Estimates, JurorEffect, Known, Official, Outcome, Rulebook
from assay.scorecards import Scorecard

PLACES = 12


@dataclass(frozen=True)
class Inputs:
    """What one calculation takes. Keys are the platform's own; the protocol never shows them."""

    rulebook: Rulebook
    scorecards: Mapping[str, Scorecard]
    audits: list[dict[str, Any]]
    categories: Mapping[str, str]
    without: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, int]


@dataclass(frozen=True)
class Computed:
    """What one calculation gave: the protocol, and how to find one's way back from its pseudonyms."""

    outcome: Outcome
    protocol: dict[str, Any]
    digest: str
    pseudonyms: Mapping[str, str]
    audit_keys: Mapping[str, str]
    benchmarks: dict[str, Any]


def compute(inputs: Inputs, salt: bytes) -> Computed:
    audits = protocols.pseudonymise(inputs.audits, salt=salt)
    pseudonyms = {key: protocols.pseudonym("institution", key, salt) for key in inputs.categories}
    outcome = inputs.rulebook.compute(
        audits,
        inputs.scorecards,
        institutions={pseudonyms[key]: category for key, category in inputs.categories.items()},
        without={pseudonyms[key]: channels for key, channels in inputs.without.items()},
        extra={pseudonyms[key]: count for key, count in inputs.extra.items()},
    )
    protocol = protocols.build(inputs.rulebook, inputs.scorecards, audits, outcome)
    return Computed(
        outcome=outcome,
        protocol=protocol,
        digest=protocols.digest(protocol),
        pseudonyms=pseudonyms,
        audit_keys={protocols.pseudonym("audit", audit["key"], salt): audit["key"] for audit in inputs.audits},
        benchmarks={category: _as_json(found) for category, found in benchmarks(outcome).items()},
    )


def _as_json(found: Benchmark) -> dict[str, Any]:
    criteria: dict[str, dict[str, str]] = {}
    for (channel, section), value in found.criteria.items():
        criteria.setdefault(channel, {})[section] = text(value, PLACES)
    return {
        "institutions": found.institutions,
        "points": None if found.points is None else text(found.points, PLACES),
        "channels": {channel: text(value, PLACES) for channel, value in found.channels.items()},
        "criteria": criteria,
    }


def details(computed: Computed, remarks: Mapping[str, list[dict[str, str]]]) -> dict[str, dict[str, Any]]:
    """By application: its summary, its audits without their jurors, the remarks about it."""
    audits: dict[str, list[dict[str, Any]]] = {}
    severity = computed.outcome.severity
    strict = {} if severity is None else {one.key: _strictness(one) for one in severity.jurors}
    for entry in computed.protocol["audits"]:
        kept = {name: value for name, value in entry.items() if name not in {"juror", "institution"}}
        kept["audit"] = computed.audit_keys[entry["key"]]
        kept |= strict.get(entry["juror"], {})
        audits.setdefault(entry["institution"], []).append(kept)
    summaries = {entry["key"]: entry for entry in computed.protocol["outcome"]["institutions"]}
    lacking = {entry["key"]: entry["without"] for entry in computed.protocol["institutions"]}
    return {
        application: {
            "summary": summaries[pseudonym],
            "without": lacking[pseudonym],
            "extra": computed.outcome.extra.get(pseudonym, 0),
            "official": computed.protocol["outcome"]["official"],
            "audits": audits.get(pseudonym, []),
            "remarks": remarks.get(application, []),
        }
        for application, pseudonym in computed.pseudonyms.items()
    }


def _strictness(effect: JurorEffect) -> dict[str, str | int]:
    return {
        "severity": text(effect.severity, PLACES),
        "severity_se": text(effect.se, PLACES),
        "severity_audits": effect.audits,
    }


def certainty(outcome: Outcome) -> dict[str, Any]:
    """What a page says of the whole calculation without opening the protocol: no juror is in it."""
    fitted = outcome.severity
    official = {"asked": outcome.official.asked, "used": outcome.official.used, "reason": outcome.official.reason}
    if fitted is None:
        return {"official": official, "absent": outcome.why_no_severity}
    found = fitted.as_dict()
    kept = {name: found[name] for name in ("variances", "means", "prior", "warnings")}
    return {"official": official, "absent": "", "jurors": len(fitted.jurors), **kept}


def own_outcome(rules: Mapping[str, Any], cards: Mapping[str, Scorecard], detail: Mapping[str, Any]) -> Outcome:
    """One institution computed again from its part of the protocol. Places, which need the others, are not in it."""
    key, category = detail["summary"]["key"], detail["summary"]["category"]
    audits = [
        {
            "key": entry["key"],
            "institution": key,
            "category": category,
            # Who judged is not kept here, only how strict.
            "juror": entry["key"],
            "channel": entry["channel"],
            "instrument": entry["instrument"],
            "marks": entry["marks"],
        }
        for entry in detail["audits"]
    ]
    without = {key: tuple(detail["without"])}
    return Rulebook.from_dict(rules).compute(
        audits, cards, institutions={key: category}, without=without, known=_known(detail)
    )


def _known(detail: Mapping[str, Any]) -> Known | None:
    """What the whole edition said of this institution; None in results from before severity was estimated."""
    if "official" not in detail:
        return None
    estimates = detail["summary"].get("estimates")
    return Known(
        official=Official(**detail["official"]),
        severities={
            entry["key"]: Fraction(entry["severity"]) for entry in detail["audits"] if entry.get("severity") is not None
        },
        estimates={} if estimates is None else {detail["summary"]["key"]: Estimates.from_dict(estimates)},
    )
