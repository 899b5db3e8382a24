"""On which day each audit falls: far enough apart at one institution, spread over fieldwork, the week and the day."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assay.allocation.problem import MOST_LOAD, AllocationError

MOST_SLOTS: Final = 5_000_000
_LEFT_OUT: Final = 1e9
_MOST_MOVES: Final = 200_000  # days looked at, at one institution, to make room by moving another audit
_WEEKDAY, _DAYPART, _CROWD = 0.6, 0.3, 2.0  # in steps of an even spread


class Slot(NamedTuple):
    """When an audit may be made: the number of the working day, its weekday (0 Monday) and a part of the day."""

    day: int
    weekday: int = 0
    daypart: str = ""


@dataclass(frozen=True)
class DayTask:
    """One audit at an institution and the slots open to it."""

    key: str
    institution: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class UnmetDays:
    """Audits of one institution left without a day. `code`: no-day (no slot open at all, or all too close to days
    taken) or too-close (the others stand in the way).
    """

    institution: str
    tasks: tuple[str, ...]
    missing: int
    code: str
    reason: str
    mend: str


@dataclass(frozen=True)
class DayPlan:
    """The slot of each task, by key, sorted; and what found no day, by institution."""

    slots: Mapping[str, Slot]
    unmet: tuple[UnmetDays, ...]


def spread_days(
    tasks: Iterable[DayTask],
    *,
    gap: int = 5,
    taken: Mapping[str, Collection[int]] | None = None,
    seed: str | int = 0,
) -> DayPlan:
    """A slot for each task: at one institution any two audits, and days already `taken`, at least `gap` working days
    apart, so never two on one day.

    At each institution the audits are taken in the order of their last open day and set along it at least cost by
    dynamic programming: as many as fit, then evenly over the days open, weekdays and dayparts in turn and where few
    others fall. Those left out are put wherever a day is still free, another moved for them if need be. Work grows
    with the number of slots. The seed alone decides among equals. Raises AllocationError.
    """
    known = _checked(tuple(tasks), gap)
    places: dict[str, list[DayTask]] = {}
    for task in sorted(known, key=lambda task: task.key):
        places.setdefault(task.institution, []).append(task)
    crowd: Counter[tuple[str, object]] = Counter()
    slots: dict[str, Slot] = {}
    unmet = []
    for place in sorted(places, key=lambda key: (_draw(str(seed), key), key)):
        agenda = _Agenda(place, places[place], gap, (taken or {}).get(place, ()), str(seed), crowd)
        found = agenda.settled()
        slots.update(found)
        for slot in found.values():
            crowd.update([("weekday", slot.weekday), ("daypart", slot.daypart)])
        if len(found) < len(places[place]):
            unmet.append(agenda.unmet(found))
    return DayPlan(dict(sorted(slots.items())), tuple(sorted(unmet, key=lambda one: one.institution)))


def _checked(tasks: tuple[DayTask, ...], gap: int) -> tuple[DayTask, ...]:
    if not 1 <= gap <= MOST_LOAD:
        raise AllocationError("gap", f"must be from 1 to {MOST_LOAD}")
    if sum(len(task.slots) for task in tasks) > MOST_SLOTS:
        raise AllocationError("tasks", f"have more than {MOST_SLOTS} slots")
    seen: set[str] = set()
    for index, task in enumerate(tasks):
        if task.key in seen:
            raise AllocationError(f"tasks[{index}].key", f"{task.key[:80]} stands twice")
        seen.add(task.key)
    return tasks


def _draw(seed: str, *key: str) -> float:
    digest = hashlib.sha256("|".join([seed, "day", *key]).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


class _Best(NamedTuple):
    """The least cost of the audits placed so far, with the last of them on a day; it, and those before it."""

    cost: float
    key: str = ""
    slot: Slot | None = None
    before: _Best | None = None

    def chosen(self) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        at: _Best | None = self
        while at is not None and at.slot is not None:
            found[at.key] = at.slot
            at = at.before
        return found


class _Agenda:
    """One institution: its tasks in the order of their last open day, with the slots not too close to days taken."""

    def __init__(
        self,
        place: str,
        tasks: Sequence[DayTask],
        gap: int,
        taken: Collection[int],
        seed: str,
        crowd: Counter[tuple[str, object]],
    ) -> None:
        self.place, self.gap = place, gap
        fitting: dict[int, list[Slot]] = {}
        for task in tasks:
            if id(task.slots) not in fitting:
                free = [slot for slot in task.slots if all(abs(slot.day - day) >= gap for day in taken)]
                fitting[id(task.slots)] = sorted(set(free))
        self.open = {task.key: fitting[id(task.slots)] for task in tasks}
        self.order = sorted(
            (key for key, slots in self.open.items() if slots),
            key=lambda key: (self.open[key][-1].day, _draw(seed, place, key), key),
        )
        some = [slots for slots in fitting.values() if slots]
        self.first = min((slots[0].day for slots in some), default=0)
        self.last = max((slots[-1].day for slots in some), default=0)
        self.shift = _draw(seed, place, "shift")
        self.busy = max(sum(count for (kind, _), count in crowd.items() if kind == "weekday"), 1)
        weekdays = {slot.weekday for slots in some for slot in slots}
        dayparts = {slot.daypart for slots in some for slot in slots}
        self.weekdays, self.dayparts = sorted(weekdays), sorted(dayparts)
        self.moves = _MOST_MOVES
        self.crowding = {
            (weekday, daypart): crowd["weekday", weekday] * len(weekdays) / self.busy
            + crowd["daypart", daypart] * len(dayparts) / self.busy
            for weekday in weekdays
            for daypart in dayparts
        }

    def _costs(self, number: int, slots: Sequence[Slot]) -> list[float]:
        """How far slots are from the even place of the so-manieth audit, and how crowded; in steps of the spread."""
        step = max((self.last - self.first + 1) / max(len(self.order), 1), 1.0)
        aim = self.first + (number + self.shift) * step
        turn = int(self.shift * 1000) + number
        weekday = self.weekdays[(turn * 2) % len(self.weekdays)]
        daypart = self.dayparts[turn % len(self.dayparts)]
        extra = {
            (one, part): _WEEKDAY * (one != weekday) + _DAYPART * (part != daypart) + _CROWD * crowd
            for (one, part), crowd in self.crowding.items()
        }
        return [abs(day - aim) / step + extra[one, part] for day, one, part in slots]

    def settled(self) -> dict[str, Slot]:
        """Slots by task."""
        table = {-(10**9): _Best(0.0)}
        for number, key in enumerate(self.order):
            nearer = self._placed(table, number, key)
            for day, best in table.items():
                cost = best.cost + _LEFT_OUT
                if day not in nearer or cost < nearer[day].cost:
                    nearer[day] = best._replace(cost=cost)
            table = nearer
        least = min(table.values(), key=lambda best: best.cost)
        found = least.chosen()
        hopeless: set[int] = set()
        for key in self.order:
            if key not in found and id(self.open[key]) not in hopeless:
                if self._squeeze(found, key):
                    hopeless.clear()
                else:
                    hopeless.add(id(self.open[key]))
        return found

    def _placed(self, table: Mapping[int, _Best], number: int, key: str) -> dict[int, _Best]:
        """The best with this task on each of its days, after the best of those that end early enough."""
        ends = sorted(table.items())
        found: dict[int, _Best] = {}
        best, at = None, 0
        for slot, price in zip(self.open[key], self._costs(number, self.open[key]), strict=True):
            while at < len(ends) and ends[at][0] <= slot.day - self.gap:
                best = ends[at][1] if best is None or ends[at][1].cost < best.cost else best
                at += 1
            if best is None:
                continue
            cost = best.cost + price
            if slot.day not in found or cost < found[slot.day].cost:
                found[slot.day] = _Best(cost, key, slot, best)
        return found

    def _free(self, found: Mapping[str, Slot], slot: Slot, but: str = "") -> bool:
        return all(abs(slot.day - other.day) >= self.gap for key, other in found.items() if key != but)

    def _squeeze(self, found: dict[str, Slot], key: str) -> bool:
        """Put a task on a free day, or on one that another task can leave; whether it went."""
        for slot in self.open[key]:
            near = [other for other, held in found.items() if abs(held.day - slot.day) < self.gap]
            if not near:
                found[key] = slot
                return True
            if len(near) == 1 and self.moves > 0:
                self.moves -= len(self.open[near[0]])
                rest = {other: held for other, held in found.items() if other != near[0]} | {key: slot}
                moved = next((to for to in self.open[near[0]] if self._free(rest, to)), None)
                if moved is not None:
                    found.update({key: slot, near[0]: moved})
                    return True
        return False

    def unmet(self, found: Mapping[str, Slot]) -> UnmetDays:
        """Which tasks found no day, and why."""
        left = tuple(sorted(key for key in self.open if key not in found))
        is_open = any(self.open[key] for key in left)
        reason = f"open days leave no room for {len(left)} more {self.gap} working days from the others"
        if not is_open:
            reason = f"no day is open to {len(left)}, or none {self.gap} working days from the days taken"
        mend = "open more days, or shorten the gap, or want fewer audits there"
        return UnmetDays(self.place, left, len(left), "too-close" if is_open else "no-day", reason, mend)
