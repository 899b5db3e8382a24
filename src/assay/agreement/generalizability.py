"""Generalizability: how dependable the mean of n audits is, and how many audits would be enough.

Sources: R. L. Brennan, "Generalizability Theory" (2001), ch. 2; R. J. Shavelson and N. M. Webb, "Generalizability
Theory: A Primer" (1991), ch. 2-3. The design is the crossed random one of the severity model, score = mean +
institution + juror + residual, with n audits of an institution by n different jurors.

    relative (G)    institution / (institution + residual / n)                severity taken out, or jurors shared
    absolute (Phi)  institution / (institution + (juror + residual) / n)      raw scores, whichever jurors came
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from assay.agreement.errors import AgreementError
from assay.agreement.intraclass import mean_squares

TARGET: Final = 0.8
"""The usual aim for decisions about one institution (Shavelson and Webb 1991; Krippendorff 2004 asks as much)."""
MOST_AUDITS: Final = 12
"""Rows of the table of designs: more audits of one institution than any contest can pay for."""
MOST_ROWS: Final = 1000
_LARGEST: Final = 1e150
_UNBOUNDED: Final = 1e9


@dataclass(frozen=True)
class Variances:
    """Variance components on the squared score scale: between institutions, between jurors, and the remainder.

    `cut` names the components an analysis of variance estimated below 0 and set to 0.
    """

    institution: float
    juror: float
    residual: float
    cut: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("institution", "juror", "residual"):
            value = getattr(self, name)
            if isinstance(value, bool) or not 0 <= value <= _LARGEST:
                raise AgreementError(name, "must be a number from 0 to 1e150")


@dataclass(frozen=True)
class Design:
    """What the mean of `audits` audits by different jurors is worth.

    `relative` (G) and `absolute` (Phi) are from 0 to 1, None where nothing varies at all. `raw_error` is the standard
    error of a raw score, `fair_error` that of a score corrected for severity, as if severity were known exactly.
    """

    audits: int
    relative: float | None
    absolute: float | None
    raw_error: float
    fair_error: float


def g_study(table: Sequence[Sequence[float]]) -> Variances:
    """Variance components of a complete table, a row per institution and a number per juror, by expected mean squares.

    An incomplete design has no such table: take the components of `severity` instead. Raises AgreementError.
    """
    squares = mean_squares(table)
    found = {
        "institution": (squares.targets - squares.residual) / squares.k,
        "juror": (squares.judges - squares.residual) / squares.n,
        "residual": squares.residual,
    }
    cut = tuple(name for name, value in found.items() if value < 0)
    return Variances(**{name: max(0.0, value) for name, value in found.items()}, cut=cut)


def design(variances: Variances, audits: int) -> Design:
    """The coefficients and standard errors of `audits` (at least 1) audits by different jurors."""
    if isinstance(audits, bool) or not isinstance(audits, int) or audits < 1:
        raise AgreementError("audits", "must be a whole number of at least 1")
    fair = variances.residual / audits
    raw = variances.juror / audits + fair
    return Design(
        audits=audits,
        relative=_share(variances.institution, fair),
        absolute=_share(variances.institution, raw),
        raw_error=sqrt(raw),
        fair_error=sqrt(fair),
    )


def d_study(variances: Variances, *, most: int = MOST_AUDITS) -> tuple[Design, ...]:
    """The designs of 1 to `most` audits, 1,000 at most."""
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST_ROWS:
        raise AgreementError("most", f"must be a whole number from 1 to {MOST_ROWS}")
    return tuple(design(variances, audits) for audits in range(1, most + 1))


def audits_needed(variances: Variances, *, target: float = TARGET, corrected: bool = False) -> int | None:
    """The least number of audits whose coefficient reaches `target` (above 0, below 1).

    The absolute coefficient for raw scores, the relative one when `corrected` for severity. None when institutions do
    not differ, or when even 10^9 audits would not do.
    """
    if isinstance(target, bool) or not 0.0 < target < 1.0:
        raise AgreementError("target", "must be above 0 and below 1")
    if not variances.institution:
        return None
    error = variances.residual + (0.0 if corrected else variances.juror)
    wanted = error / variances.institution * (target / (1.0 - target))
    if wanted > _UNBOUNDED:
        return None
    least = max(1, ceil(wanted) - 1)
    return least if _reaches(variances, least, target, corrected) else least + 1


def _reaches(variances: Variances, audits: int, target: float, corrected: bool) -> bool:
    found = design(variances, audits)
    coefficient = found.relative if corrected else found.absolute
    return coefficient is not None and coefficient >= target - 1e-12


def _share(signal: float, noise: float) -> float | None:
    return signal / (signal + noise) if signal + noise else None
