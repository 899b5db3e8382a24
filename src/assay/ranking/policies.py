"""What a licence threshold and a first stage would do, before they are chosen.

p is the probability that the true quality is at the threshold or above: Phi((estimate - T) / se), 0 or 1 where se
is 0. Expectations treat p as calibrated and the institutions' chances as they are now, before any extra audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assay.ranking.normal import checked_estimates
from assay.ranking.places import RankingError
from assay.ranking.posterior import RankPosterior

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

POLICIES: Final = ("simple", "guarded", "above-mean")
GRANT: Final = 0.95
REFUSE: Final = 0.05
EXTRA_AUDITS: Final = 2
MARGIN: Final = 0.10


@dataclass(frozen=True)
class Consequence:
    """What one policy does at one threshold; the three counts add up to all institutions.

    Expected numbers: `wrongly_granted` below the threshold in truth among the granted, `wrongly_refused` at it or above
    among the refused, `wrong_in_border` of the border zone if it were decided by p >= 0.5 at once.
    `extra_audits` is the most that the border zone can take.
    """

    policy: str
    threshold: float
    granted: int
    refused: int
    border: int
    wrongly_granted: float
    wrongly_refused: float
    wrong_in_border: float
    extra_audits: int


def threshold_probabilities(estimates: ArrayLike, ses: ArrayLike, threshold: float | Floats) -> Floats:
    """P(true quality >= threshold) of each estimate with a normal error. Raises RankingError."""
    import numpy as np
    from scipy.special import ndtr

    found, errors = checked_estimates(estimates, ses)
    if not np.isfinite(threshold).all():
        raise RankingError("threshold", "must be a finite number")
    distance = found - threshold
    is_exact = errors == 0
    with np.errstate(over="ignore"):
        chance: Floats = ndtr(distance / np.where(is_exact, 1.0, errors))
    return np.where(is_exact, (distance >= 0).astype(np.float64), chance)


def consequences(
    estimates: ArrayLike,
    ses: ArrayLike,
    thresholds: Iterable[float],
    *,
    policy: str = "guarded",
    points: ArrayLike | None = None,
    categories: Iterable[str] | None = None,
    grant: float = GRANT,
    refuse: float = REFUSE,
    extra_audits: int = EXTRA_AUDITS,
) -> list[Consequence]:
    """One Consequence per threshold, in the order given.

    `simple`: points >= T; `above-mean`: points > T and points > the mean of the category (`categories`: one per
    institution, all one category when absent), with p against the higher of the two; `guarded`: p >= grant is granted,
    p <= refuse refused, between is the border zone with up to `extra_audits` each. `points` are the official
    score and default to the estimates. Raises RankingError.
    """
    import numpy as np

    if policy not in POLICIES:
        raise RankingError("policy", "must be one of: " + ", ".join(POLICIES))
    if not 0 <= refuse < grant <= 1:
        raise RankingError("grant", "must be above refuse, both from 0 to 1")
    found, errors = checked_estimates(estimates, ses)
    official, _ = checked_estimates(found if points is None else points, errors)
    names = ["" for _ in found] if categories is None else list(categories)
    if len(names) != len(found):
        raise RankingError("categories", "must be one per estimate")
    means = _means(official, names)
    results = []
    for threshold in thresholds:
        bar = np.maximum(threshold, means) if policy == "above-mean" else np.full(len(found), float(threshold))
        chance = threshold_probabilities(found, errors, bar)
        if policy == "guarded":
            is_granted, is_refused = chance >= grant, chance <= refuse
        else:
            is_granted = official >= threshold if policy == "simple" else official > bar
            is_refused = ~is_granted
        results.append(_consequence(policy, float(threshold), chance, is_granted, is_refused, extra_audits))
    return results


def _consequence(
    policy: str, threshold: float, chance: Floats, is_granted: Flags, is_refused: Flags, extra_audits: int
) -> Consequence:
    import numpy as np

    is_border = ~(is_granted | is_refused)
    border = int(is_border.sum())
    return Consequence(
        policy=policy,
        threshold=threshold,
        granted=int(is_granted.sum()),
        refused=int(is_refused.sum()),
        border=border,
        wrongly_granted=float((1 - chance)[is_granted].sum()),
        wrongly_refused=float(chance[is_refused].sum()),
        wrong_in_border=float(np.minimum(chance, 1 - chance)[is_border].sum()),
        extra_audits=border * extra_audits,
    )


def _means(points: Floats, categories: list[str]) -> Floats:
    import numpy as np

    _, number = np.unique(np.asarray(categories, dtype=object).astype(str), return_inverse=True)
    found: Floats = (np.bincount(number, weights=points) / np.bincount(number))[number]
    return found


def advances(ranks: RankPosterior, places: int, *, margin: float = MARGIN) -> Flags:
    """Who goes on from a first stage for `places`: everyone whose P(in the true top `places`) is at least `margin`.

    The errors of a first stage cannot be undone, hence the margin. Raises RankingError for places outside
    1..institutions and a margin outside (0, 1].
    """
    if not 0 < margin <= 1:
        raise RankingError("margin", "must be above 0 and at most 1")
    found: Flags = ranks.p_top(places) >= margin - 1e-9
    return found
