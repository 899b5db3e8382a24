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


def weighted_mean(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Composite:
    """Weighted arithmetic mean of the components present (a value of None, or no value, is absent).

    Exact: sum(w * v) / sum(w) over the present ones. A component of weight 0 changes nothing and has share 0.
    Raises CompositeError for a value without weight, a negative weight or weights that are all 0.
    """
    shares, left_out = _shares(values, weights)
    if not any(shares.values()):
        return Composite(None, shares, left_out)
    total = sum((share * (values[key] or _ZERO) for key, share in shares.items()), _ZERO)
    return Composite(total, shares, left_out)


def geometric_mean(values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]) -> Composite:
    """Weighted geometric mean of the components present: a low one cannot be bought off by a high one.

    The product of v^w, weights summing to 1, to 14 significant digits: so equal products are equal numbers. A 0 with a
    weight above 0 gives 0. Raises CompositeError as `weighted_mean` does, and for a value below 0.
    OECD/JRC 2008, Handbook on Constructing Composite Indicators, section 6.2.
    """
    shares, left_out = _shares(values, weights)
    if not any(shares.values()):
        return Composite(None, shares, left_out)
    weighed = {key: values[key] or _ZERO for key, share in shares.items() if share}
    for key, value in weighed.items():
        if value < 0:
            raise CompositeError(f"values.{key}", "must not be below 0 for a geometric mean")
    if not all(weighed.values()):
        return Composite(_ZERO, shares, left_out)
    logarithm = math.fsum(float(shares[key]) * math.log(float(value)) for key, value in weighed.items())
    return Composite(Fraction(f"{math.exp(logarithm):.14g}"), shares, left_out)


def combine(
    values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction], *, method: str = "linear"
) -> Composite:
    """`weighted_mean` or `geometric_mean`, as `method` says."""
    if method not in METHODS:
        raise CompositeError("method", "must be one of: " + ", ".join(METHODS))
    return weighted_mean(values, weights) if method == "linear" else geometric_mean(values, weights)


def _shares(
    values: Mapping[str, Fraction | None], weights: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """Shares of the components present, by key, and the keys of those that are not."""
    for key in sorted(values):
        if key not in weights:
            raise CompositeError(f"values.{key}", "has no weight")
    for key in sorted(weights):
        if weights[key] < 0:
            raise CompositeError(f"weights.{key}", "must not be below 0")
    if not any(weights.values()):
        raise CompositeError("weights", "must have at least one above 0")
    present = [key for key in sorted(values) if values[key] is not None]
    total = sum((weights[key] for key in present), _ZERO)
    left_out = tuple(key for key in sorted(weights) if values.get(key) is None)
    return {key: weights[key] / total if total else _ZERO for key in present}, left_out
