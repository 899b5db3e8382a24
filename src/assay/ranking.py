"""Who stands where, what broke a tie, and whether a threshold holds; always by the published points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from assay.exact import FieldError, RoundingRule
from assay.ledger import draw

TIE_RULES: Final = ("share",)
PRIZE_TIE_RULES: Final = ("p-better", "lowest-channel", "audits", "lot")
CLEARLY_BETTER: Final = Fraction(3, 5)


class RankingError(FieldError):
    """A ranking that cannot be made as asked."""


@dataclass(frozen=True)
class Standing:
    """One place: exact and published points, and all keys on the place (itself among them)."""

    key: str
    place: int
    points: Fraction
    published: Decimal
    sharing: tuple[str, ...]

    @property
    def tied_with(self) -> tuple[str, ...]:
        """The other keys on this place."""
        return tuple(key for key in self.sharing if key != self.key)


@dataclass(frozen=True)
class Standings:
    """The order, best first, keys sorted within a place; `left_out` has no points."""

    entries: tuple[Standing, ...]
    left_out: tuple[str, ...]

    def place(self, key: str) -> int | None:
        """The place of a key, None when it has no points. Raises KeyError for an unknown key."""
        for entry in self.entries:
            if entry.key == key:
                return entry.place
        if key in self.left_out:
            return None
        raise KeyError(key)


def standings(
    points: Mapping[str, Fraction | None], *, published: RoundingRule, ties: Iterable[str] = ("share",)
) -> Standings:
    """Places by published points, the largest first; equal published points share a place: 1, 2, 2, 4.

    Keys without points are left out, never imputed. Raises RankingError for an unknown tie rule.
    """
    if tuple(ties) != TIE_RULES:
        raise RankingError("ties", "must be: share")
    shown = {key: published.apply(value) for key, value in points.items() if value is not None}
    placed = places({key: Fraction(value) for key, value in shown.items()})
    entries = [Standing(key, place, points[key] or Fraction(0), shown[key], sharing) for key, place, sharing in placed]
    return Standings(tuple(entries), tuple(sorted(key for key, value in points.items() if value is None)))


def places(values: Mapping[str, Fraction]) -> list[tuple[str, int, tuple[str, ...]]]:
    """(key, place, all keys on it) in order, the largest value first; equal values share: 1, 2, 2, 4."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    ordered = sorted(values, key=lambda key: (-values[key], key))
    for _, group in groupby(ordered, key=lambda key: values[key]):
        keys = tuple(group)
        place = len(found) + 1
        found += [(key, place, keys) for key in keys]
    return found


def reaches(points: Fraction, threshold: Fraction, *, published: RoundingRule) -> bool:
    """Whether the published points are at least the threshold."""
    return Fraction(published.apply(points)) >= threshold


@dataclass(frozen=True)
class TieStep:
    """One rule as applied: whether its evidence was there, and the groups it left."""

    rule: str
    is_available: bool
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TieBreak:
    """The order of keys that could not share, best first, and the steps that made it."""

    order: tuple[tuple[str, ...], ...]
    steps: tuple[TieStep, ...]


@dataclass(frozen=True)
class TieEvidence:
    """What the tie rules look at; `better` is P(first better than second). Absent evidence skips its rule."""

    lowest_channel: Mapping[str, Fraction] | None = None
    audits: Mapping[str, int] | None = None
    better: Mapping[tuple[str, str], Fraction] | None = None
    lot_seed: bytes | None = None
    lot_tag: str = ""


def break_tie(keys: Iterable[str], rules: Sequence[str], evidence: TieEvidence) -> TieBreak:
    """Order keys for a prize that cannot be shared, rule by rule, each looking only at what is still tied.

    `p-better`: a key that beats every other of its group with a probability above 0.60 goes first;
    `lowest-channel`: the higher lowest channel score; `audits`: more audits; `lot`: the verifiable draw.
    Raises RankingError for an unknown rule or evidence that lacks a key.
    """
    groups: tuple[tuple[str, ...], ...] = (tuple(sorted(set(keys))),)
    steps: list[TieStep] = []
    for rule in rules:
        if rule not in PRIZE_TIE_RULES:
            raise RankingError("prize_ties", "must be of: " + ", ".join(PRIZE_TIE_RULES))
        separate = _separator(rule, evidence)
        if separate is not None:
            try:
                groups = tuple(part for group in groups for part in _parts(group, separate))
            except KeyError as missing:
                raise RankingError(rule, f"has no evidence for {missing.args[0]}") from None
        steps.append(TieStep(rule, separate is not None, groups))
        if all(len(group) == 1 for group in groups):
            break
    return TieBreak(groups, tuple(steps))


_Separator = Callable[[tuple[str, ...]], Sequence[tuple[str, ...]]]


def _parts(group: tuple[str, ...], separate: _Separator) -> Sequence[tuple[str, ...]]:
    return (group,) if len(group) == 1 else separate(group)


def _separator(rule: str, evidence: TieEvidence) -> _Separator | None:
    if rule == "p-better":
        better = evidence.better
        return None if better is None else lambda group: _clearly_first(group, better)
    if rule == "lot":
        seed = evidence.lot_seed
        return None if seed is None else lambda group: [(key,) for key in draw(group, tag=evidence.lot_tag, seed=seed)]
    values: Mapping[str, Fraction] | Mapping[str, int] | None
    values = evidence.lowest_channel if rule == "lowest-channel" else evidence.audits
    return None if values is None else lambda group: _descending(group, values)


def _descending(
    group: tuple[str, ...], values: Mapping[str, Fraction] | Mapping[str, int]
) -> Sequence[tuple[str, ...]]:
    ordered = sorted(group, key=lambda key: (-values[key], key))
    return [tuple(keys) for _, keys in groupby(ordered, key=lambda key: values[key])]


def _clearly_first(group: tuple[str, ...], better: Mapping[tuple[str, str], Fraction]) -> Sequence[tuple[str, ...]]:
    for key in group:
        others = tuple(other for other in group if other != key)
        if all(better[key, other] > CLEARLY_BETTER for other in others):
            return ((key,), *_parts(others, lambda rest: _clearly_first(rest, better)))
    return (group,)
