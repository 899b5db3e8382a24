"""Separation: how many kinds of institution the estimates can tell apart.

Sources: B. D. Wright and G. N. Masters, "Rating Scale Analysis" (1982), ch. 5; J. M. Linacre on strata, (4 G + 1) / 3:
levels whose centres lie three standard errors apart. For shrunken estimates: R. J. Adams, "Reliability as a measurement
design effect", Studies in Educational Evaluation 31 (2005) 162-172: true variance = that of the estimates + their mean
squared error, of which the estimates' own is the part that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from assay.agreement.errors import AgreementError

_LARGEST = 1e150


@dataclass(frozen=True)
class Separation:
    """The spread of estimates beside their errors.

    `separation` G is the true spread in units of the typical error, `strata` the number of levels that differ
    significantly, `reliability` the share of the variance that is true (0 to 1). `observed` is the variance of
    the estimates (divisor n - 1), `error` their mean squared standard error. `separation` and `strata` are None where
    errors are 0, `reliability` too where nothing varies.
    """

    n: int
    observed: float
    error: float
    separation: float | None
    strata: float | None
    reliability: float | None


def separation(values: Sequence[float], errors: Sequence[float], *, shrunken: bool = False) -> Separation:
    """The separation of two or more estimates with their standard errors.

    With `shrunken` the values are pulled towards their mean (BLUP): their variance is then the known part of the
    true one, nothing is taken off it, and `reliability` is observed / (observed + error). Raises AgreementError.
    """
    n = len(values)
    if n < 2:
        raise AgreementError("values", "must be at least 2")
    if len(errors) != n:
        raise AgreementError("errors", f"must be one per value ({n})")
    for index, (value, error) in enumerate(zip(values, errors, strict=True)):
        if isinstance(value, bool) or not abs(value) <= _LARGEST:
            raise AgreementError(f"values[{index}]", "must be a finite number")
        if isinstance(error, bool) or not 0 <= error <= _LARGEST:
            raise AgreementError(f"errors[{index}]", "must be a number from 0 to 1e150")
    least = min(values)
    near = [value - least for value in values]
    centre = fsum(near) / n
    observed = fsum((value - centre) ** 2 for value in near) / (n - 1) if max(near) else 0.0
    error = fsum(one * one for one in errors) / n
    true = observed if shrunken else max(0.0, observed - error)
    whole = observed + error if shrunken else observed
    found = sqrt(true / error) if error else None
    return Separation(
        n=n,
        observed=observed,
        error=error,
        separation=found,
        strata=None if found is None else (4 * found + 1) / 3,
        reliability=true / whole if whole else (0.0 if error else None),
    )
