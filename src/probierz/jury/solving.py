"""From a plan's inputs to the engine and back: the same inputs give the same answer to anyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assay.allocation import Plan, plan, random_cost
from probierz.base.polish import sort_key
from probierz.instruments.models import Channel
from probierz.jury import legends
from probierz.jury.seating import SEEN_BEFORE, Seat, Seating
from probierz.jury.travel import travel_cost

NO_WINDOW, NOBODY = "no-window", ""


def solve(inputs: Mapping[str, Any]) -> Plan:
    """The engine's answer to stored inputs."""
    people = inputs["jurors"]
    return plan(
        [(application, place) for application, place in inputs["seats"]],
        {name: set(person["offers"]) for name, person in people.items()},
        excluded={(application, name) for application, name, _why in inputs["excluded"]},
        capacities={name: (person["least"], person["most"]) for name, person in people.items()},
        cost=_costs(inputs),
        seed=inputs["seed"],
        max_share=Fraction(inputs["max_share"]),
        repeat=inputs["repeat"],
        chance=inputs["chance"],
    )


def _costs(inputs: Mapping[str, Any]) -> dict[tuple[str, ...], dict[str, int]]:
    """Travel counts for visits alone; an acquaintance from years ago for every channel."""
    costs: dict[tuple[str, ...], dict[str, int]] = {}
    people = [(name, person["county"]) for name, person in inputs["jurors"].items()]
    travels: dict[str, list[tuple[str, dict[str, int]]]] = {}
    visits = {(application, place) for application, place in inputs["seats"] if place.startswith(f"{Channel.VISIT}/")}
    for application, place in visits:
        county = inputs["counties"].get(application, "")
        if county not in travels:
            trips = [(name, travel_cost(home, county)) for name, home in people]
            travels[county] = [(name, {"travel": travel}) for name, travel in trips if travel]
        for name, parts in travels[county]:
            costs[application, place, name] = parts
    for application, name, times in inputs["seen"]:
        costs[application, name] = {"seen": SEEN_BEFORE * times}
    return costs


class Costs:
    """What one pair costs and why, as the engine counts it."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._inputs = inputs
        self._seen = {(application, name): times for application, name, times in inputs["seen"]}

    def parts(self, application: str, place: str, name: str) -> dict[str, int]:
        parts = self._steady(application, place, name)
        parts["random"] = random_cost(self._inputs["seed"], application, place, name, self._inputs["chance"])
        return parts

    def steady(self, application: str, place: str, name: str) -> int:
        """Without the random part."""
        return sum(self._steady(application, place, name).values())

    def _steady(self, application: str, place: str, name: str) -> dict[str, int]:
        parts: dict[str, int] = {}
        if (application, name) in self._seen:
            parts["seen"] = SEEN_BEFORE * self._seen[application, name]
        if place.startswith(f"{Channel.VISIT}/"):
            travel = travel_cost(self._inputs["jurors"][name]["county"], self._inputs["counties"].get(application, ""))
            parts.update({"travel": travel} if travel else {})
        return parts


def outcome_of(seating: Seating) -> dict[str, Any]:
    """The engine's answer with windows and roles, as a plan stores it and the office reads it."""
    answer = solve(seating.inputs)
    rows = {seat.id: _row(seat) for seat in seating.seats}
    free: dict[tuple[str, str], list[str]] = {}
    for seat in seating.seats:
        if seat.window:
            free.setdefault((seat.application, seat.place), []).append(seat.id)
    for filled in answer.seats:
        row = rows[free[filled.institution, filled.channel].pop(0)]
        row.update(juror=filled.juror, cost=filled.cost, parts=dict(filled.parts))
    for empty in answer.unmet_seats:
        why = dict(Counter(empty.why_not.values()))
        for seat_id in free[empty.institution, empty.channel]:
            rows[seat_id]["why_not"] = why
    _give_roles(rows, seating)
    return {
        "seats": list(rows.values()),
        "absent": seating.absent,
        "shortfalls": [_shortfall(unmet) for unmet in answer.shortfalls if unmet.code != "too-little-work"],
        "idle": _idle(seating.inputs, answer),
    }


def _row(seat: Seat) -> dict[str, Any]:
    first, last = (day.isoformat() for day in seat.window) if seat.window else ("", "")
    return {
        "id": seat.id,
        "application": seat.application,
        "kind": seat.institution_kind,
        "channel": seat.channel,
        "from": first,
        "until": last,
        "juror": NOBODY,
        "cost": 0,
        "parts": {},
        "scenario": "",
        "by_hand": False,
        "why_not": {} if seat.window else {NO_WINDOW: 1},
    }


def _give_roles(rows: Mapping[str, dict[str, Any]], seating: Seating) -> None:
    """Different scenarios at one institution, each true for its juror's life."""
    lives = seating.lives
    places: dict[str, dict[str, list[str]]] = {}
    for row in rows.values():
        if row["juror"]:
            fitting = seating.legends.get((row["channel"], row["kind"]), [])
            keys = [scenario.key for scenario in fitting if legends.is_true_for(scenario, lives[row["juror"]])]
            places.setdefault(row["application"], {})[row["id"]] = keys
    for application, options in places.items():
        used = seating.used_scenarios.get(application, set())
        for seat_id, scenario in legends.choose(options, used, seed=seating.inputs["seed"]).items():
            rows[seat_id]["scenario"] = scenario


def _shortfall(unmet: Any) -> dict[str, Any]:
    return {
        "code": unmet.code,
        "applications": list(unmet.institutions),
        "jurors": sorted(unmet.full, key=sort_key),
        "missing": unmet.missing,
    }


def _idle(inputs: Mapping[str, Any], answer: Plan) -> list[list[Any]]:
    """Jurors who were promised more audits than the plan gives them."""
    return [
        [name, person["promised"] - answer.loads[name]]
        for name, person in inputs["jurors"].items()
        if answer.loads[name] < person["promised"]
    ]
