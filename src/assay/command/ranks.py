"""`composite` and `rank`: values to scores and places."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from assay.command.reading import CommandError
from assay.composite import Composite, CompositeError, weighted_mean
from assay.fields import Fields
from assay.ranking import places


def composite_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("institutions", "weights", "method"))
    fields.choice("method", ("linear",), default="linear")
    named = fields.object("weights")
    weights = {key: named.exact(key) for key in named.values}
    found: dict[str, Composite] = {}
    for entry in fields.objects("institutions"):
        key = entry.only(("key", "values")).key("key")
        if key in found:
            raise entry.refuse("key", f"{key} stands twice")
        values = entry.object("values")
        present = {name: values.exact(name, least=None) if values.has(name) else None for name in values.values}
        for name in present:
            if name not in weights:
                raise values.refuse(name[:80], "has no weight")
        try:
            found[key] = weighted_mean(present, weights)
        except CompositeError as problem:
            raise CommandError(problem.field, problem.reason) from None
    scores = {key: one.value for key, one in sorted(found.items()) if one.value is not None}
    return {
        "scores": [_score(key, found[key]) for key in sorted(found)],
        "places": [{"key": key, "place": place} for key, place, _ in places(scores)],
    }


def _score(key: str, found: Composite) -> dict[str, object]:
    return {
        "key": key,
        "score": None if found.value is None else float(found.value),
        "effective_weights": {name: float(share) for name, share in found.effective_weights.items()},
        "left_out": list(found.left_out),
    }


def rank_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("estimates",))
    values: dict[str, Fraction] = {}
    for entry in fields.objects("estimates"):
        key = entry.only(("key", "value")).key("key")
        if key in values:
            raise entry.refuse("key", f"{key} stands twice")
        values[key] = entry.exact("value", least=None)
    return {
        "standings": [{"key": key, "place": place, "shared_by": len(sharing)} for key, place, sharing in places(values)]
    }
