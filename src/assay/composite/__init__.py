"""Channels and sources into one number, and how much of the order hangs on the weights."""

from __future__ import annotations

from assay.composite.aggregation import (
    METHODS,
    Composite,
    CompositeError,
    Weighing,
    combine,
    geometric_mean,
    weighted_mean,
)
from assay.composite.bounds import score_bounds
from assay.composite.goalposts import Goalposts, check_together
from assay.composite.sensitivity import Sensitivity, Spread, sensitivity

__all__ = [
    "METHODS",
    "Composite",
    "CompositeError",
    "Goalposts",
    "Sensitivity",
    "Spread",
    "Weighing",
    "check_together",
    "combine",
    "geometric_mean",
    "score_bounds",
    "sensitivity",
    "weighted_mean",
]
