"""The flow network and its solvers: integers in arrays, OR-Tools' cost-scaling min-cost flow underneath.

Nodes: tasks, then pair nodes (one juror at one group, only where a group has several tasks), then jurors, then
the ends: `least` (loads up to the minimum), `more` (loads above it), `unmet`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assay.allocation.problem import AllocationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_LARGEST_COST: Final = 2**60
_FINEST: Final = 40  # bits of a cost that has no short decimal form: twelve significant digits
_SAMPLE: Final = 2000


@dataclass(frozen=True)
class Problem:
    """Encoded input. Arrays over arcs: task, juror, cost (any float); over tasks: need, group; over jurors: loads.

    `repeat` holds for each task's group how often one juror may come; 0 arcs and 0 tasks are fine. Arcs are sorted
    by task and juror. Under a cap all amounts are counted in `unit`ths of an audit and an arc carries at most `room`.
    """

    needs: Ints
    groups: Ints
    least: Ints
    most: Ints
    repeat: Ints
    arc_task: Ints
    arc_juror: Ints
    cost: NDArray[np.float64]
    unit: int = 1
    room: int = 1

    def only(self, keep: Flags | Ints) -> Problem:
        """The same problem with some of the arcs."""
        return replace(self, arc_task=self.arc_task[keep], arc_juror=self.arc_juror[keep], cost=self.cost[keep])

    def capped(self, unit: int, room: int) -> Problem:
        """The same problem in parts of an audit: an arc carries at most `room` of `unit` parts."""
        scaled = {name: getattr(self, name) * unit for name in ("needs", "least", "most", "repeat")}
        return replace(self, unit=unit, room=room, **scaled)


@dataclass(frozen=True)
class Targets:
    """How many audits stay unmet and how many loads stay under the minimum, at best."""

    unmet: int
    short: int


@dataclass(frozen=True)
class Network:
    """Arcs of the network without its ends; pair arcs come after the task arcs. `pairs`: group * jurors + juror."""

    tails: Ints
    heads: Ints
    capacities: Ints
    pairs: Ints
    jurors_at: int
    size: int

    def flows(self, taken: Ints) -> Ints:
        """Flows over all arcs from those over the task arcs."""
        into = np.bincount(self.heads[: len(taken)], weights=taken, minlength=self.size)
        return np.concatenate([taken, into[self.jurors_at - len(self.pairs) : self.jurors_at].astype(np.int64)])


def build(problem: Problem) -> Network:
    """Tasks to jurors, through pair nodes where one juror could come to a group more often than allowed."""
    tasks, jurors = len(problem.needs), len(problem.most)
    heads = problem.arc_juror + tasks
    room = np.full(len(heads), problem.room, np.int64)
    if len(np.unique(problem.groups)) == tasks:
        return Network(problem.arc_task, heads, room, np.zeros(0, np.int64), tasks, tasks + jurors)
    shared = np.bincount(problem.groups, minlength=1)[problem.groups] > 1
    through = shared[problem.arc_task]
    pair_ids = problem.groups[problem.arc_task] * max(jurors, 1) + problem.arc_juror
    pairs, inverse = _different(pair_ids[through], (int(problem.groups.max(initial=0)) + 1) * max(jurors, 1))
    jurors_at = tasks + len(pairs)
    heads = problem.arc_juror + jurors_at
    heads[through] = tasks + inverse
    limits = np.ones(int(problem.groups.max(initial=0)) + 1, np.int64)
    limits[problem.groups] = problem.repeat
    return Network(
        tails=np.concatenate([problem.arc_task, tasks + np.arange(len(pairs), dtype=np.int64)]),
        heads=np.concatenate([heads, jurors_at + pairs % max(jurors, 1)]),
        capacities=np.concatenate([room, limits[pairs // max(jurors, 1)]]),
        pairs=pairs,
        jurors_at=jurors_at,
        size=jurors_at + jurors,
    )


def _different(ids: Ints, count: int) -> tuple[Ints, Ints]:
    """Different ids in order, and the place of each among them; without sorting where they fit into a table."""
    if count > 20 * len(ids) + 1000:
        pairs, inverse = np.unique(ids, return_inverse=True)
        return pairs, inverse
    there = np.zeros(count, np.bool_)
    there[ids] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[ids]


def targets(problem: Problem, network: Network) -> Targets:
    """The fewest audits unmet and the fewest loads under their minimum.

    The two never stand in each other's way: a flow that fills the minimums grows to a greatest one along
    augmenting paths, and these never take a load away (the loads that can be filled together form a matroid).
    """
    unmet = int(problem.needs.sum()) - greatest(problem, network, problem.most)
    floor = int(problem.least.sum())
    return Targets(unmet, floor - greatest(problem, network, problem.least) if floor else 0)


def greatest(problem: Problem, network: Network, most: Ints) -> int:
    """How many audits (in units) can be made under these loads."""
    from ortools.graph.python import max_flow

    tasks, jurors = len(problem.needs), len(most)
    source, sink = network.size, network.size + 1
    if not len(network.tails):
        return 0
    solver: Any = max_flow.SimpleMaxFlow()
    at = network.jurors_at + np.arange(jurors, dtype=np.int64)
    solver.add_arcs_with_capacity(
        np.concatenate([network.tails, np.full(tasks, source, np.int64), at]),
        np.concatenate([network.heads, np.arange(tasks, dtype=np.int64), np.full(jurors, sink, np.int64)]),
        np.concatenate([network.capacities, problem.needs, most]),
    )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise AllocationError("tasks", "have no flow")
    return int(solver.optimal_flow())


@dataclass(frozen=True)
class Ended:
    """A network with its ends: what a solver needs beside the costs."""

    tails: Ints
    heads: Ints
    capacities: Ints
    supplies: Ints


def ended(problem: Problem, network: Network, wanted: Targets) -> Ended | None:
    """The network whose every flow reaches the targets; None when none can."""
    tasks = np.arange(len(problem.needs), dtype=np.int64)
    jurors = network.jurors_at + np.arange(len(problem.most), dtype=np.int64)
    least, more, unmet = network.size, network.size + 1, network.size + 2
    demand = int(problem.needs.sum()) - wanted.unmet
    filled = int(problem.least.sum()) - wanted.short
    if demand < filled:
        return None
    ends = [np.full(len(jurors), least, np.int64), np.full(len(jurors), more, np.int64)]
    tails = np.concatenate([network.tails, jurors, jurors])
    heads = np.concatenate([network.heads, *ends])
    capacities = np.concatenate([network.capacities, problem.least, problem.most - problem.least])
    if wanted.unmet:
        tails = np.concatenate([tails, tasks])
        heads = np.concatenate([heads, np.full(len(tasks), unmet, np.int64)])
        capacities = np.concatenate([capacities, problem.needs])
    supplies = np.zeros(network.size + 3, np.int64)
    supplies[: len(tasks)] = problem.needs
    supplies[least], supplies[more], supplies[unmet] = -filled, filled - demand, -wanted.unmet
    return Ended(tails, heads, capacities, supplies)


def cheapest(problem: Problem, network: Network, wanted: Targets) -> Ints | None:
    """Flows over the task arcs, of least cost among those that reach the targets; None if none does."""
    from assay.allocation.pricing import priced

    for whole in whole_costs(problem.cost, network.size + 3):
        try:
            taken = priced(problem, network, whole, wanted)
            return least_cost(problem, network, whole, wanted) if taken is None else taken
        except OutOfRange:
            continue
    raise AllocationError("cost", "spans more digits than can be solved")


def least_cost(problem: Problem, network: Network, whole: Ints, wanted: Targets) -> Ints | None:
    """`cheapest` over the network as it stands, with costs in whole numbers."""
    ends = ended(problem, network, wanted)
    if ends is None:
        return None
    flows = solve(ends, whole)
    return None if flows is None else flows[: len(problem.arc_task)]


def whole_costs(cost: NDArray[np.float64], nodes: int) -> Iterator[Ints]:
    """Costs as integers: exactly where up to nine decimals do, else to twelve significant digits of the largest,
    then coarser steps to fall back on.
    """
    if not len(cost):
        yield np.zeros(0, np.int64)
        return
    limit = _LARGEST_COST // (nodes + 2)
    largest = float(max(cost.max(), -cost.min()))
    sample = cost[:: max(len(cost) // _SAMPLE, 1)]
    for decimals in range(10):
        scale = 10.0**decimals
        if largest * scale < min(limit, 2**53) and bool(np.all(np.rint(sample * scale) / scale == sample)):
            scaled = np.rint(cost * scale)
            if bool(np.all(scaled / scale == cost)):
                yield scaled.astype(np.int64)
                break
    top = min(np.floor(np.log2(limit / largest)), _FINEST - np.floor(np.log2(largest))) if largest else 0.0
    for step in (1, 9, 17, 25):
        yield np.rint(np.ldexp(cost, int(top) - step)).astype(np.int64)


class OutOfRange(Exception):
    """The costs are too fine for the solver's integers."""


def solve(ends: Ended, costs: Ints) -> Ints | None:
    """Flows of a minimum-cost flow; None when there is none. Arcs beyond the costs given are free."""
    from ortools.graph.python import min_cost_flow

    solver: Any = min_cost_flow.SimpleMinCostFlow()
    prices = np.zeros(len(ends.tails), np.int64)
    prices[: len(costs)] = costs
    arcs = solver.add_arcs_with_capacity_and_unit_cost(ends.tails, ends.heads, ends.capacities, prices)
    solver.set_nodes_supplies(np.arange(len(ends.supplies), dtype=np.int64), ends.supplies)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status == solver.BAD_COST_RANGE:
        raise OutOfRange
    if status != solver.OPTIMAL:
        raise AllocationError("tasks", f"cannot be solved ({status!s})")
    flows: Ints = np.asarray(solver.flows(arcs), np.int64)
    return flows
