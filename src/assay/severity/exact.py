"""The criterion, its gradient and the average information, exactly, from the absorbed equations."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from assay.severity.absorbed import Absorbed, Gram, criterion
from assay.severity.reml import Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.severity.absorption import Effects
    from assay.severity.design import Design, Sums

    Floats = NDArray[Any]


class Exact:
    """REML of one vector of scores, solved by Cholesky at each pair of ratios."""

    def __init__(self, design: Design, sums: Sums, *, prior: Floats, gram: Gram | None = None) -> None:
        self.design, self.sums, self.prior = design, sums, prior
        self.gram = gram or Gram(design.pairs)
        self.freedom = design.rows - len(design.fixed)
        self._last: Absorbed | None = None

    def at(self, ratios: Floats) -> Absorbed:
        """The equations at (outer, inner); the last ones are kept."""
        outer, inner = float(ratios[0]), float(ratios[1])
        if self._last is None or (self._last.outer_ratio, self._last.inner_ratio) != (outer, inner):
            self._last = Absorbed(self.design, self.gram, outer, inner)
        return self._last

    def value(self, ratios: Floats) -> float:
        """The criterion alone, the prior's part within."""
        import numpy as np

        system = self.at(ratios)
        square = system.effects(self.sums).square
        held = self.prior > 0.0
        if square <= 0.0 or (ratios[held] <= 0.0).any():
            return inf
        value = criterion(square, system.log_determinant(), self.freedom)
        return value - float(self.prior @ np.log(np.where(held, ratios, 1.0)))

    def __call__(self, ratios: Floats) -> Point:
        import numpy as np

        system = self.at(ratios)
        effects = system.effects(self.sums)
        if effects.square <= 0.0:
            return Point(ratios, inf, np.zeros(2), np.eye(2))
        value = criterion(effects.square, system.log_determinant(), self.freedom)
        variance = effects.square / self.freedom
        own = np.array([effects.outer @ effects.outer, effects.inner @ effects.inner]) / variance
        gradient = np.array(system.traces()) - own
        curvature = average_information(system, effects) / variance - np.outer(own, own) / self.freedom
        return penalised(Point(ratios, value, gradient, curvature), self.prior)


def penalised(point: Point, weights: Floats) -> Point:
    """The criterion with the weak prior: a gamma of shape 1 + weight and rate near 0 on each ratio of deviations.

    Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013: it keeps the estimate off the boundary and vanishes with data.
    """
    import numpy as np

    held = weights > 0.0
    if (point.ratios[held] <= 0.0).any():
        return Point(point.ratios, inf, point.gradient, point.curvature)
    ratios = np.where(held, point.ratios, 1.0)
    return Point(
        point.ratios,
        point.value - float(weights @ np.log(ratios)),
        point.gradient - weights / ratios,
        point.curvature + np.diag(weights * ratios**-2.0),
    )


def average_information(system: Absorbed, effects: Effects) -> Floats:
    """f_k'P f_l (relative) of the working vectors Zu Zu'Py and Zb Zb'Py."""
    import numpy as np

    one, two, left = system.working(effects)
    cross = system.product(one, two, left[0, 1])
    return np.array([[system.product(one, one, one.k0), cross], [cross, system.product(two, two, two.k0)]])
