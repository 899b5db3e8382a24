"""Licence decisions again, for points that might have been: the engine decides where something could change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from math import erfc, sqrt
from typing import Any, Final

from assay.rulebook import ChannelOutcome, Estimates, InstitutionOutcome, Rulebook
from assay.rulebook.decision import decide_one
from assay.rulebook.schema import OFFICIAL_SCORES

_ZERO, _FULL = Fraction(0), Fraction(100)
_NANO: Final = 10**9
_SHOWN: Final = 0.001


class Kept:
    """One classified institution of a protocol, read as far as it is asked for."""

    def __init__(self, entry: Mapping[str, Any], extra: int) -> None:
        self.entry = entry
        self.extra = extra
        self.key: str = entry["key"]
        self.category: str = entry["category"]
        self.decision: str = entry["decision"]
        self.published = Fraction(entry["published"])
        self.points = float(entry["points"])
        self.channels: dict[str, Fraction | None] = {
            channel: None if kept["score"] is None else Fraction(kept["score"])
            for channel, kept in entry["channel_scores"].items()
        }
        self.estimates: Mapping[str, Any] = entry.get("estimates") or {}
        self.se = float(self.estimates["se"]) if self.estimates else None
        self.scores = {score: float(self.estimates[score]) for score in OFFICIAL_SCORES if self.estimates}

    def exactly(self, score: str) -> Fraction:
        """The points by a score, as the protocol keeps them."""
        return Fraction(self.estimates[score])

    @cached_property
    def outcome(self) -> InstitutionOutcome:
        """As the engine knew it, as far as a decision looks."""
        entry = self.entry
        estimates = None
        if self.estimates:
            raw, fair, blup, se, sure = (
                Fraction(self.estimates[name]) for name in ("raw", "fair", "blup", "se", "p_threshold")
            )
            estimates = Estimates(raw=raw, fair=fair, blup=blup, se=se, p_threshold=sure)
        return InstitutionOutcome(
            key=self.key,
            category=self.category,
            points=Fraction(entry["points"]),
            published=entry["published"],
            channels=tuple(
                ChannelOutcome(channel, _ZERO, _ZERO, self.channels[channel], kept["state"], ())
                for channel, kept in entry["channel_scores"].items()
            ),
            audits_used=tuple(entry["audits_used"]),
            audits_left_out=(),
            jurors=entry["jurors"],
            failed_critical=tuple((one["audit"], one["item"]) for one in entry["failed_critical"]),
            why_not_classified=(),
            places={},
            decision=self.decision,
            conditions=(),
            estimates=estimates,
        )


class Choices:
    """What the licence would be with other points; the other conditions stay as the calculation found them.

    Under other weights the means of categories stay; under another score they are those of that score.
    """

    def __init__(self, rules: Rulebook, kept: Sequence[Kept]) -> None:
        self.rules = rules
        self.has_scores = bool(kept) and all(one.scores for one in kept)
        self._kept = kept
        self._means: dict[str, dict[str, Fraction]] = {}

    def moved(self, one: Kept, by: float) -> str:
        """The decision when other weights move points, and the estimate with them, by so much."""
        is_same = self._is_as_sure(one, by) if self._is_guarded else self._is_far(one, by)
        if not by or is_same:
            return one.decision
        found = self._with(one.outcome, Fraction(one.entry["points"]) + Fraction(by))
        if found.estimates is not None:
            distance = float(found.estimates.blup - self.rules.licence.threshold) + by
            chance = round(_chance(distance, float(found.estimates.se)) * _NANO)
            found = replace(found, estimates=replace(found.estimates, p_threshold=Fraction(chance, _NANO)))
        return self._decide(found, self._mean("official", one.category), one.extra)

    def by_score(self, one: Kept, score: str) -> str:
        """The decision if that score were official; certainty is the same for all of them."""
        if self._is_guarded or self._is_far(one, one.scores[score] - one.points, score):
            return one.decision
        return self._decide(self._with(one.outcome, one.exactly(score)), self._mean(score, one.category), one.extra)

    @property
    def _is_guarded(self) -> bool:
        return self.rules.licence.guarded is not None

    def _is_as_sure(self, one: Kept, by: float) -> bool:
        """Both certainties lie between the same bars, so far that rounding cannot matter."""
        guarded = self.rules.licence.guarded
        if guarded is None or one.se is None:
            return one.se is None
        bars = [float(bar) for bar in (guarded.refuse, guarded.grant, Fraction(1, 2))]
        distance = one.scores["blup"] - float(self.rules.licence.threshold)
        chances = [_chance(end, one.se) for end in (distance, distance + by)]
        return all(min(abs(chance - bar) for chance in chances) > _SHOWN for bar in bars) and all(
            (chances[0] - bar) * (chances[1] - bar) > 0 for bar in bars
        )

    def _is_far(self, one: Kept, by: float, score: str = "official") -> bool:
        """Both points lie on one side of every bar, so far that rounding cannot matter."""
        margin = 10.0**-self.rules.points.decimals
        bars = [(float(self.rules.licence.threshold),) * 2]
        if self.rules.licence.policy == "above-mean":
            means = self._mean("official", one.category), self._mean(score, one.category)
            bars.append((float(means[0]), float(means[1])))
        ends = [(one.points - bar, one.points + by - moved) for bar, moved in bars]
        return all(min(abs(end) for end in pair) > margin and pair[0] * pair[1] > 0 for pair in ends)

    def _mean(self, score: str, category: str) -> Fraction:
        """The mean of published points in a category, by a score."""
        if score not in self._means:
            self._means[score] = self._means_of(score)
        return self._means[score][category]

    def _means_of(self, score: str) -> dict[str, Fraction]:
        groups: dict[str, list[Fraction]] = {}
        for one in self._kept:
            points = one.published if score == "official" else self._published(one.exactly(score))
            groups.setdefault(one.category, []).append(points)
        return {category: _mean(points) for category, points in groups.items()}

    def _published(self, points: Fraction) -> Fraction:
        return Fraction(self.rules.points.apply(min(max(points, _ZERO), _FULL)))

    def _with(self, found: InstitutionOutcome, points: Fraction) -> InstitutionOutcome:
        return replace(found, published=self.rules.points.apply(min(max(points, _ZERO), _FULL)))

    def _decide(self, found: InstitutionOutcome, mean: Fraction, extra: int) -> str:
        return decide_one(self.rules, found, mean, extra).decision


def _mean(values: Iterable[Fraction]) -> Fraction:
    found = list(values)
    return sum(found, _ZERO) / len(found)


def _chance(distance: float, se: float) -> float:
    """Phi(distance / se), as the engine takes it."""
    return erfc(-distance / se / sqrt(2)) / 2 if se else float(distance >= 0)
