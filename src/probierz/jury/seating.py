"""What is to be seated: the contacts an edition wants and its jurors under pseudonyms, as a plan keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from probierz.applications.models import Application
from probierz.base.clock import WARSAW, last_day_before, today
from probierz.editions.models import Edition, Stage
from probierz.instruments.models import Channel
from probierz.jury import legends
from probierz.jury.legends import Legends
from probierz.jury.models import Assignment, Juror
from probierz.jury.windows import Window, draw, spread, working_days

# The greatest random part of a cost: it outweighs a county, not half of Poland.
CHANCE = 20
SEEN_BEFORE = 15
Pair = tuple[int, int]


@dataclass(frozen=True)
class Settings:
    """What the office chooses for a plan: contacts per channel, how often one juror may come, the seed."""

    per_channel: Mapping[str, int]
    repeat: int
    seed: str

    def __post_init__(self) -> None:
        # A database may give the channels back in an order of its own; the plan must not depend on it.
        ordered = {channel: self.per_channel[channel] for channel in Channel.values if channel in self.per_channel}
        object.__setattr__(self, "per_channel", ordered)

    def as_parameters(self) -> dict[str, Any]:
        return {"per_channel": dict(self.per_channel), "repeat": self.repeat}


@dataclass(frozen=True)
class Material:
    """Everything known when a plan is made. Pairs are (juror, institution) by id."""

    edition: Edition
    applications: Sequence[Application]
    jurors: Sequence[Juror]
    conflicts: frozenset[Pair]
    assignments: Sequence[Assignment]
    recent: frozenset[Pair]
    earlier: Mapping[Pair, int]


@dataclass
class Seat:
    """One wanted contact. Without a window there is no room for it in the calendar."""

    id: str
    application: str
    institution_kind: str
    channel: str
    window: Window | None = None

    @property
    def place(self) -> str:
        return f"{self.channel}/{self.institution_kind}"


@dataclass
class Seating:
    """The engine's inputs as a plan stores them, the wanted seats, and what was left out on purpose."""

    inputs: dict[str, Any]
    seats: list[Seat]
    legends: Legends
    lives: Mapping[str, Sequence[str]]
    used_scenarios: Mapping[str, set[str]]
    absent: list[dict[str, str]] = field(default_factory=list)


def planning_days(stage: Stage) -> list[date]:
    """The working days on which contacts may still be planned: from tomorrow, or from the first day."""
    first = max(stage.opens_at.astimezone(WARSAW).date(), today() + timedelta(days=1))
    last = last_day_before(stage.closes_at)
    return working_days(first, last) if first <= last else []


def seat_everybody(material: Material, settings: Settings, stage: Stage) -> Seating:
    days = planning_days(stage)
    alive = [row for row in material.assignments if row.state != Assignment.State.CANCELLED]
    seats, absent = _wanted(material.applications, alive, settings)
    _give_windows(seats, alive, days, settings.seed, gap_of(material.edition))
    kinds = sorted({seat.institution_kind for seat in seats})
    pairs = [(channel, kind) for channel in settings.per_channel for kind in kinds]
    roles = legends.legends_for(pairs, days[0], days[-1]) if days else {}
    inputs = {
        "method": "assay.allocation.plan",
        "seats": [[seat.application, seat.place] for seat in seats if seat.window],
        "counties": {str(row.key): row.institution.teryt[:4] for row in material.applications},
        "jurors": _people(material, seats, roles, alive, settings),
        "excluded": exclusions(material),
        "seen": _seen(material),
        "chance": CHANCE,
        "max_share": str(share_of(material.edition)),
        "repeat": settings.repeat,
        "seed": settings.seed,
    }
    lives = {juror.pseudonym: juror.life_situations for juror in material.jurors}
    return Seating(inputs, seats, roles, lives, _used_scenarios(alive), absent)


def _used_scenarios(alive: Iterable[Assignment]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for row in alive:
        if row.scenario is not None:
            used.setdefault(str(row.application.key), set()).add(row.scenario.key)
    return used


def gap_of(edition: Edition) -> int:
    return int(edition.rulebook.get("fieldwork", {}).get("min_working_days_between", 5))


def share_of(edition: Edition) -> Fraction:
    return Fraction(str(edition.rulebook.get("fieldwork", {}).get("max_share_of_juror", "0.5")))


def _wanted(
    applications: Sequence[Application], alive: Iterable[Assignment], settings: Settings
) -> tuple[list[Seat], list[dict[str, str]]]:
    """A seat for each contact still missing. A channel that an institution does not have is named, not passed over."""
    there = Counter((row.application_id, row.channel) for row in alive)
    seats, absent = [], []
    for application in applications:
        key = str(application.key)
        for channel, wanted in settings.per_channel.items():
            if wanted and not _has_channel(application, channel):
                absent.append({"application": key, "channel": channel})
                continue
            already = there[application.pk, channel]
            for number in range(already + 1, wanted + 1):
                seats.append(Seat(f"{key}-{channel}-{number}", key, application.institution.kind, channel))
    return seats, absent


def _has_channel(application: Application, channel: str) -> bool:
    return channel != Channel.SOCIAL or bool(application.institution.social)


def _give_windows(
    seats: Sequence[Seat], alive: Iterable[Assignment], days: Sequence[date], seed: str, gap: int
) -> None:
    taken: dict[str, list[Window]] = {}
    for row in alive:
        window = (row.opens_at.astimezone(WARSAW).date(), last_day_before(row.closes_at))
        taken.setdefault(str(row.application.key), []).append(window)
    places: dict[str, list[Seat]] = {}
    for seat in seats:
        places.setdefault(seat.application, []).append(seat)
    for key, wanting in places.items():
        found = spread(days, len(wanting), gap, taken=taken.get(key, []), seed=seed, key=key)
        in_turn = sorted(wanting, key=lambda seat: (draw(seed, seat.id, "turn"), seat.id))
        for seat, window in zip(in_turn, found, strict=False):
            seat.window = window


def _people(
    material: Material, seats: Sequence[Seat], roles: Legends, alive: Iterable[Assignment], settings: Settings
) -> dict[str, dict[str, Any]]:
    load = Counter(row.juror_id for row in alive)
    total = sum(1 for seat in seats if seat.window)
    # Most of an even share for everybody who can, so that nobody is left out and severity can be told apart.
    even = 3 * total // (4 * max(len(material.jurors), 1))
    kinds = sorted({seat.institution_kind for seat in seats})
    people = {}
    for juror in material.jurors:
        most = max(juror.max_audits - load[juror.pk], 0)
        least = max(juror.min_audits - load[juror.pk], even, 0)
        offers = [
            f"{channel}/{kind}"
            for channel in settings.per_channel
            for kind in kinds
            if channel in juror.channels and legends.may_play(roles.get((channel, kind), []), juror.life_situations)
        ]
        people[juror.pseudonym] = {
            "county": juror.teryt[:4],
            "channels": [channel for channel in settings.per_channel if channel in juror.channels],
            "offers": offers,
            "least": min(least, most),
            "promised": min(max(juror.min_audits - load[juror.pk], 0), most),
            "most": most,
        }
    return people


def exclusions(material: Material) -> list[list[str]]:
    """Who must not come where, and why: bound by a conflict, there already, or there in the last two editions."""
    been = {(row.juror_id, row.application_id) for row in material.assignments}
    pairs = []
    for application in material.applications:
        for juror in material.jurors:
            here = (juror.pk, application.institution_id)
            if here in material.conflicts:
                why = "conflict"
            elif (juror.pk, application.pk) in been:
                why = "been"
            elif here in material.recent:
                why = "recent"
            else:
                continue
            pairs.append([str(application.key), juror.pseudonym, why])
    return sorted(pairs)


def _seen(material: Material) -> list[list[Any]]:
    return sorted(
        [str(application.key), juror.pseudonym, material.earlier[juror.pk, application.institution_id]]
        for application in material.applications
        for juror in material.jurors
        if (juror.pk, application.institution_id) in material.earlier
    )
