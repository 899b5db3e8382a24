"""`allocate`: who visits whom."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assay.allocation import AllocationError, Juror, Task, Unmet, allocate
from assay.allocation.problem import MOST_LOAD, Number
from assay.command.reading import CommandError
from assay.fields import Fields, exact_of


def allocate_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(
        ("institutions", "jurors", "excluded", "value", "cost", "objective", "cap", "seed")
    )
    tasks = [_task(entry) for entry in fields.objects("institutions")]
    jurors = [_juror(entry) for entry in fields.objects("jurors")]
    if fields.has("cost") and fields.has("value"):
        raise fields.refuse("value", "cost and value exclude each other")
    try:
        found = allocate(
            tasks,
            jurors,
            excluded=_excluded(fields, {task.key for task in tasks}, {juror.key for juror in jurors}),
            cost=_table(fields, "cost", len(tasks), len(jurors)),
            value=_table(fields, "value", len(tasks), len(jurors)),
            objective=fields.choice("objective", ("sum", "maxmin"), default="sum"),
            seed=_seed(fields),
            cap=_cap(fields),
        )
    except AllocationError as problem:
        field = problem.field.replace("tasks", "institutions")
        raise CommandError(field, problem.reason) from None
    answer: dict[str, object] = {
        "pairs": [list(pair) for pair in found.pairs],
        "total": float(found.total),
        "worst": None if found.worst is None else float(found.worst),
        "unmet": [_unmet(unmet) for unmet in found.unmet],
    }
    if found.expected_total is not None:
        answer["expected_total"] = float(found.expected_total)
    return answer


def _task(entry: Fields) -> Task:
    entry.only(("key", "audits"))
    return Task(entry.key("key"), need=entry.whole("audits", most=MOST_LOAD))


def _juror(entry: Fields) -> Juror:
    entry.only(("key", "min", "max"))
    most = entry.whole("max", most=MOST_LOAD)
    least = entry.whole("min", most=MOST_LOAD, default=0)
    if least > most:
        raise entry.refuse("min", "must not be above max")
    return Juror(entry.key("key"), most, least)


def _seed(fields: Fields) -> str:
    value = fields.values.get("seed", 0)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise fields.refuse("seed", "must be a whole number of at most 20 digits, or text")
    if isinstance(value, str) and (len(value) > 1000 or not value.isprintable()):
        raise fields.refuse("seed", "must be printable text of at most 1000 characters")
    return str(value)


def _excluded(fields: Fields, places: set[str], people: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for index, pair in enumerate(fields.items("excluded", optional=True)):
        name = f"excluded[{index}]"
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(key, str) for key in pair):
            raise fields.refuse(name, "must be a pair of keys: institution, juror")
        if pair[0] not in places or pair[1] not in people:
            raise fields.refuse(name, "names an unknown institution or juror")
        found.add((pair[0], pair[1]))
    return found


def _cap(fields: Fields) -> Fraction | None:
    if not fields.has("cap"):
        return None
    cap = fields.exact("cap", most=1)
    if not cap:
        raise fields.refuse("cap", "must be above 0")
    return cap


def _table(fields: Fields, name: str, rows: int, columns: int) -> list[list[Number]] | None:
    """The numbers as they are read: a whole row is judged at once, a number alone only where a row is refused."""
    if not fields.has(name):
        return None
    table = fields.items(name)
    if len(table) != rows:
        raise fields.refuse(name, f"must have one row per institution ({rows})")
    for index, row in enumerate(table):
        if not isinstance(row, list) or len(row) != columns:
            raise fields.refuse(f"{name}[{index}]", f"must have one number per juror ({columns})")
        if not _is_plain(row):
            table[index] = [
                exact_of(entry, f"{name}[{index}][{column}]", CommandError, least=None)
                for column, entry in enumerate(row)
            ]
    return table


def _is_plain(row: list[Any]) -> bool:
    """Whether all are whole or decimal numbers of a size and a number of digits that everybody means."""
    if not {type(entry) for entry in row} <= {int, Decimal}:
        return False
    sizes = [abs(float(entry)) for entry in row]
    if not all(size <= 1e15 for size in sizes):
        return False
    return all(
        size >= 1e-12 or entry.is_zero() for size, entry in zip(sizes, row, strict=True) if type(entry) is Decimal
    )


def _unmet(unmet: Unmet) -> dict[str, object]:
    return {
        "institutions": list(unmet.institutions),
        "jurors": list(unmet.jurors),
        "missing": unmet.missing,
        "code": unmet.code,
        "reason": unmet.reason,
        "mend": unmet.mend,
    }
