"""What residents say: per source and pooled, how sure, raked to known margins, and what looks stuffed.

Shares, means and intervals are floats; nothing is rounded. The order of the input never changes an answer.
"""

from __future__ import annotations

from assay.opinion.effects import Estimate, PooledUnits, pool_units
from assay.opinion.pooling import Pooled, Source, fixed_mode_weights, pool
from assay.opinion.problem import OpinionError
from assay.opinion.raking import Raked, rake
from assay.opinion.stuffing import Ballot, Limits, Stuffing, flags
from assay.opinion.summary import Summary, csi, linear_index, minimum_n, summarise, wilson

__all__ = [
    "Ballot",
    "Estimate",
    "Limits",
    "OpinionError",
    "Pooled",
    "PooledUnits",
    "Raked",
    "Source",
    "Stuffing",
    "Summary",
    "csi",
    "fixed_mode_weights",
    "flags",
    "linear_index",
    "minimum_n",
    "pool",
    "pool_units",
    "rake",
    "summarise",
    "wilson",
]
