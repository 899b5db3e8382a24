"""Two refits beside the model: both factors fixed (two-way least squares), and with outlying scores held in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.design import Design, Sums
    from assay.severity.solver import Solver

    Floats = NDArray[Any]

_HUBER: Final = 1.345
"""Huber's constant: 95 % efficient where the residuals are normal."""
_REFITS: Final = 25
_SETTLED: Final = 1e-5
_TURNS: Final = 500
_MORE_TURNS: Final = 20_000
_CHAIN: Final = 8
"""Couples of jurors who met at one institution, for each juror, with which a sparse factor stays sparse."""
_DETERMINED: Final = 1e-8
"""The share of a column that must be left beside institutions and jurors for it to count."""


def least_squares(solver: Solver) -> Floats:
    """Institution effects of the two-way fixed-effects fit (scaled), summing to 0 within every connected part.

    Channels and scenarios that institutions and jurors already determine are left out, so that what is added to every
    score of one juror stays with the juror.
    """
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


def _jurors(design: Design, sums: Sums, contrasts: Floats, part: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Juror effects and contrasts with the institutions absorbed, the contrasts from what jurors leave of them."""
    import numpy as np

    from assay.severity.absorbed import MOST_INNER
    from assay.severity.design import independent

    weights = 1.0 / design.outer_sum
    x_outer, x_inner = design.outer_fixed @ contrasts, design.inner_fixed @ contrasts
    right = sums.inner - design.pairs_turned @ (weights * sums.outer)
    side = x_inner - design.pairs_turned @ (weights[:, None] * x_outer)
    whole = contrasts.T @ design.fixed @ contrasts
    corner = whole - x_outer.T @ (weights[:, None] * x_outer)
    columns = np.column_stack([right, side])
    few = len(design.inner_sum) <= MOST_INNER
    solved = _by_cholesky(design, weights, columns, part) if few else _by_gradients(design, weights, columns, part)
    left = corner - side.T @ solved[:, 1:]
    kept = independent(left, np.diag(whole), _DETERMINED)
    fixed = np.zeros(len(whole))
    over = contrasts.T @ sums.fixed - x_outer.T @ (weights * sums.outer) - side.T @ solved[:, 0]
    fixed[kept] = np.linalg.solve(left[np.ix_(kept, kept)], over[kept])
    return solved[:, 0] - solved[:, 1:] @ fixed, fixed


def _by_cholesky(design: Design, weights: Floats, right: Floats, part: NDArray[np.int64]) -> Floats:
    """Solutions of the jurors' singular equations, a column each."""
    import numpy as np
    from scipy.linalg import LinAlgError, cho_factor, cho_solve, lstsq

    from assay.severity.absorbed import Gram

    table = np.diag(design.inner_sum) - Gram(design.pairs).of(weights)
    try:
        factor = cho_factor(table + _ground(design, part), lower=True)
        if np.diag(factor[0]).min() > 1e-6 * np.sqrt(np.abs(np.diag(table)).max()):
            return cast("Floats", cho_solve(factor, right))
    except LinAlgError:
        pass
    return cast("Floats", lstsq(table, right, cond=1e-10)[0])


def _ground(design: Design, part: NDArray[np.int64]) -> Floats:
    """One weight on the juror effects' sum of each connected part, which the equations leave open."""
    import numpy as np

    own = _part_of_jurors(design, part)
    table = np.zeros((len(own), len(own)))
    for number in np.unique(part):
        members = np.flatnonzero(own == number)
        table[np.ix_(members, members)] += design.inner_sum[members].mean() / len(members)
    return table


def _part_of_jurors(design: Design, part: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    found = np.zeros(len(design.inner_sum), dtype=np.int64)
    rows = np.repeat(np.arange(design.pairs.shape[0]), np.diff(design.pairs.indptr))
    found[design.pairs.indices] = part[rows]
    return found


def _by_gradients(design: Design, weights: Floats, right: Floats, part: NDArray[np.int64]) -> Floats:
    """Jacobi-preconditioned conjugate gradients on the consistent singular equations, a column at a time.

    They settle where jurors meet at random; in long chains they do not, and those have a sparse factor.
    """
    import numpy as np
    from scipy.sparse.linalg import LinearOperator, cg

    def times(vector: Floats) -> Floats:
        return cast("Floats", design.inner_sum * vector - design.pairs_turned @ (weights * (design.pairs @ vector)))

    size = len(right)
    whole = LinearOperator((size, size), matvec=times, dtype=np.float64)
    jacobi = LinearOperator((size, size), matvec=lambda vector: vector / design.inner_sum, dtype=np.float64)
    couples = float((np.diff(design.pairs.indptr).astype(np.float64) ** 2).sum())
    is_chain = couples <= _CHAIN * size
    found = []
    for column in right.T:
        answer, unsettled = cg(whole, column, rtol=1e-10, maxiter=_TURNS, M=jacobi)
        if unsettled and is_chain:
            return _by_sparse_factor(design, weights, right, part)
        if unsettled:
            answer, _ = cg(whole, column, x0=answer, rtol=1e-10, maxiter=_MORE_TURNS, M=jacobi)
        found.append(answer)
    return np.column_stack(found)


def _by_sparse_factor(design: Design, weights: Floats, right: Floats, part: NDArray[np.int64]) -> Floats:
    """The same with the first juror of every connected part held at 0."""
    import numpy as np
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import splu

    held = np.zeros(len(right))
    first = np.unique(_part_of_jurors(design, part), return_index=True)[1]
    held[first] = design.inner_sum[first]
    table = diags_array(design.inner_sum + held) - design.pairs_turned @ (diags_array(weights) @ design.pairs)
    factor = splu(table.tocsc(), permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})
    return cast("Floats", factor.solve(right))


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
