"""One institution's points taken apart, down to the item: what the office answers with when somebody rings."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language

from assay.rulebook import AuditOutcome
from probierz.instruments.queries import score_tree
from probierz.results import report, wording
from probierz.results.models import Result


@dataclass(frozen=True)
class AuditBranch:
    """One audit with its scorecard's tree; `key` opens it in the office."""

    key: str
    pseudonym: str
    score: Fraction | None
    uncapped: Fraction | None
    is_capped: bool
    failed_critical: tuple[str, ...]
    coverage: Fraction
    left_out: str
    overridden: tuple[str, ...]
    tree: tuple[Any, ...]


@dataclass(frozen=True)
class ChannelBranch:
    name: str
    channel: str
    state: str
    words: str
    score: Fraction | None
    weight: Fraction
    brings: Fraction
    audits: tuple[AuditBranch, ...]


@dataclass(frozen=True)
class Explanation:
    result: Result
    summary: dict[str, Any]
    channels: tuple[ChannelBranch, ...]
    left_out: tuple[AuditBranch, ...]
    conditions: list[dict[str, Any]]
    reasons: list[str]
    decision: str
    tone: str


def explain(result: Result) -> Explanation:
    """Computed on demand from the institution's part of the protocol."""
    summary = result.detail["summary"]
    definitions = report.definitions_of(result.detail)
    outcome = report.outcome_of(result, definitions)
    entries = {entry["key"]: entry for entry in result.detail["audits"]}
    branches = {key: _audit(found, entries[key], definitions) for key, found in outcome.audits.items()}
    own = outcome.institutions[summary["key"]]
    return Explanation(
        result=result,
        summary=summary,
        channels=tuple(
            ChannelBranch(
                name=wording.channel_name(channel.channel),
                channel=channel.channel,
                state=channel.state,
                words=wording.channel_state(channel.state),
                score=channel.score,
                weight=channel.effective_weight,
                brings=(channel.score or Fraction(0)) * channel.effective_weight,
                audits=tuple(branches[key] for key in channel.audits),
            )
            for channel in own.channels
        ),
        left_out=tuple(branches[key] for key, _why in own.audits_left_out),
        conditions=wording.conditions(summary["conditions"]),
        reasons=wording.reasons(summary["why_not_classified"]),
        decision=wording.decision(result.decision),
        tone=wording.decision_tone(result.decision),
    )


def _audit(found: AuditOutcome, entry: dict[str, Any], definitions: report.Definitions) -> AuditBranch:
    detail = found.detail
    return AuditBranch(
        key=entry["audit"],
        pseudonym=found.key,
        score=found.score,
        uncapped=detail.uncapped,
        is_capped=detail.capped,
        failed_critical=detail.failed_critical,
        coverage=detail.coverage,
        left_out=wording.left_out(found.left_out) if found.left_out else "",
        overridden=tuple(sorted(entry.get("overrides", {}))),
        tree=score_tree(definitions[found.instrument], detail, (get_language() or "pl")[:2]),
    )
