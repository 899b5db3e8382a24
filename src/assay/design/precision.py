"""Planned precision: the prediction error variance of every institution, before a single mark is given.

Henderson's mixed-model equations for y = mu + u_i + b_j + e with the mean estimated (Henderson 1975, Biometrics 31):
PEV_i = var(u_hat_i - u_i) is the residual variance times the diagonal of the inverse that belongs to u_i. It depends on
who meets whom and on the variances alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assay.design.incidence import DesignError
from assay.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

MOST_DENSE: Final = 6000
_FARTHEST: Final = 1e9
_CHUNK: Final = 4_000_000


@dataclass(frozen=True)
class VarianceComponents:
    """Variances between institutions, between jurors and of the residual, in squared points."""

    institution: float
    juror: float
    residual: float

    def __post_init__(self) -> None:
        for name in ("institution", "juror", "residual"):
            value = getattr(self, name)
            if not 0 <= value < float("inf"):
                raise DesignError(f"variances.{name}", "must be a number not below 0")
        if not self.residual:
            raise DesignError("variances.residual", "must be above 0")
        for name in ("institution", "juror"):
            ratio = getattr(self, name) / self.residual
            if ratio and not 1 / _FARTHEST <= ratio <= _FARTHEST:
                raise DesignError(f"variances.{name}", "is more than 10^9 times away from the residual variance")


def planned_pev(matrix: csr_array, variances: VarianceComponents) -> Floats:
    """PEV by row of `matrix` (audits by institution and juror), in squared points.

    The greater side is absorbed and the smaller, with the mean, inverted; DesignError where both exceed 6,000.
    """
    if not variances.institution:
        return np.zeros(matrix.shape[0])
    with one_thread():
        if not variances.juror:
            return _without_jurors(matrix, variances)
        if min(matrix.shape) > MOST_DENSE:
            raise DesignError("audits", f"have more than {MOST_DENSE} institutions and jurors: too many to plan for")
        return _by_jurors(matrix, variances) if matrix.shape[0] >= matrix.shape[1] else _direct(matrix, variances)


def _without_jurors(matrix: csr_array, variances: VarianceComponents) -> Floats:
    counts = matrix.sum(axis=1)
    ratio = variances.residual / variances.institution
    d = 1 / (counts + ratio)
    found: Floats = variances.residual * (d + (d * counts) ** 2 / float((counts * ratio * d).sum()))
    return found


def _by_jurors(matrix: csr_array, variances: VarianceComponents) -> Floats:
    """Institutions absorbed: PEV_i = se2 (d_i + d_i^2 w_i' S^-1 w_i), w_i the mean's count and the jurors' counts."""
    d = 1 / (matrix.sum(axis=1) + variances.residual / variances.institution)
    quadratic = quadratic_by_rows(matrix, inverse_by_jurors(matrix, variances))
    found: Floats = variances.residual * (d + d**2 * quadratic)
    return found


def quadratic_by_rows(matrix: csr_array, inverse: Floats) -> Floats:
    """w_i' P w_i of each row: w its count for the mean, then its counts by juror; P the inverse."""
    counts = matrix.sum(axis=1)
    jurors, mean = np.ascontiguousarray(inverse[1:, 1:]), np.ascontiguousarray(inverse[1:, 0])
    found = np.empty(len(counts))
    step = max(_CHUNK // len(inverse), 1)
    for first in range(0, len(counts), step):
        chunk = slice(first, first + step)
        part = matrix[chunk]
        quadratic = np.asarray(part.multiply(part @ jurors).sum(axis=1)).ravel()
        found[chunk] = quadratic + counts[chunk] * (2 * (part @ mean) + counts[chunk] * inverse[0, 0])
    return found


def inverse_by_jurors(matrix: csr_array, variances: VarianceComponents) -> Floats:
    """The inverse of the system left of mean and jurors, institutions absorbed; the mean first."""
    ratio = variances.residual / variances.institution
    return _inverse(_bordered(matrix, ratio, variances.residual / variances.juror))


def _bordered(matrix: csr_array, absorbed: float, kept: float) -> Floats:
    """Rows absorbed with the ratio `absorbed`; the mean and the columns, with the ratio `kept`, left."""
    from scipy.sparse import diags_array

    counts = matrix.sum(axis=1)
    d = 1 / (counts + absorbed)
    system = np.empty((matrix.shape[1] + 1,) * 2)
    system[1:, 1:] = -(matrix.T @ (diags_array(d) @ matrix)).toarray()
    system[1:, 1:][np.diag_indices(matrix.shape[1])] += matrix.sum(axis=0) + kept
    system[0, 0] = float((counts * absorbed * d).sum())
    system[0, 1:] = system[1:, 0] = matrix.T @ (absorbed * d)
    return system


def _direct(matrix: csr_array, variances: VarianceComponents) -> Floats:
    """Jurors absorbed: the diagonal of the inverse itself."""
    system = _bordered(
        matrix.T.tocsr(), variances.residual / variances.juror, variances.residual / variances.institution
    )
    found: Floats = variances.residual * np.diag(_inverse(system))[1:]
    return found


def _inverse(system: Floats) -> Floats:
    from scipy.linalg import lapack

    routines: Any = lapack
    factor, failed = routines.dpotrf(system, lower=1, clean=0)
    if failed:
        raise DesignError("variances", "lie too far apart for this design")
    inverse, _ = routines.dpotri(factor, lower=1)
    lower = np.tril(inverse)
    found: Floats = lower + np.tril(lower, -1).T
    return found
