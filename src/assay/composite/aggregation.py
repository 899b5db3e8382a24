"""Several numbers into one: the weighted mean, linear or geometric, over what is there, weights renormalised."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.exact import FieldError

METHODS: Final = ("linear", "geometric")
_ZERO: Final = Fraction(0)


class CompositeError(FieldError):
    """Values or weights that cannot be combined."""


@dataclass(frozen=True)
class Composite:
    """The combined value (None when nothing has weight), shares that sum to 1, what was left out."""

    value: Fraction | None
    effective_weights: Mapping[str, Fraction]
    left_out: tuple[str, ...]


class Weighing:
    """Checked weights, ready for many institutions: shares are worked out once for each set of components present.

    Raises CompositeError for a negative weight or weights that are all 0.
    """

    def __init__(self, weights: Mapping[str, Fraction]) -> None:
        for key in sorted(weights):
            if weights[key] < 0:
                raise CompositeError(f"weights.{key}", "must not be below 0")
        if not any(weights.values()):
            raise CompositeError("weights", "must have at least one above 0")
        scale = math.lcm(*(weight.denominator for weight in weights.values()))
        self._whole = {key: int(weights[key] * scale) for key in sorted(weights)}
        self._known: dict[tuple[str, ...], tuple[Mapping[str, Fraction], tuple[str, ...]]] = {}

    def mean(self, values: Mapping[str, Fraction | None]) -> Composite:
        """As `weighted_mean`."""
        shares, left_out = self._shares(values)
        total = sum(self._whole[key] for key in shares)
        if not total:
            return Composite(None, shares, left_out)
        present = {key: values[key] or _ZERO for key in shares}
        common = math.lcm(*(value.denominator for value in present.values()))
        above = sum(
            self._whole[key] * value.numerator * (common // value.denominator) for key, value in present.items()
        )
        return Composite(Fraction(above, total * common), shares, left_out)

    def geometric(self, values: Mapping[str, Fraction | None]) -> Composite:
        """As `geometric_mean`."""
        shares, left_out = self._shares(values)
        weighed = {key: values[key] or _ZERO for key in shares if self._whole[key]}
        if not weighed:
            return Composite(None, shares, left_out)
        for key, value in weighed.items():
            if value < 0:
                raise CompositeError(f"values.{key}", "must not be below 0 for a geometric mean")
        if not all(weighed.values()):
            return Composite(_ZERO, shares, left_out)
        logarithm = math.fsum(float(shares[key]) * math.log(float(value)) for key, value in weighed.items())
        return Composite(Fraction(f"{math.exp(logarithm):.14g}"), shares, left_out)

    def combine(self, values: Mapping[str, Fraction | None], method: str) -> Composite:
        """`mean` or `geometric`, as `method` says."""
        if method not in METHODS:
            raise CompositeError("method", "must be one of: " + ", ".join(METHODS))
        return self.mean(values) if method == "linear" else self.geometric(values)

    def _shares(self, values: Mapping[str, Fraction | None]) -> tuple[Mapping[str, Fraction], tuple[str, ...]]:
        """Shares of the components present, by key, and the keys of those that are not."""
        present = tuple(sorted(key for key, value in values.items() if value is not None))
        if len(present) != len(values) or present not in self._known:
            for key in sorted(values):
                if key not in self._whole:
                    raise CompositeError(f"values.{key}", "has no weight")
        if present not in self._known:
            total = sum(self._whole[key] for key in present)
            shares = {key: Fraction(self._whole[key], total) if total else _ZERO for key in present}
            self._known[present] = shares, tuple(key for key in self._whole if key not in shares)
        return self._known[present]


def weighted_mean(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Composite:
    """Weighted arithmetic mean of the components present (a value of None, or no value, is absent).

    Exact: sum(w * v) / sum(w) over the present ones. A component of weight 0 changes nothing and has share 0.
    Raises CompositeError for a value without weight, a negative weight or weights that are all 0.
    """
    return Weighing(weights).mean(values)


def geometric_mean(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Composite:
    """Weighted geometric mean of the components present: a low one cannot be bought off by a high one.

    The product of v^w, weights summing to 1, to 14 significant digits: so equal products are equal numbers. A 0 with a
    weight above 0 gives 0. Raises CompositeError as `weighted_mean` does, and for a value below 0.
    OECD/JRC 2008, Handbook on Constructing Composite Indicators, section 6.2.
    """
    return Weighing(weights).geometric(values)


def combine(
    values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction], *, method: str = "linear"
) -> Composite:
    """`weighted_mean` or `geometric_mean`, as `method` says."""
    return Weighing(weights).combine(values, method)
