"""Intraclass correlations of a complete table of targets by judges, with their intervals.

Sources: P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
Bulletin 86 (1979) 420-428; K. O. McGraw and S. P. Wong, Psychological Methods 1 (1996) 30-46 for the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Final

from assay.agreement.errors import AgreementError

FORMS: Final = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
LARGEST: Final = 1e150
_EPSILON: Final = 2.0**-52
_SLACK: Final = 1e-9
Interval = tuple[float | None, float | None]


@dataclass(frozen=True)
class MeanSquares:
    """The two-way analysis of variance of a complete table without repetition.

    `targets` and `judges` are between-rows and between-columns mean squares, `residual` the remainder, `within` the
    one-way remainder. A sum of squares no larger than rounding the table to doubles could leave is taken as 0.
    """

    n: int
    k: int
    targets: float
    judges: float
    residual: float
    within: float


@dataclass(frozen=True)
class Intraclass:
    """The six coefficients of Shrout and Fleiss by form, and the interval of each; None where not defined.

    "1": each target has its own judges; "2": the same judges, drawn from many; "3": these judges only.
    ",1": one judge's mark; ",k": the mean of the k judges. `undefined` is "no-variation" when all marks are equal.
    """

    values: dict[str, float | None]
    intervals: dict[str, Interval]
    level: float
    squares: MeanSquares
    undefined: str = ""


def mean_squares(table: Sequence[Sequence[float]]) -> MeanSquares:
    """The mean squares of a table with a row per target and a finite number per judge, none missing.

    Raises AgreementError for a ragged table, a gap, or fewer than two targets or judges.
    """
    rows = _checked(table)
    n, k = len(rows), len(rows[0])
    least = min(map(min, rows))
    largest = max(abs(value) for row in rows for value in row)
    rows = [[value - least for value in row] for row in rows]
    by_target = [fsum(row) / k for row in rows]
    by_judge = [fsum(column) / n for column in zip(*rows, strict=True)]
    grand = fsum(value for row in rows for value in row) / (n * k)
    rest = fsum(
        (value - target - judge + grand) ** 2
        for row, target in zip(rows, by_target, strict=True)
        for value, judge in zip(row, by_judge, strict=True)
    )
    nothing = n * k * (_EPSILON * largest) ** 2
    targets, judges, residual = (
        0.0 if squares <= nothing else squares
        for squares in (
            k * fsum((mean - grand) ** 2 for mean in by_target),
            n * fsum((mean - grand) ** 2 for mean in by_judge),
            rest,
        )
    )
    return MeanSquares(
        n=n,
        k=k,
        targets=targets / (n - 1),
        judges=judges / (k - 1),
        residual=residual / ((n - 1) * (k - 1)),
        within=(judges + residual) / (n * (k - 1)),
    )


def intraclass(table: Sequence[Sequence[float]], *, level: float = 0.95) -> Intraclass:
    """The six intraclass correlations of a table with a row per target and a number per judge.

    Intervals are those of Shrout and Fleiss (from F quantiles) at `level`. Values are not cut at 0. Raises
    AgreementError; its field is "[target][judge]" for a cell.
    """
    if not 0.0 < level < 1.0:
        raise AgreementError("level", "must be between 0 and 1")
    squares = mean_squares(table)
    if squares.targets == squares.judges == squares.residual == 0:
        nothing: dict[str, float | None] = dict.fromkeys(FORMS)
        return Intraclass(nothing, dict.fromkeys(FORMS, (None, None)), level, squares, "no-variation")
    single = {
        "1": _ratio(squares.targets - squares.within, squares.targets + (squares.k - 1) * squares.within),
        "2": _two(squares),
        "3": _ratio(squares.targets - squares.residual, squares.targets + (squares.k - 1) * squares.residual),
    }
    tail = (1.0 + level) / 2.0
    n, k = squares.n, squares.k
    limits = {
        "1": _from_f(squares.targets, squares.within, (n - 1, n * (k - 1)), k, tail),
        "2": _from_two(squares, single["2"], tail),
        "3": _from_f(squares.targets, squares.residual, (n - 1, (n - 1) * (k - 1)), k, tail),
    }
    values = {f"{form},1": value for form, value in single.items()}
    values |= {f"{form},k": _stepped(value, k) for form, value in single.items()}
    intervals = {f"{form},1": limit for form, limit in limits.items()}
    intervals |= {f"{form},k": (_stepped(low, k), _stepped(high, k)) for form, (low, high) in limits.items()}
    return Intraclass(values, intervals, level, squares)


def _checked(table: Sequence[Sequence[float]]) -> list[list[float]]:
    if len(table) < 2:
        raise AgreementError("", "must have at least 2 targets")
    width = len(table[0])
    if width < 2:
        raise AgreementError("[0]", "must have at least 2 judges")
    found: list[list[float]] = []
    for target, row in enumerate(table):
        if len(row) != width:
            raise AgreementError(f"[{target}]", f"must have one number per judge ({width})")
        for judge, value in enumerate(row):
            if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
                raise AgreementError(f"[{target}][{judge}]", "must be a finite number: an ICC has no missing marks")
        found.append([float(value) for value in row])
    return found


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None


def _stepped(one: float | None, k: int) -> float | None:
    """Spearman and Brown: the reliability of the mean of k from that of one. None where it has no bound."""
    if one is None:
        return None
    below = 1.0 + (k - 1) * one
    return k * one / below if below > k * _EPSILON else None


def _two(squares: MeanSquares) -> float | None:
    n, k = squares.n, squares.k
    above = squares.targets - squares.residual
    return _ratio(above, squares.targets + (k - 1) * squares.residual + k * (squares.judges - squares.residual) / n)


def _from_f(between: float, error: float, degrees: tuple[int, int], k: int, tail: float) -> Interval:
    """Limits of (F - 1) / (F + k - 1), F the ratio of two mean squares; written without dividing by the error."""
    low = _ratio_of(between, error * f_quantile(tail, degrees[0], degrees[1]), k)
    high = _ratio_of(between * f_quantile(tail, degrees[1], degrees[0]), error, k)
    return low, high


def _ratio_of(between: float, error: float, k: int) -> float | None:
    return _ratio(between - error, between + (k - 1) * error)


def _from_two(squares: MeanSquares, value: float | None, tail: float) -> Interval:
    """The limits of form 2 (Shrout and Fleiss 1979, p. 424), Satterthwaite's degrees of freedom.

    Where the coefficient is negative that approximation can miss its own estimate; there is no interval then.
    """
    if value is None:
        return None, None
    n, k = squares.n, squares.k
    by_judges = k * value * squares.judges
    by_rest = squares.residual * (n * (1 + (k - 1) * value) - k * value)
    largest = max(abs(by_judges), abs(by_rest))
    freedom = float(k - 1)
    if largest:
        by_judges, by_rest = by_judges / largest, by_rest / largest
        above = (k - 1) * (n - 1) * (by_judges + by_rest) ** 2
        freedom = above / ((n - 1) * by_judges**2 + by_rest**2)
    if not freedom > 0:
        return None, None
    lower, upper = f_quantile(tail, n - 1, freedom), f_quantile(tail, freedom, n - 1)
    if not (isfinite(lower) and isfinite(upper)):
        return None, None
    errors = k * squares.judges + (k * n - k - n) * squares.residual
    low = _ratio(n * (squares.targets - lower * squares.residual), lower * errors + n * squares.targets)
    high = _ratio(n * (upper * squares.targets - squares.residual), errors + n * upper * squares.targets)
    if low is None or high is None or not low - _SLACK <= value <= high + _SLACK:
        return None, None
    return low, high


def f_quantile(probability: float, above: float, below: float) -> float:
    """The quantile of the F distribution with `above` and `below` degrees of freedom."""
    from scipy.special import betainccinv, betaincinv

    share = float(betaincinv(above / 2, below / 2, probability))
    rest = float(betainccinv(below / 2, above / 2, probability))
    return below / above * share / rest if rest else float("inf")
