"""`agreement`: do the raters agree."""

from __future__ import annotations

from typing import Any, Final

from assay.agreement import METRICS, AgreementError, alpha_of_table, intraclass
from assay.command.dependability import d_study_of, separation_of
from assay.command.profiling import profiles_of
from assay.command.reading import CommandError
from assay.fields import Fields, exact_of

_NOTES: Final = {
    "no-pairs": "no unit has two values to compare",
    "no-variation": "all values are equal, so agreement cannot be told from chance",
}
_FORMS: Final = ("ratings", "targets", "variances", "estimates", "audits")
_FIELDS: Final = (*_FORMS, "metric", "icc", "target", "most", "severities")


def agreement_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(_FIELDS)
    given = [form for form in _FORMS if form in fields.values]
    if not given:
        raise CommandError("ratings", "is missing; give one of: " + ", ".join(_FORMS))
    if len(given) > 1:
        raise CommandError(given[1], f"cannot stand beside {given[0]}")
    forms = {
        "ratings": _alpha,
        "targets": _icc,
        "variances": d_study_of,
        "estimates": separation_of,
        "audits": profiles_of,
    }
    return forms[given[0]](fields)


def _alpha(fields: Fields) -> dict[str, object]:
    fields.only(("ratings", "metric"))
    metric = fields.choice("metric", METRICS)
    table = _rows(fields, "ratings", "cell per unit")
    try:
        found = alpha_of_table(table, metric=metric)
    except AgreementError as problem:
        raise CommandError(f"ratings{problem.field}", problem.reason) from None
    return {
        "alpha": found.alpha,
        "metric": found.metric,
        "observed": found.observed,
        "expected": found.expected,
        "raters": len(table),
        "units": found.units,
        "values": found.values,
        "levels": found.levels,
        "note": _NOTES.get(found.undefined),
    }


def _icc(fields: Fields) -> dict[str, object]:
    fields.only(("targets", "icc"))
    if not fields.flag("icc", default=True):
        raise fields.refuse("icc", "must be true: there is nothing else to compute of targets")
    table = _numbers(_rows(fields, "targets", "number per judge"), "targets")
    try:
        found = intraclass(table)
    except AgreementError as problem:
        raise CommandError(f"targets{problem.field}", problem.reason) from None
    squares = found.squares
    return {
        "icc": found.values,
        "ci95": {form: list(interval) for form, interval in found.intervals.items()},
        "targets": squares.n,
        "judges": squares.k,
        "mean_squares": {
            "targets": squares.targets,
            "judges": squares.judges,
            "residual": squares.residual,
            "within": squares.within,
        },
        "note": _NOTES.get(found.undefined),
    }


def _rows(fields: Fields, name: str, each: str) -> list[list[Any]]:
    rows = fields.items(name, least=1)
    for index, row in enumerate(rows):
        if not isinstance(row, list) or not row:
            raise fields.refuse(f"{name}[{index}]", f"must be a list with one {each}")
        if len(row) != len(rows[0]):
            raise fields.refuse(f"{name}[{index}]", f"must have one {each} ({len(rows[0])})")
    return rows


def _numbers(table: list[list[Any]], name: str) -> list[list[float]]:
    """The table as doubles; each different number is checked once."""
    known: dict[object, float] = {}
    found: list[list[float]] = []
    for index, row in enumerate(table):
        for column, cell in enumerate(row):
            if cell is None:
                raise CommandError(f"{name}[{index}][{column}]", "is missing, and an ICC needs every mark")
            if isinstance(cell, bool | str | list | dict) or cell not in known:
                field = f"{name}[{index}][{column}]"
                if isinstance(cell, str):
                    raise CommandError(field, "must be a number")
                known[cell] = float(exact_of(cell, field, CommandError, least=None))
        found.append([known[cell] for cell in row])
    return found
