"""The door for arrays: sparse candidates in, positions out, nothing built for a single pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Any

from assay.allocation.problem import LARGEST_COST, MOST_LOAD, OBJECTIVES, AllocationError, Unmet, cap_of, shuffled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from assay.allocation.network import Ints, Problem


@dataclass(frozen=True)
class ArrayAllocation:
    """The answer by positions. `arcs`: positions of the pairs taken in the arrays given, sorted by row and column;
    `rows`, `columns`: whose they are; `loads`: by column. `total`, `worst` (None without pairs) and, under a cap,
    `expected_total` are floats, and `chances` the chance of every pair given (else None).
    """

    arcs: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    loads: NDArray[np.int64]
    total: float
    worst: float | None
    unmet: tuple[Unmet, ...]
    expected_total: float | None = None
    chances: NDArray[np.float64] | None = None


def allocate_arrays(
    need: ArrayLike,
    least: ArrayLike,
    most: ArrayLike,
    rows: ArrayLike,
    columns: ArrayLike,
    cost: ArrayLike | None = None,
    *,
    value: ArrayLike | None = None,
    objective: str = "sum",
    cap: Fraction | float | None = None,
    seed: str | int = 0,
    row_keys: Sequence[str] | None = None,
    column_keys: Sequence[str] | None = None,
) -> ArrayAllocation:
    """`allocate` for arrays. `need`: audits wanted, by row; `least`, `most`: loads, by column; `rows`, `columns`: the
    pairs that may be taken, each once, in any order, with a `cost` (or `value`) each, by default 0.

    Keys name rows and columns in `unmet` and in the seed's choice among equals, so that their order changes nothing;
    without keys a position is its own key. Costs as for `allocate`. Raises AllocationError.
    """
    import numpy as np

    if objective not in OBJECTIVES:
        raise AllocationError("objective", "must be one of: " + ", ".join(OBJECTIVES))
    if cost is not None and value is not None:
        raise AllocationError("value", "cost and value exclude each other")
    wanted, low, high = (_whole(part, name, None) for part, name in ((need, "need"), (least, "least"), (most, "most")))
    if len(low) != len(high) or bool((low > high).any()):
        raise AllocationError("least", "must be as many as most, and none above it")
    row, column = _whole(rows, "rows", len(wanted)), _whole(columns, "columns", len(high))
    if len(row) != len(column):
        raise AllocationError("columns", "must be as many as rows")
    amounts = _amounts(value if cost is None else cost, "value" if cost is None else "cost", len(row))
    names = (_keys(row_keys, "row_keys", len(wanted)), _keys(column_keys, "column_keys", len(high)))
    order = (np.array(shuffled(names[0], str(seed), "task"), np.int64),) + (
        np.array(shuffled(names[1], str(seed), "juror"), np.int64),
    )
    signed = amounts if cost is not None else -amounts
    problem, arcs = _encode(wanted, low, high, row, column, signed, order)
    return _answer(
        problem, arcs, order, names, (row, column, amounts), objective == "maxmin", cap, str(seed), cost is None
    )


def _encode(
    need: Ints, least: Ints, most: Ints, rows: Ints, columns: Ints, cost: NDArray[np.float64], order: tuple[Ints, Ints]
) -> tuple[Problem, Ints]:
    """The problem in the seed's order, and where each of its arcs stood in the input."""
    import numpy as np

    from assay.allocation.network import Problem

    places = [np.empty(len(part), np.int64) for part in order]
    for place, part in zip(places, order, strict=True):
        place[part] = np.arange(len(part))
    flat = places[0][rows] * max(len(most), 1) + places[1][columns]
    arcs = np.argsort(flat)
    flat = flat[arcs]
    twice = np.flatnonzero(flat[1:] == flat[:-1])
    if len(twice):
        raise AllocationError(f"rows[{max(arcs[twice[0]], arcs[twice[0] + 1])}]", "names a pair that stands already")
    task = flat // max(len(most), 1)
    return Problem(
        needs=need[order[0]],
        groups=np.arange(len(need), dtype=np.int64),
        least=least[order[1]],
        most=most[order[1]],
        repeat=np.ones(len(need), np.int64),
        arc_task=task,
        arc_juror=flat - task * max(len(most), 1),
        cost=cost[arcs],
    ), arcs


def _answer(
    problem: Problem,
    arcs: Ints,
    order: tuple[Ints, Ints],
    keys: tuple[Sequence[str], Sequence[str]],
    given: tuple[Ints, Ints, NDArray[np.float64]],
    is_maxmin: bool,
    cap: Fraction | float | None,
    seed: str,
    is_value: bool,
) -> ArrayAllocation:
    import numpy as np

    from assay.allocation.optimum import find
    from assay.allocation.shortfall import Names

    rows, columns, amounts = given
    names = Names([keys[0][index] for index in order[0]], [keys[1][index] for index in order[1]])
    found = find(problem, names, is_maxmin=is_maxmin, cap=cap_of(cap), seed=seed)
    taken = arcs[found.taken]
    taken = taken[np.lexsort((columns[taken], rows[taken]))]
    some = amounts[taken]
    chances, expected = None, None
    if found.chances is not None:
        chances = np.zeros(len(arcs), np.float64)
        chances[arcs] = found.chances / found.unit
        expected = fsum((amounts * chances).tolist())
    return ArrayAllocation(
        arcs=taken,
        rows=rows[taken],
        columns=columns[taken],
        loads=np.bincount(columns[taken], minlength=len(problem.most)),
        total=fsum(some.tolist()),
        worst=None if not len(some) else float(some.min() if is_value else some.max()),
        unmet=found.unmet,
        expected_total=expected,
        chances=chances,
    )


def _whole(values: ArrayLike, name: str, below: int | None) -> Ints:
    import numpy as np

    array: NDArray[Any] = np.asarray(values)
    if array.ndim != 1 or (len(array) and array.dtype.kind not in "iu"):
        raise AllocationError(name, "must be a list of whole numbers")
    limit = MOST_LOAD + 1 if below is None else below
    if len(array) and not (int(array.min()) >= 0 and int(array.max()) < limit):
        raise AllocationError(name, f"must be from 0 to {limit - 1}")
    return array.astype(np.int64)


def _amounts(values: ArrayLike | None, name: str, count: int) -> NDArray[np.float64]:
    import numpy as np

    if values is None:
        return np.zeros(count, np.float64)
    try:
        array = np.asarray(values, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise AllocationError(name, "must be a list of numbers") from None
    if array.shape != (count,):
        raise AllocationError(name, f"must have one number per pair ({count})")
    if not bool(np.all(np.abs(array) <= LARGEST_COST)):
        raise AllocationError(name, "must be numbers within 10^15")
    return array


def _keys(keys: Sequence[str] | None, name: str, count: int) -> Sequence[str]:
    if keys is None:
        return [str(index) for index in range(count)]
    if len(keys) != count or len(set(keys)) != count:
        raise AllocationError(name, f"must be {count} different keys")
    return keys
