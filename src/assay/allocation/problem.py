"""What is to be allocated, and the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.exact import FieldError

Number = int | Decimal | Fraction | float
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Costs = Mapping[tuple[str, str], Number] | Sequence[Sequence[Number]] | NDArray[np.float64] | NDArray[np.int64]
OBJECTIVES: Final = ("sum", "maxmin")
MOST_PAIRS: Final = 50_000_000
LARGEST_COST: Final = 1e15
MOST_LOAD: Final = 1_000_000


class AllocationError(FieldError):
    """A problem that cannot be read; `field` names the part. A plan that cannot be met is an answer, not this."""


@dataclass(frozen=True)
class Task:
    """Audits wanted: `need` of them by different jurors, at `group` (an institution; the key if empty)."""

    key: str
    group: str = ""
    need: int = 1
    channel: str = ""

    @property
    def place(self) -> str:
        """The group, or the key where no group is named."""
        return self.group or self.key


@dataclass(frozen=True)
class Juror:
    """A juror's least and greatest load, and the channels he or she works in (None: all)."""

    key: str
    maximum: int
    minimum: int = 0
    channels: frozenset[str] | None = None

    def works_in(self, channel: str) -> bool:
        """Whether the juror may take a task of this channel."""
        return self.channels is None or channel in self.channels


@dataclass(frozen=True)
class Unmet:
    """A part of the plan that cannot be met: these groups want more than these jurors can do (or the reverse).

    Hall's condition broken: `jurors` are all who are open to the `institutions`, and the audits wanted there exceed
    by `missing` what those jurors can make (each at most `maximum`, and once per task); of them `full` are held
    back by their maximum. `code`: too-few-allowed (none is), too-little-capacity (some are), too-little-work
    (jurors under their minimum, with every institution open to them).
    """

    institutions: tuple[str, ...]
    jurors: tuple[str, ...]
    missing: int
    code: str
    reason: str
    mend: str
    full: tuple[str, ...] = ()


@dataclass(frozen=True)
class Allocation:
    """Pairs (task key, juror key) sorted; exact total and worst pair of the objective; loads; what is unmet.

    `expected_total`: under a cap, the exact total on average over all draws; else None.
    """

    pairs: tuple[tuple[str, str], ...]
    total: Fraction
    worst: Fraction | None
    loads: Mapping[str, int]
    unmet: tuple[Unmet, ...]
    expected_total: Fraction | None = None


def shuffled(keys: Sequence[str], seed: str, kind: str) -> list[int]:
    """Positions of the keys in an order that depends on the seed and the keys, not on their order."""

    def rank(position: int) -> bytes:
        return hashlib.sha256(f"{seed}|{kind}|{keys[position]}".encode()).digest()

    return sorted(range(len(keys)), key=rank)


def cap_of(cap: Number | None) -> Fraction | None:
    """The greatest chance of a pair, exact. Raises AllocationError outside (0, 1]."""
    if cap is None:
        return None
    if isinstance(cap, bool) or not 0 < cap <= 1:
        raise AllocationError("cap", "must be above 0 and at most 1")
    return Fraction(cap)


def sum_of(values: Iterable[Number]) -> Fraction:
    """The exact sum: whole numbers added up by denominator."""
    parts: dict[int, int] = {}
    for value in values:
        ratio = value if hasattr(value, "as_integer_ratio") else Fraction(value)
        above, below = ratio.as_integer_ratio()
        parts[below] = parts.get(below, 0) + above
    return sum((Fraction(above, below) for below, above in sorted(parts.items())), Fraction(0))


def check(tasks: Sequence[Task], jurors: Sequence[Juror]) -> None:
    """Refuse keys that stand twice, loads that contradict themselves and problems beyond memory."""
    _different("tasks", [task.key for task in tasks])
    _different("jurors", [juror.key for juror in jurors])
    for index, task in enumerate(tasks):
        if not 0 <= task.need <= MOST_LOAD:
            raise AllocationError(f"tasks[{index}].need", f"must be from 0 to {MOST_LOAD}")
    for index, juror in enumerate(jurors):
        if not 0 <= juror.minimum <= juror.maximum <= MOST_LOAD:
            raise AllocationError(f"jurors[{index}]", f"must have 0 <= minimum <= maximum <= {MOST_LOAD}")
    if len(tasks) * len(jurors) > MOST_PAIRS:
        raise AllocationError("tasks", f"with the jurors make more than {MOST_PAIRS} pairs")


def _different(name: str, keys: Sequence[str]) -> None:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            raise AllocationError(f"{name}[{index}].key", f"{key} stands twice")
        seen.add(key)
