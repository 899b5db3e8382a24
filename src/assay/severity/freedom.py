"""How many contrasts of institutions and jurors the means leave open: none, and a variance cannot be told at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.severity.design import Design

    Floats = NDArray[Any]

_ENOUGH: Final = 4
"""More contrasts than this change nothing, and are not counted."""
_NOTHING: Final = 1e-9


def contrasts_left(design: Design) -> tuple[int, int]:
    """Of (outer, inner): the rank of the levels beside the means, counted up to 4."""
    return (
        _rank(design.outer_sum, design.outer_fixed, design),
        _rank(design.inner_sum, design.inner_fixed, design),
    )


def prior_weights(design: Design, parts: int) -> Floats:
    """By factor (outer, inner), the weight of the logarithm of its ratio in the weak prior: the gamma's shape less 1.

    1 is the shape 2 of Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013. For large ratios the restricted likelihood
    falls by the ratio's root for each contrast, so that with a single one this shape has no mode; there, and where
    institutions and jurors have too few contrasts together, the weight is half the contrasts.
    """
    import numpy as np

    own = np.minimum(1.0, np.array(contrasts_left(design)) / 2.0)
    shared = _shared(design, parts)
    whole = own.sum()
    return own * min(1.0, shared / 2.0 / whole) if whole else own


def _shared(design: Design, parts: int) -> int:
    """The rank of both factors together beside the means, up to 4."""
    import numpy as np

    least = len(design.outer_sum) + len(design.inner_sum) - parts - len(design.fixed)
    if least >= _ENOUGH:
        return _ENOUGH
    pairs = design.pairs.toarray()
    table = np.block([[np.diag(design.outer_sum), pairs], [pairs.T, np.diag(design.inner_sum)]])
    return _rank_of(table, np.vstack([design.outer_fixed, design.inner_fixed]), design.fixed)


def _rank(sums: Floats, fixed: Floats, design: Design) -> int:
    import numpy as np

    if len(sums) - len(design.fixed) >= _ENOUGH:
        return _ENOUGH
    return _rank_of(np.diag(sums), fixed, design.fixed)


def _rank_of(table: Floats, crossed: Floats, fixed: Floats) -> int:
    """The rank of Z'WZ less what X explains of it, each level on the scale of its own weight."""
    import numpy as np

    root = np.sqrt(np.diag(table))
    left = (table - crossed @ np.linalg.solve(fixed, crossed.T)) / np.outer(root, root)
    return min(_ENOUGH, int((np.linalg.eigvalsh(left) > _NOTHING).sum()))
