"""Krippendorff's alpha: 1 is perfect agreement, 0 is what chance alone would give, below 0 is worse than chance.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), and "Content Analysis" (2004), ch. 11.

    alpha = 1 - observed / expected
    observed = (1/n) sum over units u of (1/(m_u - 1)) sum over ordered pairs in u of delta(c, k)
    expected = (1/(n (n - 1))) sum over ordered pairs of all n pairable values of delta(c, k)

No matrix of values by values is built. Under the nominal metric both sums follow from counts. Under the interval
metric the sum over the pairs of a group is 2 m times its squared deviations; the ordinal metric is the interval
metric on the cumulated mid-ranks g(v) = (values below v) + (values equal to v) / 2. Only the ratio metric needs pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, ldexp
from typing import TYPE_CHECKING, Any, Final

from assay.agreement.errors import AgreementError
from assay.agreement.readings import Readings, from_pairs, from_table

if TYPE_CHECKING:
    import numpy.typing as npt

MOST_RATIO_LEVELS: Final = 20_000
"""Different values the ratio metric takes: it compares each with each, 2 * 10^8 pairs at this bound."""
MOST_RATIO_PAIRS: Final = 200_000_000
"""Pairs of different values within units the ratio metric takes, a few seconds of work."""
_BLOCK: Final = 256


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha and what it was made of.

    `alpha` is None when it is not defined, and `undefined` then says why: "no-pairs" (no unit was judged twice) or
    "no-variation" (all pairable values are equal, so that agreement cannot be told from chance). `units` counts the
    units with two or more values, `values` the values in them (the pairable ones) and `levels` how many differ.
    `observed` and `expected` are the mean disagreements, in squared units of the metric.
    """

    alpha: float | None
    metric: str
    observed: float | None
    expected: float | None
    units: int
    values: int
    levels: int
    undefined: str = ""


def alpha(units: npt.ArrayLike, values: npt.ArrayLike | Sequence[object], *, metric: str) -> Alpha:
    """Krippendorff's alpha of sparse ratings: `units[i]` is the unit (a whole number) that was given `values[i]`.

    `metric` is "nominal", "ordinal", "interval" or "ratio". Values are numbers; under "nominal" also text, and 1 and
    "1" are different values. Who gave a value does not matter to alpha. Raises AgreementError.
    """
    return _alpha(from_pairs(units, values, metric), metric)


def alpha_of_table(table: Sequence[Sequence[object]], *, metric: str) -> Alpha:
    """Krippendorff's alpha of a table: one row per rater, one cell per unit, None where there is no value.

    Raises AgreementError; its field is "[rater][unit]" for a cell.
    """
    return _alpha(from_table(table, metric), metric)


@dataclass(frozen=True)
class _Cells:
    """How often each level was given to each unit with two or more values, by unit, then level, ascending."""

    unit: npt.NDArray[Any]
    code: npt.NDArray[Any]
    count: npt.NDArray[Any]
    of_unit: npt.NDArray[Any]
    of_level: npt.NDArray[Any]
    levels: npt.NDArray[Any]


def _cells(readings: Readings) -> _Cells:
    import numpy as np

    wide = max(readings.levels.size, 1)
    key = readings.unit * wide + readings.code
    room = (int(readings.unit.max()) + 1) * wide if key.size else 0
    if room <= 4 * key.size + 2**20:
        table = np.bincount(key, minlength=room)
        key = np.flatnonzero(table)
        count = table[key]
    else:
        key, count = np.unique(key, return_counts=True)
    unit, code = np.divmod(key, wide)
    judged = np.bincount(unit, weights=count)
    keep = judged[unit] >= 2
    kept, unit = np.unique(unit[keep], return_inverse=True)
    present, code = np.unique(code[keep], return_inverse=True)
    count = count[keep]
    return _Cells(
        unit=unit,
        code=code,
        count=count,
        of_unit=judged[kept].astype(np.int64),
        of_level=np.bincount(code, weights=count, minlength=present.size).astype(np.int64),
        levels=readings.levels[present],
    )


def _alpha(readings: Readings, metric: str) -> Alpha:
    cells = _cells(readings)
    n, levels = int(cells.of_unit.sum()), int(cells.levels.size)
    shape = {"metric": metric, "units": int(cells.of_unit.size), "values": n, "levels": levels}
    if not n:
        return Alpha(alpha=None, observed=None, expected=None, undefined="no-pairs", **shape)  # type: ignore[arg-type]
    if levels == 1:
        return Alpha(alpha=None, observed=0.0, expected=0.0, undefined="no-variation", **shape)  # type: ignore[arg-type]
    if metric == "nominal":
        observed, expected, power = *_nominal(cells), 0
    elif metric == "ratio":
        observed, expected, power = *_ratio(cells), 0
    else:
        observed, expected, power = _interval(cells, _ranks(cells) if metric == "ordinal" else cells.levels)
    return Alpha(
        alpha=1.0 - (observed / n) / (expected / n),
        observed=ldexp(observed / n, power),
        expected=ldexp(expected / n, power),
        **shape,  # type: ignore[arg-type]
    )


def _nominal(cells: _Cells) -> tuple[float, float]:
    """Both sums (n times the disagreement) under the nominal metric: whole numbers until the last division."""
    import numpy as np

    equal = np.bincount(cells.unit, weights=cells.count.astype(np.float64) ** 2)
    size = cells.of_unit.astype(np.float64)
    n = int(cells.of_level.sum())
    same = sum(count * count for count in cells.of_level.tolist())
    return fsum(((size * size - equal) / (size - 1)).tolist()), (n * n - same) / (n - 1)


def _ranks(cells: _Cells) -> npt.NDArray[Any]:
    import numpy as np

    return np.cumsum(cells.of_level) - cells.of_level / 2


def _interval(cells: _Cells, position: npt.NDArray[Any]) -> tuple[float, float, int]:
    """Both sums under the interval metric, with positions divided by a power of two so that squares stay in range.

    The third number is the power of two to bring the sums back. Positions are taken from the least of their unit, so
    that equal values have no spread at all whatever their offset.
    """
    import numpy as np

    power = int(np.frexp(position[-1] - position[0])[1])
    first = np.flatnonzero(np.diff(cells.unit, prepend=-1))
    least = position[cells.code[first]]
    near = np.ldexp(position[cells.code] - least[cells.unit], -power)
    mean = np.bincount(cells.unit, weights=cells.count * near) / cells.of_unit
    spread = np.bincount(cells.unit, weights=cells.count * (near - mean[cells.unit]) ** 2)
    observed = fsum((2 * cells.of_unit * spread / (cells.of_unit - 1)).tolist())
    n = int(cells.of_level.sum())
    far = np.ldexp(position - position[0], -power)
    centre = fsum((cells.of_level * far).tolist()) / n
    expected = 2 * n * fsum((cells.of_level * (far - centre) ** 2).tolist()) / (n - 1)
    return observed, expected, 2 * power


def _ratio(cells: _Cells) -> tuple[float, float]:
    """Both sums under the ratio metric, ((c - k) / (c + k))^2, pair by pair."""
    if cells.levels.size > MOST_RATIO_LEVELS:
        raise AgreementError("", f"has more than {MOST_RATIO_LEVELS} different values, too many for the ratio metric")
    return _ratio_observed(cells), _ratio_expected(cells)


def _ratio_observed(cells: _Cells) -> float:
    """Pairs (i, i + lag) of cells of one unit, lag by lag, so that no list of all pairs is ever held."""
    import numpy as np

    distinct = np.bincount(cells.unit)
    if int((distinct * (distinct - 1) // 2).sum()) > MOST_RATIO_PAIRS:
        raise AgreementError("", f"has more than {MOST_RATIO_PAIRS} pairs of values, too many for the ratio metric")
    value = cells.levels[cells.code]
    end = np.cumsum(distinct)[cells.unit]
    total = np.zeros(value.size)
    left = np.arange(value.size)
    lag = 1
    while (left := left[left + lag < end[left]]).size:
        right = left + lag
        apart = (value[right] - value[left]) / (value[right] + value[left])
        total[left] += cells.count[left] * cells.count[right] * apart**2
        lag += 1
    within = np.bincount(cells.unit, weights=total)
    return fsum((2 * within / (cells.of_unit - 1)).tolist())


def _ratio_expected(cells: _Cells) -> float:
    """Every level against those above it, a block of rows at a time."""
    import numpy as np

    levels, count = cells.levels, cells.of_level.astype(np.float64)
    sums: list[float] = []
    for start in range(0, levels.size, _BLOCK):
        low = levels[start : start + _BLOCK, None]
        high = levels[None, start:]
        together = low + high
        together[together == 0] = 1.0
        apart = np.triu(((high - low) / together) ** 2)
        sums.append(float((count[start : start + _BLOCK, None] * count[None, start:] * apart).sum()))
    n = int(cells.of_level.sum())
    return 2 * fsum(sums) / (n - 1)
