"""Pairs of jurors who change places so that a proposal hangs together better; every hard rule stays kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assay.design import Reseated, reseat
from probierz.jury import legends
from probierz.jury.precision import Standing
from probierz.jury.proposal import Proposal
from probierz.jury.variances import Spread

# Trials: what a page can wait for.
MOST_TRIALS, LEAST_TRIALS, EFFORT = 4000, 400, 10_000_000
DEARER = 0.05  # of the travel and old acquaintance in the plan
# Swaps keep every load.
_LOADS = frozenset({"full"})


def mend(proposal: Proposal, standing: Sequence[Standing], spread: Spread, seed: str) -> Reseated:
    """Seats that change their juror. What the office set by hand and what was published before stays."""
    filled = [row for row in proposal.rows if row["juror"]]
    seats = [(row["id"], row["application"], row["juror"]) for row in filled]
    seats += [(f"published {number}", one.application, one.juror) for number, one in enumerate(standing)]

    def may_sit(seat: str, name: str) -> bool:
        row = proposal.row(seat)
        return row is not None and not row["by_hand"] and _LOADS.issuperset(proposal.problems(row, name))

    def cost(seat: str, name: str) -> float:
        row = proposal.row(seat)
        return float(proposal.steady_cost(row, name)) if row else 0.0

    whole = sum(proposal.steady_cost(row, row["juror"]) for row in filled)
    limit = max(LEAST_TRIALS, min(MOST_TRIALS, EFFORT // max(len(seats), 1)))
    return reseat(seats, may_sit, spread.components, cost=cost, slack=DEARER * whole, seed=seed, limit=limit)


def changed_rows(
    proposal: Proposal,
    moved: Mapping[str, str],
    roles: Callable[[dict[str, Any], str], Sequence[str]],
    used: Mapping[str, set[str]],
    seed: str,
) -> dict[str, dict[str, Any]]:
    """What changes in each row: the juror, the cost and a role fit for them, unlike the others played there."""
    places: dict[str, dict[str, Sequence[str]]] = {}
    changes: dict[str, dict[str, Any]] = {}
    for seat, name in moved.items():
        row = proposal.row(seat)
        if row is not None:
            parts = proposal.parts(row, name)
            changes[seat] = {"juror": name, "parts": parts, "cost": sum(parts.values()), "mended": True}
            places.setdefault(row["application"], {})[seat] = roles(row, name)
    for application, options in places.items():
        kept = {row["scenario"] for row in proposal.rows_at(application) if row["id"] not in options}
        chosen = legends.choose(options, used.get(application, set()) | kept, seed=seed)
        for seat, scenario in chosen.items():
            changes[seat]["scenario"] = scenario
    return changes
