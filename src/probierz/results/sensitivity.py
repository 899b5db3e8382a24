"""Would the result stand under other weights, another official score, another method: from a calculation's protocol.

Nothing here changes a result; it says how much of it hangs on choices that could have been made otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from assay.composite import Sensitivity as Places
from assay.composite import Spread, Weighing, score_bounds, sensitivity
from assay.rulebook import Model, Rulebook
from assay.rulebook.schema import OFFICIAL_SCORES
from probierz.results.redeciding import Choices, Kept

if TYPE_CHECKING:
    from assay.severity import SeverityFit

PERTURB: Final = Fraction(1, 4)
DRAWS: Final = 1000
SEED: Final = 2025


@dataclass(frozen=True)
class Methods:
    """One institution by other methods, on the scale of audits: the mean of its audits and what is made of it.

    `fair` without severity, `fixed` by fixed effects; `blup` the best estimate, `robust` the same without outliers.
    The flags: further apart than 2 standard errors.
    """

    raw: float
    fair: float
    fixed: float
    blup: float
    robust: float
    se: float
    is_fixed_apart: bool
    is_robust_apart: bool


@dataclass(frozen=True)
class Line:
    """One classified institution under other choices; `low` and `high` are its points at the ends of all weights.

    `by_weights`: decisions at those ends; `by_score`: at each official score, where quality was estimated.
    """

    key: str
    place: int
    points: Fraction
    spread: Spread
    low: float
    high: float
    scores: Mapping[str, float]
    decision: str
    by_weights: tuple[str, str]
    by_score: Mapping[str, str]
    methods: Methods | None

    @property
    def hangs_on_weights(self) -> bool:
        return any(found != self.decision for found in self.by_weights)

    @property
    def hangs_on_score(self) -> bool:
        return any(found != self.decision for found in self.by_score.values())

    @property
    def is_flagged(self) -> bool:
        return self.methods is not None and (self.methods.is_fixed_apart or self.methods.is_robust_apart)


@dataclass(frozen=True)
class Robustness:
    """A calculation under other choices: lines by place, places over all weights, why there are no other methods."""

    rules: Rulebook
    lines: tuple[Line, ...]
    places: Places
    absent: str
    _choices: Choices
    _kept: Mapping[str, Kept]

    @cached_property
    def weights(self) -> Mapping[str, Fraction]:
        """The share of each channel's weight."""
        total = sum((rule.weight for rule in self.rules.channels.values()), Fraction(0))
        return {channel: rule.weight / total for channel, rule in self.rules.channels.items()}

    @cached_property
    def _lines(self) -> Mapping[str, Line]:
        return {line.key: line for line in self.lines}

    def line_of(self, key: str) -> Line | None:
        return self._lines.get(key)

    def without(self, key: str) -> dict[str, tuple[Fraction | None, str]]:
        """Points and decision with each of an institution's channels left out in turn, by the weights of the rules."""
        one, found = self._kept[key], {}
        for channel in (left for left in self.rules.channels if one.channels.get(left) is not None):
            rest = {name: share for name, share in self.weights.items() if name != channel}
            scores = {name: score for name, score in one.channels.items() if name != channel}
            points = Weighing(rest).mean(scores).value if rest else None
            moved = "" if points is None else self._choices.moved(one, float(points) - self._middle(one))
            found[channel] = points, moved
        return found

    def _middle(self, one: Kept) -> float:
        return float(Weighing(self.weights).mean(one.channels).value or 0)


def assess(protocol: Mapping[str, Any]) -> Robustness:
    """From the protocol of a calculation; keys are its pseudonyms."""
    rules = Rulebook.from_dict(protocol["rulebook"])
    extra = {entry["key"]: entry.get("extra", 0) for entry in protocol["institutions"]}
    entries = [one for one in protocol["outcome"]["institutions"] if one["classified"] and one["published"] is not None]
    kept = [Kept(entry, extra.get(entry["key"], 0)) for entry in sorted(entries, key=lambda entry: entry["key"])]
    weights = {key: rule.weight for key, rule in rules.channels.items()}
    values = {one.key: one.channels for one in kept}
    weighing = Weighing(weights)
    scores = {key: weighing.mean(own) for key, own in values.items()}
    places = sensitivity(values, weights, scores, perturb=float(PERTURB), draws=DRAWS, seed=SEED)
    lows, highs = score_bounds(list(values.values()), weights, perturb=float(PERTURB))
    model = Model(_rows(protocol), rules.licence.threshold)
    choices = Choices(rules, kept)
    moves = lows - _middle(scores), highs - _middle(scores)
    return Robustness(
        rules=rules,
        lines=_lines(choices, kept, places, moves, _methods(model.fit)),
        places=places,
        absent=model.absent,
        _choices=choices,
        _kept={one.key: one for one in kept},
    )


def _middle(scores: Mapping[str, Any]) -> list[float]:
    return [float(found.value or 0) for found in scores.values()]


def _lines(
    choices: Choices, kept: Sequence[Kept], places: Places, moves: Sequence[Any], methods: Mapping[str, Methods]
) -> tuple[Line, ...]:
    """`moves`: how far down and how far up other weights lead each institution."""
    spreads = {spread.key: spread for spread in places.spreads}
    standing = _standing(kept)
    down, up = (part.tolist() for part in moves)
    found = [
        Line(
            key=one.key,
            place=standing[one.published],
            points=one.published,
            spread=spreads[one.key],
            low=max(0.0, one.points + down[at]),
            high=min(100.0, one.points + up[at]),
            scores=one.scores,
            decision=one.decision,
            by_weights=(choices.moved(one, down[at]), choices.moved(one, up[at])),
            by_score={score: choices.by_score(one, score) for score in OFFICIAL_SCORES} if choices.has_scores else {},
            methods=methods.get(one.key),
        )
        for at, one in enumerate(kept)
    ]
    return tuple(sorted(found, key=lambda line: (line.place, line.key)))


def _standing(kept: Sequence[Kept]) -> dict[Fraction, int]:
    """Places by published points among all that are classified: 1, 2, 2, 4."""
    ordered = sorted((one.published for one in kept), reverse=True)
    return {points: place for place, points in reversed(list(enumerate(ordered, 1)))}


def _rows(protocol: Mapping[str, Any]) -> list[tuple[str, str, Fraction, str]]:
    """The audits that count, as the calculation's own fit took them."""
    scores = {one["key"]: one["score"] for one in protocol["outcome"]["audits"] if one["left_out"] is None}
    return [
        (entry["institution"], entry["juror"], Fraction(scores[entry["key"]]), entry["channel"])
        for entry in protocol["audits"]
        if scores.get(entry["key"]) is not None
    ]


def _methods(fit: SeverityFit | None) -> dict[str, Methods]:
    if fit is None:
        return {}
    found = fit.institutions
    far = abs(found.robust - found.blup) > 2 * found.se
    columns = (found.raw, found.fair, fit.fixed(), found.blup, found.robust, found.se, fit.apart(), far)
    rows = zip(found.keys, *(column.tolist() for column in columns), strict=True)
    return {key: Methods(*values) for key, *values in rows}
