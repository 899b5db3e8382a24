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
    Costs,
    Juror,
    Number,
    Task,
    Unmet,
    check,
    shuffled,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.allocation.network import Ints, Network, Problem, Targets


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
) -> Allocation:
    """Give every task `need` different jurors within their loads, at least cost or greatest value.

    `excluded`: pairs (group, juror). `cost` or `value` (one of them): by (task key, juror key), absent pairs 0,
    or a table of one row per task and one number per juror in the order given. `objective`: "sum", or "maxmin"
    (the worst pair as good as it can be, then the sum). `repeat`: how often one juror may come to one group (for
    different tasks), by group or for all. The seed chooses among equally good answers and does nothing else.
    First as many audits as possible are met, then as many minimum loads, then the objective; what is left is
    `unmet`. Minimum-cost flow with load bounds (Ahuja, Magnanti, Orlin 1993, ch. 10; Google OR-Tools). Costs of
    up to nine decimals are exact; finer ones are resolved to at least ten significant digits.
    Raises AllocationError for input that contradicts itself.
    """
    door = _Door.open(tuple(tasks), tuple(jurors), str(seed))
    if objective not in OBJECTIVES:
        raise AllocationError("objective", "must be one of: " + ", ".join(OBJECTIVES))
    if cost is not None and value is not None:
        raise AllocationError("value", "cost and value exclude each other")
    numbers = value if cost is None else cost
    sign = -1 if cost is None else 1
    return door.solve(excluded, {} if numbers is None else numbers, sign, objective == "maxmin", repeat)


@dataclass(frozen=True)
class _Door:
    """Tasks and jurors in the seed's order, and where each stood in the input."""

    tasks: tuple[Task, ...]
    jurors: tuple[Juror, ...]
    task_order: Sequence[int]
    juror_order: Sequence[int]

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
        )

    def solve(
        self,
        excluded: Collection[tuple[str, str]],
        numbers: Costs,
        sign: int,
        is_maxmin: bool,
        repeat: int | Mapping[str, int],
    ) -> Allocation:
        from assay.allocation.network import build, cheapest
        from assay.allocation.shortfall import shortfalls

        problem = self._encode(excluded, numbers, sign, repeat)
        network = build(problem)
        used, flows, wanted = _optimum(problem, network, is_maxmin)
        found = [
            (int(used.arc_task[arc]), int(used.arc_juror[arc]))
            for arc in flows[: len(used.arc_task)].nonzero()[0].tolist()
        ]
        amounts = [self._number(numbers, task, juror) for task, juror in found]
        unmet: tuple[Unmet, ...] = ()
        if wanted.unmet or wanted.short:
            whole = flows if used is problem else cheapest(problem, network, wanted)
            if whole is not None:
                unmet = shortfalls(problem, network, whole, self.tasks, self.jurors)
        loads = {juror.key: 0 for juror in sorted(self.jurors, key=lambda juror: juror.key)}
        for _, juror in found:
            loads[self.jurors[juror].key] += 1
        worst = None if not amounts else max(amounts) if sign > 0 else min(amounts)
        pairs = sorted((self.tasks[task].key, self.jurors[juror].key) for task, juror in found)
        return Allocation(tuple(pairs), sum(amounts, Fraction(0)), worst, loads, unmet)

    def _number(self, numbers: Costs, task: int, juror: int) -> Fraction:
        if isinstance(numbers, Mapping):
            return Fraction(numbers.get((self.tasks[task].key, self.jurors[juror].key), 0))
        return Fraction(numbers[self.task_order[task]][self.juror_order[juror]])

    def _encode(
        self,
        excluded: Collection[tuple[str, str]],
        numbers: Costs,
        sign: int,
        repeat: int | Mapping[str, int],
    ) -> Problem:
        import numpy as np

        from assay.allocation.network import Problem

        costs = sign * self._costs(numbers)
        allowed = self._allowed(excluded)
        arc_task, arc_juror = (part.astype(np.int64) for part in np.nonzero(allowed))
        places = {place: index for index, place in enumerate(dict.fromkeys(task.place for task in self.tasks))}
        return Problem(
            needs=np.array([task.need for task in self.tasks], np.int64),
            groups=np.array([places[task.place] for task in self.tasks], np.int64),
            least=np.array([juror.minimum for juror in self.jurors], np.int64),
            most=np.array([juror.maximum for juror in self.jurors], np.int64),
            repeat=np.array([_repeat(repeat, task.place) for task in self.tasks], np.int64),
            arc_task=arc_task,
            arc_juror=arc_juror,
            cost=costs[arc_task, arc_juror],
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
        beyond = np.argwhere(~(np.abs(table) <= LARGEST_COST))
        if len(beyond):
            raise AllocationError(f"cost[{beyond[0][0]}][{beyond[0][1]}]", "must be a number within 10^15")
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


def _optimum(problem: Problem, network: Network, is_maxmin: bool) -> tuple[Problem, Ints, Targets]:
    """The problem with the arcs that may be used, optimal flows over its network, and what they leave unmet."""
    from assay.allocation.network import Targets, build, cheapest, targets

    wanted = Targets(0, 0)
    flows = None if is_maxmin else cheapest(problem, network, wanted)
    if flows is None:
        wanted = targets(problem, network)
        if is_maxmin:
            problem = _bottleneck(problem, wanted)
            network = build(problem)
        flows = cheapest(problem, network, wanted)
    if flows is None:
        raise AllocationError("tasks", "have no flow")
    return problem, flows, wanted


def _bottleneck(problem: Problem, wanted: Targets) -> Problem:
    """Only the arcs no worse than the best worst pair that still reaches the targets."""
    import numpy as np

    from assay.allocation.network import build, targets

    levels = np.unique(problem.cost)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high) // 2
        part = problem.only(problem.cost <= levels[middle])
        if targets(part, build(part)) == wanted:
            high = middle
        else:
            low = middle + 1
    return problem.only(problem.cost <= levels[high]) if len(levels) else problem
