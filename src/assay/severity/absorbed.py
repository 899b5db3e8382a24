"""Henderson's mixed-model equations with the larger factor absorbed, solved by Cholesky on the smaller one.

Relative to the residual variance the model is V = W^-1 + gu Zu Zu' + gb Zb Zb'. Absorbing the outer factor
leaves K = Zb' P0 Zb, where P0 takes out the outer factor at gu and the fixed effects, and everything follows from
A = I + gb K (Henderson 1975; Searle, Casella and McCulloch 1992, ch. 7), which stays defined at gu = 0 or gb = 0.
"""

from __future__ import annotations

from functools import cached_property
from math import log, pi
from typing import TYPE_CHECKING, Any, Final, cast

from assay.severity.absorption import Absorption, Effects, Reduced, level_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.design import Design, Sums

    Floats = NDArray[Any]

MOST_INNER: Final = 2_200
"""The largest smaller factor that is solved exactly; above it, conjugate gradients."""
_MOST_PAIRS: Final = 30_000_000
_BLOCK_CELLS: Final = 8_000_000


class Gram:
    """N' diag(d) N for many d: by pairs of a row where rows are short, else by a dense product."""

    def __init__(self, pairs: Any) -> None:
        import numpy as np

        lengths = np.diff(pairs.indptr)
        couples = int((lengths.astype(np.float64) ** 2).sum())
        rows, self.size = pairs.shape
        self.dense: Floats | None = None
        if couples > min(_MOST_PAIRS, 1e-2 * rows * self.size**2 + 1000):
            self.dense = pairs.toarray() if rows * self.size <= _BLOCK_CELLS * 4 else None
            self.pairs = pairs
            self.couples = None
            return
        self.couples = _couples(pairs, lengths)

    def of(self, weights: Floats) -> Floats:
        """The product, inner x inner, symmetric."""
        import numpy as np

        if self.couples is not None:
            row, cell, product = self.couples
            flat = np.bincount(cell, weights[row] * product, minlength=self.size**2)
            return flat.reshape(self.size, self.size)
        if self.dense is not None:
            return (self.dense * weights[:, None]).T @ self.dense
        scaled = self.pairs.multiply(weights[:, None]).tocsr()
        return (scaled.T @ self.pairs).toarray()  # type: ignore[no-any-return]


def _couples(pairs: Any, lengths: Any) -> tuple[Any, Any, Any]:
    """For every two entries of a row: the row, the flat cell of the product, and the product of the entries."""
    import numpy as np

    found: list[tuple[Any, Any, Any]] = []
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        if not length or not len(rows):
            continue
        at = pairs.indptr[rows][:, None] + np.arange(length)[None, :]
        columns, values = pairs.indices[at].astype(np.int64), pairs.data[at]
        cell = (columns[:, :, None] * pairs.shape[1] + columns[:, None, :]).reshape(-1)
        product = (values[:, :, None] * values[:, None, :]).reshape(-1)
        found.append((np.repeat(rows, length * length), cell, product))
    row, cell, product = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return row, cell, product


class Absorbed(Absorption):
    """The equations at one pair of variance ratios (outer, inner), with the smaller factor's matrix formed."""

    def __init__(self, design: Design, gram: Gram, outer_ratio: float, inner_ratio: float) -> None:
        import numpy as np
        from scipy.linalg import cho_factor

        super().__init__(design, outer_ratio, inner_ratio)
        self.gram = gram
        left = -gram.of(self.absorb) if outer_ratio else np.zeros((gram.size, gram.size))
        left[np.diag_indices(gram.size)] += design.inner_sum
        self.information = left - self.cross @ self.fixed_cross
        whole = inner_ratio * self.information
        whole[np.diag_indices(gram.size)] += 1.0
        self.chol = cho_factor(whole, lower=True, overwrite_a=True, check_finite=False)

    def factor_in_order(self, order: NDArray[np.intp]) -> Floats:
        """The lower Cholesky factor of A with its rows and columns in this order."""
        import numpy as np
        from scipy.linalg import cholesky

        whole = self.inner_ratio * self.information[np.ix_(order, order)]
        whole[np.diag_indices(len(order))] += 1.0
        return cast("Floats", cholesky(whole, lower=True, overwrite_a=True, check_finite=False))

    def solve(self, right: Floats) -> Floats:
        """A^-1 right."""
        from scipy.linalg import cho_solve

        return cho_solve(self.chol, right, check_finite=False)  # type: ignore[no-any-return]

    def product(self, one: Reduced, other: Reduced, k0: float) -> float:
        """y' P z (relative) of two reduced vectors whose y'P0 z is `k0`."""
        return k0 - self.inner_ratio * float(one.kb @ self.solve(other.kb))

    def log_determinant(self) -> float:
        """log |V| + log |X'V^-1 X| (relative), without the weights' own part."""
        import numpy as np

        own = -np.log(self.shrink).sum() - self.design.log_weights
        fixed = 2.0 * np.log(np.diag(self.fixed_chol[0])).sum()
        return float(own + fixed + 2.0 * np.log(np.diag(self.chol[0])).sum())

    def traces(self) -> tuple[float, float]:
        """tr(P Zu Zu') and tr(P Zb Zb'), relative to the residual variance."""
        import numpy as np

        inverse = self.inverse
        inner = float((self.information * inverse).sum())
        squared = self.shrink**2
        weighted = squared[:, None] * self.design.outer_fixed
        gram_b = self.gram.of(squared)
        gram_bx = self.design.pairs_turned @ weighted
        gram_x = self.design.outer_fixed.T @ weighted
        corner = self.fixed_covariance(inverse)
        side = -self.fixed_cross @ inverse
        used = self.inner_ratio * float((inverse * gram_b).sum())
        used += 2.0 * self.inner_ratio * float((side * gram_bx.T).sum()) + float((corner * gram_x).sum())
        return float(np.sum(self.design.outer_sum * self.shrink)) - used, inner

    @cached_property
    def inverse(self) -> Floats:
        """A^-1, whole."""
        import numpy as np
        from scipy.linalg.lapack import dpotri

        found, _ = dpotri(self.chol[0], lower=1)
        lower = np.tril(found)
        return lower + np.tril(lower, -1).T  # type: ignore[no-any-return]

    def fixed_covariance(self, inverse: Floats) -> Floats:
        """Covariance of the fixed effects, relative to the residual variance."""
        import numpy as np
        from scipy.linalg import cho_solve

        plain = cho_solve(self.fixed_chol, np.eye(len(self.design.fixed)))
        return cast("Floats", plain + self.inner_ratio * self.fixed_cross @ inverse @ self.fixed_cross.T)

    def effects(self, sums: Sums) -> Effects:
        """Fixed effects and the scores of both factors for a vector of scores."""
        reduced = self.reduce(sums)
        return self.effects_of(reduced, self.solve(reduced.kb), sums)

    def error_variances(self) -> tuple[Floats, Floats]:
        """Prediction error variances of (outer, inner) effects with the means estimated, relative (C^uu, C^bb)."""
        import numpy as np

        inverse = self.inverse
        inner = self.inner_ratio * np.diag(inverse)
        corner = self.fixed_covariance(inverse)
        design, used = self.design, np.empty(len(self.absorb))
        block = max(1, _BLOCK_CELLS // max(1, self.gram.size))
        for start in range(0, len(used), block):
            rows = slice(start, start + block)
            pairs, fixed = design.pairs[rows], design.outer_fixed[rows]
            product = pairs @ inverse
            own = np.asarray(pairs.multiply(product).sum(axis=1)).ravel()
            both = ((product @ self.fixed_cross.T) * fixed).sum(axis=1)
            used[rows] = self.inner_ratio * (own - 2.0 * both) + ((fixed @ corner) * fixed).sum(axis=1)
        return self.absorb + self.absorb**2 * used, inner

    def level_terms(self) -> tuple[Floats, Floats]:
        """What error variances gain when the mean is predicted with the effect, relative, for (outer, inner)."""
        return level_terms(self, self.fixed_covariance(self.inverse))


def criterion(square: float, log_determinant: float, freedom: int) -> float:
    """-2 log restricted likelihood at the best residual variance, as lme4 counts it (Bates et al. 2015, eq. 41)."""
    return log_determinant + freedom * (1.0 + log(2.0 * pi * square / freedom))
