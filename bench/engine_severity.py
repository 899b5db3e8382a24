"""The mixed model beside R's lme4 on the same ratings: `python -m bench.engine_severity [--peers]`.

lme4 is Debian's r-cran-lme4; without it its columns stay empty. Its own data sets come from it as well.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay.ranking import posterior_ranks
from assay.severity import Ratings, SeverityFit, fit
from bench.clock import seconds

HEAD = ["mixed model", "assay, s", "lme4, s", "aim, s", "MB", "REML apart", "variances apart", "BLUPs apart"]
SIZES = (
    (500, 60, 4_000, ""),
    (2_500, 300, 20_000, "0.1"),
    (10_000, 1_200, 80_000, ""),
    (60_000, 5_000, 1_000_000, "3"),
)
_SCRIPT = Path(__file__).with_name("lme4.R")
_EXPORT = 'suppressMessages(library(lme4)); write.csv({data}, "{file}", row.names = FALSE)'


@dataclass(frozen=True)
class Reference:
    """What lme4 found."""

    seconds: float
    reml: float
    variances: tuple[float, float, float]
    effects: dict[str, float]


def ratings(places: int, people: int, rows: int) -> Ratings:
    """Seeded ratings: quality 8, severity 4, residual 6 points."""
    chance = np.random.default_rng(2025)
    place, juror = chance.integers(0, places, rows), chance.integers(0, people, rows)
    score = 70 + 8 * chance.normal(size=places)[place] + 4 * chance.normal(size=people)[juror]
    return Ratings.from_columns(place, juror, score + 6 * chance.normal(size=rows))


def has_lme4() -> bool:
    """Whether R and lme4 are there."""
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(lme4)"], capture_output=True, check=False).returncode == 0


def reference(given: Ratings) -> Reference:
    """lme4's answer for the same ratings, and the seconds of its fit alone."""
    csv.field_size_limit(sys.maxsize)
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        source, target = Path(folder, "ratings.csv"), Path(folder, "answer.csv")
        columns = (given.institution, given.juror, given.scores)
        np.savetxt(
            source, np.column_stack(columns), fmt="%.10g", delimiter=",", header="institution,juror,score", comments=""
        )
        subprocess.run(["Rscript", str(_SCRIPT), str(source), str(target)], check=True, capture_output=True)
        with target.open() as file:
            row = next(csv.DictReader(file))
    effects = dict(zip(row["keys"].split(), map(float, row["effects"].split()), strict=True))
    variances = (float(row["institution"]), float(row["juror"]), float(row["residual"]))
    return Reference(float(row["seconds"]), float(row["reml"]), variances, effects)


def shipped(name: str, columns: tuple[str, str, str]) -> Ratings:
    """One of lme4's own data sets: the columns of institution, juror and score."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        file = Path(folder, "data.csv")
        subprocess.run(["Rscript", "-e", _EXPORT.format(data=name, file=file)], check=True, capture_output=True)
        with file.open() as lines:
            rows = list(csv.DictReader(lines))
    return Ratings.of([(row[columns[0]], row[columns[1]], float(row[columns[2]])) for row in rows])


def alone(size: tuple[int, int, int]) -> str:
    """Seconds of one fit, and the peak megabytes of the process it runs in."""
    given = ratings(*size)
    fit(ratings(100, 20, 800))
    start = time.process_time()
    fit(given)
    took = time.process_time() - start
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return f"{took} {int(peak.split()[1]) / 1024}"


def _ours(size: tuple[int, int, int]) -> tuple[float, float]:
    """The best of three processes that do nothing else (one for the longest)."""
    command = [sys.executable, "-m", "bench.engine_severity", "--alone", *map(str, size)]
    printed = [
        subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
        for _ in range(1 if size[2] > 500_000 else 3)
    ]
    return min(float(one) for one, _ in printed), max(float(memory) for _, memory in printed)


def _apart(found: SeverityFit, given: Ratings, other: Reference) -> list[str]:
    """Distances: the criterion, the largest relative one of the variances, the largest of the effects."""
    ours = (found.variances.institution, found.variances.juror, found.variances.residual)
    variances = max(abs(one / two - 1) for one, two in zip(ours, other.variances, strict=True))
    effects = found.institutions.blup - found.mean
    place = {str(number): number for number in range(len(given.institutions))}
    apart = max(abs(effects[place[key]] - value) for key, value in other.effects.items())
    reml = "" if found.reml is None else f"{abs(found.reml - other.reml):.0e}"
    return [reml, f"{variances:.0e}", f"{apart:.0e}"]


def rows(*, is_long: bool = False) -> list[list[str]]:
    """One row per design; lme4's minutes on a million ratings only when asked for."""
    found, is_beside = [], has_lme4()
    for places, people, count, aim in SIZES:
        took, memory = _ours((places, people, count))
        cells = ["", "", "", ""]
        if is_beside and (is_long or count < 500_000):
            given = ratings(places, people, count)
            other = reference(given)
            cells = [f"{other.seconds:.2f}", *_apart(fit(given), given, other)]
        name = f"{count:,} ratings, {places:,} institutions, {people:,} jurors"
        found.append([name, f"{took:.3f}", cells[0], aim, f"{memory:.0f}", *cells[1:]])
    if is_beside:
        for name, columns in (("Penicillin", ("plate", "sample", "diameter")), ("InstEval", ("d", "s", "y"))):
            given = shipped(name, columns)
            start = time.process_time()
            answer = fit(given)
            took = time.process_time() - start
            other = reference(given)
            found.append([name, f"{took:.3f}", f"{other.seconds:.2f}", "", "", *_apart(answer, given, other)])
    found.append(_draws())
    return found


def _draws() -> list[str]:
    """1,000 joint draws of 2,500 institutions with rank intervals."""
    fitted = fit(ratings(*SIZES[1][:3]))
    best = seconds(lambda: posterior_ranks(fitted.draws(1000, seed=1)))
    return ["1,000 joint draws with rank intervals, 2,500 institutions", f"{best:.3f}", "", "0.5", "", "", "", ""]


if __name__ == "__main__" and "--alone" in sys.argv:
    places, people, count = map(int, sys.argv[2:5])
    print(alone((places, people, count)))
elif __name__ == "__main__":
    for line in (HEAD, *rows(is_long="--peers" in sys.argv)):
        print(" | ".join(line))
