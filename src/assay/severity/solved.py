"""What the exactly solved equations say of institutions and jurors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from assay.severity.solver import Found

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.absorbed import Absorbed
    from assay.severity.absorption import Effects
    from assay.severity.design import Sums

    Floats = NDArray[Any]


@dataclass(frozen=True)
class Solved:
    """The equations at the estimated ratios; `is_turned` when the institutions are the smaller factor."""

    equations: Absorbed
    effects: Effects
    residual: float
    is_turned: bool

    def found(self) -> Found:
        """BLUPs and error variances, institutions first."""
        import numpy as np

        outer, inner = (self.residual * part for part in self.equations.error_variances())
        outer_level, inner_level = (self.residual * part for part in self.equations.level_terms())
        u, b = self._blups(self.effects)
        if self.is_turned:
            return Found(self.effects.fixed, b, u, inner, outer, np.maximum(inner + inner_level, 0.0))
        return Found(self.effects.fixed, u, b, outer, inner, np.maximum(outer + outer_level, 0.0))

    def sums(self, scores: Floats) -> Sums:
        """The statistics of a vector of scores that `outcome_of` takes."""
        return self.equations.design.sums(scores)

    def outcome_of(self, sums: Sums) -> tuple[Floats, Floats, Floats]:
        """(fixed, institution, juror) effects of another vector of scores at the same ratios; sums as turned."""
        effects = self.equations.effects(sums)
        u, b = self._blups(effects)
        return (effects.fixed, b, u) if self.is_turned else (effects.fixed, u, b)

    def _blups(self, effects: Effects) -> tuple[Floats, Floats]:
        return self.equations.outer_ratio * effects.outer, self.equations.inner_ratio * effects.inner

    def draws(self, count: int, seed: int) -> tuple[Floats, Floats]:
        """Joint draws of (fixed effects, institutions' effects), one row per draw.

        Inner effects and means from their joint normal, then the absorbed ones, which are independent given those.
        Chance is dealt out in the order of the effects, not of the keys.
        """
        import numpy as np
        from scipy.linalg import cho_solve, solve_triangular

        system, chance = self.equations, np.random.default_rng(seed)
        deviation, size = sqrt(self.residual), system.gram.size
        ranked = _ranked(self._blups(self.effects)[1], system.design.inner_sum)
        noise = chance.standard_normal((size, count))
        inner = np.empty((size, count))
        inner[ranked] = solve_triangular(
            system.factor_in_order(ranked), noise, lower=True, trans="T", check_finite=False
        )
        inner *= deviation * sqrt(system.inner_ratio)
        plain = chance.standard_normal((len(self.effects.fixed), count))
        fixed = deviation * solve_triangular(system.fixed_chol[0], plain, lower=True, trans="T")
        fixed -= cho_solve(system.fixed_chol, system.cross.T @ inner)
        u, b = self._blups(self.effects)
        means = self.effects.fixed[None, :] + fixed.T
        if self.is_turned:
            return means, b[None, :] + inner.T
        moved = system.design.pairs @ inner + system.design.outer_fixed @ fixed
        moved *= -system.absorb[:, None]
        own = np.empty((len(u), count))
        own[_ranked(u, system.design.outer_sum)] = chance.standard_normal((len(u), count))
        own *= deviation * np.sqrt(system.absorb)[:, None]
        moved += own
        moved += u[:, None]
        return means, np.ascontiguousarray(moved.T)


def _ranked(effects: Floats, weights: Floats) -> NDArray[np.intp]:
    """The order of effects, to 9 decimals, and of their weights: one that names have no part in."""
    import numpy as np

    return np.lexsort((weights, np.round(effects, 9)))
