"""What an institution may learn from its result: criteria, how its group did, what mending each item would bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assay.rulebook import AuditOutcome, Outcome
    from assay.scorecards.scoring import ItemScore, SectionScore

_ZERO: Final = Fraction(0)
_HUNDRED: Final = Fraction(100)


@dataclass(frozen=True)
class Criterion:
    """One section of a channel's scorecard over the institution's counted audits.

    `score` 0-100 is the mean over the audits in which the section applied (None: in none); `weight` is its mean share
    of the channel, 0-1.
    """

    channel: str
    section: str
    score: Fraction | None
    weight: Fraction


@dataclass(frozen=True)
class Benchmark:
    """Means over the institutions of a group that have points; every institution counts once."""

    institutions: int
    points: Fraction | None
    channels: Mapping[str, Fraction]
    criteria: Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True)
class Gain:
    """How many points the institution would gain if one item had earned full marks in all its audits."""

    channel: str
    section: str
    item: str
    points: Fraction
    lost_in: int
    asked_in: int


def criteria(outcome: Outcome, institution: str) -> tuple[Criterion, ...]:
    """Every criterion of an institution, by channel in the rulebook's order and section in the scorecard's."""
    found: list[Criterion] = []
    for channel in outcome.institutions[institution].channels:
        rows: dict[str, list[tuple[Fraction | None, Fraction]]] = {}
        for key in channel.audits:
            for section in outcome.audits[key].detail.sections:
                rows.setdefault(section.key, []).append((section.score, section.effective_weight))
        for key, values in rows.items():
            score = _mean(value for value, _ in values if value is not None)
            weight = _mean(weight for _, weight in values) or _ZERO
            found.append(Criterion(channel.channel, key, score, weight))
    return tuple(found)


def benchmarks(outcome: Outcome) -> dict[str, Benchmark]:
    """The benchmark of every category of an edition."""
    groups: dict[str, list[str]] = {}
    for key, found in outcome.institutions.items():
        if found.points is not None:
            groups.setdefault(found.category, []).append(key)
    return {category: _benchmark(outcome, keys) for category, keys in sorted(groups.items())}


def gains(outcome: Outcome, institution: str) -> tuple[Gain, ...]:
    """Every item that lost points, the one worth most first; other items, and what was asked, stay as they are.

    The cap of failed critical items is taken into account: mending the only failed one lifts it, and while it
    stands nothing else may gain.
    """
    counts_cap = outcome.rulebook.licence.critical != "ignore"
    sums: dict[tuple[str, str, str], Fraction] = {}
    asked: dict[tuple[str, str, str], int] = {}
    lost: dict[tuple[str, str, str], int] = {}
    for channel in outcome.institutions[institution].channels:
        share = channel.effective_weight / len(channel.audits) if channel.audits else _ZERO
        for key in channel.audits:
            audit = outcome.audits[key]
            for section in audit.detail.sections:
                for item in section.items:
                    if item.state != "value":
                        continue
                    name = (channel.channel, section.key, item.key)
                    asked[name] = asked.get(name, 0) + 1
                    if item.earned < item.possible:
                        lost[name] = lost.get(name, 0) + 1
                        gain = share * _gain(audit, section, item, counts_cap=counts_cap)
                        sums[name] = sums.get(name, _ZERO) + gain
    found = [Gain(*name, points, lost[name], asked[name]) for name, points in sums.items() if points > 0]
    return tuple(sorted(found, key=lambda gain: (-gain.points, gain.channel, gain.section, gain.item)))


def _gain(audit: AuditOutcome, section: SectionScore, item: ItemScore, *, counts_cap: bool) -> Fraction:
    """Points of the audit's score, 0-100."""
    detail = audit.detail
    if detail.uncapped is None or not section.possible:
        return _ZERO
    mended = detail.uncapped + section.effective_weight * _HUNDRED * (item.possible - item.earned) / section.possible
    cap = detail.card.critical_cap
    still_failed = [key for key in detail.failed_critical if key != item.key]
    if counts_cap and still_failed and cap is not None:
        mended = min(mended, cap)
    return mended - (audit.score or _ZERO)


def _benchmark(outcome: Outcome, keys: Iterable[str]) -> Benchmark:
    points: list[Fraction] = []
    channels: dict[str, list[Fraction]] = {}
    sections: dict[tuple[str, str], list[Fraction]] = {}
    for key in keys:
        found = outcome.institutions[key]
        if found.points is not None:
            points.append(found.points)
        for channel in found.channels:
            if channel.state == "scored" and channel.score is not None:
                channels.setdefault(channel.channel, []).append(channel.score)
        for name, values in _section_scores(outcome, key).items():
            sections.setdefault(name, []).append(_exact_mean(values))
    return Benchmark(
        institutions=len(points),
        points=_mean(points),
        channels={key: _exact_mean(values) for key, values in channels.items()},
        criteria={key: _exact_mean(values) for key, values in sections.items()},
    )


def _section_scores(outcome: Outcome, key: str) -> dict[tuple[str, str], list[Fraction]]:
    """Scores by channel and section over the audits in which the section applied; without the item trees."""
    found: dict[tuple[str, str], list[Fraction]] = {}
    for channel in outcome.institutions[key].channels:
        for audit in channel.audits:
            detail = outcome.audits[audit].detail
            scores = detail.card.tally.section_scores(detail.marks)
            for section, score in zip(detail.card.sections, scores, strict=True):
                if score is not None:
                    found.setdefault((channel.channel, section.key), []).append(score)
    return found


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    kept = list(values)
    return _exact_mean(kept) if kept else None


def _exact_mean(values: list[Fraction]) -> Fraction:
    return sum(values, _ZERO) / len(values)
