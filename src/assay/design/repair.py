"""Pair swaps that make a plan tell institutions from jurors better, loads and rules kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assay.design.incidence import Design, DesignError
from assay.design.precision import VarianceComponents, inverse_by_jurors, quadratic_by_rows
from assay.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_JURORS: Final = 2000
MOST_SWAPS: Final = 100_000
_LOWEST_GAIN: Final = 1e-9
_WORST: Final = 8
_REFRESH: Final = 50

Pair = tuple[str, str]
Swap = tuple[Pair, Pair]


@dataclass(frozen=True)
class Repaired:
    """Pairs after the swaps, sorted; what the swaps cost; worst and mean planned PEV, and parts, before and after."""

    pairs: tuple[Pair, ...]
    swaps: tuple[tuple[Pair, Pair], ...]
    extra_cost: float
    worst: tuple[float, float]
    mean: tuple[float, float]
    parts: tuple[int, int]


@dataclass(frozen=True)
class Reseated:
    """Seats that change their juror, with the new one; what that costs; planned PEV and parts, before and after."""

    moved: dict[str, str]
    extra_cost: float
    worst: tuple[float, float]
    mean: tuple[float, float]
    parts: tuple[int, int]


def repair(
    pairs: Iterable[Pair],
    may_meet: Callable[[str, str], bool],
    variances: VarianceComponents,
    *,
    cost: Callable[[str, str], float] | None = None,
    slack: float = 0.0,
    seed: str | int = 0,
    limit: int = 2000,
) -> Repaired:
    """Swap jurors of two institutions (i1-j1, i2-j2 to i1-j2, i2-j1) while that joins parts, or lowers the worst
    planned PEV, or the mean where the worst stays.

    Loads and numbers of audits stay. No pair that `may_meet` forbids or that meets already is made, and the whole
    `cost` never rises more than `slack` above the beginning. At most `limit` swaps are tried, drawn from the seed,
    half of them at the worst institutions; a trial is a change of rank four of the absorbed equations (Woodbury).
    Up to 2,000 jurors; raises DesignError above, for variances of 0 and for a limit beyond 100,000.
    """
    done = list[Swap]()
    with one_thread():
        plan = _Plan(_checked(Design.of(pairs), variances, limit), variances)
        before = plan.standing()

        def may_swap(first: int, second: int) -> bool:
            return may_meet(*plan.keys(first, second)) and may_meet(*plan.keys(second, first))

        def price(slot: int, juror_of: int) -> float:
            return 0.0 if cost is None else cost(*plan.keys(slot, juror_of))

        extra = _improve(plan, may_swap, price, slack, _chance(seed), limit, done)
        after = plan.standing()
    worst, mean = (before[1], after[1]), (before[2], after[2])
    return Repaired(plan.pairs(), tuple(done), extra, worst, mean, (before[0], after[0]))


def reseat(
    seats: Iterable[tuple[str, str, str]],
    may_sit: Callable[[str, str], bool],
    variances: VarianceComponents,
    *,
    cost: Callable[[str, str], float] | None = None,
    slack: float = 0.0,
    seed: str | int = 0,
    limit: int = 2000,
) -> Reseated:
    """As `repair`, for a plan whose audits are not alike: a seat (seat, institution, juror) has a channel, a day.

    `may_sit(seat, juror)` and `cost(seat, juror)` are of one seat; a seat that must keep its juror is one where
    nobody else may sit. Raises DesignError as `repair`, and for a seat named twice.
    """
    ordered = sorted((institution, juror, seat) for seat, institution, juror in seats)
    names = [seat for _, _, seat in ordered]
    if len(set(names)) < len(names):
        raise DesignError("seats", "must not name a seat twice")
    with one_thread():
        design = Design.of((institution, juror) for institution, juror, _ in ordered)
        plan = _Plan(_checked(design, variances, limit), variances)
        before = plan.standing()

        def may_swap(first: int, second: int) -> bool:
            return may_sit(names[first], plan.juror(second)) and may_sit(names[second], plan.juror(first))

        def price(slot: int, juror_of: int) -> float:
            return 0.0 if cost is None else cost(names[slot], plan.juror(juror_of))

        extra = _improve(plan, may_swap, price, slack, _chance(seed), limit, [])
        after = plan.standing()
    held = {seat: plan.juror(slot) for slot, seat in enumerate(names)}
    moved = {seat: held[seat] for _, juror, seat in ordered if held[seat] != juror}
    worst, mean = (before[1], after[1]), (before[2], after[2])
    return Reseated(dict(sorted(moved.items())), extra, worst, mean, (before[0], after[0]))


def _checked(design: Design, variances: VarianceComponents, limit: int) -> Design:
    if len(design.jurors) > MOST_JURORS:
        raise DesignError("audits", f"have more than {MOST_JURORS} jurors")
    if not 0 <= limit <= MOST_SWAPS:
        raise DesignError("limit", f"must be from 0 to {MOST_SWAPS}")
    if not variances.institution or not variances.juror:
        raise DesignError("variances", "of institutions and jurors must be above 0")
    return design


def _chance(seed: str | int) -> np.random.Generator:
    """Seeded chance that depends on nothing but the seed's text."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}|repair".encode()).digest(), "big"))


def _improve(
    plan: _Plan,
    may_swap: Callable[[int, int], bool],
    price: Callable[[int, int], float],
    slack: float,
    chance: np.random.Generator,
    limit: int,
    done: list[Swap],
) -> float:
    """Try swaps; those made are added to `done`. Answers what they cost."""
    extra = 0.0
    for number in range(limit):
        slots = plan.drawn(chance, is_urgent=number % 2 == 0)
        if slots is None or not may_swap(*slots):
            continue
        first, second = slots
        more = price(first, second) + price(second, first) - price(first, first) - price(second, second)
        now = (plan.keys(first, first), plan.keys(second, second))
        if extra + more <= slack + 1e-12 and plan.swap(first, second):
            extra += more
            done.append(now)
    plan.refresh()
    return extra


class _Plan:
    """Audits by institution (each slot's row is fixed, its juror moves), the inverse, and what a swap would do."""

    def __init__(self, design: Design, variances: VarianceComponents) -> None:
        self.institutions, self.jurors = design.institutions, design.jurors
        self.variances = variances
        self.rows = np.repeat(design.rows, design.counts)
        self.columns = np.repeat(design.columns, design.counts)
        self.starts = np.searchsorted(self.rows, np.arange(len(self.institutions)))
        self.counts: Floats = np.diff(np.append(self.starts, len(self.rows))).astype(float)
        self.d = 1 / (self.counts + variances.residual / variances.institution)
        self.meets = set(self._flat())
        self.accepted = 0
        self.parts = self._parts(self.columns)
        self.refresh()

    def refresh(self) -> None:
        """The inverse anew, so that small errors of the updates do not add up."""
        matrix = self._design(self.columns).matrix()
        self.inverse = inverse_by_jurors(matrix, self.variances)
        self._take(quadratic_by_rows(matrix, self.inverse))

    def _take(self, quadratic: Floats) -> None:
        self.quadratic = quadratic
        self.pev: Floats = self.variances.residual * (self.d + self.d**2 * quadratic)
        worst = np.argsort(-self.pev, kind="stable")[:_WORST]
        self.urgent = np.flatnonzero(np.isin(self.rows, worst))

    def _flat(self) -> list[int]:
        flat: list[int] = (self.rows * len(self.jurors) + self.columns).tolist()
        return flat

    def _design(self, columns: Ints) -> Design:
        flat, counts = np.unique(self.rows * len(self.jurors) + columns, return_counts=True)
        return Design(self.institutions, self.jurors, flat // len(self.jurors), flat % len(self.jurors), counts)

    def _parts(self, columns: Ints) -> int:
        design = Design(self.institutions, self.jurors, self.rows, columns, np.ones(len(columns), np.int64))
        return int(design.labels().max()) + 1

    def pairs(self) -> tuple[Pair, ...]:
        """The audits, sorted."""
        return tuple(self._design(self.columns).pairs)

    def keys(self, slot: int, juror_of: int) -> Pair:
        """The institution of one slot and the juror of another."""
        return self.institutions[int(self.rows[slot])], self.jurors[int(self.columns[juror_of])]

    def juror(self, slot: int) -> str:
        """Who holds a slot now."""
        return self.jurors[int(self.columns[slot])]

    def standing(self) -> tuple[int, float, float]:
        """Parts, worst and mean planned PEV."""
        return self.parts, float(self.pev.max()), float(self.pev.mean())

    def drawn(self, chance: np.random.Generator, *, is_urgent: bool) -> tuple[int, int] | None:
        """Two slots of different institutions and jurors, none of whom meet crosswise."""
        first, second = (int(place) for place in chance.integers(len(self.rows), size=2))
        if is_urgent:
            first = int(self.urgent[chance.integers(len(self.urgent))])
        (row, column), (other, new) = ((int(self.rows[at]), int(self.columns[at])) for at in (first, second))
        width = len(self.jurors)
        is_met = row * width + new in self.meets or other * width + column in self.meets
        return None if row == other or column == new or is_met else (first, second)

    def swap(self, first: int, second: int) -> bool:
        """Swap if the plan stands better: fewer parts, or a lower worst PEV, or the worst the same and a lower mean."""
        columns = self.columns.copy()
        columns[[first, second]] = columns[[second, first]]
        parts = self._parts(columns) if self.parts > 1 else None
        if parts is not None and parts > self.parts:
            return False
        inverse, quadratic = self._with(first, second)
        if parts is None or parts == self.parts:
            pev = self.variances.residual * (self.d + self.d**2 * quadratic)
            worst, mean = float(self.pev.max()), float(self.pev.mean())
            is_lower = bool(pev.max() < worst * (1 - _LOWEST_GAIN))
            is_even = bool(pev.max() <= worst * (1 + _LOWEST_GAIN) and pev.mean() < mean * (1 - _LOWEST_GAIN))
            if not (is_lower or is_even) or (parts is None and self._parts(columns) > 1):
                return False
        self.parts = parts or 1
        self._accept(columns, inverse, quadratic, (first, second))
        return True

    def _accept(self, columns: Ints, inverse: Floats, quadratic: Floats, slots: tuple[int, int]) -> None:
        width = len(self.jurors)
        for slot in slots:
            self.meets.discard(int(self.rows[slot]) * width + int(self.columns[slot]))
        self.columns = columns
        for row in {int(self.rows[slot]) for slot in slots}:
            end = self.starts[row] + int(self.counts[row])
            self.meets.update((row * width + columns[self.starts[row] : end]).tolist())
        self.inverse = inverse
        self.accepted += 1
        if self.accepted % _REFRESH:
            self._take(quadratic)
        else:
            self.refresh()

    def _with(self, first: int, second: int) -> tuple[Floats, Floats]:
        """The inverse and w' P w of all institutions after a swap: d w w' of two institutions changes (Woodbury)."""
        rows = [int(self.rows[first]), int(self.rows[second])]
        vectors = np.zeros((len(self.inverse), 4))
        for place, row in enumerate(rows):
            end = self.starts[row] + int(self.counts[row])
            held = np.bincount(self.columns[self.starts[row] : end], minlength=len(self.jurors))
            vectors[0, [place, place + 2]] = self.counts[row]
            vectors[1:, place] = vectors[1:, place + 2] = held
        gone, come = int(self.columns[first]) + 1, int(self.columns[second]) + 1
        vectors[gone, 2:] += (-1, 1)
        vectors[come, 2:] += (1, -1)
        turned = self.inverse @ vectors
        signs = np.concatenate([1 / self.d[rows], -1 / self.d[rows]])
        core = np.linalg.inv(np.diag(signs) + vectors.T @ turned)
        seen = np.add.reduceat(turned[1 + self.columns], self.starts) + self.counts[:, None] * turned[0]
        quadratic = self.quadratic - ((seen @ core) * seen).sum(axis=1)
        of_new = vectors[:, 2:].T @ turned
        quadratic[rows] = np.diag(of_new[:, 2:]) - ((of_new @ core) * of_new).sum(axis=1)
        return self.inverse - turned @ core @ turned.T, quadratic
