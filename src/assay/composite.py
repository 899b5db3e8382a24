"""Channels and sources into one number: the weighted mean over what is there, weights renormalised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.exact import FieldError

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
    for key in sorted(values):
        if key not in weights:
            raise CompositeError(f"values.{key}", "has no weight")
    for key in sorted(weights):
        if weights[key] < 0:
            raise CompositeError(f"weights.{key}", "must not be below 0")
    if not any(weights.values()):
        raise CompositeError("weights", "must have at least one above 0")
    present = {key: value for key, value in sorted(values.items()) if value is not None}
    total = sum((weights[key] for key in present), _ZERO)
    left_out = tuple(key for key in sorted(weights) if key not in present)
    if not total:
        return Composite(None, dict.fromkeys(present, _ZERO), left_out)
    shares = {key: weights[key] / total for key in present}
    return Composite(sum((shares[key] * value for key, value in present.items()), _ZERO), shares, left_out)
