"""What the rules make of an edition's audits: per institution, explained down to the item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.exact import text
from assay.ranking import Consequence, TieBreak, TieEvidence, break_tie, consequences
from assay.rulebook.schema import GuardedRule
from assay.scorecards import AuditScore
from assay.scorecards.scoring import shown

if TYPE_CHECKING:
    from assay.rulebook.estimates import Estimates, Model, Official, Severity
    from assay.rulebook.rules import Rulebook


_METHODS: Final = {
    "raw": "points = weighted mean of channel scores; channel score = mean of its audit scores",
    "fair": "points = weighted mean of channel scores; channel score = mean of (audit score - severity of its juror)",
    "blup": "points = weighted mean of (mean of the channel in the edition + effect of the institution)",
}


@dataclass(frozen=True)
class AuditOutcome:
    """One audit: its score by the rules; `left_out` is "coverage", "nothing-applicable" or None."""

    key: str
    institution: str
    channel: str
    juror: str
    instrument: str
    detail: AuditScore
    score: Fraction | None
    left_out: str | None
    overrides: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ChannelOutcome:
    """One channel of an institution: mean of its counted audits; state scored, excluded, zero or missing.

    `score` is the official one; `raw` and `fair` (corrected for severity, None without a fit) are the means of a
    scored channel. A fair score may lie outside 0-100.
    """

    channel: str
    weight: Fraction
    effective_weight: Fraction
    score: Fraction | None
    state: str
    audits: tuple[str, ...]
    raw: Fraction | None = None
    fair: Fraction | None = None


@dataclass(frozen=True)
class Reason:
    """Why an institution is not classified; code audits, jurors, channels or required-channel."""

    code: str
    required: str
    found: str


@dataclass(frozen=True)
class Condition:
    """One condition of the licence: points, above-threshold, above-mean, p-threshold, audits, channels,
    lowest-channel, critical-items; whether it held, what was required and what was found (published numbers as
    text; for p-threshold probabilities from 0 to 1, found "" when quality could not be estimated).
    """

    code: str
    is_held: bool
    required: str
    found: str


@dataclass(frozen=True)
class Place:
    """A place in a scope ("category" or "overall"), among how many, and all keys on it (itself among them)."""

    scope: str
    place: int
    among: int
    sharing: tuple[str, ...]


@dataclass(frozen=True)
class InstitutionOutcome:
    """Everything the rules say of one institution. `decision` is grant, refuse, border or not-classified.

    `points` are by the official score, within 0-100. `estimates` is None where quality could not be estimated.
    Border: the guarded policy cannot tell yet, and asks for extra audits by jurors who have not been there.
    """

    key: str
    category: str
    points: Fraction | None
    published: Decimal | None
    channels: tuple[ChannelOutcome, ...]
    audits_used: tuple[str, ...]
    audits_left_out: tuple[tuple[str, str], ...]
    jurors: int
    failed_critical: tuple[tuple[str, str], ...]
    why_not_classified: tuple[Reason, ...]
    places: Mapping[str, Place]
    decision: str
    conditions: tuple[Condition, ...]
    estimates: Estimates | None = None

    @property
    def is_classified(self) -> bool:
        """Whether there was enough evidence for a place."""
        return not self.why_not_classified

    @property
    def lowest_channel(self) -> Fraction | None:
        """The lowest score among the channels that count."""
        return min((found.score for found in self.channels if found.score is not None), default=None)


@dataclass(frozen=True)
class Outcome:
    """The outcome of an edition, keys sorted; `without` are the channels institutions do not have.

    `extra` are the extra audits made in the border zone; `official` says which score the points are, and why not the
    one the rules ask for.
    """

    rulebook: Rulebook
    institutions: Mapping[str, InstitutionOutcome]
    audits: Mapping[str, AuditOutcome]
    without: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, int]
    official: Official
    _model: Model = field(repr=False, compare=False)

    @property
    def severity(self) -> Severity | None:
        """The fitted severity of jurors, None where it could not be fitted."""
        return self._model.severity

    @property
    def why_no_severity(self) -> str:
        """Why there is no fit: institutions, jurors or audits (too few), not-fitted; "" when there is one."""
        return self._model.absent

    def tree(self, institution: str) -> dict[str, object]:
        """The full explanation of one institution down to the item, JSON-able; jurors are not in it."""
        found = self.institutions[institution]
        return summary(found) | {
            "method": _METHODS[self.official.used],
            "official": self.official.used,
            "points_detail": shown(found.points),
            "channels": [self._channel_tree(channel) for channel in found.channels],
            "left_out": [self._audit_tree(key) for key, _ in found.audits_left_out],
        }

    def prize_order(self, keys: Iterable[str], *, seed: bytes | None = None, tag: str = "") -> TieBreak:
        """The order of institutions for a prize that cannot be shared, by the rulebook's prize_ties."""
        chosen = {key: self.institutions[key] for key in keys}
        evidence = TieEvidence(
            lowest_channel={key: found.lowest_channel or Fraction(0) for key, found in chosen.items()},
            audits={key: len(found.audits_used) for key, found in chosen.items()},
            better=self._model.better(chosen),
            lot_seed=seed,
            lot_tag=tag,
        )
        return break_tie(chosen, self.rulebook.standings.prize_ties, evidence)

    def consequences(self, thresholds: Iterable[float], *, policy: str | None = None) -> list[Consequence]:
        """What the licence would do at each threshold, among classified institutions whose quality was estimated.

        `policy` is the rulebook's own unless named; the other conditions of the licence are not looked at. Empty
        without estimates. Raises RankingError for an unknown policy.
        """
        known = [(one, one.estimates) for one in self.institutions.values() if one.is_classified and one.estimates]
        if not known:
            return []
        guarded = self.rulebook.licence.guarded or GuardedRule()
        return consequences(
            [float(estimates.blup) for _, estimates in known],
            [float(estimates.se) for _, estimates in known],
            thresholds,
            policy=policy or self.rulebook.licence.policy,
            points=[float(one.published or 0) for one, _ in known],
            categories=[one.category for one, _ in known],
            grant=float(guarded.grant),
            refuse=float(guarded.refuse),
            extra_audits=guarded.extra_audits,
        )

    def as_dict(self, *, with_estimates: bool = True) -> dict[str, object]:
        """The outcome as the protocol keeps it: institutions and audit scores, without the item trees.

        Without estimates: as protocols were before quality was estimated.
        """
        institutions = [summary(one) for one in self.institutions.values()]
        audits = [_audit_summary(one) for one in self.audits.values()]
        if not with_estimates:
            return {"institutions": institutions, "audits": audits}
        for entry, one in zip(institutions, self.institutions.values(), strict=True):
            entry["estimates"] = None if one.estimates is None else one.estimates.as_dict()
        severity = self.severity
        return {
            "institutions": institutions,
            "audits": audits,
            "official": {"asked": self.official.asked, "used": self.official.used, "reason": self.official.reason},
            "severity": {"absent": self.why_no_severity} if severity is None else severity.as_dict(),
        }

    def _channel_tree(self, found: ChannelOutcome) -> dict[str, object]:
        return {
            "channel": found.channel,
            "state": found.state,
            "weight": shown(found.weight),
            "effective_weight": shown(found.effective_weight),
            "score": shown(found.score),
            "raw": shown(found.raw),
            "fair": shown(found.fair),
            "audits": [self._audit_tree(key) for key in found.audits],
        }

    def _audit_tree(self, key: str) -> dict[str, object]:
        audit = self.audits[key]
        found: dict[str, object] = {"key": key, "counted": audit.left_out is None, "left_out": audit.left_out}
        found["counted_score"] = shown(audit.score)
        found["overrides"] = {item: dict(change) for item, change in sorted(audit.overrides.items())}
        return found | audit.detail.as_dict()


def summary(found: InstitutionOutcome) -> dict[str, object]:
    """One institution without its tree, JSON-able; exact points to 12 decimals."""
    return {
        "key": found.key,
        "category": found.category,
        "points": None if found.points is None else text(found.points, 12),
        "published": None if found.published is None else str(found.published),
        "channel_scores": {
            channel.channel: {
                "state": channel.state,
                "score": None if channel.score is None else text(channel.score, 12),
                "effective_weight": text(channel.effective_weight, 12),
            }
            for channel in found.channels
        },
        "audits_used": list(found.audits_used),
        "audits_left_out": [{"key": key, "why": why} for key, why in found.audits_left_out],
        "jurors": found.jurors,
        "failed_critical": [{"audit": audit, "item": item} for audit, item in found.failed_critical],
        "classified": found.is_classified,
        "why_not_classified": [
            {"code": reason.code, "required": reason.required, "found": reason.found}
            for reason in found.why_not_classified
        ],
        "places": {
            scope: {"place": place.place, "among": place.among, "shared_by": len(place.sharing)}
            for scope, place in found.places.items()
        },
        "decision": found.decision,
        "conditions": [
            {"code": one.code, "held": one.is_held, "required": one.required, "found": one.found}
            for one in found.conditions
        ],
    }


def _audit_summary(audit: AuditOutcome) -> dict[str, object]:
    return {
        "key": audit.key,
        "score": None if audit.score is None else text(audit.score, 12),
        "coverage": text(audit.detail.coverage, 12),
        "left_out": audit.left_out,
    }
