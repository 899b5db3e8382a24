"""Three sources into one number: precision weights with source bias and a cap on the web, or fixed mode weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.composite import Composite, CompositeError, weighted_mean
from assay.opinion.problem import OpinionError, finite, whole

WEB: Final = "web"
WEB_CAP: Final = 1 / 3
_LEAST, _MOST = 1e-100, 1e100


@dataclass(frozen=True)
class Source:
    """One source of one unit: mean and standard deviation of its n answers; `bias_sd` is how far such a source tends to
    lie from the truth whatever its n (omega). All in units of the answer's scale."""

    source: str
    mean: float
    sd: float
    n: int
    bias_sd: float = 0.0

    def variance(self, name: str) -> float:
        """sd^2 / n + bias_sd^2, checked; `name` is the field for errors."""
        finite(self.mean, f"{name}.mean")
        sd, bias = finite(self.sd, f"{name}.sd", least=0), finite(self.bias_sd, f"{name}.bias_sd", least=0)
        found = sd * sd / whole(self.n, f"{name}.n", least=1) + bias * bias
        if not found:
            raise OpinionError(f"{name}.sd", "must not be 0 together with bias_sd: the weight would be infinite")
        if not _LEAST < found < _MOST:
            raise OpinionError(f"{name}.sd", "is too large or too small")
        return found


@dataclass(frozen=True)
class Pooled:
    """The pooled mean, its standard error, and each source's share of the weight (they sum to 1)."""

    mean: float
    se: float
    weights: Mapping[str, float]


def pool(sources: Iterable[Source], *, web_cap: float = WEB_CAP) -> Pooled:
    """Mean over sources by W = 1 / (sd^2 / n + bias_sd^2), the source named "web" held to `web_cap` of the weight.

    Model: mean_s ~ N(theta + d_s, sd_s^2 / n_s), d_s ~ N(0, bias_sd_s^2). What the cap takes from the web goes to the
    others in proportion to their weights; the web alone keeps everything. The standard error is that of the shares
    used: sqrt(sum of share^2 / W). Raises OpinionError for no source, a source twice, or a source without variance.

    >>> three = [Source("interviews", 4.10, 1, 400, 0.10), Source("paper", 4.35, 1, 150, 0.15)]
    >>> round(pool([*three, Source("web", 3.60, 1, 1200, 0.30)]).mean, 2)
    4.12
    """
    ordered = sorted(enumerate(sources), key=lambda pair: pair[1].source)
    if not ordered:
        raise OpinionError("sources", "must have at least 1 element")
    variances: dict[str, float] = {}
    for index, one in ordered:
        if one.source in variances:
            raise OpinionError(f"sources[{index}].source", f"{one.source} stands twice")
        variances[one.source] = one.variance(f"sources[{index}]")
    shares = capped_shares(variances, web_cap=web_cap)
    return Pooled(
        math.fsum(shares[one.source] * one.mean for _, one in ordered),
        math.sqrt(math.fsum(share * share * variances[key] for key, share in shares.items())),
        shares,
    )


def capped_shares(variances: Mapping[str, float], *, web_cap: float = WEB_CAP) -> dict[str, float]:
    """Share of the weight by source, proportional to 1 / variance, with the web held to its cap."""
    if not 0 <= finite(web_cap, "web_cap") <= 1:
        raise OpinionError("web_cap", "must be from 0 to 1")
    least = min(variances.values())
    weights = {key: least / variances[key] for key in sorted(variances)}
    total = math.fsum(weights.values())
    shares = {key: weight / total for key, weight in weights.items()}
    if WEB not in shares or len(shares) == 1 or shares[WEB] <= web_cap:
        return shares
    others = math.fsum(weight for key, weight in weights.items() if key != WEB)
    return {key: web_cap if key == WEB else (1 - web_cap) * weight / others for key, weight in weights.items()}


def fixed_mode_weights(means: Mapping[str, Fraction | None], weights: Mapping[str, Fraction | int]) -> Composite:
    """The simpler policy, such as interviews 60, paper 25, web 15: exact, renormalised over the sources present.

    Raises OpinionError for a mean without weight, a negative weight or weights that are all 0.
    """
    try:
        return weighted_mean(means, {key: Fraction(weight) for key, weight in weights.items()})
    except CompositeError as problem:
        raise OpinionError(problem.field, problem.reason) from None
