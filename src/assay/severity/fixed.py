"""Two refits beside the model: both factors fixed (two-way least squares), and with outlying scores held in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.solver import Solver

    Floats = NDArray[Any]

_HUBER: Final = 1.345
"""Huber's constant: 95 % efficient where the residuals are normal."""
_REFITS: Final = 25
_SETTLED: Final = 1e-5


def least_squares(solver: Solver) -> Floats:
    """Institution effects of the two-way fixed-effects fit (scaled), summing to 0 within every connected part."""
    import numpy as np

    design = solver.design
    if solver.is_constant:
        return np.zeros(design.pairs.shape[0])
    sums = design.sums(solver.scaled)
    contrasts = _contrasts(design.fixed)
    juror, fixed = _jurors(design, sums, contrasts, solver.part)
    effect = (sums.outer - design.pairs @ juror - (design.outer_fixed @ contrasts) @ fixed) / design.outer_sum
    means = np.bincount(solver.part, effect) / np.maximum(np.bincount(solver.part), 1)
    return cast("Floats", effect - means[solver.part])


def _contrasts(fixed: Floats) -> Floats:
    """The fixed columns that institutions do not already span: all but the first, whose sum with them is constant."""
    import numpy as np

    return np.eye(len(fixed))[:, 1:]


def _jurors(design: Any, sums: Any, contrasts: Floats, part: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Juror effects and contrasts with the institutions absorbed: a least-norm solution of singular equations."""
    import numpy as np
    from scipy.linalg import LinAlgError, cho_factor, cho_solve, lstsq

    from assay.severity.absorbed import MOST_INNER, Gram

    people, extra = len(design.inner_sum), contrasts.shape[1]
    weights = 1.0 / design.outer_sum
    x_outer, x_inner = design.outer_fixed @ contrasts, design.inner_fixed @ contrasts
    right = np.concatenate(
        [
            sums.inner - design.pairs_turned @ (weights * sums.outer),
            contrasts.T @ sums.fixed - x_outer.T @ (weights * sums.outer),
        ]
    )
    if people + extra > MOST_INNER:
        found = _by_gradients(design, weights, right[:people])
        return found, np.zeros(extra)
    table = np.empty((people + extra, people + extra))
    table[:people, :people] = np.diag(design.inner_sum) - Gram(design.pairs).of(weights)
    table[:people, people:] = x_inner - design.pairs_turned @ (weights[:, None] * x_outer)
    table[people:, :people] = table[:people, people:].T
    table[people:, people:] = contrasts.T @ design.fixed @ contrasts - x_outer.T @ (weights[:, None] * x_outer)
    grounded = table + _ground(design, part, people + extra)
    try:
        factor = cho_factor(grounded, lower=True)
        smallest = np.diag(factor[0]).min()
        if smallest > 1e-6 * np.sqrt(np.abs(np.diag(table)).max()):
            found = cho_solve(factor, right)
            return found[:people], found[people:]
    except LinAlgError:
        pass
    found = lstsq(table, right, cond=1e-10)[0]
    return found[:people], found[people:]


def _ground(design: Any, part: NDArray[np.int64], size: int) -> Floats:
    """One weight on the juror effects' sum of each connected part, which the equations leave open."""
    import numpy as np

    first = np.zeros(len(design.inner_sum), dtype=np.int64)
    rows = np.repeat(np.arange(design.pairs.shape[0]), np.diff(design.pairs.indptr))
    first[design.pairs.indices] = part[rows]
    table = np.zeros((size, size))
    for number in np.unique(part):
        members = np.flatnonzero(first == number)
        table[np.ix_(members, members)] += design.inner_sum[members].mean() / len(members)
    return table


def _by_gradients(design: Any, weights: Floats, right: Floats) -> Floats:
    """Jacobi-preconditioned conjugate gradients on the consistent singular equations."""
    import numpy as np
    from scipy.sparse.linalg import LinearOperator, cg

    def times(vector: Floats) -> Floats:
        return design.inner_sum * vector - design.pairs_turned @ (weights * (design.pairs @ vector))  # type: ignore[no-any-return]

    size = len(right)
    whole = LinearOperator((size, size), matvec=times, dtype=np.float64)
    jacobi = LinearOperator((size, size), matvec=lambda vector: vector / design.inner_sum, dtype=np.float64)
    return cg(whole, right, rtol=1e-10, maxiter=500, M=jacobi)[0]  # type: ignore[no-any-return]


def robust_effects(solver: Solver) -> Floats:
    """Institution BLUPs (scaled) with scores pulled to 1.345 robust standard deviations of their fitted values.

    Huber 1981, ch. 7 (pseudo-values), at the variance ratios already estimated.
    """
    import numpy as np

    design, effects = solver.design, solver.effects
    fixed, institution, juror = effects.fixed, effects.institution, effects.juror
    if solver.is_constant or solver.has_no_residual:
        return institution
    root = np.sqrt(design.weights)
    limit = 0.0
    for turn in range(_REFITS):
        fitted = design.columns @ fixed + institution[design.outer] + juror[design.inner]
        residual = (solver.scaled - fitted) * root
        if turn == 0:
            limit = _HUBER * 1.4826 * float(np.median(np.abs(residual)))
        if limit <= 0.0:
            break
        held = np.clip(residual, -limit, limit) / root
        fixed, moved, juror = solver.system.outcome_of(solver.system.sums(fitted + held))
        change = float(np.abs(moved - institution).max())
        institution = moved
        if change < _SETTLED:
            break
    return institution
