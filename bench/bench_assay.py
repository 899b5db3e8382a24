"""How fast the engine is: scoring, a full calculation, allocation beside the bare flow, and how it grows.

PYTHONPATH=src python bench/bench_assay.py
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from assay.allocation import Juror, Task, allocate
from assay.protocol import build, verify
from assay.rulebook import Rulebook
from assay.scorecards import Scorecard, score

RULES = {
    "schema": 1,
    "points": {"scale": "0-100", "decimals": 2, "rounding": "half-up"},
    "channels": {"visit": {"weight": "1", "required": True, "absent": "exclude"}},
    "audit": {"min_coverage": "0.5", "no_answer": "zero"},
    "official_score": "raw",
    "ranked": {"min_audits": 3, "min_jurors": 2, "min_channels": 1},
    "licence": {
        "policy": "simple",
        "threshold": "60",
        "min_audits": 4,
        "min_channels": 1,
        "min_channel_score": None,
        "critical": "refuse",
    },
    "standings": {"scopes": ["category", "overall"], "ties": ["share"], "prize_ties": ["lot"]},
    "published": dict.fromkeys(
        ("points_to_institution", "place_to_institution", "points_public", "places_public", "only_laureates"), True
    ),
    "fieldwork": {
        "report_hours": 48,
        "min_working_days_between": 5,
        "max_share_of_juror": "0.5",
        "double_scored_share": "0.1",
        "completion_working_days": 7,
    },
    "licence_terms": {"months": 12, "fee": []},
    "awards": [],
}


GOOD_MARKS = {"scale": ("2", "3", "4", "5"), "yes_no": ("yes", "yes", "no")}


def card(items: int) -> Scorecard:
    """A scorecard of five sections: scales, yes/no with "not applicable", and one critical item."""
    sections = []
    for number in range(5):
        entries: list[dict[str, Any]] = []
        for index in range(number, items, 5):
            key = f"i{index}"
            if index % 3:
                entries.append({"key": key, "kind": "yes_no", "not_applicable": index % 2 == 0})
            else:
                options = [{"mark": str(mark), "points": str(mark - 1)} for mark in range(1, 6)]
                entries.append({"key": key, "kind": "scale", "options": options, "critical": index == 3})
        sections.append({"key": f"s{number}", "weight": str(10 + 5 * number), "items": entries})
    return Scorecard.from_definition({"key": "bench", "channel": "visit", "sections": sections})


def audits(sheet: Scorecard, institutions: int, each: int) -> list[dict[str, Any]]:
    """Seeded audits: every institution audited `each` times by jurors of a pool."""
    chance = random.Random(2025)
    found = []
    for place in range(institutions):
        for number in range(each):
            marks = {
                item.key: chance.choice("2345" if item.kind == "scale" else ("yes", "yes", "no"))
                for item in sheet.items
            }
            found.append(
                {
                    "key": f"a{place}-{number}",
                    "institution": f"i{place}",
                    "category": f"c{place % 7}",
                    "juror": f"j{chance.randrange(300)}",
                    "channel": "visit",
                    "instrument": "bench",
                    "marks": marks,
                }
            )
    return found


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs, in processor time: what a quiet machine takes, whatever else this one is doing."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def bare_flow(value: np.ndarray, audits_each: int, most: int) -> None:
    """The reference: OR-Tools' flow alone on the same network, arrays ready."""
    places, jurors = value.shape
    solver = min_cost_flow.SimpleMinCostFlow()
    tails = np.concatenate([np.repeat(np.arange(places), jurors), places + np.arange(jurors)])
    heads = np.concatenate([np.tile(places + np.arange(jurors), places), np.full(jurors, places + jurors)])
    capacities = np.concatenate([np.ones(places * jurors, np.int64), np.full(jurors, most)])
    costs = np.concatenate([-np.rint(value.ravel() * 1e6).astype(np.int64), np.zeros(jurors, np.int64)])
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    supplies = np.zeros(places + jurors + 1, np.int64)
    supplies[:places] = audits_each
    supplies[-1] = -places * audits_each
    solver.set_nodes_supplies(np.arange(places + jurors + 1), supplies)
    assert solver.solve() == solver.OPTIMAL


def main() -> None:
    """Print the table."""
    start = (
        "import time; t = time.process_time(); import assay.rulebook, assay.protocol; print(time.process_time() - t)"
    )
    imported = min(
        float(subprocess.run([sys.executable, "-c", start], capture_output=True, check=True).stdout) for _ in range(3)
    )
    print(f"import assay: {imported * 1000:.1f} ms (aim 150)")

    wide = card(97)
    entries = [entry["marks"] for entry in audits(wide, 185, 7)]
    print(f"scoring {len(entries)} audits x 97 items: {seconds(lambda: [score(wide, one) for one in entries]):.3f} s")

    print("\nfull calculation, 8 audits x 40 items (aim under 2 s at 2,500)")
    sheet = card(40)
    rulebook = Rulebook.from_dict(RULES)
    for count in (125, 500, 2500, 5000):
        given = audits(sheet, count, 8)
        took = seconds(lambda given=given: rulebook.compute(given, {"bench": sheet}))
        print(f"  {count:>6} institutions  {len(given):>6} audits  {took:7.3f} s")
        if count == 2500:
            outcome = rulebook.compute(given, {"bench": sheet})
            protocol = build(rulebook, {"bench": sheet}, given, outcome)
            tree = seconds(lambda outcome=outcome: outcome.tree("i7"))
            print(
                f"         one institution's tree {tree * 1000:.1f} ms, verifying the protocol "
                f"{seconds(lambda protocol=protocol: verify(protocol)):.2f} s"
            )

    print("\nallocation (a dense table of values; loads 0 to 1.3 x the mean)")
    for places, jurors, each in ((100, 20, 4), (500, 60, 6), (1200, 150, 8), (2500, 300, 8)):
        value = np.round(np.random.default_rng(7).random((places, jurors)), 6)
        most = int(1.3 * places * each / jurors) + 1
        tasks = [Task(f"t{number}", need=each) for number in range(places)]
        people = [Juror(f"j{number}", most) for number in range(jurors)]
        table = value.tolist()
        ours = seconds(lambda tasks=tasks, people=people, table=table: allocate(tasks, people, value=table, seed=1))
        flow = seconds(lambda value=value, each=each, most=most: bare_flow(value, each, most))
        print(f"  {places:>6} x {jurors:>4} x {each}   assay {ours:7.3f} s   OR-Tools flow alone {flow:7.3f} s")


if __name__ == "__main__":
    main()
