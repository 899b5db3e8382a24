"""Ratings as they come, turned into arrays: one unit number and one level code per value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from assay.agreement.errors import AgreementError
from assay.exact import number

if TYPE_CHECKING:
    import numpy.typing as npt

METRICS: Final = ("nominal", "ordinal", "interval", "ratio")
LARGEST: Final = 1e150
"""The largest magnitude of a value: the square of a difference of two must still be a number."""
LONGEST_LABEL: Final = 200
_NUMBERS: Final = (int, float, Decimal, Fraction)


@dataclass(frozen=True)
class Readings:
    """`unit` and `code` per value (whole numbers from 0); `levels` ascending, the value each code stands for.

    Under the nominal metric `levels` only counts the codes.
    """

    unit: npt.NDArray[Any]
    code: npt.NDArray[Any]
    levels: npt.NDArray[Any]


def from_table(table: Sequence[Sequence[object]], metric: str) -> Readings:
    """Readings of a table with a row per rater and a cell per unit; None where the rater did not judge the unit."""
    import numpy as np

    check_metric(metric)
    width = len(table[0]) if len(table) else 0
    if not width:
        raise AgreementError("", "must have at least one rater and one unit")
    codes: dict[object, int] = {}
    units: list[npt.NDArray[Any]] = []
    found: list[npt.NDArray[Any]] = []
    for rater, given in enumerate(table):
        row = given.tolist() if isinstance(given, np.ndarray) else given
        if len(row) != width:
            raise AgreementError(f"[{rater}]", f"must have one cell per unit ({width})")
        if not {type(cell) for cell in row} <= _KINDS:
            _check_cells(row, rater, metric)
        for cell in dict.fromkeys(row):
            if cell is not None and cell not in codes:
                if _reason(cell, metric):
                    _check_cells(row, rater, metric)
                codes[cell] = len(codes)
        present = [unit for unit, cell in enumerate(row) if cell is not None]
        units.append(np.array(present, dtype=np.int64))
        found.append(np.array([codes[row[unit]] for unit in present], dtype=np.int64))
    return _levelled(np.concatenate(units), np.concatenate(found), list(codes), metric)


def from_pairs(units: npt.ArrayLike, values: npt.ArrayLike | Sequence[object], metric: str) -> Readings:
    """Readings of two columns of equal length: whole unit numbers, and the value a rater gave."""
    import numpy as np

    check_metric(metric)
    unit = np.asarray(units)
    if unit.ndim != 1 or unit.dtype.kind not in "iu":
        if not (unit.ndim == 1 and unit.size == 0):
            raise AgreementError("units", "must be one column of whole numbers")
        unit = unit.astype(np.int64)
    column = values if isinstance(values, np.ndarray) else list(values)  # type: ignore[arg-type]
    if len(column) != unit.size:
        raise AgreementError("values", f"must have one value per unit number ({unit.size})")
    if isinstance(column, np.ndarray) and column.ndim == 1 and column.dtype.kind in "iuf":
        if not np.isfinite(column).all() or (column.size and float(np.abs(column).max()) > LARGEST):
            raise AgreementError("values", "must be finite numbers of at most 1e150")
        levels, code = np.unique(column, return_inverse=True)
        _check_ratio(levels, metric, "values")
        return Readings(_dense(unit), code.reshape(-1), levels.astype(np.float64))
    codes: dict[object, int] = {}
    for index, cell in enumerate(column):
        if reason := _reason(cell, metric):
            raise AgreementError(f"values[{index}]", reason)
        codes.setdefault(cell, len(codes))
    coded = np.array([codes[cell] for cell in column], dtype=np.int64)
    return _levelled(_dense(unit), coded, list(codes), metric)


def check_metric(metric: str) -> None:
    """Refuse a metric that is not one of the four."""
    if metric not in METRICS:
        raise AgreementError("metric", "must be one of: " + ", ".join(METRICS))


def _dense(unit: npt.NDArray[Any]) -> npt.NDArray[Any]:
    import numpy as np

    if unit.size and (unit.min() < 0 or unit.max() > 4 * unit.size + 1000):
        return np.unique(unit, return_inverse=True)[1].reshape(-1)
    return unit.astype(np.int64)


def _levelled(unit: npt.NDArray[Any], code: npt.NDArray[Any], cells: list[object], metric: str) -> Readings:
    """Give codes in the order of their values; different texts of one double are one level."""
    import numpy as np

    if metric == "nominal":
        return Readings(unit, code, np.arange(len(cells), dtype=np.float64))
    levels, order = np.unique(np.array([_double(cell) for cell in cells], dtype=np.float64), return_inverse=True)
    return Readings(unit, order.reshape(-1)[code] if code.size else code, levels)


_KINDS: Final = frozenset((type(None), str, *_NUMBERS))


def _double(cell: object) -> float:
    return float(cell if isinstance(cell, float) else number(cell))


def _reason(cell: object, metric: str) -> str:
    """Why a cell cannot be used; empty when it can."""
    if isinstance(cell, str):
        return _reason_against_text(cell, metric)
    if cell is None or isinstance(cell, bool) or not isinstance(cell, _NUMBERS):
        return "must be a number, text or null" if metric == "nominal" else "must be a number or null"
    if isinstance(cell, float):
        if not isfinite(cell):
            return "must be a finite number"
        if abs(cell) > LARGEST:
            return "is too large"
    else:
        try:
            number(cell)
        except ValueError as problem:
            return str(problem)
    return "must not be negative under the ratio metric" if metric == "ratio" and cell < 0 else ""


def _reason_against_text(cell: str, metric: str) -> str:
    if metric != "nominal":
        return f"must be a number under the {metric} metric"
    if not 1 <= len(cell) <= LONGEST_LABEL or any("\ud800" <= character <= "\udfff" for character in cell):
        return f"must be text of 1 to {LONGEST_LABEL} characters"
    return ""


def _check_ratio(levels: npt.NDArray[Any], metric: str, field: str) -> None:
    if metric == "ratio" and levels.size and levels[0] < 0:
        raise AgreementError(field, "must not be negative under the ratio metric")


def _check_cells(row: Sequence[object], rater: int, metric: str) -> None:
    """Refuse the first cell of a row that cannot be used, by its place."""
    for unit, cell in enumerate(row):
        reason = "" if cell is None else _reason(cell, metric)
        if reason:
            raise AgreementError(f"[{rater}][{unit}]", reason)
