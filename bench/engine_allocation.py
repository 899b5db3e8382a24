"""Allocation beside OR-Tools' flow alone on the same network, planned precision and the parts of a design."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from assay.allocation import Juror, Task, allocate, allocate_arrays
from bench.clock import seconds

HEAD = ["work", "assay", "OR-Tools flow alone", "times"]
CANDIDATES = 20


def flow_alone(given: dict[str, Any], runs: int = 3) -> float:
    """Seconds of `solve` alone: the network stands ready, each run a fresh one."""
    places, jurors = len(given["need"]), len(given["most"])
    tails = np.concatenate([given["rows"], places + np.arange(jurors)])
    heads = np.concatenate([places + given["columns"], np.full(jurors, places + jurors)])
    capacities = np.concatenate([np.ones(len(given["rows"]), np.int64), given["most"]])
    costs = np.concatenate([np.rint(given["cost"] * 1e6).astype(np.int64), np.zeros(jurors, np.int64)])
    supplies = np.concatenate([given["need"], np.zeros(jurors, np.int64), [-given["need"].sum()]])
    best = float("inf")
    for _ in range(runs):
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
        start = time.process_time()
        status = solver.solve()
        best = min(best, time.process_time() - start)
        if status != solver.OPTIMAL:
            raise RuntimeError(f"the reference is not optimal: {status}")
    return best


def network(places: int, jurors: int, each: int, candidates: int | None) -> dict[str, Any]:
    """Arrays of a problem: every pair, or a seeded list of candidates for each institution."""
    chance = np.random.default_rng(7)
    if candidates is None:
        rows, columns = np.divmod(np.arange(places * jurors), jurors)
    else:
        rows = np.repeat(np.arange(places), candidates)
        step = chance.integers(1, jurors // candidates, (places, candidates))
        columns = ((np.cumsum(step, axis=1) + chance.integers(0, jurors, (places, 1))) % jurors).ravel()
    return {
        "need": np.full(places, each),
        "least": np.zeros(jurors, np.int64),
        "most": np.full(jurors, int(1.3 * places * each / jurors) + 1),
        "rows": rows,
        "columns": columns,
        "cost": np.round(chance.random(len(rows)), 6),
    }


def rows() -> list[list[str]]:
    """One row for each size: dense tables by keys and by arrays, then lists of candidates."""
    found = []
    for places, jurors, each in ((100, 20, 4), (500, 60, 6), (1200, 150, 8), (2500, 300, 8)):
        given = network(places, jurors, each, None)
        tasks = [Task(f"t{number}", need=each) for number in range(places)]
        people = [Juror(f"j{number}", int(given["most"][0])) for number in range(jurors)]
        table = given["cost"].reshape(places, jurors).tolist()
        keys = seconds(lambda tasks=tasks, people=people, table=table: allocate(tasks, people, cost=table))
        arrays = seconds(lambda given=given: allocate_arrays(**given))
        flow = flow_alone(given)
        found.append(_row(f"{places:,} x {jurors} x {each}, every pair, by keys", keys, flow))
        found.append(_row(f"{places:,} x {jurors} x {each}, every pair, by arrays", arrays, flow))
    for places, jurors, each in ((2500, 300, 8), (15_000, 1200, 4), (60_000, 5000, 4)):
        given = network(places, jurors, each, CANDIDATES)
        runs = 1 if places > 20_000 else 3
        ours = seconds(lambda given=given: allocate_arrays(**given), runs)
        name = f"{places:,} x {jurors:,} x {each}, {CANDIDATES} candidates each"
        found.append(_row(name, ours, flow_alone(given, runs)))
    return found


def _row(name: str, ours: float, flow: float) -> list[str]:
    return [name, f"{ours:.3f} s", f"{flow:.3f} s", f"{ours / flow:.2f}"]


if __name__ == "__main__":
    for line in (HEAD, *rows()):
        print("  ".join(f"{cell:>44}" if index == 0 else f"{cell:>20}" for index, cell in enumerate(line)))
