"""Who stands where, and whether a threshold holds; always by the published points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Final

from assay.exact import FieldError, RoundingRule

TIE_RULES: Final = ("share",)

_MOST_BITS: Final = 256


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
    placed = places({key: int(f"{value:f}".replace(".", "")) for key, value in shown.items()})
    entries = [Standing(key, place, points[key] or Fraction(0), shown[key], sharing) for key, place, sharing in placed]
    return Standings(tuple(entries), tuple(sorted(key for key, value in points.items() if value is None)))


def places(values: Mapping[str, Fraction] | Mapping[str, int]) -> list[tuple[str, int, tuple[str, ...]]]:
    """(key, place, all keys on it) in order, the largest value first; equal values share: 1, 2, 2, 4."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    wholes = _comparable(values)
    ordered = sorted(values, key=lambda key: (wholes[key], key))
    for _, group in groupby(ordered, key=lambda key: wholes[key]):
        keys = tuple(group)
        place = len(found) + 1
        found += [(key, place, keys) for key in keys]
    return found


def _comparable(values: Mapping[str, Fraction] | Mapping[str, int]) -> Mapping[str, Fraction | int]:
    """The values turned round, as whole numbers over one denominator where that stays small: quick to compare."""
    common = 1
    for denominator in {value.denominator for value in values.values()}:
        common = lcm(common, denominator)
        if common.bit_length() > _MOST_BITS:
            return {key: -value for key, value in values.items()}
    return {key: -value.numerator * (common // value.denominator) for key, value in values.items()}


def reaches(points: Fraction, threshold: Fraction, *, published: RoundingRule) -> bool:
    """Whether the published points are at least the threshold."""
    return Fraction(published.apply(points)) >= threshold
