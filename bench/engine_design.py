"""A plan judged before fieldwork: planned precision, how tightly it hangs together, which audit or swap would help."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assay.design import Design, VarianceComponents, repair, weak_links
from bench.clock import seconds

HEAD = ["work", "design", "assay"]
SIZES = ((100, 20, 4), (500, 60, 6), (1200, 150, 8), (2500, 300, 8))
SPREAD = VarianceComponents(81.0, 16.0, 49.0)
SWAPS = 500


def pairs_of(places: int, jurors: int, each: int) -> list[tuple[str, str]]:
    """Each institution seen by so many different jurors, drawn from a seed."""
    chance = np.random.default_rng(7)
    drawn = (chance.permutation(jurors)[:each] for _ in range(places))
    return [(f"i{number}", f"j{juror}") for number, chosen in enumerate(drawn) for juror in chosen.tolist()]


def rows() -> list[list[str]]:
    """Every question at every size."""
    found = []
    for places, jurors, each in SIZES:
        pairs = pairs_of(places, jurors, each)
        design = Design.of(pairs)
        works: dict[str, Callable[[], object]] = {
            "from pairs": lambda pairs=pairs: Design.of(pairs),
            "planned PEV": lambda design=design: design.planned_pev(SPREAD),
            "articulation jurors": design.articulation_jurors,
            "Fiedler value": design.fiedler,
            "weak links": lambda design=design: weak_links(design, SPREAD),
            f"repair, {SWAPS} trials": lambda pairs=pairs: repair(pairs, lambda *_: True, SPREAD, limit=SWAPS),
        }
        size = f"{places:,} x {jurors} x {each}"
        found += [[name, size, f"{seconds(work):.3f} s"] for name, work in works.items()]
    return found


if __name__ == "__main__":
    for line in (HEAD, *rows()):
        print("  ".join(f"{cell:>24}" for cell in line))
