"""What one audit shows of the juror who made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, fsum, isfinite, log, sqrt
from statistics import median
from typing import Final

from assay.agreement.errors import AgreementError

LEAST_ITEMS: Final = 4
"""Items a spread, a middle share or a run needs: of three equal marks nothing follows."""
MIDDLE: Final = (0.25, 0.75)
"""A mark strictly between is a middle mark: 3 on a scale of 1 to 5, 3 to 5 on one of 1 to 7."""


@dataclass(frozen=True)
class ItemMark:
    """One answered, applicable item: its section, its value from 0 to 1, and whether it is a scale of three or more
    steps (a yes/no item has no middle, and equal answers to it are no straight line)."""

    section: str
    value: float
    is_scale: bool = True


@dataclass(frozen=True)
class Audit:
    """One audit as a profile needs it.

    `score` is on 0-100; `residual` is the score less channel, institution and severity (None when not estimated);
    `marks` stand in the order of the scorecard; `not_applicable` is the share of items so marked; `minutes` is the time
    taken, above 0.
    """

    key: str
    institution: str
    juror: str
    channel: str
    instrument: str
    score: float
    residual: float | None = None
    marks: tuple[ItemMark, ...] = ()
    not_applicable: float | None = None
    minutes: float | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.score):
            raise AgreementError("score", "must be a finite number")
        if self.residual is not None and not abs(self.residual) <= 1e150:
            raise AgreementError("residual", "must be a finite number")
        if self.not_applicable is not None and not 0 <= self.not_applicable <= 1:
            raise AgreementError("not_applicable", "must be from 0 to 1")
        if self.minutes is not None and not 0 < self.minutes < 1e9:
            raise AgreementError("minutes", "must be above 0")
        for index, mark in enumerate(self.marks):
            if not 0 <= mark.value <= 1:
                raise AgreementError(f"marks[{index}]", "must be from 0 to 1")

    @property
    def is_all_same(self) -> bool | None:
        """Whether all scale items have one answer; None for fewer than four of them."""
        values = _scale_values(self)
        return len(set(values)) == 1 if len(values) >= LEAST_ITEMS else None


@dataclass(frozen=True)
class Measure:
    """A number of one audit, how a juror's differences from the others are summed up, and which direction matters:
    1 large values, -1 small ones. `shown` turns the summary into the unit it is reported in."""

    name: str
    kind: str
    of: Callable[[Audit], float | None]
    summary: Callable[[list[float]], float]
    direction: int
    shown: Callable[[float], float] = float


def _scale_values(audit: Audit) -> list[float]:
    return [mark.value for mark in audit.marks if mark.is_scale]


def halo(audit: Audit) -> float | None:
    """The standard deviation of item values inside the audit: a general impression makes it small."""
    values = sorted(mark.value for mark in audit.marks)
    if len(values) < LEAST_ITEMS:
        return None
    low = values[0]
    centre = fsum(value - low for value in values) / len(values)
    return sqrt(fsum((value - low - centre) ** 2 for value in values) / len(values))


def middle_share(audit: Audit) -> float | None:
    """The share of scale items marked in the middle."""
    values = _scale_values(audit)
    if len(values) < LEAST_ITEMS:
        return None
    return sum(MIDDLE[0] < value < MIDDLE[1] for value in values) / len(values)


def longest_run(audit: Audit) -> float | None:
    """The longest run of equal answers to scale items that follow one another, as a share of them.

    A run ends with its section, where a juror turns the page.
    """
    scale = [mark for mark in audit.marks if mark.is_scale]
    if len(scale) < LEAST_ITEMS:
        return None
    return max(len(list(run)) for _, run in groupby(scale, key=lambda mark: (mark.section, mark.value))) / len(scale)


def log_minutes(audit: Audit) -> float | None:
    """The logarithm of the minutes taken: half the time of the others is as far from them as twice."""
    return None if audit.minutes is None else log(audit.minutes)


def not_applicable(audit: Audit) -> float | None:
    """The share of items marked "not applicable"."""
    return audit.not_applicable


def mean(values: Sequence[float]) -> float:
    """The mean, the same to the last bit in any order."""
    return fsum(values) / len(values)


MEASURES: Final = (
    Measure("halo", "halo", halo, mean, -1),
    Measure("middle-marks", "central-tendency", middle_share, mean, 1),
    Measure("longest-run", "straight-lining", longest_run, mean, 1),
    Measure("speed", "speed", log_minutes, median, -1, exp),
    Measure("not-applicable", "not-applicable", not_applicable, mean, 1),
)
