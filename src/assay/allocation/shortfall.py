"""Why a plan cannot be met: the tasks that want more than their jurors can do (Hall's condition), and what mends it.

One search of the residual network finds them all: the nodes reached from the tasks left short are a minimum cut, and
its separate parts are separate shortfalls (Ahuja, Magnanti, Orlin 1993, ch. 6.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assay.allocation.problem import Unmet

if TYPE_CHECKING:
    from assay.allocation.network import Flags, Ints, Network, Problem

_NAMED: Final = 6


@dataclass(frozen=True)
class Names:
    """Keys of the groups, by task, and of the jurors."""

    places: Sequence[str]
    jurors: Sequence[str]


def shortfalls(problem: Problem, network: Network, taken: Ints, names: Names) -> tuple[Unmet, ...]:
    """Every separate shortfall of a flow that misses as little as can be, sorted by institutions and jurors.

    `taken`: flows over the task arcs.
    """
    tasks = len(problem.needs)
    flows = network.flows(taken)
    loads = np.bincount(problem.arc_juror, weights=taken, minlength=len(problem.most)).astype(np.int64)
    missing = np.zeros(network.size, np.int64)
    missing[:tasks] = problem.needs - np.bincount(problem.arc_task, weights=taken, minlength=tasks).astype(np.int64)
    short = np.zeros(network.size, np.int64)
    short[network.jurors_at :] = np.maximum(problem.least - loads, 0)
    spare, used = flows < network.capacities, flows > 0
    starts = np.concatenate([network.tails[spare], network.heads[used]])
    ends = np.concatenate([network.heads[spare], network.tails[used]])
    found = [
        _wanting(_Part.of(problem, network, reached, names), missing[reached], loads)
        for reached in _sets(missing, (starts, ends), network.size)
    ]
    found += [
        _idle(_Part.of(problem, network, reached, names), int(short[reached].sum()))
        for reached in _sets(short, (ends, starts), network.size)
    ]
    return tuple(sorted(found, key=lambda unmet: (unmet.institutions, unmet.jurors, unmet.code)))


def _sets(amounts: Ints, arcs: tuple[Ints, Ints], size: int) -> list[Flags]:
    """The nodes reached from those with an amount, in parts that no arc joins."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    roots = np.flatnonzero(amounts)
    if not len(roots):
        return []
    tails = np.concatenate([arcs[0], np.full(len(roots), size, np.int64)])
    heads = np.concatenate([arcs[1], roots])
    graph = coo_array((np.ones(len(tails), np.int8), (tails, heads)), shape=(size + 1, size + 1)).tocsr()
    reached = np.zeros(size + 1, np.bool_)
    reached[breadth_first_order(graph, size, return_predecessors=False)] = True
    inside = reached[arcs[0]] & reached[arcs[1]]
    joined = coo_array((np.ones(int(inside.sum()), np.int8), (arcs[0][inside], arcs[1][inside])), shape=(size, size))
    _, part = connected_components(joined.tocsr(), directed=False)
    return [(part == number) & reached[:size] for number in dict.fromkeys(part[roots].tolist())]


@dataclass(frozen=True)
class _Part:
    """One part of the cut: its tasks, the jurors reached, and all who are open to the tasks (or tasks to jurors)."""

    problem: Problem
    names: Names
    tasks: Flags
    jurors: Flags

    @classmethod
    def of(cls, problem: Problem, network: Network, reached: Flags, names: Names) -> _Part:
        return cls(problem, names, reached[: len(problem.needs)], reached[network.jurors_at :])

    def open_jurors(self) -> Flags:
        found = self.jurors.copy()
        found[self.problem.arc_juror[self.tasks[self.problem.arc_task]]] = True
        return found

    def open_tasks(self) -> Flags:
        found = self.tasks.copy()
        found[self.problem.arc_task[self.jurors[self.problem.arc_juror]]] = True
        return found

    def people(self, which: Flags) -> tuple[str, ...]:
        return tuple(sorted(self.names.jurors[index] for index in np.flatnonzero(which).tolist()))

    def institutions(self, which: Flags) -> tuple[str, ...]:
        return tuple(sorted({self.names.places[index] for index in np.flatnonzero(which).tolist()}))

    def gain_unlimited(self) -> int:
        """How many more audits these tasks would get if their jurors had no maximum."""
        from assay.allocation.network import build, greatest

        part = replace(
            self.problem.only(self.tasks[self.problem.arc_task]), needs=np.where(self.tasks, self.problem.needs, 0)
        )
        network = build(part)
        unlimited = np.where(self.jurors, int(part.needs.sum()), part.most)
        return greatest(part, network, unlimited) - greatest(part, network, part.most)


def _wanting(part: _Part, lacking: Ints, loads: Ints) -> Unmet:
    problem = part.problem
    amount = int(lacking.sum())
    wanted = int(problem.needs[part.tasks].sum())
    full, open_to = part.people(part.jurors), part.open_jurors()
    everyone = part.people(open_to)
    fewer = f"want {_counted(amount, 'audit')} fewer there"
    admit = f"admit {_counted(int(lacking.max()), 'more juror')} open to them"
    room = ~open_to & (loads < problem.most)
    exclusions = int(part.tasks.sum()) * int(room.sum())
    spare = int(np.minimum(problem.most - loads, int(part.tasks.sum()))[room].sum())
    ways = [admit, fewer]
    if exclusions and spare >= amount:
        ways.insert(0, f"lift {_counted(amount, 'exclusion')} for jurors with room ({_listed(part.people(room))})")
    gain = part.gain_unlimited() if full else 0
    if gain >= amount:
        ways.insert(0, f"raise the max of {_listed(full)} by {amount} in all")
    elif gain:
        ways.insert(0, f"raise the max of {_listed(full)} by {gain} in all and open them to {amount - gain} more")
    code, why = "too-few-allowed", f"{_counted(len(everyone), 'juror')} open to them, each once, can make"
    if full:
        code, why = "too-little-capacity", f"jurors open to them (full: {_listed(full)}) can make"
    reason = f"{_counted(wanted, 'audit')} wanted there; {why} {wanted - amount}; {amount} short"
    return Unmet(part.institutions(part.tasks), everyone, amount, code, reason, ", or ".join(ways), full)


def _idle(part: _Part, amount: int) -> Unmet:
    people = part.people(part.jurors)
    floor = int(part.problem.least[part.jurors].sum())
    return Unmet(
        part.institutions(part.open_tasks()),
        people,
        amount,
        "too-little-work",
        f"minimum loads of {_listed(people)} come to {floor}; institutions open to them give {floor - amount}",
        f"lower their minimum by {amount} in all, or open more institutions to them, or want more audits there",
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - _NAMED
    return ", ".join(keys[:_NAMED]) + (f" and {more} more" if more > 0 else "")
