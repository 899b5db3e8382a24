"""REML by average information (Gilmour, Thompson and Cullis 1995) in the variance ratios, kept at or above 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.design import Design, Sums

    Floats = NDArray[Any]

_STEPS: Final = 200
_HALVINGS: Final = 40
_RIDGE: Final = 1e-6
_NET: Final = (0.0, 0.03, 0.3, 3.0, 30.0)
_LOWER: Final = 1e-6
LARGEST_RATIO: Final = 1e8
"""Above this a residual is nothing but rounding."""


@dataclass(frozen=True)
class Point:
    """The criterion at a pair of ratios, its gradient there and the average information."""

    ratios: Floats
    value: float
    gradient: Floats
    curvature: Floats


Evaluate = Callable[["Floats"], Point]


def minimise(evaluate: Evaluate, start: Floats, free: tuple[bool, bool], *, tolerance: float = 1e-7) -> Point:
    """The ratios (outer, inner) with the least criterion; a factor that is not free stays at 0.

    Newton steps with the average information for the curvature, projected on ratios >= 0, halved until the
    criterion falls.
    """
    import numpy as np

    mask = np.array(free)
    point = evaluate(np.where(mask, start, 0.0))
    for _ in range(_STEPS):
        moving = mask & ~((point.ratios <= 0.0) & (point.gradient >= 0.0))
        if not moving.any():
            return point
        better = _step(evaluate, point, moving)
        if better is None:
            return point
        change = np.abs(better.ratios - point.ratios) / np.maximum(np.abs(better.ratios), 1e-12)
        gain = point.value - better.value
        point = better
        if change.max() < tolerance or (gain < tolerance * 1e-3 and change.max() < 1e-6):
            return point
    return point


def deepest(evaluate: Evaluate, value: Callable[[Floats], float], found: Point, free: tuple[bool, bool]) -> Point:
    """The minimum found, or a lower one: with few ratings the criterion can have two valleys.

    A coarse net of ratios is laid over the criterion; where a knot lies lower than the minimum, Newton starts there.
    """
    import numpy as np

    nets = [_NET if is_free else (0.0,) for is_free in free]
    knots = [np.array([outer, inner]) for outer in nets[0] for inner in nets[1]]
    values = [value(knot) for knot in knots]
    lowest = int(np.argmin(values))
    if not values[lowest] < found.value - _LOWER:
        return found
    other = minimise(evaluate, knots[lowest], free)
    return other if other.value < found.value else found


def _step(evaluate: Evaluate, point: Point, moving: NDArray[np.bool_]) -> Point | None:
    import numpy as np

    direction = np.zeros(2)
    curvature = point.curvature[np.ix_(moving, moving)]
    gradient = point.gradient[moving]
    ridge = _RIDGE * np.diag(np.diag(curvature)) + 1e-300 * np.eye(len(gradient))
    direction[moving] = -np.linalg.solve(curvature + ridge, gradient)
    if float(direction[moving] @ gradient) >= 0.0:
        direction[moving] = -gradient / np.maximum(np.diag(curvature), 1e-300)
    size = 1.0
    for _ in range(_HALVINGS):
        ratios = np.clip(point.ratios + size * direction, 0.0, LARGEST_RATIO)
        ratios = np.where(ratios > 50.0 * point.ratios + 1.0, 50.0 * point.ratios + 1.0, ratios)
        tried = evaluate(ratios)
        if np.isfinite(tried.value) and tried.value <= point.value + 1e-12 * abs(point.value):
            return tried
        size /= 2.0
    return None


def starting_ratios(design: Design, sums: Sums) -> Floats:
    """Variance ratios (outer, inner) by Henderson's method I (1953): sums of squares set equal to what they expect."""
    import numpy as np

    weight, rows = float(design.weights.sum()), design.rows
    squares = design.pairs.copy()
    squares.data = squares.data**2
    outer, inner = design.outer_sum, design.inner_sum
    within_outer = float((squares.sum(axis=1) / outer).sum())
    within_inner = float((squares.sum(axis=0) / inner).sum())
    table = np.array(
        [
            [weight, weight, rows],
            [weight, within_outer, len(outer)],
            [within_inner, weight, len(inner)],
        ]
    )
    table -= np.array([float((outer**2).sum()) / weight, float((inner**2).sum()) / weight, 1.0])
    mean = float(sums.outer.sum()) ** 2 / weight
    right = np.array([sums.square, float((sums.outer**2 / outer).sum()), float((sums.inner**2 / inner).sum())]) - mean
    try:
        found = np.linalg.solve(table, right)
    except np.linalg.LinAlgError:
        return np.array([0.5, 0.2])
    if not (np.isfinite(found).all() and found[2] > 0.0):
        return np.array([0.5, 0.2])
    return cast("Floats", np.clip(found[:2] / found[2], 1e-2, 1e4))
