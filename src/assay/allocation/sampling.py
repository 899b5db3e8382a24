"""An assignment drawn so that each pair has exactly its chance, and every load and need is kept in every draw.

Jecmen, Zhang, Liu, Shah, Conitzer, Fang (2020), "Mitigating manipulation in peer review via randomized reviewer
assignments", NeurIPS, section 5: on a cycle of pairs with fractional chances, chances move up and down in turn until
one becomes 0 or 1; the side is drawn so that no chance changes on average.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assay.allocation.network import Ints, Problem


def draw(problem: Problem, chances: Ints, seed: str) -> Ints:
    """Arcs taken, sorted. `chances`: flows over the arcs in `problem.unit`ths, with needs and loads in them too."""
    graph = _Graph(problem, chances)
    chance = _uniform(seed)
    for start in range(len(graph.edges)):
        graph.settle_from(start, chance)
    taken = chances == problem.unit
    taken[graph.arcs] = np.array(graph.amounts[: len(graph.arcs)], np.int64) == problem.unit
    return np.flatnonzero(taken)


def _uniform(seed: str) -> Iterator[int]:
    """64-bit numbers that anyone can recompute: SHA-256 of the seed and a counter, four numbers of each."""
    counter = 0
    while True:
        digest = hashlib.sha256(f"{seed}|cap|{counter}".encode()).digest()
        yield from (int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16, 24))
        counter += 1


def _below(bound: int, chance: Iterator[int]) -> int:
    fair = 2**64 // bound * bound
    return next(value for value in chance if value < fair) % bound


class _Graph:
    """Edges of fractional chance: pairs, what a task leaves unmet, and what a juror's load lacks to a whole number.

    Nodes: tasks, jurors, one for all that is unmet, one for all loads. Sums at nodes are whole, so that a node with
    one fractional edge has another, and a walk always closes a cycle (of even length: the graph is bipartite).
    """

    def __init__(self, problem: Problem, chances: Ints) -> None:
        tasks, jurors, self.unit = len(problem.needs), len(problem.most), problem.unit
        self.arcs = np.flatnonzero((chances > 0) & (chances < self.unit))
        given = np.bincount(problem.arc_task, weights=chances, minlength=tasks).astype(np.int64)
        loads = np.bincount(problem.arc_juror, weights=chances, minlength=jurors).astype(np.int64)
        unmet, lack = (problem.needs - given) % self.unit, -loads % self.unit
        open_tasks, open_jurors = np.flatnonzero(unmet), np.flatnonzero(lack)
        lefts = np.concatenate([problem.arc_task[self.arcs], open_tasks, np.full(len(open_jurors), tasks + jurors + 1)])
        rights = np.concatenate(
            [tasks + problem.arc_juror[self.arcs], np.full(len(open_tasks), tasks + jurors), tasks + open_jurors]
        )
        self.ends: list[tuple[int, int]] = list(zip(lefts.tolist(), rights.tolist(), strict=True))
        self.amounts: list[int] = np.concatenate([chances[self.arcs], unmet[open_tasks], lack[open_jurors]]).tolist()
        self.edges: list[list[int]] = [[] for _ in range(tasks + jurors + 2)]
        for edge, pair in enumerate(self.ends):
            for node in pair:
                self.edges[node].append(edge)

    def settle_from(self, start: int, chance: Iterator[int]) -> None:
        """Walk from a node and settle every cycle met, until no fractional edge is left there."""
        nodes, path = [start], list[int]()
        place = {start: 0}
        while True:
            edge = self._next_edge(nodes[-1], path[-1] if path else -1)
            if edge < 0:
                return
            left, right = self.ends[edge]
            node = right if left == nodes[-1] else left
            path.append(edge)
            if node not in place:
                place[node] = len(nodes)
                nodes.append(node)
                continue
            self._settle(path[place[node] :], chance)
            for passed in nodes[place[node] + 1 :]:
                del place[passed]
            del nodes[place[node] + 1 :], path[place[node] :]

    def _next_edge(self, node: int, came: int) -> int:
        """A fractional edge of the node other than the one it was reached by; -1 when there is none."""
        edges = self.edges[node]
        kept = -1
        while edges:
            edge = edges[-1]
            if edge == came:
                kept = edges.pop()
            elif 0 < self.amounts[edge] < self.unit:
                break
            else:
                edges.pop()
        found = edges[-1] if edges else -1
        if kept >= 0:
            edges.append(kept)
        return found

    def _settle(self, cycle: list[int], chance: Iterator[int]) -> None:
        amounts, unit = self.amounts, self.unit
        rising, falling = cycle[::2], cycle[1::2]
        up = min(min(unit - amounts[edge] for edge in rising), min(amounts[edge] for edge in falling))
        down = min(min(amounts[edge] for edge in rising), min(unit - amounts[edge] for edge in falling))
        move = up if _below(up + down, chance) < down else -down
        for edge in rising:
            amounts[edge] += move
        for edge in falling:
            amounts[edge] -= move
