"""A plan of seats for the office to read: for each seat who and why, for each empty seat why not whom."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.allocation.problem import Allocation, AllocationError, Juror, Task, Unmet
from assay.allocation.solve import allocate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RANDOM_PART: Final = "random"
_MANY: Final = 2**32


@dataclass(frozen=True)
class PlannedSeat:
    """One seat filled: the juror, the cost and the parts it is made of (the random part is named "random")."""

    institution: str
    channel: str
    juror: str
    cost: int
    parts: Mapping[str, int]


@dataclass(frozen=True)
class UnmetSeat:
    """Seats of one institution and channel left empty, and why for each juror: excluded, no-channel,
    already-here (has as many seats here as allowed) or full.
    """

    institution: str
    channel: str
    missing: int
    why_not: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """Filled seats sorted by institution, channel and juror; empty seats; loads; shortfalls with what mends them."""

    seats: tuple[PlannedSeat, ...]
    unmet_seats: tuple[UnmetSeat, ...]
    loads: Mapping[str, int]
    total: int
    shortfalls: tuple[Unmet, ...]
    seed: str


def random_cost(seed: str, institution: str, channel: str, juror: str, most: int) -> int:
    """A cost from 0 to `most` that anyone can recompute: SHA-256 of seed, institution, channel and juror."""
    digest = hashlib.sha256("|".join((seed, institution, channel, juror)).encode()).digest()
    return int.from_bytes(digest, "big") * (most + 1) // 2**256


def random_costs(seed: str, institution: str, channel: str, jurors: Sequence[str], most: int) -> NDArray[np.int64]:
    """`random_cost` of many jurors at once: the top 64 bits of each hash decide, all 256 where those leave a doubt."""
    import numpy as np

    if most >= _MANY:
        return np.array([random_cost(seed, institution, channel, juror, most) for juror in jurors])
    start = "|".join((seed, institution, channel, "")).encode()
    of = hashlib.sha256
    digests = b"".join([of(start + juror.encode()).digest() for juror in jurors])
    tops = np.frombuffer(digests, ">u8").astype(np.uint64)[::4]
    low, high = tops & np.uint64(_MANY - 1), tops >> np.uint64(32)
    product = high * np.uint64(most + 1) + (low * np.uint64(most + 1) >> np.uint64(32))
    costs = (product >> np.uint64(32)).astype(np.int64)
    for doubtful in np.flatnonzero(product & np.uint64(_MANY - 1) == _MANY - 1).tolist():
        costs[doubtful] = random_cost(seed, institution, channel, jurors[doubtful], most)
    return costs


def plan(
    seats: Iterable[tuple[str, str]],
    jurors: Mapping[str, Collection[str]],
    *,
    excluded: Collection[tuple[str, str]] = (),
    capacities: Mapping[str, tuple[int, int]],
    cost: Mapping[tuple[str, ...], Mapping[str, int]] | None = None,
    seed: str,
    max_share: Fraction = Fraction(1, 2),
    repeat: int = 1,
    chance: int = 0,
) -> Plan:
    """Fill seats (institution, channel), a seat named twice being two seats, each by another juror.

    `jurors`: channels by juror; `capacities`: (minimum, maximum) load by juror; `excluded`: (institution, juror);
    `cost`: named parts by (institution, juror), or by (institution, channel, juror) where channels differ;
    `chance`: greatest random part added, from the published seed.
    One juror comes to one institution at most `repeat` times, in different channels, and at most `max_share` of
    its seats (but once always). Raises AllocationError for input that contradicts itself.
    """
    wanted = Counter(seats)
    per_place = Counter(institution for institution, _ in wanted.elements())
    tasks = [
        Task(key=f"{institution}\x1f{channel}", group=institution, need=need, channel=channel)
        for (institution, channel), need in sorted(wanted.items())
    ]
    people = [_juror(key, jurors[key], capacities) for key in sorted(jurors)]
    limits = {place: min(repeat, max(1, int(max_share * count))) for place, count in per_place.items()}
    known = {pair for pair in excluded if pair[0] in per_place and pair[1] in jurors}
    pricing = _Pricing(cost or {}, seed, chance)
    found = allocate(tasks, people, excluded=known, cost=pricing.table(tasks, people, known), seed=seed, repeat=limits)
    filled = tuple(_seat(pair, pricing) for pair in found.pairs)
    empty = _empty(tasks, people, found, known, limits)
    return Plan(filled, empty, found.loads, int(found.total), found.unmet, seed)


@dataclass(frozen=True)
class _Pricing:
    cost: Mapping[tuple[str, ...], Mapping[str, int]]
    seed: str
    chance: int

    def parts(self, institution: str, channel: str, juror: str) -> dict[str, int]:
        named = {**self.cost.get((institution, juror), {}), **self.cost.get((institution, channel, juror), {})}
        if self.chance:
            named[RANDOM_PART] = random_cost(self.seed, institution, channel, juror, self.chance)
        return named

    def table(
        self, tasks: Sequence[Task], jurors: Sequence[Juror], excluded: Collection[tuple[str, str]]
    ) -> NDArray[np.float64]:
        """The cost of every pair that may be taken, one row per task: the sum of `parts`."""
        import numpy as np

        table = np.zeros((len(tasks), len(jurors)), np.float64)
        self._add_named(table, tasks, {juror.key: column for column, juror in enumerate(jurors)})
        if self.chance:
            closed: dict[str, set[str]] = {}
            for institution, key in excluded:
                closed.setdefault(institution, set()).add(key)
            offers = {
                channel: [(column, juror.key) for column, juror in enumerate(jurors) if juror.works_in(channel)]
                for channel in {task.channel for task in tasks}
            }
            for row, task in enumerate(tasks):
                never = closed.get(task.group)
                offered = offers[task.channel]
                here = [pair for pair in offered if pair[1] not in never] if never else offered
                keys = [key for _, key in here]
                columns = [column for column, _ in here]
                table[row, columns] += random_costs(self.seed, task.group, task.channel, keys, self.chance)
        return table

    def _add_named(self, table: NDArray[np.float64], tasks: Sequence[Task], columns: Mapping[str, int]) -> None:
        rows: dict[str, dict[str, int]] = {}
        for row, task in enumerate(tasks):
            rows.setdefault(task.group, {})[task.channel] = row
        for key, named in self.cost.items():
            if len(key) == 2 and key[0] in rows and key[1] in columns:
                table[list(rows[key[0]].values()), columns[key[1]]] = self._named(named)
        for key, named in self.cost.items():
            if len(key) == 3 and key[2] in columns and key[1] in rows.get(key[0], ()):
                both = self.cost.get((key[0], key[2]))
                table[rows[key[0]][key[1]], columns[key[2]]] = self._named({**both, **named} if both else named)

    def _named(self, parts: Mapping[str, int]) -> int:
        return sum(parts.values()) - (parts.get(RANDOM_PART, 0) if self.chance else 0)


def _juror(key: str, channels: Collection[str], capacities: Mapping[str, tuple[int, int]]) -> Juror:
    if key not in capacities:
        raise AllocationError(f"capacities.{key}", "is missing")
    least, most = capacities[key]
    return Juror(key, most, least, frozenset(channels))


def _seat(pair: tuple[str, str], pricing: _Pricing) -> PlannedSeat:
    institution, channel = pair[0].split("\x1f")
    parts = pricing.parts(institution, channel, pair[1])
    return PlannedSeat(institution, channel, pair[1], sum(parts.values()), parts)


def _empty(
    tasks: Iterable[Task],
    jurors: Iterable[Juror],
    found: Allocation,
    excluded: Collection[tuple[str, str]],
    limits: Mapping[str, int],
) -> tuple[UnmetSeat, ...]:
    filled = Counter(task for task, _ in found.pairs)
    here = Counter((task.split("\x1f")[0], juror) for task, juror in found.pairs)
    taken = set(found.pairs)
    empty = []
    for task in tasks:
        missing = task.need - filled[task.key]
        if not missing:
            continue
        why = {}
        for juror in jurors:
            if (task.group, juror.key) in excluded:
                why[juror.key] = "excluded"
            elif not juror.works_in(task.channel):
                why[juror.key] = "no-channel"
            elif (task.key, juror.key) in taken or here[task.group, juror.key] >= limits[task.group]:
                why[juror.key] = "already-here"
            else:
                why[juror.key] = "full"
        empty.append(UnmetSeat(task.group, task.channel, missing, why))
    return tuple(empty)
