"""How fast ranks and their uncertainty are: joint draws with intervals, exact expected ranks, the joint region."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assay.ranking import (
    consequences,
    expected_ranks,
    groups,
    independent_draws,
    independent_ranks,
    joint_rank_intervals,
    posterior_ranks,
)
from bench.clock import seconds

SIZES = (125, 500, 2500, 10_000)
DRAWS = 1000


def rows() -> list[tuple[str, str, str]]:
    """(work, seconds of processor time, aim): the aim of 0.5 s is for 2,500 institutions; the others show growth."""
    found = []
    for size in SIZES:
        chance = np.random.default_rng(2025)
        values, ses = chance.normal(70, 8, size), chance.uniform(1, 4, size)
        draws = independent_draws(values, ses, DRAWS, 1)
        order = np.argsort(-values).tolist()
        jobs: list[tuple[str, Callable[[], object], str]] = [
            (
                f"{DRAWS} joint draws with rank intervals",
                lambda values=values, ses=ses: posterior_ranks(independent_draws(values, ses, DRAWS, 1)),
                "0.5" if size == 2500 else "",
            ),
            ("the same, exact expected ranks, P(top 10)", lambda v=values, s=ses: independent_ranks(v, s, k=10), ""),
            ("groups that cannot be told apart", lambda draws=draws, order=order: groups(draws, order), ""),
            ("joint confidence region", lambda values=values, ses=ses: joint_rank_intervals(values, ses), ""),
            ("consequence curve, 101 thresholds", lambda v=values, s=ses: consequences(v, s, range(101)), ""),
        ]
        if size <= 5000:
            jobs.append(("exact expected ranks", lambda values=values, ses=ses: expected_ranks(values, ses), ""))
        found += [(f"{name}, {size} institutions", f"{seconds(work):.4f}", aim) for name, work, aim in jobs]
    return found


def main() -> None:
    """Print the table."""
    for name, took, aim in rows():
        print(f"{name:<70} {took} s{f'   (aim {aim} s)' if aim else ''}")


if __name__ == "__main__":
    main()
