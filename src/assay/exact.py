"""Exact numbers at the door: decimal text in, fractions inside, one rounding on the way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

_DECIMAL: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_WHOLE: Final = 10**15
_FINEST_EXPONENT: Final = -30
_MODES: Final[Mapping[str, str]] = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN}


class FieldError(ValueError):
    """An input that cannot be used: `field` says where, `reason` says why (one line each)."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def _from_decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise ValueError("must be a finite number")
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _FINEST_EXPONENT or value.adjusted() > 15:
        raise ValueError("has more digits than can be used")
    return Fraction(value)


def number(value: object) -> Fraction:
    """The exact value of an int, a Decimal, a Fraction or decimal text such as "7.5" (15 digits each side).

    Raises ValueError for anything else: floats, booleans, NaN, infinities, numbers beyond 10^15.
    """
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | Fraction):
        raise ValueError("must be a whole number or decimal text")
    if isinstance(value, Decimal):
        result = _from_decimal(value)
    elif isinstance(value, str):
        if not _DECIMAL.fullmatch(value):
            raise ValueError("must be decimal text such as 7.5")
        result = Fraction(value)
    else:
        result = Fraction(value)
    if abs(result.numerator) > _WHOLE * result.denominator:
        raise ValueError("is too large")
    return result


def real(value: object) -> float:
    """The float nearest to what `number` gives, for columns too long to be exact. Raises ValueError as it does."""
    if type(value) is int and -_WHOLE <= value <= _WHOLE:
        return float(value)
    if type(value) is Decimal and value.is_finite() and value.adjusted() < 15:
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= _FINEST_EXPONENT:
            return float(value)
    return float(number(value))


def text(value: Fraction, places: int = 15) -> str:
    """The shortest decimal text: exact where it ends within `places` decimals, else rounded half up."""
    rounded = RoundingRule(places).apply(value)
    plain = f"{rounded:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in {"-0", ""} else plain


def ratio(value: Fraction) -> str:
    """The exact text of a fraction, "3/4" or "5"."""
    return str(value)


@dataclass(frozen=True)
class RoundingRule:
    """How a number is rounded where it is published: `decimals` places (0 to 15), half-up or half-even."""

    decimals: int = 2
    mode: str = "half-up"

    def __post_init__(self) -> None:
        if not 0 <= self.decimals <= 15:
            raise FieldError("decimals", "must be from 0 to 15")
        if self.mode not in _MODES:
            raise FieldError("rounding", "must be one of: " + ", ".join(_MODES))

    def apply(self, value: Fraction) -> Decimal:
        """The published value of an exact one; a half goes away from zero (half-up) or to the even digit."""
        power = 10**self.decimals
        whole, rest = divmod(abs(value.numerator) * power, value.denominator)
        twice = 2 * rest
        half_goes_up = self.mode == "half-up" or whole % 2 == 1
        if twice > value.denominator or (twice == value.denominator and half_goes_up):
            whole += 1
        return Decimal(f"{-whole if value < 0 else whole}E-{self.decimals}")
