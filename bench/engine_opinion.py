"""How fast raking and the sensitivity of a composite are, over growing sizes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from assay.composite import combine, sensitivity
from assay.opinion import rake
from bench.clock import seconds

ROWS = (1000, 10_000, 100_000, 400_000)
LEVELS = {"sex": 2, "age": 6, "district": 18, "education": 4, "channel": 3}
INSTITUTIONS = (125, 500, 2500, 10_000)
COMPONENTS = ("email", "phone", "social", "visit", "website")


def rows() -> list[tuple[str, str, str]]:
    """(work, seconds of processor time, aim); nothing here has an aim but to grow with its size."""
    found = []
    margins = {name: {str(level): 1 / size for level in range(size)} for name, size in LEVELS.items()}
    for size in ROWS:
        chance = np.random.default_rng(2025)
        columns = [chance.integers(0, levels, size).astype(str).tolist() for levels in LEVELS.values()]
        people = [dict(zip(LEVELS, answers, strict=True)) for answers in zip(*columns, strict=True)]
        took = seconds(lambda people=people: rake(people, margins, trim=4))
        found.append((f"raking {size} rows x {len(LEVELS)} variables, trimmed", f"{took:.3f}", ""))
    weights = {name: Fraction(number + 1) for number, name in enumerate(COMPONENTS)}
    for size in INSTITUTIONS:
        table = np.random.default_rng(2025).integers(0, 10_000, (size, len(COMPONENTS))).tolist()
        values = {
            f"i{number}": {name: Fraction(value, 100) for name, value in zip(COMPONENTS, row, strict=True)}
            for number, row in enumerate(table)
        }
        scores = {key: combine(one, weights) for key, one in values.items()}
        took = seconds(lambda values=values, scores=scores: sensitivity(values, weights, scores, perturb=0.25, seed=1))
        found.append((f"composite sensitivity, {size} x {len(COMPONENTS)}, 1000 draws", f"{took:.3f}", ""))
    return found
