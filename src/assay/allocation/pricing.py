"""Column generation for dense problems: solve on the arcs likely to be used, prove by prices that the rest add nothing.

A flow is optimal when node prices exist under which no arc that could still carry flow has a negative reduced cost
(Ahuja, Magnanti, Orlin 1993, theorem 9.3). The prices of a flow on some arcs are shortest distances in its residual
network; where an arc left out has a negative reduced cost, it joins and the flow is found again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assay.allocation.network import Ended, Ints, Network, Problem, Targets

_FEW_ARCS: Final = 150_000
_SPARE: Final = 14  # candidates of a task beyond its need
_ROUNDS: Final = 2
_SAMPLED: Final = 10  # one task in so many tells what the jurors are worth
_SWEEPS: Final = 600
_CHUNK: Final = 4_000_000
_NEVER: Final = 2**62


def priced(problem: Problem, network: Network, costs: Ints, wanted: Targets) -> Ints | None:
    """Flows over the task arcs, of least cost; None where the whole network has to be solved at once."""
    from assay.allocation.network import build, ended, solve

    tasks, jurors = len(problem.needs), len(problem.most)
    width = int(problem.needs.max(initial=0)) // problem.room + _SPARE
    if len(costs) < max(_FEW_ARCS, 3 * width * tasks) or len(costs) * 20 < tasks * jurors:
        return None
    ring = _ring(problem, width - _SPARE + 2)
    chosen = np.union1d(_candidates(problem, costs, _first_prices(problem, costs), width), ring)
    for _ in range(_ROUNDS):
        part = problem.only(chosen)
        small = build(part)
        ends = ended(part, small, wanted)
        flows = None if ends is None else solve(ends, costs[chosen])
        prices = None if ends is None or flows is None else _prices(ends, flows, costs[chosen])
        if flows is None or prices is None:
            return None
        reduced = costs + prices[problem.arc_task] - _head_prices(problem, network, small, prices)
        reduced[chosen] = 0
        missed = np.flatnonzero(reduced < 0)
        if not len(missed):
            taken = np.zeros(len(costs), np.int64)
            taken[chosen] = flows[: len(chosen)]
            return taken
        near = _candidates(problem, costs, -prices[small.jurors_at : small.size], width)
        chosen = np.union1d(chosen, np.union1d(near, missed) if len(missed) < 10 * tasks else near)
    return None


def _first_prices(problem: Problem, costs: Ints) -> Ints:
    """What each juror's time costs beside the pair, from the same problem on a tenth of the tasks and of the loads."""
    from assay.allocation.network import Targets, build, ended, solve

    jurors = len(problem.most)
    arcs = np.flatnonzero(problem.arc_task % _SAMPLED == 0)
    least = problem.least // _SAMPLED // problem.unit * problem.unit
    part = replace(
        problem.only(arcs),
        needs=np.where(np.arange(len(problem.needs)) % _SAMPLED == 0, problem.needs, 0),
        least=least,
        most=np.maximum(problem.most // _SAMPLED, least) + problem.unit,
    )
    small = build(part)
    ends = ended(part, small, Targets(0, 0))
    flows = None if ends is None else solve(ends, costs[arcs])
    prices = None if ends is None or flows is None else _prices(ends, flows, costs[arcs])
    return np.zeros(jurors, np.int64) if prices is None else -prices[small.jurors_at : small.size]


def _candidates(problem: Problem, costs: Ints, prices: Ints, width: int) -> Ints:
    """For each task the arcs of its `width` cheapest jurors, prices added; for each juror under a minimum likewise."""
    tasks, jurors = len(problem.needs), len(problem.most)
    step = max(_CHUNK // max(jurors, 1), 1)
    edges = np.searchsorted(problem.arc_task, np.arange(0, tasks + step, step))
    found = []
    for index, first in enumerate(range(0, tasks, step)):
        arcs = slice(int(edges[index]), int(edges[index + 1]))
        shape = (min(step, tasks - first), jurors)
        table = np.full(shape, _NEVER, np.int64)
        places = np.zeros(shape, np.int64)
        at = (problem.arc_task[arcs] - first, problem.arc_juror[arcs])
        table[at] = costs[arcs] + prices[problem.arc_juror[arcs]]
        places[at] = np.arange(arcs.start, arcs.stop)
        found.append(_least(table, places, width))
        if problem.least.any():
            share = int(problem.least.max()) * shape[0] // max(tasks * problem.room, 1) + 2
            found.append(_least(np.ascontiguousarray(table.T), places.T, share))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _least(table: Ints, places: Ints, width: int) -> Ints:
    width = min(width, table.shape[1])
    picked = np.argpartition(table, width - 1, axis=1)[:, :width]
    keep = np.take_along_axis(table, picked, 1) < _NEVER
    taken: Ints = np.take_along_axis(places, picked, 1)[keep]
    return taken


def _ring(problem: Problem, width: int) -> Ints:
    """Arcs that spread the tasks evenly over the jurors, whatever they cost, so that the loads can be kept."""
    tasks, jurors = len(problem.needs), len(problem.most)
    row = np.repeat(np.arange(tasks, dtype=np.int64), width)
    column = (row * width + np.tile(np.arange(width, dtype=np.int64), tasks)) % max(jurors, 1)
    wanted = row * jurors + column
    known = problem.arc_task * jurors + problem.arc_juror
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found: Ints = at[known[at] == wanted]
    return found


def _prices(ends: Ended, flows: Ints, costs: Ints) -> Ints | None:
    """Node prices under which no residual arc has a negative reduced cost: Bellman and Ford's shortest distances,
    all nodes starting at 0; None when they take too long to settle.
    """
    price = np.zeros(len(ends.tails), np.int64)
    price[: len(costs)] = costs
    spare, used = flows < ends.capacities, flows > 0
    tails = np.concatenate([ends.tails[spare], ends.heads[used]])
    heads = np.concatenate([ends.heads[spare], ends.tails[used]])
    lengths = np.concatenate([price[spare], -price[used]])
    order = np.argsort(heads, kind="stable")
    tails, heads, lengths = tails[order], heads[order], lengths[order]
    nodes, starts = np.unique(heads, return_index=True)
    distance = np.zeros(len(ends.supplies), np.int64)
    for _ in range(_SWEEPS):
        best = np.minimum.reduceat(distance[tails] + lengths, starts) if len(starts) else nodes
        better = best < distance[nodes]
        if not better.any():
            return distance
        distance[nodes] = np.minimum(best, distance[nodes])
    return None


def _head_prices(problem: Problem, network: Network, small: Network, prices: Ints) -> Ints:
    """The price of each arc's head in the whole network; a pair node left out stands at its juror's price."""
    jurors = len(problem.most)
    of_jurors = prices[small.jurors_at : small.size]
    if not len(network.pairs):
        spread: Ints = of_jurors[problem.arc_juror]
        return spread
    of_pairs = of_jurors[network.pairs % jurors]
    of_pairs[np.searchsorted(network.pairs, small.pairs)] = prices[len(problem.needs) : small.jurors_at]
    by_head = np.concatenate([prices[: len(problem.needs)], of_pairs, of_jurors])
    heads: Ints = by_head[network.heads[: len(problem.arc_task)]]
    return heads
