"""The door: keys and costs in, an exact optimum out, in any order of the input."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assay.allocation.problem import (
    LARGEST_COST,
    OBJECTIVES,
    Allocation,
    AllocationError,
    Juror,
    Number,
    Task,
    cap_of,
    check,
    shuffled,
    sum_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.allocation.network import Ints, Problem
    from assay.allocation.problem import Costs


def allocate(
    tasks: Iterable[Task],
    jurors: Iterable[Juror],
    *,
    excluded: Collection[tuple[str, str]] = (),
    cost: Costs | None = None,
    value: Costs | None = None,
    objective: str = "sum",
    seed: str | int = 0,
    repeat: int | Mapping[str, int] = 1,
    cap: Number | None = None,
) -> Allocation:
    """Give every task `need` different jurors within their loads, at least cost or greatest value.

    `excluded`: pairs (group, juror). `cost` or `value` (one of them): by (task key, juror key), absent pairs 0,
    or a table (lists or an array) of one row per task and one number per juror in the order given. `objective`:
    "sum", or "maxmin" (the worst pair as good as it can be, then the sum). `repeat`: how often one juror may come
    to one group (for different tasks), by group or for all. The seed chooses among equally good answers and does
    nothing else.
    First as many audits as possible are met, then as many minimum loads, then the objective; what is left is
    `unmet`. Minimum-cost flow with load bounds (Ahuja, Magnanti, Orlin 1993, ch. 10; Google OR-Tools). Costs of
    up to nine decimals are exact; finer ones are resolved to at least ten significant digits.
    `cap` (above 0, at most 1; as a fraction of denominator up to a million): no pair is taken with a greater chance,
    the objective is best on average, and the seed draws one answer that has these chances (Jecmen et al. 2020).
    Raises AllocationError for input that contradicts itself.
    """
    door = _Door.open(tuple(tasks), tuple(jurors), str(seed))
    if objective not in OBJECTIVES:
        raise AllocationError("objective", "must be one of: " + ", ".join(OBJECTIVES))
    if cost is not None and value is not None:
        raise AllocationError("value", "cost and value exclude each other")
    numbers = value if cost is None else cost
    sign = -1 if cost is None else 1
    return door.solve(excluded, {} if numbers is None else numbers, sign, objective == "maxmin", repeat, cap_of(cap))


@dataclass(frozen=True)
class _Door:
    """Tasks and jurors in the seed's order, and where each stood in the input."""

    tasks: tuple[Task, ...]
    jurors: tuple[Juror, ...]
    task_order: Sequence[int]
    juror_order: Sequence[int]
    seed: str

    @classmethod
    def open(cls, tasks: tuple[Task, ...], jurors: tuple[Juror, ...], seed: str) -> _Door:
        check(tasks, jurors)
        task_order = shuffled([task.key for task in tasks], seed, "task")
        juror_order = shuffled([juror.key for juror in jurors], seed, "juror")
        return cls(
            tuple(tasks[index] for index in task_order),
            tuple(jurors[index] for index in juror_order),
            task_order,
            juror_order,
            seed,
        )

    def solve(
        self,
        excluded: Collection[tuple[str, str]],
        numbers: Costs,
        sign: int,
        is_maxmin: bool,
        repeat: int | Mapping[str, int],
        cap: Fraction | None,
    ) -> Allocation:
        from assay.allocation.optimum import find
        from assay.allocation.shortfall import Names

        problem = self._encode(excluded, numbers, sign, repeat)
        if cap is not None and len(set(problem.groups.tolist())) < len(self.tasks):
            raise AllocationError("cap", "needs tasks of different groups")
        names = Names([task.place for task in self.tasks], [juror.key for juror in self.jurors])
        found = find(problem, names, is_maxmin=is_maxmin, cap=cap, seed=self.seed)
        taken = (problem.arc_task[found.taken].tolist(), problem.arc_juror[found.taken].tolist())
        amounts = self._numbers(numbers, *taken)
        loads = {juror.key: 0 for juror in sorted(self.jurors, key=lambda juror: juror.key)}
        for juror in taken[1]:
            loads[self.jurors[juror].key] += 1
        tasks, jurors = [task.key for task in self.tasks], names.jurors
        pairs = sorted((tasks[task], jurors[juror]) for task, juror in zip(*taken, strict=True))
        return Allocation(
            tuple(pairs),
            sum_of(amounts),
            _worst(amounts, problem.cost[found.taken], sign),
            loads,
            found.unmet,
            None if found.chances is None else self._expected(numbers, problem, found.chances, found.unit),
        )

    def _expected(self, numbers: Costs, problem: Problem, chances: Ints, unit: int) -> Fraction:
        arcs = chances.nonzero()[0]
        amounts = self._numbers(numbers, problem.arc_task[arcs].tolist(), problem.arc_juror[arcs].tolist())
        shares = chances[arcs].tolist()
        return sum_of(Fraction(amount) * share for amount, share in zip(amounts, shares, strict=True)) / unit

    def _numbers(self, numbers: Costs, tasks: Sequence[int], jurors: Sequence[int]) -> list[Number]:
        """The numbers of pairs, as they were given."""
        if isinstance(numbers, Mapping):
            keys = [juror.key for juror in self.jurors]
            return [
                numbers.get((self.tasks[task].key, keys[juror]), 0) for task, juror in zip(tasks, jurors, strict=True)
            ]
        rows, columns = self.task_order, self.juror_order
        if isinstance(numbers, Sequence):
            return [numbers[rows[task]][columns[juror]] for task, juror in zip(tasks, jurors, strict=True)]
        import numpy as np

        places = ([rows[task] for task in tasks], [columns[juror] for juror in jurors])
        found: list[Number] = np.asarray(numbers)[places].tolist() if tasks else []
        return found

    def _encode(
        self,
        excluded: Collection[tuple[str, str]],
        numbers: Costs,
        sign: int,
        repeat: int | Mapping[str, int],
    ) -> Problem:
        import numpy as np

        from assay.allocation.network import Problem

        allowed = self._allowed(excluded).ravel()
        costs = self._costs(numbers).ravel()
        if allowed.all():
            arcs = np.arange(len(allowed), dtype=np.int64)
        else:
            arcs = np.flatnonzero(allowed)
            costs = costs[arcs]
        places = {place: index for index, place in enumerate(dict.fromkeys(task.place for task in self.tasks))}
        arc_task = arcs // max(len(self.jurors), 1)
        return Problem(
            needs=np.array([task.need for task in self.tasks], np.int64),
            groups=np.array([places[task.place] for task in self.tasks], np.int64),
            least=np.array([juror.minimum for juror in self.jurors], np.int64),
            most=np.array([juror.maximum for juror in self.jurors], np.int64),
            repeat=np.array([_repeat(repeat, task.place) for task in self.tasks], np.int64),
            arc_task=arc_task,
            arc_juror=arcs - arc_task * max(len(self.jurors), 1),
            cost=costs if sign > 0 else -costs,
        )

    def _costs(self, numbers: Costs) -> NDArray[np.float64]:
        import numpy as np

        shape = (len(self.tasks), len(self.jurors))
        if isinstance(numbers, Mapping):
            return self._costs_by_key(numbers)
        if len(numbers) != shape[0]:
            raise AllocationError("cost", f"must have one row per task ({shape[0]})")
        for index, row in enumerate(numbers):
            if len(row) != shape[1]:
                raise AllocationError(f"cost[{index}]", f"must have one number per juror ({shape[1]})")
        try:
            table = np.array(numbers, np.float64).reshape(shape)
        except (TypeError, ValueError, OverflowError):
            raise AllocationError("cost", "must be a table of numbers") from None
        if not bool(np.all(np.abs(table) <= LARGEST_COST)):
            beyond = np.argwhere(~(np.abs(table) <= LARGEST_COST))[0]
            raise AllocationError(f"cost[{beyond[0]}][{beyond[1]}]", "must be a number within 10^15")
        return table[np.ix_(self.task_order, self.juror_order)]

    def _costs_by_key(self, numbers: Mapping[tuple[str, str], Number]) -> NDArray[np.float64]:
        import numpy as np

        table = np.zeros((len(self.tasks), len(self.jurors)), np.float64)
        task_at = {task.key: index for index, task in enumerate(self.tasks)}
        juror_at = {juror.key: index for index, juror in enumerate(self.jurors)}
        for (task, juror), entry in numbers.items():
            if task not in task_at or juror not in juror_at:
                raise AllocationError("cost", f"names an unknown pair: {task[:80]}, {juror[:80]}")
            table[task_at[task], juror_at[juror]] = _finite(entry, task)
        return table

    def _allowed(self, excluded: Collection[tuple[str, str]]) -> NDArray[np.bool_]:
        import numpy as np

        channels = {channel: index for index, channel in enumerate(sorted({task.channel for task in self.tasks}))}
        works = np.array(
            [[juror.works_in(channel) for juror in self.jurors] for channel in channels], np.bool_
        ).reshape(len(channels), len(self.jurors))
        rows = np.array([channels[task.channel] for task in self.tasks], np.int64)
        allowed: NDArray[np.bool_] = works[rows].reshape(len(self.tasks), len(self.jurors))
        by_place: dict[str, list[int]] = {}
        for index, task in enumerate(self.tasks):
            by_place.setdefault(task.place, []).append(index)
        juror_at = {juror.key: index for index, juror in enumerate(self.jurors)}
        for place, juror in excluded:
            if place not in by_place or juror not in juror_at:
                raise AllocationError("excluded", f"names an unknown pair: {place[:80]}, {juror[:80]}")
            allowed[by_place[place], juror_at[juror]] = False
        return allowed


def _repeat(repeat: int | Mapping[str, int], place: str) -> int:
    found = repeat if isinstance(repeat, int) else repeat.get(place, 1)
    if found < 1:
        raise AllocationError("repeat", "must be at least 1")
    return found


def _finite(entry: Number, where: object) -> float:
    result = float(entry)
    if not abs(result) <= LARGEST_COST:
        raise AllocationError(f"cost[{where}]", "must be a number within 10^15")
    return result


def _worst(amounts: Sequence[Number], costs: NDArray[np.float64], sign: int) -> Fraction | None:
    """The exact amount of the pair that costs most, or is worth least."""
    if not amounts:
        return None
    nearest = [Fraction(amounts[index]) for index in (costs == costs.max()).nonzero()[0].tolist()]
    return max(nearest) if sign > 0 else min(nearest)
