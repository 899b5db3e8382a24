"""One question and one source: distribution, mean, median, top two, the net promoter score, indices, minimum n."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.exact import number
from assay.opinion.problem import OpinionError, finite, whole

Z_95: Final = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""
MOST_OPTIONS: Final = 1000
_PROMOTER, _DETRACTOR = 9, 6


@dataclass(frozen=True)
class Summary:
    """What one question got. Without answers all but `n` and `distribution` is None.

    `distribution`: (option, share) from the lowest option up; `top2`: share of the two highest options of the scale;
    `wilson`: its 95 % interval; `nps`, `nps_interval`: on -100 to 100, only for scales from 0 to 10.
    """

    n: int
    distribution: tuple[tuple[str, float | None], ...]
    mean: float | None
    median: float | None
    top2: float | None
    wilson: tuple[float, float] | None
    is_nps: bool
    nps: float | None
    nps_interval: tuple[float, float] | None


def summarise(counts: Mapping[str, int]) -> Summary:
    """Summary of answers counted by option; options are numbers as text, those nobody chose stand with 0.

    Median: the middle answer, halfway when the middle falls between two options. NPS is computed when the options are
    whole numbers from 0 to 10 with both ends among them: share of 9-10 minus share of 0-6. Raises OpinionError for
    fewer than two or over 1,000 options, an option that is no number or stands twice ("1" and "1.0"), a count that is
    not whole.
    """
    scale = _scale(counts)
    n = sum(count for _, _, count in scale)
    is_nps = all(value.denominator == 1 and 0 <= value <= 10 for value, _, _ in scale) and (
        scale[0][0] == 0 and scale[-1][0] == 10
    )
    if not n:
        empty = tuple((option, None) for _, option, _ in scale)
        return Summary(0, empty, None, None, None, None, is_nps, None, None)
    top = scale[-1][2] + scale[-2][2]
    nps, interval = _net_promoters(scale, n) if is_nps else (None, None)
    return Summary(
        n,
        tuple((option, count / n) for _, option, count in scale),
        float(sum((value * count for value, _, count in scale), Fraction(0)) / n),
        _median(scale, n),
        top / n,
        wilson(top, n),
        is_nps,
        nps,
        interval,
    )


_Scale = list[tuple[Fraction, str, int]]


def _scale(counts: Mapping[str, int]) -> _Scale:
    if len(counts) > MOST_OPTIONS:
        raise OpinionError("counts", f"must have at most {MOST_OPTIONS} options")
    found: dict[Fraction, str] = {}
    for option in sorted(counts):
        name = f"counts.{option[:40]}"
        try:
            value = number(option)
        except ValueError:
            raise OpinionError(name, "must be an option that is a number, such as 4") from None
        if value in found:
            raise OpinionError(name, f"is the same number as {found[value]}")
        found[value] = option
        whole(counts[option], name)
    if len(found) < 2:
        raise OpinionError("counts", "must have at least 2 options (those nobody chose with 0)")
    return [(value, found[value], counts[found[value]]) for value in sorted(found)]


def _median(scale: _Scale, n: int) -> float:
    middle: list[Fraction] = []
    for position in ((n - 1) // 2, n // 2):
        passed = 0
        for value, _, count in scale:
            passed += count
            if passed > position:
                middle.append(value)
                break
    return float(sum(middle, Fraction(0)) / 2)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion, without continuity correction; n must be at least 1.

    Wilson 1927, JASA 22:209; method 3 of Newcombe 1998, Statistics in Medicine 17:857.
    """
    whole(n, "n", least=1)
    if whole(successes, "successes") > n:
        raise OpinionError("successes", "must not be above n")
    square = Z_95 * Z_95
    spread = Z_95 * math.sqrt(square + 4 * successes * (n - successes) / n)
    low = 0.0 if successes == 0 else (2 * successes + square - spread) / (2 * (n + square))
    high = 1.0 if successes == n else (2 * successes + square + spread) / (2 * (n + square))
    return low, high


def _net_promoters(scale: _Scale, n: int) -> tuple[float, tuple[float, float]]:
    """NPS and its plain (Wald) 95 % interval: the difference of two multinomial proportions has variance
    (p + d - (p - d)^2) / n. The interval has no width when all answers are of one kind.
    """
    up = sum(count for value, _, count in scale if value >= _PROMOTER)
    down = sum(count for value, _, count in scale if value <= _DETRACTOR)
    net = (up - down) / n
    half = Z_95 * math.sqrt(max(0.0, (up + down) / n - net * net) / n)
    return 100 * net, (max(-100.0, 100 * (net - half)), min(100.0, 100 * (net + half)))


def linear_index(counts: Mapping[str, int]) -> float | None:
    """The mean as 0 (all chose the lowest option of the scale) to 100 (all the highest); None without answers."""
    scale = _scale(counts)
    n = sum(count for _, _, count in scale)
    low, high = scale[0][0], scale[-1][0]
    return (
        float(100 * sum(((value - low) * count for value, _, count in scale), Fraction(0)) / (n * (high - low)))
        if n
        else None
    )


def csi(
    importance: Mapping[str, float], satisfaction: Mapping[str, float | None], *, scale: tuple[float, float] = (0, 100)
) -> float | None:
    """Customer satisfaction index, 0-100: mean satisfaction of the items weighted by their mean importance.

    `satisfaction` lies on `scale` (lowest, highest) and is brought to 0-100; an item without it (None or absent) is
    left out. None when nothing is left. Raises OpinionError for satisfaction off the scale or without importance.
    """
    low, high = (finite(end, "scale") for end in scale)
    if low >= high:
        raise OpinionError("scale", "must go from lower to higher")
    weights: list[float] = []
    products: list[float] = []
    for item in sorted(satisfaction):
        value = satisfaction[item]
        if item not in importance:
            raise OpinionError(f"satisfaction.{item}", "has no importance")
        weight = finite(importance[item], f"importance.{item}", least=0)
        if value is None:
            continue
        if not low <= finite(value, f"satisfaction.{item}") <= high:
            raise OpinionError(f"satisfaction.{item}", f"must be from {low:g} to {high:g}")
        weights.append(weight)
        products.append(weight * (value - low))
    total = math.fsum(weights)
    return 100 * math.fsum(products) / (total * (high - low)) if total else None


def minimum_n(n: int, *, shown: int = 30, place: int = 100) -> str:
    """ "hidden" below `shown` answers, "warned" below `place`, else "shown", which may also take a place."""
    if shown > place:
        raise OpinionError("shown", "must not be above place")
    if whole(n, "n") < shown:
        return "hidden"
    return "warned" if n < place else "shown"
