"""What Cholesky and conjugate gradients share: one factor and the fixed effects absorbed at a pair of ratios."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assay.severity.design import Sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.severity.design import Design

    Floats = NDArray[Any]


@dataclass(frozen=True)
class Reduced:
    """One vector of scores after absorption: kb = Zb'P0 y, rx its fixed part, and y'P0 y."""

    kb: Floats
    rx: Floats
    k0: float


@dataclass(frozen=True)
class Effects:
    """Fixed effects, Zu'Py and Zb'Py (times a ratio: the BLUPs), and y'Py, all relative."""

    fixed: Floats
    outer: Floats
    inner: Floats
    square: float


class Absorption(ABC):
    """The absorbed equations at one pair of variance ratios (outer, inner); how A is solved is another's matter."""

    def __init__(self, design: Design, outer_ratio: float, inner_ratio: float) -> None:
        from scipy.linalg import cho_factor, cho_solve

        self.design, self.outer_ratio, self.inner_ratio = design, outer_ratio, inner_ratio
        self.shrink = 1.0 / (1.0 + outer_ratio * design.outer_sum)
        self.absorb = outer_ratio * self.shrink
        weighted = self.absorb[:, None] * design.outer_fixed
        self.fixed_chol = cho_factor(design.fixed - design.outer_fixed.T @ weighted, lower=True)
        self.cross = design.inner_fixed - design.pairs_turned @ weighted
        self.fixed_cross = cho_solve(self.fixed_chol, self.cross.T)

    @abstractmethod
    def solve(self, right: Floats) -> Floats:
        """A^-1 right."""

    def reduce(self, sums: Sums) -> Reduced:
        """A vector of scores after the outer factor and the fixed effects are absorbed."""
        from scipy.linalg import cho_solve

        weighted = self.absorb * sums.outer
        rx = sums.fixed - self.design.outer_fixed.T @ weighted
        rb = sums.inner - self.design.pairs_turned @ weighted
        solved = cho_solve(self.fixed_chol, rx)
        return Reduced(rb - self.cross @ solved, rx, sums.square - float(sums.outer @ weighted) - float(rx @ solved))

    def effects_of(self, reduced: Reduced, solved: Floats, sums: Sums) -> Effects:
        """Effects of a reduced vector whose A^-1 kb is `solved`."""
        from scipy.linalg import cho_solve

        b = self.inner_ratio * solved
        fixed = cho_solve(self.fixed_chol, reduced.rx - self.cross.T @ b)
        outer = self.shrink * (sums.outer - self.design.outer_fixed @ fixed - self.design.pairs @ b)
        square = reduced.k0 - self.inner_ratio * float(reduced.kb @ solved)
        return Effects(fixed, outer, solved, max(square, 0.0))

    def working(self, effects: Effects) -> tuple[Reduced, Reduced, Floats]:
        """The working vectors Zu Zu'Py and Zb Zb'Py of average information, reduced, and f_k'P0 f_l."""
        import numpy as np
        from scipy.linalg import cho_solve

        design, gu, gb = self.design, effects.outer, effects.inner
        outer = Sums(
            design.outer_fixed.T @ gu, design.outer_sum * gu, design.pairs_turned @ gu, float(design.outer_sum @ gu**2)
        )
        inner = Sums(
            design.inner_fixed.T @ gb, design.pairs @ gb, design.inner_sum * gb, float(design.inner_sum @ gb**2)
        )
        one, two = self.reduce(outer), self.reduce(inner)
        between = float(gu @ inner.outer) - float((self.absorb * outer.outer) @ inner.outer)
        between -= float(one.rx @ cho_solve(self.fixed_chol, two.rx))
        return one, two, np.array([[one.k0, between], [between, two.k0]])


def level_terms(system: Absorption, corner: Floats) -> tuple[Floats, Floats]:
    """Var(m + u) - Var(u) of the prediction errors, relative; m is the mean at which qualities are read."""
    import numpy as np

    design = system.design
    top = corner @ design.mean
    side = -system.inner_ratio * system.solve(np.asarray(system.fixed_cross.T @ design.mean))
    level = float(design.mean @ top)
    outer = level - 2.0 * system.absorb * (design.outer_fixed @ top + design.pairs @ side)
    return outer, level + 2.0 * side
