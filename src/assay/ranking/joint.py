"""Rank intervals that hold for all institutions at once.

Klein, Wright and Wieczorek 2020, "A joint confidence region for an overall ranking of populations", JRSS C 69:
with simultaneous confidence intervals for the qualities, whoever's interval lies wholly above mine is surely
above me, whoever's lies wholly below is surely below, and my rank can be anything in between.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from assay.ranking.normal import checked_estimates
from assay.ranking.posterior import check_level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Whole = NDArray[np.int64]


def joint_rank_intervals(values: ArrayLike, ses: ArrayLike, *, level: float = 0.9) -> tuple[Whole, Whole]:
    """(low, high) ranks, inclusive, rank 1 the largest, that all hold together with probability `level` or more.

    Independent normal errors: each of K qualities gets an interval at level^(1/K). Intervals that touch overlap.
    Work grows as K log K. Raises RankingError.
    """
    import numpy as np
    from scipy.special import ndtri

    found, errors = checked_estimates(values, ses)
    count = len(found)
    outside = -math.expm1(math.log(check_level(level)) / count)
    reach = -float(ndtri(outside / 2)) * errors
    lower, upper = found - reach, found + reach
    surely_above = count - np.searchsorted(np.sort(lower), upper, side="right")
    surely_below = np.searchsorted(np.sort(upper), lower, side="left")
    return surely_above.astype(np.int64) + 1, (count - surely_below).astype(np.int64)
