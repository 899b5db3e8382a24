"""A contest that has not been yet, from a few stated numbers: what its estimates would look like."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any, Final

from assay.ranking.places import RankingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST: Final = 1_000_000


@dataclass(frozen=True)
class Assumption:
    """A contest in numbers, on the scale of points: the mean, standard deviations, and audits per institution.

    `spread` of true quality between institutions, `juror` of severity, `residual` of one audit around both.
    """

    institutions: int = 100
    mean: float = 72.0
    spread: float = 9.0
    juror: float = 4.0
    residual: float = 8.0
    audits: int = 5


@dataclass(frozen=True)
class AssumedContest:
    """Per institution, best last: official points, the best estimate of true quality, and its one standard error."""

    points: Floats
    estimates: Floats
    se: float


def assumed_contest(assumption: Assumption, *, is_fair: bool) -> AssumedContest:
    """Points at the mid-quantiles of the normal distribution they would have, and what can be made of them.

    Each audit is by another juror, so the variance of points around true quality is residual^2 / audits, with the
    jurors' severity on top unless points are corrected for it (`is_fair`). Estimates shrink points towards the mean by
    spread^2 / (spread^2 + that variance), the best linear prediction of quality from points (Henderson 1975), whose
    error variance is spread^2 times what is left. Raises RankingError for numbers that make no contest.
    """
    import numpy as np
    from scipy.special import ndtri

    _check(assumption)
    quality = assumption.spread**2
    noise = (assumption.residual**2 + (0.0 if is_fair else assumption.juror**2)) / assumption.audits
    share = quality / (quality + noise)
    count = assumption.institutions
    away = ndtri((np.arange(count) + 0.5) / count) * sqrt(quality + noise)
    return AssumedContest(
        points=assumption.mean + away,
        estimates=assumption.mean + share * away,
        se=sqrt(quality * (1 - share)),
    )


def _check(assumption: Assumption) -> None:
    for name in ("institutions", "audits"):
        value: Any = getattr(assumption, name)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
            raise RankingError(name, f"must be a whole number from 1 to {MOST}")
    for name in ("mean", "spread", "juror", "residual"):
        if not isfinite(getattr(assumption, name)) or abs(getattr(assumption, name)) > MOST:
            raise RankingError(name, "must be a finite number")
    if assumption.spread <= 0:
        raise RankingError("spread", "must be above 0")
    for name in ("juror", "residual"):
        if getattr(assumption, name) < 0:
            raise RankingError(name, "must not be below 0")
