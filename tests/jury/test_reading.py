"""A proposed plan as the office reads it."""

from __future__ import annotations

import pytest

from factories_jury import planned_edition, proposed_plan
from probierz.jury import queries

pytestmark = pytest.mark.django_db


def test_a_plan_reads_by_institution_and_by_juror():
    edition = planned_edition(institutions=3, jurors=4)
    place = edition.applications.first().institution
    place.name = "Zespół Żabia Wola"
    place.save()
    plan = proposed_plan(edition)
    view = queries.plan_view(plan)
    assert (view.total, view.filled, view.unmet, view.broken) == (6, 6, 0, 0)
    assert sum(load.load for load in view.loads) == 6
    assert [len(place.seats) for place in view.places] == [2, 2, 2]
    assert all(seat.why for place in view.places for seat in place.seats)
    assert view.matching(only="braki") == []
    assert [found.application.institution for found in view.matching(text="zabia wola")] == [place]


def test_a_seat_reads_with_every_juror_weighed():
    plan = proposed_plan(planned_edition(institutions=1, jurors=3))
    seat = queries.seat_view(plan, plan.outcome["seats"][0]["id"])
    found = queries.candidates_for(plan, seat)
    assert next(entry.juror.pseudonym for entry in found if not entry.problems) in plan.inputs["jurors"]
    assert len(found) == 3
    assert all(entry.why for entry in found)
    assert queries.seat_view(plan, "nie-ma") is None
    assert queries.role_at(plan, seat, found[0].juror) == ""


def test_a_place_knows_what_is_left_to_do():
    edition = planned_edition(institutions=1, jurors=1)
    view = queries.plan_view(proposed_plan(edition))
    (place,) = view.places
    assert (view.unmet, view.unmet_tone, view.jurors_used) == (1, "warn", 1)
    assert [place.has(only) for only in ("braki", "zmiany", "reczne", "")] == [True, False, False, True]
    assert place.says(["j", "x"]) is False
    assert view.shortfalls != []
