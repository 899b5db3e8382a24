"""Agreement over four sizes, Krippendorff's alpha beside PyPI's `krippendorff` where that is installed.

PYTHONPATH=src python -m bench.engine_agreement
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import tempfile
from typing import Any

import numpy as np

from assay.agreement import Audit, ItemMark, alpha, intraclass, juror_profiles
from bench.clock import seconds

RATERS, EACH = 300, 8
SIZES = (1_250, 5_000, 20_000, 80_000)


def ratings(units: int) -> np.ndarray:
    """Marks of 1 to 5, a row per rater and eight values per unit; NaN where a rater did not judge the unit."""
    chance = np.random.default_rng(2025)
    table = np.full((RATERS, units), np.nan)
    raters = np.argsort(chance.random((units, RATERS)), axis=1)[:, :EACH]
    quality = chance.normal(3, 1, (units, 1))
    marks = np.clip(np.rint(quality + chance.normal(0, 1, (units, EACH))), 1, 5)
    table[raters.T, np.arange(units)] = marks.T
    return table


def of_matrix(table: np.ndarray) -> float | None:
    """Alpha from the same matrix that the reference takes."""
    rater, unit = np.nonzero(~np.isnan(table))
    return alpha(unit, table[rater, unit], metric="ordinal").alpha


def audits(jurors: int, each: int) -> list[Audit]:
    """Seeded audits of twelve marks for the profiles."""
    chance = np.random.default_rng(2025)
    marks = chance.integers(0, 5, (jurors * each, 12)) / 4
    return [
        Audit(
            key=f"a{number}",
            institution=f"i{number % each}",
            juror=f"j{number // each}",
            channel="visit",
            instrument="card",
            score=float(row.mean() * 100),
            residual=float(row.mean() - 0.5),
            marks=tuple(ItemMark("s", value) for value in row.tolist()),
            not_applicable=0.05,
            minutes=20.0 + float(row.sum()),
        )
        for number, row in enumerate(marks)
    ]


def rows() -> list[tuple[str, str, str]]:
    """(work, seconds of processor time, reference): the reference runs on the same table in the same run."""
    reference = _reference()
    found = []
    for units in SIZES:
        table = ratings(units)
        rater, unit = np.nonzero(~np.isnan(table))
        values = table[rater, unit]
        beside = ""
        if reference is not None:
            other = reference.alpha(reliability_data=table, level_of_measurement="ordinal")
            apart = abs(other - alpha(unit, values, metric="ordinal").alpha)
            took = seconds(lambda table=table: reference.alpha(table, level_of_measurement="ordinal"))
            beside = f"krippendorff {took:.4f}, values {apart:.0e} apart"
        name = f"alpha, ordinal, {RATERS} raters x {units} units, {values.size} values"
        found.append((f"{name}, from the matrix", f"{seconds(lambda table=table: of_matrix(table)):.4f}", beside))
        sparse = seconds(lambda unit=unit, values=values: alpha(unit, values, metric="ordinal"))
        found.append((f"{name}, from columns", f"{sparse:.4f}", ""))
    distinct = np.random.default_rng(2025).normal(50, 10, 100_000)
    units = np.arange(distinct.size) // 4
    took = seconds(lambda: alpha(units, distinct, metric="interval"))
    found.append(("alpha, interval, 100,000 different values", f"{took:.4f}", ""))
    table = np.random.default_rng(2025).integers(1, 6, (20_000, 5)).tolist()
    found.append(
        ("six intraclass correlations, 20,000 targets x 5 judges", f"{seconds(lambda: intraclass(table)):.4f}", "")
    )
    made = audits(300, 67)
    found.append(
        (f"profiles of 300 jurors, {len(made)} audits x 12 marks", f"{seconds(lambda: juror_profiles(made)):.4f}", "")
    )
    return found


def _reference() -> Any:
    """PyPI's package from a folder of its own, or None where there is none: measured against, never needed."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, "krippendorff"]
        subprocess.run(pip, capture_output=True, check=False)
        sys.path.append(folder)
        try:
            return importlib.import_module("krippendorff")
        except ImportError:
            return None
        finally:
            sys.path.remove(folder)


def main() -> None:
    """Print the table."""
    for name, took, beside in rows():
        print(f"{name:<75} {took} s{f'   ({beside})' if beside else ''}")


if __name__ == "__main__":
    main()
