"""`connect`: how a plan of audits hangs together, and how precise it would be."""

from __future__ import annotations

from typing import Any

from assay.command.reading import CommandError
from assay.design import Design, DesignError, VarianceComponents
from assay.fields import Fields


def connect_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("audits", "variances"))
    pairs = _pairs(fields)
    try:
        variances = _variances(fields)
        design = Design.of(pairs)
        planned = None if variances is None else design.planned_pev(variances)
        return {
            "components": [
                {"institutions": list(part.institutions), "jurors": list(part.jurors)} for part in design.components()
            ],
            "articulation_jurors": list(design.articulation_jurors()),
            "fiedler": design.fiedler(),
            "planned_pev": planned,
            "warnings": list(design.warnings(planned)),
        }
    except DesignError as problem:
        raise CommandError(problem.field, problem.reason) from None


def _pairs(fields: Fields) -> list[tuple[str, str]]:
    """Pairs of keys; each different key is judged once."""
    known: set[str] = set()
    pairs: list[tuple[str, str]] = []
    for index, entry in enumerate(fields.items("audits", least=1)):
        if isinstance(entry, dict) and len(entry) == 2:
            institution, juror = entry.get("institution"), entry.get("juror")
            if isinstance(institution, str) and isinstance(juror, str) and {institution, juror} <= known:
                pairs.append((institution, juror))
                continue
        audit = Fields(entry, f"audits[{index}]", CommandError).only(("institution", "juror"))
        pairs.append((audit.key("institution"), audit.key("juror")))
        known.update(pairs[-1])
    return pairs


def _variances(fields: Fields) -> VarianceComponents | None:
    if not fields.has("variances"):
        return None
    entry = fields.object("variances").only(("institution", "juror", "residual"))
    return VarianceComponents(*(float(entry.exact(name)) for name in ("institution", "juror", "residual")))
