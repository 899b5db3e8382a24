"""How far places move when weights are drawn anew or a component is left out, and what the order mostly follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.composite.aggregation import Composite, CompositeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Floats = NDArray[np.float64]
    _Ranks = NDArray[np.int32]

DRAWS: Final = 1000
MOST_DRAWS: Final = 100_000
MOST_VALUES: Final = 2_000_000
MOST_RANKS: Final = 64_000_000
_BLOCK: Final = 500_000
_DIGITS: Final = 1e12


@dataclass(frozen=True)
class Spread:
    """The least (best), median and greatest place of one institution over all scenarios and the reference."""

    key: str
    least: int
    median: float
    most: int


@dataclass(frozen=True)
class Sensitivity:
    """Spreads by key; `mean_rank_shift`: mean |place - reference place| over scenarios and institutions, None without
    scenarios; `shares`: by component, the share of the score's variance it explains alone, None if nothing varies."""

    spreads: tuple[Spread, ...]
    mean_rank_shift: float | None
    shares: Mapping[str, float | None]
    scenarios: int


@dataclass(frozen=True)
class _Table:
    """Institutions with a score as rows, components as columns: what is summed, presence, zeros of a product."""

    sums: _Floats
    present: _Floats
    zeros: _Floats
    weights: _Floats


def sensitivity(
    institutions: Mapping[str, Mapping[str, Fraction | None]],
    weights: Mapping[str, Fraction],
    scores: Mapping[str, Composite],
    *,
    method: str = "linear",
    perturb: float = 0,
    draws: int = DRAWS,
    seed: int = 0,
) -> Sensitivity:
    """Places of the institutions that have a score, over these scenarios: each component with weight left out in turn
    and, when `perturb` is above 0, `draws` times every weight multiplied by a number drawn uniformly from
    [1 - perturb, 1 + perturb]: one PCG64 stream from `seed`, component after component by name.

    `scores` is what `combine` gave for the same values, weights and method. Scores that agree in 12 digits share a
    place. An institution left without components is not placed in that scenario. Mean rank shift: Saisana, Saltelli
    and Tarantola 2005, JRSS A 168:307. Shares: squared correlation of component and score, the linear estimate of the
    first-order sensitivity index (Paruolo, Saisana and Saltelli 2013, JRSS A 176:609); they sum to 1 only when
    components are uncorrelated and the score linear. Raises CompositeError for more than can be done.
    """
    import numpy as np

    keys = sorted(key for key, found in scores.items() if found.value is not None)
    names = sorted(weights)
    _check(len(keys), len(names), perturb, draws)
    if not keys:
        return Sensitivity((), None, dict.fromkeys(names), 0)
    values = np.asarray([[_number(institutions[key].get(name)) for name in names] for key in keys], np.float64)
    points = np.asarray([float(scores[key].value or 0) for key in keys])
    table = _table(values, _relative(weights, names), method)
    reference = _reference(keys, scores)
    found = [_left_out(table, np.flatnonzero(table.weights), method)]
    if perturb:
        found.append(_perturbed(table, method, _draw(table.weights, perturb, draws, seed)))
    ranks = np.concatenate(found)
    return Sensitivity(
        _spreads(keys, ranks, reference),
        _mean_shift(ranks, reference),
        {name: _share(values[:, column], points) for column, name in enumerate(names)},
        len(ranks),
    )


def _check(institutions: int, components: int, perturb: float, draws: int) -> None:
    if not 0 <= perturb <= 1:
        raise CompositeError("perturb", "must be from 0 to 1")
    if isinstance(draws, bool) or not 1 <= draws <= MOST_DRAWS:
        raise CompositeError("draws", f"must be from 1 to {MOST_DRAWS}")
    scenarios = components + 1 + (draws if perturb else 0)
    if institutions * components > MOST_VALUES or institutions * scenarios > MOST_RANKS:
        raise CompositeError("institutions", "are too many for a sensitivity over so many components and draws")


def _number(value: Fraction | None) -> float:
    return float("nan") if value is None else float(value)


def _relative(weights: Mapping[str, Fraction], names: list[str]) -> _Floats:
    import numpy as np

    biggest = max(weights.values())
    return np.asarray([float(weights[name] / biggest) for name in names], np.float64)


def _table(values: _Floats, weights: _Floats, method: str) -> _Table:
    import numpy as np

    present = ~np.isnan(values)
    filled = np.where(present, values, 0.0)
    zeros = np.zeros_like(filled)
    if method == "geometric":
        zeros = (present & (filled == 0)).astype(np.float64)
        filled = np.log(filled, out=np.zeros_like(filled), where=filled > 0)
    return _Table(filled, present.astype(np.float64), zeros, weights)


def _reference(keys: list[str], scores: Mapping[str, Composite]) -> _Ranks:
    """The exact places, by key: one more than the number of greater scores."""
    import numpy as np

    values = [scores[key].value or Fraction(0) for key in keys]
    # Floats decide nearly always, and exact numbers where floats agree.
    ordered = sorted(range(len(keys)), key=lambda row: (-float(values[row]), -values[row]))
    found = np.empty(len(keys), np.int32)
    place = 1
    for position, row in enumerate(ordered):
        if position and values[row] != values[ordered[position - 1]]:
            place = position + 1
        found[row] = place
    return found


def _draw(weights: _Floats, perturb: float, draws: int, seed: int) -> _Floats:
    """Weights by component and draw."""
    import numpy as np

    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))
    return weights[:, None] * (1 + perturb * (2 * stream.random((len(weights), draws)) - 1))


def _perturbed(table: _Table, method: str, weights: _Floats) -> _Ranks:
    """Ranks by draw and institution, a block of draws at a time. No matrix product: its last bit knows the order."""
    import numpy as np

    rows, draws = len(table.sums), weights.shape[1]
    found = np.empty((draws, rows), np.int32)
    step = max(1, _BLOCK // rows)
    for start in range(0, draws, step):
        block = weights[:, start : start + step]
        above, below, zeros = np.zeros((3, block.shape[1], rows))
        has_zeros, is_whole = bool(table.zeros.any()), bool(table.present.all())
        for column, weight in enumerate(block):
            above += weight[:, None] * table.sums[:, column]
            if not is_whole:
                below += weight[:, None] * table.present[:, column]
            if has_zeros:
                zeros += (weight > 0)[:, None] * table.zeros[:, column]
        if is_whole:
            below += block.sum(axis=0)[:, None]
        found[start : start + step] = _ranks(above, below, zeros, method)
    return found


def _left_out(table: _Table, columns: NDArray[np.intp], method: str) -> _Ranks:
    """Ranks by component left out and institution: sums of what stands before it and after it."""
    import numpy as np

    weights = table.weights[columns]
    above, below, zeros = (
        _without_each(part[:, columns].T * factor[:, None])
        for part, factor in ((table.sums, weights), (table.present, weights), (table.zeros, np.ones_like(weights)))
    )
    return _ranks(above, below, zeros, method)


def _without_each(parts: _Floats) -> _Floats:
    import numpy as np

    found = np.zeros_like(parts)
    found[1:] = np.cumsum(parts[:-1], axis=0)
    found[:-1] += np.cumsum(parts[:0:-1], axis=0)[::-1]
    return found


def _ranks(above: _Floats, below: _Floats, zeros: _Floats, method: str) -> _Ranks:
    """Ranks along each row, the largest score first, equal ones sharing (1, 2, 2, 4); 0 for those without a score."""
    import numpy as np

    has_score = below > 0
    scores = np.divide(above, below, out=np.zeros_like(above), where=has_score)
    largest = float(np.abs(scores).max(initial=0.0)) if method == "linear" else 1.0
    scores = np.rint(scores * (_DIGITS / largest)) if largest else scores
    scores[zeros > 0] = -np.inf
    scores = np.where(has_score, -scores, np.nan)
    order = np.argsort(scores, axis=1)
    ordered = np.take_along_axis(scores, order, axis=1)
    starts = np.ones(ordered.shape, bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    places = np.maximum.accumulate(np.where(starts, np.arange(1, ordered.shape[1] + 1), 0), axis=1)
    found = np.empty(ordered.shape, np.int32)
    np.put_along_axis(found, order, places.astype(np.int32), axis=1)
    found[~has_score] = 0
    return found


def _spreads(keys: list[str], ranks: _Ranks, reference: _Ranks) -> tuple[Spread, ...]:
    import numpy as np

    by_institution = np.ascontiguousarray(np.concatenate([reference[None, :], ranks]).T)
    by_institution.sort(axis=1)
    rows = np.arange(len(keys))
    unplaced = (by_institution == 0).sum(axis=1)
    placed = by_institution.shape[1] - unplaced
    lower = by_institution[rows, unplaced + (placed - 1) // 2]
    upper = by_institution[rows, unplaced + placed // 2]
    columns = (by_institution[rows, unplaced], (lower + upper.astype(np.float64)) / 2, by_institution[:, -1])
    return tuple(Spread(key, *row) for key, *row in zip(keys, *(part.tolist() for part in columns), strict=True))


def _mean_shift(ranks: _Ranks, reference: _Ranks) -> float | None:
    import numpy as np

    placed = ranks > 0
    if not placed.any():
        return None
    shifts = np.where(placed, np.abs(ranks - reference), 0)
    return float(shifts.sum(dtype=np.int64) / placed.sum())


def _share(values: _Floats, points: _Floats) -> float | None:
    import numpy as np

    there = ~np.isnan(values)
    if not there.any():
        return None
    x, y = values[there], points[there]
    if x.min() == x.max() or y.min() == y.max():
        return None
    x, y = (x - x.mean()) / (x.max() - x.min()), (y - y.mean()) / (y.max() - y.min())
    return float(min(1.0, np.sum(x * y) ** 2 / (np.sum(x * x) * np.sum(y * y))))
