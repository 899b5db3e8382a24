"""A proposed plan as the office reads it: institutions with their seats, jurors with their loads, what is unmet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.base.polish import fold, sort_key
from probierz.instruments.models import Channel, Scenario
from probierz.jury import legends, wording
from probierz.jury.models import AllocationPlan, Juror
from probierz.jury.proposal import Candidate, Proposal
from probierz.jury.queries.planning import live_conflicts

# What the pages of a plan say of an application.
_READ = ("key", "edition", *(f"institution__{name}" for name in ("name", "short_name", "city", "kind", "search_text")))


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat. Words are made when a page shows them: a plan has thousands of seats, a page a few dozen."""

    row: dict[str, Any]
    application: Application | None
    juror: Juror | None
    scenario: str
    codes: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def channel(self) -> str:
        return str(Channel(self.row["channel"]).label)

    @property
    def first(self) -> date | None:
        return date.fromisoformat(self.row["from"]) if self.row["from"] else None

    @property
    def last(self) -> date | None:
        return date.fromisoformat(self.row["until"]) if self.row["until"] else None

    @property
    def why(self) -> str:
        return wording.why_in_words(self.row) if self.juror else wording.why_not_in_words(self.row["why_not"])

    @property
    def problems(self) -> list[str]:
        return [wording.problem_in_words(code) for code in self.codes]

    @property
    def lacks_scenario(self) -> bool:
        return self.juror is not None and not self.scenario

    @property
    def in_order(self) -> tuple[bool, str, str]:
        return not self.row["from"], self.row["from"], self.row["id"]


@dataclass
class PlaceView:
    application: Application
    seats: list[SeatView] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def says(self, words: list[str]) -> bool:
        if not words:
            return True
        names = " ".join(fold(seat.juror.pseudonym) for seat in self.seats if seat.juror)
        said = f"{self.application.institution.search_text} {names}"
        return all(word in said for word in words)

    def has(self, only: str) -> bool:
        wanted = {
            "braki": any(seat.juror is None for seat in self.seats),
            "zmiany": any(seat.codes for seat in self.seats),
            "reczne": any(seat.row["by_hand"] for seat in self.seats),
        }
        return wanted.get(only, True)

    def holds(self, seat_id: str) -> bool:
        return any(seat.id == seat_id for seat in self.seats)


@dataclass(frozen=True)
class LoadView:
    juror: Juror
    load: int
    most: int
    by_channel: list[tuple[str, int]]


@dataclass(frozen=True)
class PlanView:
    places: list[PlaceView]
    loads: list[LoadView]
    shortfalls: list[str]
    total: int
    filled: int
    broken: int
    without_scenario: int
    applications: dict[str, Application]
    people: dict[str, Juror]

    @property
    def unmet(self) -> int:
        return self.total - self.filled

    @property
    def total_note(self) -> str:
        return _("z %(total)s potrzebnych") % {"total": self.total}

    @property
    def jurors_note(self) -> str:
        return _("z %(total)s, których plan brał pod uwagę") % {"total": len(self.loads)}

    @property
    def unmet_tone(self) -> str:
        return "warn" if self.unmet else "good"

    @property
    def scenario_tone(self) -> str:
        return "warn" if self.without_scenario else "good"

    @property
    def jurors_used(self) -> int:
        return sum(1 for load in self.loads if load.load)

    def matching(self, *, text: str = "", only: str = "") -> list[PlaceView]:
        """Institutions by name or by the pseudonym of a juror there, and by what the office must still do."""
        words = fold(text).split()
        return [place for place in self.places if place.says(words) and place.has(only)]


def plan_view(plan: AllocationPlan) -> PlanView:
    """The whole plan, in a constant number of queries."""
    people = _people(plan)
    applications = {str(row.key): row for row in _applications(plan)}
    titles = dict(Scenario.objects.values_list("key", "title"))
    proposal = proposal_of(plan, people.values(), applications.values())
    places = {key: PlaceView(application) for key, application in applications.items()}
    for row in proposal.rows:
        if row["application"] in places:
            seat = _seat(row, applications, people, titles, proposal if plan.state == plan.State.DRAFT else None)
            places[row["application"]].seats.append(seat)
    for absent in plan.outcome["absent"]:
        if absent["application"] in places:
            places[absent["application"]].absent.append(str(Channel(absent["channel"]).label))
    for place in places.values():
        place.seats.sort(key=lambda seat: seat.in_order)
    seats = [seat for place in places.values() for seat in place.seats]
    return PlanView(
        places=[place for place in places.values() if place.seats or place.absent],
        loads=_loads(plan, proposal, people),
        shortfalls=_shortfalls(plan),
        total=len(seats),
        filled=sum(1 for seat in seats if seat.juror),
        broken=sum(1 for seat in seats if seat.codes),
        without_scenario=sum(1 for seat in seats if seat.lacks_scenario),
        applications=applications,
        people=people,
    )


def seat_view(plan: AllocationPlan, seat: str) -> SeatView | None:
    people = _people(plan)
    row = next((row for row in plan.outcome["seats"] if row["id"] == seat), None)
    if row is None:
        return None
    applications = {str(one.key): one for one in _applications(plan, row["application"])}
    titles = dict(Scenario.objects.values_list("key", "title"))
    return _seat(row, applications, people, titles, proposal_of(plan, people.values(), applications.values()))


@dataclass(frozen=True)
class CandidateView:
    juror: Juror
    candidate: Candidate
    problems: list[str]
    why: str


def candidates_for(plan: AllocationPlan, seat: SeatView) -> list[CandidateView]:
    """Every juror of the plan for one seat: who, at what cost, what stands against them, why they would do."""
    people = _people(plan)
    applications = [seat.application] if seat.application else []
    proposal = proposal_of(plan, people.values(), applications)
    found = []
    for candidate in proposal.candidates(seat.row):
        if candidate.name in people:
            problems = [wording.problem_in_words(code) for code in candidate.problems]
            why = wording.why_in_words({**seat.row, "parts": candidate.parts, "by_hand": False})
            found.append(CandidateView(people[candidate.name], candidate, problems, why))
    return found


def proposal_of(plan: AllocationPlan, jurors: Iterable[Juror], applications: Iterable[Application]) -> Proposal:
    """The stored plan with the conflicts that have come to light since it was made."""
    bound = live_conflicts(plan.edition.programme)
    jurors = list(jurors)
    names = {juror.pk: juror.pseudonym for juror in jurors}
    keys: dict[int, list[str]] = {}
    for application in applications:
        keys.setdefault(application.institution_id, []).append(str(application.key))
    pairs = {(key, names[juror]) for juror, institution in bound if juror in names for key in keys.get(institution, [])}
    away = {juror.pseudonym for juror in jurors if juror.state != Juror.State.ACTIVE}
    return Proposal(plan.inputs, plan.outcome, bound=pairs, away=away)


def scenario_keys_for(plan: AllocationPlan, row: dict[str, Any], juror: Juror) -> list[str]:
    """The roles a juror may truly play at a seat, whose right answers hold in its window."""
    first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["until"])
    place = (row["channel"], row["kind"])
    found = legends.legends_for([place], first, last)[place]
    return [scenario.key for scenario in found if legends.is_true_for(scenario, juror.life_situations)]


def role_at(plan: AllocationPlan, seat: SeatView, juror: Juror) -> str:
    """The role the juror would play there; empty where no scenario fits."""
    keys = scenario_keys_for(plan, seat.row, juror)
    played = {row["scenario"] for row in plan.outcome["seats"] if row["application"] == seat.row["application"]}
    chosen = next(iter([*(key for key in keys if key not in played), *keys]), "")
    return Scenario.objects.filter(key=chosen).values_list("title", flat=True).first() or ""


def _people(plan: AllocationPlan) -> dict[str, Juror]:
    return {juror.pseudonym: juror for juror in Juror.objects.filter(programme=plan.edition.programme_id)}


def _applications(plan: AllocationPlan, key: str = "") -> list[Application]:
    rows = Application.objects.filter(edition=plan.edition_id, state=Application.State.ACCEPTED)
    rows = rows.filter(key=key) if key else rows
    rows = rows.select_related("institution").only(*_READ)
    return list(rows.order_by("institution__search_text", "pk"))


def _seat(
    row: dict[str, Any],
    applications: dict[str, Application],
    people: dict[str, Juror],
    titles: dict[str, str],
    proposal: Proposal | None,
) -> SeatView:
    juror = people.get(row["juror"])
    codes = proposal.problems_since(row) if proposal and row["juror"] else ()
    return SeatView(row, applications.get(row["application"]), juror, titles.get(row["scenario"], ""), codes)


def _loads(plan: AllocationPlan, proposal: Proposal, people: dict[str, Juror]) -> list[LoadView]:
    labels = {str(channel): str(channel.label) for channel in Channel}
    counts = Counter((row["juror"], row["channel"]) for row in proposal.rows if row["juror"])
    by_channel: dict[str, list[tuple[str, int]]] = {}
    for (name, channel), n in sorted(counts.items()):
        by_channel.setdefault(name, []).append((labels[channel], n))
    loads = [
        LoadView(people[name], proposal.loads[name], person["most"], by_channel.get(name, []))
        for name, person in plan.inputs["jurors"].items()
        if name in people
    ]
    return sorted(loads, key=lambda load: (-load.load, sort_key(load.juror.pseudonym)))


def _shortfalls(plan: AllocationPlan) -> list[str]:
    short = [wording.shortfall_in_words(shortfall) for shortfall in plan.outcome["shortfalls"]]
    return short + [wording.idle_in_words(name, missing) for name, missing in plan.outcome["idle"]]
