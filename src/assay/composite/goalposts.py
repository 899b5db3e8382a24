"""Values of different units brought to 0-100 between two goalposts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.composite.aggregation import CompositeError

_MOST_BITS: Final = 16_384


@dataclass(frozen=True)
class Goalposts:
    """`low` becomes 0 and `high` 100; where low is above high, smaller is better. Raises CompositeError when equal."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low == self.high:
            raise CompositeError("goalposts", "must be two different numbers")

    def place(self, value: Fraction) -> tuple[Fraction, bool]:
        """The exact value on 0-100, and whether it lay beyond a goalpost and was set to it.

        Values beyond count as the goalpost, as in the Human Development Index (UNDP, technical note 1).
        """
        scaled = 100 * (value - self.low) / (self.high - self.low)
        kept = min(max(scaled, Fraction(0)), Fraction(100))
        return kept, kept != scaled


def check_together(goalposts: Iterable[Goalposts]) -> None:
    """Raise CompositeError when exact sums over these would need numbers of more than about 5,000 digits."""
    common = 1
    for one in goalposts:
        common = math.lcm(common, (one.high - one.low).numerator)
        if common.bit_length() > _MOST_BITS:
            raise CompositeError("goalposts", "have too many digits together")
