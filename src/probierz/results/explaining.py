"""One institution's points taken apart, down to the item: what the office answers with when somebody rings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from assay.rulebook import AuditOutcome
from probierz.base.wording import language
from probierz.instruments.queries import score_tree
from probierz.jury.models import Juror
from probierz.results import report, tellings, wording
from probierz.results.certainty import Certainty, certainty_of
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
class JurorLine:
    """A juror who was there: in which channels, how strict over the whole edition, and how surely."""

    juror: Juror
    channels: tuple[str, ...]
    severity: Fraction | None
    se: Fraction | None
    audits: int

    @property
    def words(self) -> str:
        return wording.severity(self.severity, self.se, self.audits)


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
    certainty: Certainty | None
    figures: list[tellings.Figure]
    jurors: tuple[JurorLine, ...]


def explain(result: Result, jurors: Mapping[str, Juror] | None = None) -> Explanation:
    """Computed on demand from the institution's part of the protocol; `jurors` by the key of their audit."""
    summary = result.detail["summary"]
    definitions = report.definitions_of(result.detail)
    outcome = report.outcome_of(result, definitions)
    entries = {entry["key"]: entry for entry in result.detail["audits"]}
    branches = {key: _audit(found, entries[key], definitions) for key, found in outcome.audits.items()}
    own = outcome.institutions[summary["key"]]
    certainty = certainty_of(summary)
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
        certainty=certainty,
        figures=[] if certainty is None else tellings.figures(result, certainty),
        jurors=_jurors(result.detail["audits"], jurors or {}),
    )


def _jurors(entries: Iterable[Mapping[str, Any]], jurors: Mapping[str, Juror]) -> tuple[JurorLine, ...]:
    """Each juror once, the strictest first."""
    found: dict[int, JurorLine] = {}
    for entry in entries:
        juror = jurors.get(entry["audit"])
        if juror is None:
            continue
        channel = wording.channel_name(entry["channel"])
        known = found.get(juror.pk)
        if known is not None:
            found[juror.pk] = replace(known, channels=(*known.channels, channel))
            continue
        strict, se = (_exact(entry.get(name)) for name in ("severity", "severity_se"))
        found[juror.pk] = JurorLine(juror, (channel,), strict, se, entry.get("severity_audits", 0))
    return tuple(sorted(found.values(), key=lambda line: (line.severity or 0, line.juror.pseudonym)))


def _exact(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


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
        tree=score_tree(definitions[found.instrument], detail, language()),
    )
