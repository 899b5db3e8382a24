"""Raking: weights that make a sample's margins those of the population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from assay.opinion.problem import OpinionError, finite, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Floats = NDArray[np.float64]
    _Whole = NDArray[np.intp]

TOLERANCE: Final = 1e-12
"""Largest relative difference between a raked margin and its total; ten thousand times that when it shrinks no more."""
MOST_ROUNDS: Final = 20_000
SAME_TOTAL: Final = 1e-6
"""Margins whose totals differ relatively by no more are brought to the first's total, by name of variable."""
_SAME_WEIGHT: Final = 1e-9
_LOOK_BACK: Final = 100
_SLOWEST: Final = 0.9
_FEWEST_ROUNDS: Final = 1000
_MOST_STEPS: Final = 300_000_000
_LARGEST: Final = 1e15


@dataclass(frozen=True)
class Raked:
    """One weight per row in the order given, which sum to the margins' total; Kish's effective number of rows.

    `collapsed`: by variable, the groups of levels that were made one; `trimmed`: how many weights the cap met.
    """

    weights: tuple[float, ...]
    n_eff: float
    rounds: int
    collapsed: Mapping[str, tuple[tuple[str, ...], ...]]
    trimmed: int


def rake(
    rows: Sequence[Mapping[str, str]],
    margins: Mapping[str, Mapping[str, float]],
    *,
    trim: float | None = None,
    collapse: int | None = None,
) -> Raked:
    """Iterative proportional fitting of row weights to the margins (Deming and Stephan 1940, Ann. Math. Stat. 11:427).

    Every row names a level of every variable. Effective n is (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling).
    `collapse`: while a level has fewer rows than this, the smallest level of the variable is joined with the next
    smallest (ties by name) and their totals are added. `trim`: weights above `trim` medians become that cap, in one
    pass, and what was cut is spread over the others in proportion; the margins then no longer hold exactly.

    Raises OpinionError for a row without level or with one the margin lacks, a total above 0 without rows or of 0 with
    rows, margins with different totals, and when no weights can meet all margins together.
    """
    import numpy as np

    targets = _targets(margins)
    cells, cell_of_row, counts = _cells(rows, sorted(targets))
    axes: list[tuple[_Whole, _Floats]] = []
    groups: dict[str, tuple[tuple[str, ...], ...]] = {}
    for column, variable in enumerate(sorted(targets)):
        codes, totals, joined = _axis(variable, [cell[column] for cell in cells], counts, targets[variable], collapse)
        axes.append((codes, totals))
        if joined:
            groups[variable] = joined
    weights, rounds = _fit(_same_total(sorted(targets), axes), counts)
    trimmed = 0
    if trim is not None:
        weights, trimmed = _trim(weights, counts, trim)
    biggest = float(weights.max())
    scaled = weights / biggest
    n_eff = float(np.sum(counts * scaled) ** 2 / np.sum(counts * scaled * scaled))
    return Raked(tuple(weights[cell_of_row].tolist()), n_eff, rounds, groups, trimmed)


def _targets(margins: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    if not margins:
        raise OpinionError("margins", "must name at least one variable")
    found: dict[str, dict[str, float]] = {}
    for variable in sorted(margins):
        name = f"margins.{variable[:80]}"
        found[variable] = {}
        for level in sorted(margins[variable]):
            total = finite(margins[variable][level], f"{name}.{level[:80]}", least=0)
            if total > _LARGEST:
                raise OpinionError(f"{name}.{level[:80]}", "is too large")
            found[variable][level] = total
        if not any(found[variable].values()):
            raise OpinionError(name, "must have a total above 0")
    return found


def _cells(rows: Sequence[Mapping[str, str]], variables: list[str]) -> tuple[list[tuple[str, ...]], _Whole, _Floats]:
    """Distinct combinations of levels in order, which of them each row is, and how many rows each has."""
    import numpy as np

    if not rows:
        raise OpinionError("rows", "must have at least 1 element")
    wanted = frozenset(variables)
    pick = itemgetter(*variables)
    single = len(variables) == 1
    numbers: dict[Any, int] = {}
    codes: list[int] = []
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping) or row.keys() != wanted:
            raise _odd_row(index, row, wanted)
        try:
            codes.append(numbers.setdefault(pick(row), len(numbers)))
        except TypeError:
            raise _odd_level(index, row) from None
    met: list[Any] = list(numbers)
    cells: list[tuple[str, ...]] = [(cell,) for cell in met] if single else met
    for number, cell in enumerate(cells):
        if not all(isinstance(level, str) for level in cell):
            raise _odd_level(codes.index(number), rows[codes.index(number)])
    order = sorted(range(len(cells)), key=cells.__getitem__)
    place = np.empty(len(cells), np.intp)
    place[order] = np.arange(len(cells))
    cell_of_row = place[np.asarray(codes, np.intp)]
    return [cells[number] for number in order], cell_of_row, np.bincount(cell_of_row).astype(np.float64)


def _odd_row(index: int, row: object, wanted: frozenset[str]) -> OpinionError:
    name = f"rows[{index}]"
    if not isinstance(row, Mapping):
        return OpinionError(name, "must be an object with named fields")
    for key in sorted(map(str, row)):
        if key not in wanted:
            return OpinionError(f"{name}.{key[:80]}", "has no margin")
    return OpinionError(f"{name}.{min(wanted - set(row))[:80]}", "is missing")


def _odd_level(index: int, row: Mapping[str, str]) -> OpinionError:
    key = min(key for key in row if not isinstance(row[key], str))
    return OpinionError(f"rows[{index}].{key[:80]}", "must be text")


def _axis(
    variable: str, levels: list[str], counts: _Floats, totals: Mapping[str, float], collapse: int | None
) -> tuple[_Whole, _Floats, tuple[tuple[str, ...], ...]]:
    """One variable as codes per cell and total per code, with the groups of levels that were joined."""
    import numpy as np

    name = f"margins.{variable[:80]}"
    numbers = {level: number for number, level in enumerate(totals)}
    missing = sorted(set(levels) - numbers.keys())
    if missing:
        raise OpinionError(name, f"lacks the level {missing[0][:80]} that rows have")
    codes = np.asarray([numbers[level] for level in levels], np.intp)
    rows = np.bincount(codes, weights=counts, minlength=len(numbers))
    groups: list[tuple[str, ...]] = [(level,) for level in totals]
    if collapse is not None:
        groups = _joined(dict(zip(totals, rows.tolist(), strict=True)), whole(collapse, "collapse", least=1))
    group_of = {level: number for number, group in enumerate(groups) for level in group}
    regroup = np.asarray([group_of[level] for level in totals], np.intp)
    rows = np.bincount(regroup, weights=rows, minlength=len(groups))
    each = np.asarray(list(totals.values()), np.float64)
    wanted: _Floats = np.bincount(regroup, weights=each, minlength=len(groups)).astype(np.float64)
    for group, has, total in zip(groups, rows.tolist(), wanted.tolist(), strict=True):
        if bool(has) != bool(total):
            reason = "has a total above 0 and no rows" if total else "has rows and a total of 0"
            raise OpinionError(f"{name}.{group[0][:80]}", reason)
    return regroup[codes], wanted, tuple(group for group in groups if len(group) > 1)


def _joined(rows: Mapping[str, float], least: int) -> list[tuple[str, ...]]:
    """Levels in groups of at least `least` rows (one group when that cannot be), smallest joined with next smallest."""
    import heapq

    heap: list[tuple[float, tuple[str, ...]]] = [(has, (level,)) for level, has in rows.items()]
    heapq.heapify(heap)
    while len(heap) > 1 and heap[0][0] < least:
        few, group = heapq.heappop(heap)
        more, others = heapq.heappop(heap)
        heapq.heappush(heap, (few + more, tuple(sorted(group + others))))
    return sorted(group for _, group in heap)


def _same_total(variables: list[str], axes: list[tuple[_Whole, _Floats]]) -> list[tuple[_Whole, _Floats]]:
    sums = [float(totals.sum()) for _, totals in axes]
    for variable, total in zip(variables, sums, strict=True):
        if abs(total - sums[0]) > SAME_TOTAL * sums[0]:
            reason = f"sums to {total:g}, margins.{variables[0][:80]} to {sums[0]:g}"
            raise OpinionError(f"margins.{variable[:80]}", reason)
    return [(codes, totals * (sums[0] / total)) for (codes, totals), total in zip(axes, sums, strict=True)]


def _fit(axes: list[tuple[_Whole, _Floats]], counts: _Floats) -> tuple[_Floats, int]:
    """Weights of the cells and the rounds taken; the search ends when a hundred rounds gain less than a tenth."""
    import numpy as np

    limit = min(MOST_ROUNDS, max(_FEWEST_ROUNDS, _MOST_STEPS // (len(counts) * len(axes))))
    total = float(axes[0][1].sum())
    weights = np.full(len(counts), total / float(counts.sum()))
    errors: list[float] = []
    for rounds in range(1, limit + 1):
        error = 0.0
        for codes, totals in axes:
            has = np.bincount(codes, weights=weights * counts, minlength=len(totals))
            ratio = np.divide(totals, has, out=np.ones_like(totals), where=has > 0)
            error = max(error, float(np.abs(ratio - 1).max()))
            weights = weights * ratio[codes]
        errors.append(error)
        if error <= TOLERANCE or len(axes) == 1:
            return weights, rounds
        if rounds > _LOOK_BACK and error > errors[-_LOOK_BACK] * _SLOWEST:
            break
    if errors[-1] <= 1e4 * TOLERANCE:
        return weights, len(errors)
    off = f"still off by {errors[-1]:.3g} of a total after {len(errors)} rounds"
    raise OpinionError("margins", f"are not all met by any weights found for these rows: {off}")


def _trim(weights: _Floats, counts: _Floats, trim: float) -> tuple[_Floats, int]:
    import numpy as np

    if finite(trim, "trim") < 1:
        raise OpinionError("trim", "must not be below 1 (median)")
    cap = trim * float(np.median(np.repeat(weights, counts.astype(np.intp))))
    # What is at the cap but for the last digits of the fit is not above it.
    over = weights > cap * (1 + _SAME_WEIGHT)
    rest = float(np.sum(weights[~over] * counts[~over]))
    if not over.any() or not rest:
        return weights, 0
    excess = float(np.sum((weights - cap)[over] * counts[over]))
    return np.where(over, cap, weights * (1 + excess / rest)), int(counts[over].sum())
