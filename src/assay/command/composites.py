"""`composite`: values and weights to scores and places, and how much these hang on the weights."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from assay.command.reading import CommandError
from assay.composite import (
    METHODS,
    Composite,
    CompositeError,
    Goalposts,
    Sensitivity,
    Weighing,
    check_together,
    sensitivity,
)
from assay.fields import Fields, exact_of
from assay.ranking import places

_FIELDS: Final = ("institutions", "weights", "goalposts", "method", "perturb", "seed")
_MOST_VALUES: Final = 2_000_000
_LARGEST_SEED: Final = 10**18

_Values = dict[str, Fraction | None]


def composite_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(_FIELDS)
    method = fields.choice("method", METHODS, default="linear")
    perturb = float(fields.exact("perturb", most=1, default=Fraction(0)))
    seed = fields.whole("seed", most=_LARGEST_SEED, default=0)
    weights = _weights(fields)
    goalposts = _goalposts(fields, weights)
    entries = fields.objects("institutions")
    if len(entries) * len(weights) > _MOST_VALUES:
        raise fields.refuse("institutions", "are too many for so many components")
    weighing = Weighing(weights)
    given: dict[str, _Values] = {}
    clipped: dict[str, list[str]] = {}
    found: dict[str, Composite] = {}
    for entry in entries:
        key = entry.only(("key", "values")).key("key")
        if key in found:
            raise entry.refuse("key", f"{key} stands twice")
        values = entry.object("values")
        given[key], clipped[key] = _values(values, weights, goalposts)
        try:
            found[key] = weighing.combine(given[key], method)
        except CompositeError as problem:
            inside = problem.field.startswith("values.")
            raise CommandError(entry.name(problem.field) if inside else problem.field, problem.reason) from None
    try:
        moved = sensitivity(given, weights, found, method=method, perturb=perturb, seed=seed)
    except CompositeError as problem:
        raise CommandError(problem.field, problem.reason) from None
    scores = {key: one.value for key, one in sorted(found.items()) if one.value is not None}
    return {
        "scores": [_score(key, found[key], clipped[key] if goalposts else None) for key in sorted(found)],
        "places": [{"key": key, "place": place} for key, place, _ in places(scores)],
        **_sensitivity(moved),
    }


def _weights(fields: Fields) -> dict[str, Fraction]:
    named = fields.object("weights")
    found: dict[str, Fraction] = {}
    for key in named.values:
        if not key.isprintable() or not 1 <= len(key) <= 200:
            raise named.refuse(key[:80], "must be named in 1 to 200 printable characters")
        found[key] = named.exact(key)
    if not any(found.values()):
        raise fields.refuse("weights", "must have at least one above 0")
    return found


def _goalposts(fields: Fields, weights: dict[str, Fraction]) -> dict[str, Goalposts]:
    if not fields.has("goalposts"):
        return {}
    named = fields.object("goalposts").only(weights)
    found: dict[str, Goalposts] = {}
    for key in named.values:
        pair = named.items(key)
        if len(pair) != 2:
            raise named.refuse(key, "must be a pair of numbers: low, high")
        low, high = (
            exact_of(end, f"{named.name(key)}[{index}]", CommandError, least=None) for index, end in enumerate(pair)
        )
        if low == high:
            raise named.refuse(key, "must be two different numbers")
        found[key] = Goalposts(low, high)
    try:
        check_together(found[key] for key in sorted(found))
    except CompositeError as problem:
        raise CommandError(problem.field, problem.reason) from None
    return found


def _values(named: Fields, weights: dict[str, Fraction], goalposts: dict[str, Goalposts]) -> tuple[_Values, list[str]]:
    """Values by component, between the goalposts where there are any, and the components that lay beyond theirs."""
    found: _Values = {}
    clipped: list[str] = []
    for key in named.values:
        if key not in weights:
            raise named.refuse(key[:80], "has no weight")
        value = named.exact(key, least=None) if named.has(key) else None
        if value is not None and key in goalposts:
            value, is_clipped = goalposts[key].place(value)
            clipped += [key] * is_clipped
        found[key] = value
    return found, sorted(clipped)


def _score(key: str, found: Composite, clipped: list[str] | None) -> dict[str, object]:
    answer: dict[str, object] = {
        "key": key,
        "score": None if found.value is None else float(found.value),
        "effective_weights": {name: float(share) for name, share in found.effective_weights.items()},
        "left_out": list(found.left_out),
    }
    if clipped is not None:
        answer["clipped"] = clipped
    return answer


def _sensitivity(moved: Sensitivity) -> dict[str, object]:
    return {
        "sensitivity": [
            {"key": one.key, "min": one.least, "median": one.median, "max": one.most} for one in moved.spreads
        ],
        "mean_rank_shift": moved.mean_rank_shift,
        "shares": dict(moved.shares),
    }
