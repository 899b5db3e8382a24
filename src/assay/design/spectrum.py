"""The Fiedler value of a connected bipartite graph with weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assay.design.incidence import DesignError
from assay.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

_DENSE: Final = 1000
_DENSE_SIDE: Final = 6000
_SPARSE: Final = 30  # entries in a row of the factored side that a sparse factor still bears
_CHAIN: Final = 8  # couples of entries in a row, for each of the factored side, that a sparse factor still bears
_MOST_COUPLES: Final = 20_000_000
_TURNS: Final = 300
_EXACT: Final = 1e-4  # of the eigenvalue, left of its equation; the eigenvalue errs by the square of that
_SEED: Final = 20_250


def fiedler(matrix: csr_array) -> float:
    """Of the graph whose edges are the entries: all eigenvalues when it is small, else inverse iteration (Lanczos)."""
    with one_thread():
        return _all(matrix) if sum(matrix.shape) <= _DENSE else _iterated(matrix)


def _all(matrix: csr_array) -> float:
    from scipy.linalg import eigh

    rows, columns = matrix.shape
    laplacian = np.zeros((rows + columns, rows + columns))
    laplacian[:rows, rows:] = -matrix.toarray()
    laplacian[rows:, :rows] = laplacian[:rows, rows:].T
    np.fill_diagonal(laplacian, -laplacian.sum(axis=1))
    values = eigh(laplacian, eigvals_only=True, subset_by_index=[1, 1])
    return float(max(values[0], 0.0))


def _iterated(matrix: csr_array) -> float:
    """The greatest eigenvalue of the inverse, the constant vector taken out; a seeded start, the same every time."""
    from scipy.sparse import block_array, diags_array
    from scipy.sparse.linalg import LinearOperator, eigsh

    size = sum(matrix.shape)
    degrees = np.concatenate([matrix.sum(axis=1), matrix.sum(axis=0)])
    laplacian = (diags_array(degrees) - block_array([[None, matrix], [matrix.T, None]])).tocsc()
    couples = _couples(matrix)
    if min(matrix.shape) > _DENSE_SIDE and couples > _CHAIN * min(matrix.shape):
        value = _without_factor(laplacian, degrees)
        if value is not None:
            return value
        if couples > _MOST_COUPLES:
            raise DesignError("audits", f"tie more than {_DENSE_SIDE} institutions and jurors too unevenly to measure")
    shift = 1e-9 * float(degrees.mean())
    solve = _solver(matrix, shift)

    def apply(vector: Floats) -> Floats:
        flat = np.asarray(vector, float).ravel()
        found: Floats = solve(flat - flat.mean())
        found -= found.mean()
        return found

    start = np.random.default_rng(_SEED).standard_normal(size)
    operator = LinearOperator((size, size), matvec=apply, dtype=float)
    _, vectors = eigsh(operator, k=1, which="LA", v0=start - start.mean(), tol=1e-6, ncv=60)
    vector = vectors[:, 0] - vectors[:, 0].mean()
    return float(vector @ (laplacian @ vector) / (vector @ vector))


def _couples(matrix: csr_array) -> float:
    """The most entries that the smaller side's equations can have once the greater is eliminated."""
    by_larger = matrix if matrix.shape[0] >= matrix.shape[1] else matrix.T.tocsr()
    return float((np.diff(by_larger.indptr).astype(float) ** 2).sum())


def _without_factor(laplacian: Any, degrees: Floats) -> float | None:
    """By preconditioned block gradients (Knyazev 2001), which tangled graphs settle fast; None where they do not."""
    import warnings

    from scipy.sparse import diags_array
    from scipy.sparse.linalg import lobpcg

    start = np.random.default_rng(_SEED).standard_normal((len(degrees), 4))
    constant = np.ones((len(degrees), 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, vectors = lobpcg(
            laplacian, start, M=diags_array(1 / degrees), Y=constant, tol=1e-7, maxiter=_TURNS, largest=False
        )
    vector = vectors[:, 0] - vectors[:, 0].mean()
    vector /= np.linalg.norm(vector)
    turned = laplacian @ vector
    value = float(vector @ turned)
    return value if float(np.linalg.norm(turned - value * vector)) <= _EXACT * value else None


def _solver(matrix: csr_array, shift: float) -> Any:
    """Solves (Laplacian + shift) x = b: the greater side eliminated, the smaller factored, dense or sparse."""
    from scipy.sparse import csr_array as Matrix
    from scipy.sparse import diags_array

    is_tall = matrix.shape[0] >= matrix.shape[1]
    tall = Matrix(matrix if is_tall else matrix.T)
    rows = tall.shape[0]
    outer = tall.sum(axis=1) + shift
    inner = tall.sum(axis=0) + shift
    schur = diags_array(inner) - tall.T @ diags_array(1 / outer) @ tall
    factored = _factored(schur.tocsc())

    def solve(vector: Floats) -> Floats:
        upper, lower = (vector[:rows], vector[rows:]) if is_tall else (vector[-rows:], vector[:-rows])
        small = factored(lower + tall.T @ (upper / outer))
        large = (upper + tall @ small) / outer
        return np.concatenate([large, small] if is_tall else [small, large])

    return solve


def _factored(schur: Any) -> Any:
    from scipy.linalg import cho_factor, cho_solve
    from scipy.sparse.linalg import splu

    if schur.shape[0] <= _DENSE_SIDE and schur.nnz > _SPARSE * schur.shape[0]:
        factor = cho_factor(schur.toarray(), overwrite_a=True, check_finite=False)
        return lambda vector: cho_solve(factor, vector, check_finite=False)
    return splu(schur, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}).solve
