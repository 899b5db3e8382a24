"""Seeded contests with a known truth: how often rank intervals are right, and which score ranks best.

`python -m bench.simulation` writes the table of docs/method/symulacja.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from assay.ranking import posterior_ranks
from assay.severity import Ratings, fit

PAGE = Path(__file__).resolve().parents[1] / "docs" / "method" / "symulacja.md"
SCORES = ("raw", "z-score", "centred", "fair", "blup")
CONTESTS = 400
LEVEL = 0.9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Contest:
    """A kind of contest: 4 audits each; standard deviations of quality, severity and residual in points."""

    name: str
    places: int
    people: int
    is_regional: bool = False
    severity: float = 4.0
    quality: float = 6.0
    residual: float = 6.0
    each: int = 4

    def play(self, number: int) -> tuple[Floats, Floats, Ratings]:
        """True quality, the scores as columns (institution, juror, score), and the ratings."""
        chance = np.random.default_rng([2025, number])
        quality = self.quality * chance.standard_normal(self.places)
        severity = self.severity * chance.standard_normal(self.people)
        rows = []
        load = np.zeros(self.people)
        for place in range(self.places):
            for juror in self._jurors(place, load, chance):
                load[juror] += 1
                noise = self.residual * chance.standard_normal()
                rows.append((place, int(juror), 70.0 + quality[place] + severity[juror] + noise))
        return quality, np.array(rows), Ratings.of(rows)

    def _jurors(self, place: int, load: Floats, chance: np.random.Generator) -> Sequence[int]:
        """The least busy in random order; regional: three of the institution's own quarter, one from anywhere."""
        order = np.argsort(load + chance.random(self.people))
        if not self.is_regional:
            return [int(juror) for juror in order[: self.each]]
        quarter = place * 4 // self.places
        own = [int(juror) for juror in order if juror * 4 // self.people == quarter][: self.each - 1]
        rest = [int(juror) for juror in order if int(juror) not in own]
        return own + rest[: self.each - len(own)]


CASES = (
    Contest("losowy przydział, 40 instytucji, 12 jurorów", 40, 12),
    Contest("przydział regionalny, 40 instytucji, 12 jurorów", 40, 12, is_regional=True),
    Contest("losowy przydział, 62 instytucje, 20 jurorów", 62, 20),
    Contest("przydział regionalny, 62 instytucje, 20 jurorów", 62, 20, is_regional=True),
    Contest("jurorzy bardzo różni (6 pkt)", 40, 12, severity=6.0),
    Contest("jurorzy prawie jednakowi (1 pkt)", 40, 12, severity=1.0),
)


@dataclass(frozen=True)
class Played:
    """What many contests of one kind say: coverage, mean rank correlations, and their paired distance from fair."""

    coverage: float
    correlation: dict[str, float]
    lead: dict[str, tuple[float, float]]


def played(case: Contest, contests: int = CONTESTS) -> Played:
    """Coverage of the rank intervals and Spearman's correlation of each score with the truth.

    `lead` is fair minus the other, with the standard error of that mean difference over the contests.
    """
    inside: list[float] = []
    found: dict[str, list[float]] = {name: [] for name in SCORES}
    for number in range(contests):
        quality, rows, ratings = case.play(number)
        fitted = fit(ratings, prior="weak")
        ranks = posterior_ranks(fitted.draws(1000, seed=number), level=LEVEL)
        truth = rankdata(-quality)
        inside.append(float(((ranks.low <= truth) & (truth <= ranks.high)).mean()))
        for name, values in _scores(rows, fitted).items():
            found[name].append(float(np.corrcoef(rankdata(values), rankdata(quality))[0, 1]))
    fair = np.array(found["fair"])
    lead = {
        name: (float((fair - values).mean()), float((fair - values).std(ddof=1) / np.sqrt(contests)))
        for name, values in ((name, np.array(found[name])) for name in SCORES)
    }
    return Played(float(np.mean(inside)), {name: float(np.mean(found[name])) for name in SCORES}, lead)


def _scores(rows: Floats, fitted: Any) -> dict[str, Floats]:
    place, juror, score = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]

    def mean_by(values: Floats, group: NDArray[Any]) -> Floats:
        return np.bincount(group, values) / np.maximum(np.bincount(group), 1)

    centred = score - mean_by(score, juror)[juror]
    spread = np.sqrt(mean_by(centred**2, juror))
    return {
        "raw": mean_by(score, place),
        "centred": mean_by(centred, place),
        "z-score": mean_by(centred / np.where(spread > 0, spread, 1.0)[juror], place),
        "fair": fitted.institutions.fair,
        "blup": fitted.institutions.blup,
    }


def table(contests: int = CONTESTS) -> str:
    """The table of the page, in Markdown."""
    head = ("konkurs", "pokrycie przedziałów 90 %", "surowa średnia", "z-score jurora", "bez średniej jurora")
    lines = [f"| {' | '.join((*head, '**wynik po poprawce**', 'BLUP'))} |", "|---|" + "---:|" * 6]
    for case in CASES:
        one = played(case, contests)
        cells = [f"{one.coverage:.3f}", *(f"{one.correlation[name]:.3f}" for name in SCORES)]
        lines.append(f"| {case.name} | {' | '.join(cells)} |".replace(".", ","))
    return "\n".join(lines)


def main() -> None:
    """Write the table into the page."""
    text, made = PAGE.read_text(encoding="utf-8"), table()
    pattern = re.compile(r"(<!-- tabela -->\n).*?(<!-- /tabela -->)", re.DOTALL)
    found = pattern.sub(lambda place: f"{place[1]}{made}\n{place[2]}", text)
    PAGE.write_text(found, encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
