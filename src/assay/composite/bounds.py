"""How low and how high a weighted mean can go when every weight may be somewhat smaller or greater."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from assay.composite.aggregation import CompositeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def score_bounds(
    institutions: Sequence[Mapping[str, Fraction | None]], weights: Mapping[str, Fraction], *, perturb: float
) -> tuple[Floats, Floats]:
    """The least and the greatest weighted mean of each institution, in the order given; NaN without components.

    Every weight may be multiplied by any number from 1 - perturb to 1 + perturb, each on its own. A weighted mean is
    a ratio of two linear functions of the weights, so both ends are at a corner of that box: the greatest where
    components above it have their greatest weight and those below it their least. Raises CompositeError.
    """
    import numpy as np

    if not 0 <= perturb < 1:
        raise CompositeError("perturb", "must be at least 0 and below 1")
    if not weights or min(weights.values()) < 0 or not any(weights.values()):
        raise CompositeError("weights", "must not be below 0, and at least one above")
    names = sorted(weights)
    biggest = max(weights.values())
    given = np.array([float(weights[name] / biggest) for name in names])
    values = np.array(
        [[_number(found.get(name)) for name in names] for found in institutions], dtype=np.float64
    ).reshape(-1, len(names))
    return -_highest(-values, given, perturb), _highest(values, given, perturb)


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)


def _highest(values: Floats, weights: Floats, perturb: float) -> Floats:
    """Of the corners where the best k components weigh most, the greatest mean."""
    import numpy as np

    order = np.argsort(-values, axis=1, kind="stable")
    sorted_values = np.take_along_axis(values, order, axis=1)
    there = ~np.isnan(sorted_values)
    sizes = np.where(there, weights[order], 0.0)
    filled = np.where(there, sorted_values, 0.0)
    best = np.full(len(values), np.nan)
    for count in range(values.shape[1] + 1):
        factor = np.where(np.arange(values.shape[1]) < count, 1 + perturb, 1 - perturb)
        corner = sizes * factor
        total = corner.sum(axis=1)
        mean = np.divide((corner * filled).sum(axis=1), total, out=np.full(len(values), np.nan), where=total > 0)
        best = np.fmax(best, mean)
    return best
