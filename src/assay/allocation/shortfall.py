"""Why a plan cannot be met: the set of tasks that wants more than its jurors can do (Hall's condition), and how
to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assay.allocation.problem import Juror, Task, Unmet

if TYPE_CHECKING:
    from assay.allocation.network import Flags, Ints, Network, Problem


def shortfalls(
    problem: Problem, network: Network, flows: Ints, tasks: Sequence[Task], jurors: Sequence[Juror]
) -> tuple[Unmet, ...]:
    """Every separate shortfall, sorted by its institutions and jurors."""
    count = len(network.tails)
    out = np.bincount(network.tails, weights=flows, minlength=network.size).astype(np.int64)
    into = np.bincount(network.heads, weights=flows, minlength=network.size).astype(np.int64)
    missing = np.zeros(network.size, np.int64)
    missing[: len(tasks)] = problem.needs - out[: len(tasks)]
    short = np.zeros(network.size, np.int64)
    loads = into[network.jurors_at :]
    short[network.jurors_at :] = np.maximum(problem.least - loads, 0)
    spare, used = flows < network.capacities[:count], flows > 0
    residual = (
        np.concatenate([network.tails[spare], network.heads[used]]),
        np.concatenate([network.heads[spare], network.tails[used]]),
    )
    found = [_wanting(reached, missing, network, tasks, jurors) for reached in _sets(missing, residual, network.size)]
    found += [
        _idle(reached, short, network, tasks, jurors)
        for reached in _sets(short, (residual[1], residual[0]), network.size)
    ]
    return tuple(sorted(found, key=lambda unmet: (unmet.institutions, unmet.jurors, unmet.code)))


def _sets(amounts: Ints, arcs: tuple[Ints, Ints], size: int) -> list[Flags]:
    """Sets reached from the nodes with an amount, overlapping ones merged."""
    sets: list[Flags] = []
    for node in np.flatnonzero(amounts).tolist():
        if any(known[node] for known in sets):
            continue
        reached = np.zeros(size, np.bool_)
        reached[node] = True
        before = 0
        while before != (before := int(reached.sum())):
            reached[arcs[1][reached[arcs[0]]]] = True
        apart = [known for known in sets if not (known & reached).any()]
        for known in sets:
            if (known & reached).any():
                reached = reached | known
        sets = [*apart, reached]
    return sets


def _names(
    reached: Flags, network: Network, tasks: Sequence[Task], jurors: Sequence[Juror]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    places = {tasks[node].place for node in np.flatnonzero(reached[: len(tasks)]).tolist()}
    people = {jurors[node].key for node in np.flatnonzero(reached[network.jurors_at :]).tolist()}
    return tuple(sorted(places)), tuple(sorted(people))


def _wanting(reached: Flags, missing: Ints, network: Network, tasks: Sequence[Task], jurors: Sequence[Juror]) -> Unmet:
    institutions, people = _names(reached, network, tasks, jurors)
    amount = int(missing[reached].sum())
    inside = [tasks[node] for node in np.flatnonzero(reached[: len(tasks)]).tolist()]
    wanted = sum(task.need for task in inside)
    if not people:
        return Unmet(
            institutions,
            people,
            amount,
            "too-few-allowed",
            f"audits wanted there: {wanted}, jurors open to it: {wanted - amount}",
            f"open it to more jurors ({amount}), or want fewer audits (by {amount})",
        )
    return Unmet(
        institutions,
        people,
        amount,
        "too-little-capacity",
        f"audits wanted there: {wanted}, audits that jurors open to them can make: {wanted - amount}",
        f"raise the limits of these jurors by {amount} in all, open these institutions to others, "
        f"or want fewer audits (by {amount})",
    )


def _idle(reached: Flags, short: Ints, network: Network, tasks: Sequence[Task], jurors: Sequence[Juror]) -> Unmet:
    institutions, people = _names(reached, network, tasks, jurors)
    amount = int(short[reached].sum())
    return Unmet(
        institutions,
        people,
        amount,
        "too-little-work",
        f"these jurors cannot all reach their minimum; audits short: {amount}",
        f"lower their minimum by {amount} in all, or open more institutions to them",
    )
