"""Many institutions and sources: how far each source lies from the interviews, and pooled means without that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assay.opinion.pooling import WEB_CAP, Pooled, Source, capped_shares
from assay.opinion.problem import OpinionError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASE: Final = "interviews"


@dataclass(frozen=True)
class Estimate:
    """What one source says of one unit."""

    unit: str
    source: Source


@dataclass(frozen=True)
class PooledUnits:
    """Source effects (on the answer's scale, 0 for the base) with standard errors, and each unit's pooled mean.

    `unlinked` names sources that no chain of shared units ties to the base: nothing can be said of their effect, and
    they are taken as they are.
    """

    effects: Mapping[str, float]
    effect_se: Mapping[str, float]
    unlinked: tuple[str, ...]
    units: Mapping[str, Pooled]


def pool_units(estimates: Iterable[Estimate], *, base: str = BASE, web_cap: float = WEB_CAP) -> PooledUnits:
    """Source effects by weighted least squares over all units, then each unit pooled from what is left.

    Model: mean_is = theta_i + a_s + d_is + e_is with a_base = 0, var(d_is) = bias_sd_s^2, var(e_is) = sd^2 / n; weights
    are 1 over their sum, units are absorbed. A unit's shares are those of `pool`, cap included; its standard error
    counts the uncertainty of the effects too. Units seen by one source only say nothing about effects.
    Raises OpinionError for no estimate, no estimate of the base, a source twice in a unit, or one without variance.
    """
    by_unit = _by_unit(estimates)
    linked = _linked(by_unit, base)
    names = sorted(linked - {base})
    solved, covariance = _solve(by_unit, names)
    effects = {key: 0.0 for unit in by_unit.values() for key in unit}
    effects.update(zip(names, solved.tolist(), strict=True))
    se = dict.fromkeys(effects, 0.0)
    se.update((name, math.sqrt(max(0.0, float(covariance[i, i])))) for i, name in enumerate(names))
    return PooledUnits(
        dict(sorted(effects.items())),
        dict(sorted(se.items())),
        tuple(sorted(effects.keys() - linked)),
        {key: _unit(unit, effects, names, covariance, web_cap) for key, unit in by_unit.items()},
    )


_Unit = dict[str, tuple[float, float]]


def _by_unit(estimates: Iterable[Estimate]) -> dict[str, _Unit]:
    found: dict[str, _Unit] = {}
    ordered = sorted(enumerate(estimates), key=lambda pair: (pair[1].unit, pair[1].source.source))
    for index, one in ordered:
        unit = found.setdefault(one.unit, {})
        if one.source.source in unit:
            raise OpinionError(f"estimates[{index}].source", f"{one.source.source} stands twice in {one.unit}")
        unit[one.source.source] = one.source.mean, one.source.variance(f"estimates[{index}]")
    if not found:
        raise OpinionError("estimates", "must have at least 1 element")
    return found


def _linked(by_unit: Mapping[str, _Unit], base: str) -> set[str]:
    """Sources tied to the base through units they share."""
    together: dict[str, set[str]] = {}
    for unit in by_unit.values():
        for key in unit:
            together.setdefault(key, set()).update(unit)
    if base not in together:
        raise OpinionError("base", f"{base} is the source of no estimate")
    found, waiting = {base}, [base]
    while waiting:
        new = together[waiting.pop()] - found
        found |= new
        waiting.extend(sorted(new))
    return found


def _solve(by_unit: Mapping[str, _Unit], names: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Effects and their covariance: the normal equations of the sources after absorbing the units."""
    import numpy as np

    place = {name: number for number, name in enumerate(names)}
    matrix, right = np.zeros((len(names), len(names))), np.zeros(len(names))
    for unit in by_unit.values():
        if len(unit) < 2:
            continue
        weights = np.asarray([1 / variance for _, variance in unit.values()])
        means = np.asarray([mean for mean, _ in unit.values()])
        # Taken from the smallest of them, so that a large common level costs no digits.
        means = means - means.min()
        pull = weights * (means - weights @ means / weights.sum())
        local = np.diag(weights) - np.outer(weights, weights) / weights.sum()
        inside = [position for position, key in enumerate(unit) if key in place]
        at = [place[key] for key in unit if key in place]
        matrix[np.ix_(at, at)] += local[np.ix_(inside, inside)]
        right[at] += pull[inside]
    if not names:
        return right, matrix
    covariance: NDArray[np.float64] = np.linalg.inv(matrix).astype(np.float64)
    return covariance @ right, covariance


def _unit(
    unit: _Unit, effects: Mapping[str, float], names: list[str], covariance: NDArray[np.float64], web_cap: float
) -> Pooled:
    """One unit pooled. With shares q used, p uncapped and C the covariance of the effects, the variance is
    sum(q^2 v) + 2 q'C(p - q) + q'C q: the effects were estimated from these means too.
    """
    import numpy as np

    variances = {key: variance for key, (_, variance) in unit.items()}
    shares, free = capped_shares(variances, web_cap=web_cap), capped_shares(variances, web_cap=1)
    used = np.asarray([shares.get(name, 0.0) for name in names])
    plain = np.asarray([free.get(name, 0.0) for name in names])
    # Alone in its unit a source had no part in the effects.
    crossed = 2 * used @ covariance @ (plain - used) if len(unit) > 1 else 0.0
    own = math.fsum(shares[key] ** 2 * variances[key] for key in shares)
    variance = own + float(crossed + used @ covariance @ used)
    mean = math.fsum(shares[key] * (unit[key][0] - effects[key]) for key in shares)
    return Pooled(mean, math.sqrt(max(0.0, variance)), shares)
