"""What an institution is told of its result: the facts, before they are set on a page or in print.

Knows no juror and no moment; only what the calculation kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.feedback import Gain, criteria, gains
from assay.rulebook import ChannelOutcome, Outcome
from assay.scorecards import Scorecard
from probierz.base.wording import language
from probierz.instruments.models import InstrumentVersion
from probierz.instruments.queries import in_language
from probierz.results import computing, wording
from probierz.results.models import Result

MOST_STRENGTHS = 5
MOST_IMPROVEMENTS = 7
STRONG_FROM = 80
Definitions = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class CriterionFact:
    title: str
    weight: Fraction
    score: Fraction | None
    mean: Fraction | None
    channel: str

    @property
    def channel_name(self) -> str:
        return wording.channel_name(self.channel)

    @property
    def difference(self) -> Fraction | None:
        return None if self.score is None or self.mean is None else self.score - self.mean


@dataclass(frozen=True)
class ChannelFact:
    channel: str
    state: str
    score: Fraction | None
    mean: Fraction | None
    weight: Fraction
    audits: int
    criteria: tuple[CriterionFact, ...]

    @property
    def name(self) -> str:
        return wording.channel_name(self.channel)

    @property
    def state_words(self) -> str:
        return wording.channel_state(self.state)


@dataclass(frozen=True)
class ImprovementFact:
    """An item worth mending; `gain` in ranking points."""

    title: str
    channel: str
    section: str
    gain: Fraction
    lost_in: int
    asked_in: int

    @property
    def channel_name(self) -> str:
        return wording.channel_name(self.channel)


@dataclass(frozen=True)
class RemarkFact:
    channel: str
    item: str
    text: str

    @property
    def channel_name(self) -> str:
        return wording.channel_name(self.channel)


@dataclass(frozen=True)
class Report:
    """One institution's result. `points` and places are None when the rules do not tell them."""

    result: Result
    outcome: Outcome
    points: str | None
    places: Mapping[str, Mapping[str, Any]]
    decision: str
    mean: Fraction | None
    in_category: int
    channels: tuple[ChannelFact, ...]
    strengths: tuple[CriterionFact, ...]
    improvements: tuple[ImprovementFact, ...]
    remarks: tuple[RemarkFact, ...]
    audits: int
    left_out: int

    @property
    def summary(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.result.detail["summary"]
        return found


def definitions_of(detail: Mapping[str, Any]) -> Definitions:
    """The scorecards that one institution's audits were made with, by digest."""
    used = {entry["instrument"] for entry in detail["audits"]}
    versions = InstrumentVersion.objects.filter(digest__in=used)
    return {version.digest: version.definition for version in versions}


def outcome_of(result: Result, definitions: Definitions) -> Outcome:
    cards = {digest: Scorecard.from_definition(found) for digest, found in definitions.items()}
    return computing.own_outcome(result.calculation.rulebook, cards, result.detail)


def report_of(result: Result) -> Report:
    definitions = definitions_of(result.detail)
    outcome = outcome_of(result, definitions)
    summary = result.detail["summary"]
    benchmark = result.calculation.benchmarks.get(summary["category"], {})
    words = _Words(definitions)
    channels = _channels(outcome, summary["key"], benchmark, words)
    told = outcome.rulebook.published
    return Report(
        result=result,
        outcome=outcome,
        points=summary["published"] if told.points_to_institution else None,
        places=summary["places"] if told.place_to_institution else {},
        decision=result.decision,
        mean=_fraction(benchmark.get("points")),
        in_category=benchmark.get("institutions", 0),
        channels=channels,
        strengths=_strengths(channels),
        improvements=_improvements(gains(outcome, summary["key"]), words),
        remarks=_remarks(result.detail["remarks"], words),
        audits=len(summary["audits_used"]),
        left_out=len(summary["audits_left_out"]),
    )


class _Words:
    """The scorecards' own words by key, in the page's language where they have it."""

    def __init__(self, definitions: Definitions) -> None:
        self.sections: dict[tuple[str, str], str] = {}
        self.items: dict[tuple[str, str], str] = {}

        def said(entry: dict[str, Any], name: str) -> str:
            return in_language(entry, name, language()) or str(entry["key"])

        for definition in definitions.values():
            for section in definition["sections"]:
                self.sections[definition["channel"], section["key"]] = said(section, "title")
                for item in section["items"]:
                    self.items[definition["channel"], item["key"]] = said(item, "text")


def _channels(outcome: Outcome, key: str, benchmark: Mapping[str, Any], words: _Words) -> tuple[ChannelFact, ...]:
    means = benchmark.get("criteria", {})
    facts: dict[str, list[CriterionFact]] = {}
    for found in criteria(outcome, key):
        mean = _fraction(means.get(found.channel, {}).get(found.section))
        title = words.sections.get((found.channel, found.section), found.section)
        fact = CriterionFact(title, found.weight, found.score, mean, found.channel)
        facts.setdefault(found.channel, []).append(fact)
    return tuple(
        _channel(channel, _fraction(benchmark.get("channels", {}).get(channel.channel)), facts.get(channel.channel, ()))
        for channel in outcome.institutions[key].channels
    )


def _channel(found: ChannelOutcome, mean: Fraction | None, facts: Iterable[CriterionFact]) -> ChannelFact:
    return ChannelFact(
        found.channel, found.state, found.score, mean, found.effective_weight, len(found.audits), tuple(facts)
    )


def _strengths(channels: Iterable[ChannelFact]) -> tuple[CriterionFact, ...]:
    """Criteria well done: high, and not below the category; the furthest above it first."""
    good = [
        fact
        for channel in channels
        for fact in channel.criteria
        if fact.score is not None and fact.score >= STRONG_FROM and (fact.difference or 0) >= 0
    ]
    return tuple(sorted(good, key=lambda fact: (-(fact.difference or 0), -(fact.score or 0)))[:MOST_STRENGTHS])


def _improvements(found: Iterable[Gain], words: _Words) -> tuple[ImprovementFact, ...]:
    return tuple(
        ImprovementFact(
            title=words.items.get((gain.channel, gain.item), gain.item),
            channel=gain.channel,
            section=words.sections.get((gain.channel, gain.section), gain.section),
            gain=gain.points,
            lost_in=gain.lost_in,
            asked_in=gain.asked_in,
        )
        for gain in list(found)[:MOST_IMPROVEMENTS]
    )


def _remarks(found: Iterable[Mapping[str, str]], words: _Words) -> tuple[RemarkFact, ...]:
    return tuple(
        RemarkFact(one["channel"], words.items.get((one["channel"], one["item"]), ""), one["text"]) for one in found
    )


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)
