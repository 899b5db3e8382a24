"""The flow network and its solver: integers in arrays, OR-Tools' cost-scaling min-cost flow underneath.

Nodes: tasks, then pair nodes (one juror at one group, only where a group has several tasks), then jurors, then
four ends: `least` (loads up to the minimum), `more` (loads above it), `unmet`, `sink`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assay.allocation.problem import AllocationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_LARGEST_COST: Final = 2**60


@dataclass(frozen=True)
class Problem:
    """Encoded input. Arrays over arcs: task, juror, cost (any float); over tasks: need, group; over jurors: loads.

    `repeat` holds for each task's group how often one juror may come; 0 arcs and 0 tasks are fine.
    """

    needs: Ints
    groups: Ints
    least: Ints
    most: Ints
    repeat: Ints
    arc_task: Ints
    arc_juror: Ints
    cost: NDArray[np.float64]

    def only(self, keep: Flags) -> Problem:
        """The same problem with some of the arcs."""
        arcs = (self.arc_task[keep], self.arc_juror[keep], self.cost[keep])
        return Problem(self.needs, self.groups, self.least, self.most, self.repeat, *arcs)


@dataclass(frozen=True)
class Targets:
    """How many audits stay unmet and how many loads stay under the minimum, at best."""

    unmet: int
    short: int


@dataclass(frozen=True)
class Network:
    """Arcs of the network without its ends; pair arcs come after the task arcs."""

    tails: Ints
    heads: Ints
    capacities: Ints
    jurors_at: int
    size: int


def build(problem: Problem) -> Network:
    """Tasks to jurors, through pair nodes where one juror could come to a group more often than allowed."""
    tasks, jurors = len(problem.needs), len(problem.most)
    shared = np.bincount(problem.groups, minlength=1)[problem.groups] > 1 if tasks else np.zeros(0, np.bool_)
    through = shared[problem.arc_task]
    pair_ids = problem.groups[problem.arc_task] * max(jurors, 1) + problem.arc_juror
    pairs, inverse = np.unique(pair_ids[through], return_inverse=True)
    jurors_at = tasks + len(pairs)
    heads = problem.arc_juror + jurors_at
    heads[through] = tasks + inverse
    pair_nodes = tasks + np.arange(len(pairs), dtype=np.int64)
    pair_group = pairs // max(jurors, 1)
    limits = np.ones(int(problem.groups.max(initial=0)) + 1, np.int64)
    limits[problem.groups] = problem.repeat
    return Network(
        tails=np.concatenate([problem.arc_task, pair_nodes]),
        heads=np.concatenate([heads, jurors_at + pairs % max(jurors, 1)]),
        capacities=np.concatenate([np.ones(len(heads), np.int64), limits[pair_group]]),
        jurors_at=jurors_at,
        size=jurors_at + jurors,
    )


def targets(problem: Problem, network: Network) -> Targets:
    """The fewest audits unmet, and then the fewest loads under their minimum."""
    tasks = np.arange(len(problem.needs), dtype=np.int64)
    jurors = network.jurors_at + np.arange(len(problem.most), dtype=np.int64)
    sink = network.size
    price = int(problem.least.sum()) + 1
    tails = np.concatenate([network.tails, tasks, jurors, jurors])
    heads = np.concatenate([network.heads, np.full(len(tasks) + 2 * len(jurors), sink, np.int64)])
    more = problem.most - problem.least
    capacities = np.concatenate([network.capacities, problem.needs, problem.least, more])
    costs = np.zeros(len(tails), np.int64)
    at = len(network.tails)
    costs[at : at + len(tasks)] = price
    costs[at + len(tasks) : at + len(tasks) + len(jurors)] = -1
    supplies = np.zeros(sink + 1, np.int64)
    supplies[: len(tasks)] = problem.needs
    supplies[sink] = -problem.needs.sum()
    flows = _solve(tails, heads, capacities, costs, supplies)
    if flows is None:
        raise AllocationError("tasks", "have no flow")
    unmet = int(flows[at : at + len(tasks)].sum())
    filled = int(flows[at + len(tasks) : at + len(tasks) + len(jurors)].sum())
    return Targets(unmet, price - 1 - filled)


def cheapest(problem: Problem, network: Network, wanted: Targets) -> Ints | None:
    """Flows over the network's arcs, of least cost among those that reach the targets; None if none does."""
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
    costs = np.zeros(len(tails), np.int64)
    for whole in whole_costs(problem.cost, len(supplies)):
        costs[: len(whole)] = whole
        try:
            flows = _solve(tails, heads, capacities, costs, supplies)
        except _OutOfRange:
            continue
        return None if flows is None else flows[: len(network.tails)]
    raise AllocationError("cost", "spans more digits than can be solved")


def whole_costs(cost: NDArray[np.float64], nodes: int) -> list[Ints]:
    """Costs as integers: exactly where up to nine decimals do, else scaled as finely as the solver bears, then
    coarser steps to fall back on.
    """
    if not len(cost):
        return [np.zeros(0, np.int64)]
    limit = _LARGEST_COST // (nodes + 2)
    largest = float(np.abs(cost).max())
    found: list[Ints] = []
    for decimals in range(10):
        scaled = np.rint(cost * 10.0**decimals)
        if largest * 10.0**decimals < min(limit, 2**53) and bool(np.all(scaled / 10.0**decimals == cost)):
            found.append(scaled.astype(np.int64))
            break
    top = np.floor(np.log2(limit / largest)) if largest else 0.0
    found += [np.rint(cost * 2.0 ** (top - step)).astype(np.int64) for step in (1, 9, 17, 25)]
    return found


class _OutOfRange(Exception):
    """The costs are too fine for the solver's integers."""


def _solve(tails: Ints, heads: Ints, capacities: Ints, costs: Ints, supplies: Ints) -> Ints | None:
    """Flows of a minimum-cost flow; None when there is none."""
    from ortools.graph.python import min_cost_flow

    solver: Any = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    solver.set_nodes_supplies(np.arange(len(supplies), dtype=np.int64), supplies)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status == solver.BAD_COST_RANGE:
        raise _OutOfRange
    if status != solver.OPTIMAL:
        raise AllocationError("tasks", f"cannot be solved ({status!s})")
    flows: Ints = np.asarray(solver.flows(arcs), np.int64)
    return flows
