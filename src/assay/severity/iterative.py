"""The same fit without any matrix of the smaller factor: conjugate gradients, and traces by seeded probes.

Both factors are large here. Systems with A = I + gb K are solved for all right-hand sides at once by
Jacobi-preconditioned conjugate gradients (Hestenes and Stiefel 1952); traces are Hutchinson's (1990) with the
diagonal taken exactly; the average information needs no traces.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final, cast

from assay.severity.absorption import Absorption, Effects, level_terms
from assay.severity.reml import LARGEST_RATIO
from assay.severity.solver import Found

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.severity.design import Design, Sums
    from assay.severity.reml import Point

    Floats = NDArray[Any]

_PROBES: Final = 8
_STEPS: Final = 25
_ITERATIONS: Final = 400
_SETTLED: Final = 1e-6
_LOOSE: Final = 1e-6
_TIGHT: Final = 1e-10
_BLOCK: Final = 16
_LEAST: Final = 1e-300


class Equations(Absorption):
    """The absorbed equations at one pair of ratios, applied and never formed."""

    def __init__(self, design: Design, outer_ratio: float, inner_ratio: float) -> None:
        import numpy as np

        super().__init__(design, outer_ratio, inner_ratio)
        squares = design.pairs_turned.power(2)
        self.diagonal = design.inner_sum - squares @ self.absorb - (self.cross * self.fixed_cross.T).sum(axis=1)
        self.jacobi = 1.0 / (1.0 + inner_ratio * np.maximum(self.diagonal, 0.0))

    def information(self, vectors: Floats) -> Floats:
        """K times the columns of `vectors`."""
        design = self.design
        through = design.pairs @ vectors
        through *= self.absorb[:, None]
        left = design.inner_sum[:, None] * vectors
        left -= design.pairs_turned @ through
        left -= self.cross @ (self.fixed_cross @ vectors)
        return left

    def solve(self, right: Floats, *, start: Floats | None = None, tolerance: float = _TIGHT) -> Floats:
        """A^-1 right for all columns at once."""
        import numpy as np

        columns = right[:, None] if right.ndim == 1 else right
        found = np.zeros_like(columns) if start is None else start.copy()
        residual = columns - found - self.inner_ratio * self.information(found) if start is not None else columns.copy()
        aim = tolerance**2 * np.maximum((columns**2).sum(axis=0), 1e-300)
        direction = self.jacobi[:, None] * residual
        product = (residual * direction).sum(axis=0)
        for _ in range(_ITERATIONS):
            if ((residual**2).sum(axis=0) <= aim).all():
                break
            applied = direction + self.inner_ratio * self.information(direction)
            step = product / np.maximum((direction * applied).sum(axis=0), 1e-300)
            found += step * direction
            residual -= step * applied
            preconditioned = self.jacobi[:, None] * residual
            following = (residual * preconditioned).sum(axis=0)
            direction *= following / np.maximum(product, 1e-300)
            direction += preconditioned
            product = following
        return found[:, 0] if right.ndim == 1 else found


class Iterative:
    """REML by average information with probed traces; every solve starts from the one before."""

    def __init__(self, design: Design, sums: Sums, *, prior: Floats, seed: int) -> None:
        import numpy as np

        self.design, self.sums, self.prior = design, sums, prior
        self.freedom = design.rows - len(design.fixed)
        self.residual = 0.0
        chance = np.random.default_rng(seed)
        self.probes = chance.choice(np.array([-1.0, 1.0]), size=(len(design.inner_sum), _PROBES))
        self._warm: Floats | None = None

    def minimise(self, start: Floats) -> Point:
        """Newton steps with the average information until the ratios settle."""
        import numpy as np

        from assay.severity.reml import Point

        ratios, gradient, curvature = start, np.zeros(2), np.eye(2)
        for _ in range(_STEPS):
            gradient, curvature = self._slope(ratios)
            moving = ~((ratios <= 0.0) & (gradient >= 0.0))
            step = np.zeros(2)
            if moving.any():
                step[moving] = -np.linalg.solve(curvature[np.ix_(moving, moving)], gradient[moving])
            lowest = np.where(self.prior > 0.0, ratios / 10.0, 0.0)
            following = np.clip(ratios + step, lowest, np.minimum(10.0 * ratios + 1.0, LARGEST_RATIO))
            change = np.abs(following - ratios) / np.maximum(following, 1e-9)
            ratios = following
            if change.max() < _SETTLED:
                break
        return Point(ratios, float("nan"), gradient, curvature)

    def _slope(self, ratios: Floats) -> tuple[Floats, Floats]:
        """Gradient and average information of the criterion."""
        import numpy as np

        system = Equations(self.design, float(ratios[0]), float(ratios[1]))
        reduced = system.reduce(self.sums)
        right = np.column_stack([reduced.kb, self.probes])
        solved = system.solve(right, start=self._warm, tolerance=_LOOSE)
        self._warm = solved
        effects = system.effects_of(reduced, solved[:, 0], self.sums)
        self.residual = variance = max(effects.square, _LEAST) / self.freedom
        own = np.array([effects.outer @ effects.outer, effects.inner @ effects.inner]) / variance
        gradient = self._traces(system, solved[:, 1:]) - own
        curvature = self._information(system, effects) / variance - np.outer(own, own) / self.freedom
        held = np.where(self.prior > 0.0, ratios, 1.0)
        return gradient - self.prior / held, curvature + np.diag(self.prior * held**-2.0)

    def _traces(self, system: Equations, solved: Floats) -> Floats:
        """tr(P Zu Zu') and tr(P Zb Zb') from the probes, off-diagonals only: the diagonals are known."""
        import numpy as np
        from scipy.linalg import cho_solve

        design, probes = self.design, self.probes
        squared = system.shrink**2
        weighted = squared[:, None] * design.outer_fixed
        gram = design.pairs_turned @ (squared[:, None] * (design.pairs @ probes))
        side = design.pairs_turned @ weighted
        corner = cho_solve(system.fixed_chol, design.outer_fixed.T @ weighted)
        gram -= side @ (system.fixed_cross @ probes) + system.fixed_cross.T @ (side.T @ probes)
        gram += system.fixed_cross.T @ (design.outer_fixed.T @ weighted) @ (system.fixed_cross @ probes)
        inverse = _probed(solved, probes, system.jacobi)
        own = design.pairs_turned.power(2) @ squared
        used = float((solved * gram).sum(axis=0).mean())
        used += float((system.jacobi * (own - (probes * gram).mean(axis=1))).sum())
        outer = float((design.outer_sum * system.shrink).sum()) - float(np.trace(corner)) - system.inner_ratio * used
        if system.inner_ratio:
            return np.array([outer, (len(probes) - inverse) / system.inner_ratio])
        return np.array([outer, float(system.diagonal.sum())])

    def _information(self, system: Equations, effects: Effects) -> Floats:
        """f_k'P f_l of the working vectors, as in the exact fit."""
        import numpy as np

        one, two, left = system.working(effects)
        right = np.column_stack([one.kb, two.kb])
        return left - system.inner_ratio * right.T @ system.solve(right, tolerance=1e-3)

    def solved(self, point: Point, is_turned: bool) -> Probed:
        """The equations at the ratios found, with effects to full precision."""
        system = Equations(self.design, float(point.ratios[0]), float(point.ratios[1]))
        reduced = system.reduce(self.sums)
        start = None if self._warm is None else self._warm[:, 0][:, None]
        effects = system.effects_of(reduced, system.solve(reduced.kb[:, None], start=start)[:, 0], self.sums)
        self.residual = max(effects.square, _LEAST) / self.freedom
        assert self._warm is not None
        return Probed(system, effects, self.residual, is_turned, self.probes, self._warm[:, 1:])


def _probed(solved: Floats, probes: Floats, diagonal: Floats) -> float:
    """tr(A^-1): the diagonal's approximate inverse exactly, the rest by the probes."""
    return float(diagonal.sum() + (((solved - diagonal[:, None] * probes) * probes).sum(axis=0)).mean())


@dataclass(frozen=True)
class Probed:
    """What the matrix-free equations say; error variances lean on the probes for what is off the diagonal."""

    equations: Equations
    effects: Effects
    residual: float
    is_turned: bool
    probes: Floats
    probe_solutions: Floats

    def found(self) -> Found:
        """BLUPs and error variances, institutions first."""
        import numpy as np

        outer, inner = (self.residual * part for part in self._error_variances())
        outer_level, inner_level = (self.residual * part for part in level_terms(self.equations, self._corner()))
        u, b = self._blups(self.effects)
        if self.is_turned:
            return Found(self.effects.fixed, b, u, inner, outer, np.maximum(inner + inner_level, 0.0))
        return Found(self.effects.fixed, u, b, outer, inner, np.maximum(outer + outer_level, 0.0))

    def _error_variances(self) -> tuple[Floats, Floats]:
        """(outer, inner) relative: A^-1's diagonal by probes around Jacobi's, then each outer row's own share.

        The diagonal estimate is Bekas, Kokiopoulou and Saad's (2007); an outer effect's error adds to its own
        D_i the juror part through n_i' C n_i, taken at the diagonal, and the part of the means exactly.
        """
        import numpy as np

        system, design = self.equations, self.equations.design
        rest = ((self.probe_solutions - system.jacobi[:, None] * self.probes) * self.probes).mean(axis=1)
        shift = float(rest.mean() / system.jacobi.mean())
        inner = system.inner_ratio * np.maximum(system.jacobi * (1.0 + shift), 0.0)
        solved = system.solve(system.fixed_cross.T.copy(), tolerance=_LOOSE)
        corner = self._corner()
        own = design.pairs.power(2) @ inner
        side = (design.pairs @ solved) * system.inner_ratio
        used = own - 2.0 * (side * design.outer_fixed).sum(axis=1)
        used += ((design.outer_fixed @ corner) * design.outer_fixed).sum(axis=1)
        return system.absorb + system.absorb**2 * np.maximum(used, 0.0), inner

    def sums(self, scores: Floats) -> Sums:
        """The statistics of a vector of scores that `outcome_of` takes."""
        return self.equations.design.sums(scores)

    def _corner(self) -> Floats:
        """Covariance of the fixed effects, relative."""
        import numpy as np
        from scipy.linalg import cho_solve

        system = self.equations
        corner = cho_solve(system.fixed_chol, np.eye(len(system.design.fixed)))
        solved = system.solve(system.fixed_cross.T.copy(), tolerance=_LOOSE)
        return cast("Floats", corner + system.inner_ratio * system.fixed_cross @ solved)

    def outcome_of(self, sums: Sums) -> tuple[Floats, Floats, Floats]:
        """(fixed, institution, juror) effects of another vector of scores at the same ratios; sums as turned."""
        system = self.equations
        reduced = system.reduce(sums)
        near = self.effects.inner[:, None]
        effects = system.effects_of(
            reduced, system.solve(reduced.kb[:, None], start=near, tolerance=_LOOSE)[:, 0], sums
        )
        u, b = self._blups(effects)
        return (effects.fixed, b, u) if self.is_turned else (effects.fixed, u, b)

    def _blups(self, effects: Effects) -> tuple[Floats, Floats]:
        return self.equations.outer_ratio * effects.outer, self.equations.inner_ratio * effects.inner

    def draws(self, count: int, seed: int) -> tuple[Floats, Floats]:
        """Joint draws of (fixed effects, institutions' effects): perturb and solve (Papandreou and Yuille 2010)."""
        import numpy as np
        from scipy.linalg import cho_solve, solve_triangular

        system, design = self.equations, self.equations.design
        chance = np.random.default_rng(seed)
        deviation = sqrt(self.residual)
        u, b = self._blups(self.effects)
        means = np.empty((count, len(self.effects.fixed)))
        effects = np.empty((count, len(b if self.is_turned else u)))
        for first in range(0, count, _BLOCK):
            size = min(_BLOCK, count - first)
            noise = chance.standard_normal((len(b), size)) / sqrt(system.inner_ratio or 1.0)
            noise += self._information_noise(chance, size)
            inner = deviation * system.inner_ratio * system.solve(noise, tolerance=_LOOSE)
            plain = chance.standard_normal((len(self.effects.fixed), size))
            fixed = deviation * solve_triangular(system.fixed_chol[0], plain, lower=True, trans="T")
            fixed -= cho_solve(system.fixed_chol, system.cross.T @ inner)
            means[first : first + size] = (self.effects.fixed[:, None] + fixed).T
            if self.is_turned:
                effects[first : first + size] = (b[:, None] + inner).T
                continue
            moved = -system.absorb[:, None] * (design.pairs @ inner + design.outer_fixed @ fixed)
            moved += deviation * np.sqrt(system.absorb)[:, None] * chance.standard_normal((len(u), size))
            effects[first : first + size] = (u[:, None] + moved).T
        return means, effects

    def _information_noise(self, chance: Any, size: int) -> Floats:
        """Normal noise with covariance K: Zb'P0 of noise with the absorbed model's own covariance P0^-1."""
        import numpy as np

        system, design = self.equations, self.equations.design
        found = np.empty((len(design.inner_sum), size))
        root = np.sqrt(design.weights)
        for place in range(size):
            rows = chance.standard_normal(design.rows) / root
            rows += sqrt(system.outer_ratio) * chance.standard_normal(len(design.outer_sum))[design.outer]
            found[:, place] = system.reduce(design.sums(rows)).kb
        return found
