"""The one error of residents' opinion."""

from __future__ import annotations

import math

from assay.exact import FieldError


class OpinionError(FieldError):
    """Counts, sources, margins or ballots that cannot be used."""


def finite(value: float, name: str, *, least: float | None = None) -> float:
    """The value as a float. Raises OpinionError when it is not a finite number or lies below `least`."""
    if isinstance(value, bool):
        raise OpinionError(name, "must be a number")
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        raise OpinionError(name, "must be a number") from None
    if not math.isfinite(found):
        raise OpinionError(name, "must be a finite number")
    if least is not None and found < least:
        raise OpinionError(name, f"must not be below {least:g}")
    return found


def whole(value: int, name: str, *, least: int = 0) -> int:
    """The value itself. Raises OpinionError when it is not a whole number of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise OpinionError(name, "must be a whole number")
    if value < least:
        raise OpinionError(name, f"must not be below {least}")
    return value
