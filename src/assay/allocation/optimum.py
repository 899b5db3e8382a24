"""The optimum of an encoded problem: the sum, the worst pair first, or chances under a cap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from assay.allocation.network import Targets, build, cheapest, greatest, targets
from assay.allocation.problem import AllocationError, Unmet
from assay.allocation.shortfall import Names, shortfalls

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.allocation.network import Ints, Network, Problem

FINEST_CAP: Final = 1_000_000
_LAST_DIGIT: Final = Fraction(1, 10**15)
"""A cap this close below a fraction is that fraction: 0.3333333333333333 is a third."""


@dataclass(frozen=True)
class Found:
    """Arcs taken, sorted; under a cap the chance of each arc in `unit`ths (else None); what cannot be met."""

    taken: Ints
    chances: Ints | None
    unit: int
    unmet: tuple[Unmet, ...]


def find(problem: Problem, names: Names, *, is_maxmin: bool, cap: Fraction | None, seed: str) -> Found:
    """The best there is. Raises AllocationError for a cap under which less could be met than without it."""
    network = build(problem)
    if cap is None:
        flows, wanted = _optimum(problem, network, is_maxmin)
        unmet = _unmet(problem, network, wanted, flows, names, is_maxmin)
        return Found(np.flatnonzero(flows), None, 1, unmet)
    from assay.allocation.sampling import draw

    rare = cap.limit_denominator(FINEST_CAP)
    rare = rare if rare - cap <= _LAST_DIGIT else Fraction(int(cap * FINEST_CAP), FINEST_CAP)
    if not rare:
        raise AllocationError("cap", f"must be at least 1/{FINEST_CAP}")
    scaled = problem.capped(rare.denominator, rare.numerator)
    chances, wanted = _optimum(scaled, build(scaled), is_maxmin)
    unmet = ()
    if wanted.unmet or wanted.short:
        free = targets(problem, network)
        if (free.unmet * scaled.unit, free.short * scaled.unit) != (wanted.unmet, wanted.short):
            raise AllocationError("cap", _too_small(problem, names, rare))
        unmet = _unmet(problem, network, free, None, names, is_maxmin)
    return Found(draw(scaled, chances, seed), chances, scaled.unit, unmet)


def _too_small(problem: Problem, names: Names, cap: Fraction) -> str:
    open_to = np.bincount(problem.arc_task, minlength=len(problem.needs))
    poor = [
        (names.places[task], int(problem.needs[task]), int(open_to[task]))
        for task in np.flatnonzero((open_to * cap.numerator < problem.needs * cap.denominator) & (open_to > 0)).tolist()
        if problem.needs[task] <= open_to[task]
    ]
    if not poor:
        return "is too small: the loads leave no room for pairs as rare as this"
    place, need, count = min(poor)
    return (
        f"is too small: {place[:80]} wants {need} and {count} jurors are open to it; at least {need}/{count} is needed"
    )


def _unmet(
    problem: Problem, network: Network, wanted: Targets, flows: Ints | None, names: Names, is_maxmin: bool
) -> tuple[Unmet, ...]:
    if not (wanted.unmet or wanted.short):
        return ()
    whole = cheapest(problem, network, wanted) if flows is None or is_maxmin else flows
    return () if whole is None else shortfalls(problem, network, whole, names)


def _optimum(problem: Problem, network: Network, is_maxmin: bool) -> tuple[Ints, Targets]:
    """Optimal flows over the task arcs, and what they leave unmet."""
    wanted = Targets(0, 0)
    flows = None if is_maxmin else cheapest(problem, network, wanted)
    if flows is None:
        wanted = targets(problem, network)
        keep = _bottleneck(problem, wanted) if is_maxmin else np.ones(len(problem.cost), np.bool_)
        part = problem.only(keep) if is_maxmin else problem
        some = cheapest(part, build(part) if is_maxmin else network, wanted)
        if some is None:
            raise AllocationError("tasks", "have no flow")
        flows = np.zeros(len(problem.cost), np.int64)
        flows[keep] = some
    return flows, wanted


def _bottleneck(problem: Problem, wanted: Targets) -> Ints:
    """The arcs no worse than the best worst pair that still reaches the targets: bisection over the costs."""
    levels = np.unique(problem.cost)
    met, filled = int(problem.needs.sum()) - wanted.unmet, int(problem.least.sum()) - wanted.short

    def reaches(level: float) -> bool:
        part = problem.only(problem.cost <= level)
        network = build(part)
        if greatest(part, network, part.most) < met:
            return False
        return not filled or greatest(part, network, part.least) == filled

    low, high = _floor(problem, levels) if not wanted.unmet else 0, len(levels) - 1
    step = 1
    while low < high:
        middle = min(low + step, (low + high) // 2)
        if reaches(float(levels[middle])):
            high, step = middle, len(levels)
        else:
            low, step = middle + 1, step * 8
    found: Ints = np.flatnonzero(problem.cost <= levels[high]) if len(levels) else np.zeros(0, np.int64)
    return found


def _floor(problem: Problem, levels: NDArray[np.float64]) -> int:
    """A level that every answer reaches: no task can do without its cheapest jurors, as many as it needs."""
    if not len(problem.cost):
        return 0
    order = np.lexsort((problem.cost, problem.arc_task))
    starts = np.searchsorted(problem.arc_task, np.arange(len(problem.needs)))
    wanting = problem.needs > 0
    last = starts[wanting] + -(-problem.needs[wanting] // problem.room) - 1
    return int(np.searchsorted(levels, problem.cost[order][last].max(initial=levels[0])))
