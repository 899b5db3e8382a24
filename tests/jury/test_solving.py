"""From stored inputs to the engine and back."""

from __future__ import annotations

import json

import pytest

from factories_instruments import ModelAnswerFactory
from factories_jury import planned_edition, proposed_plan
from probierz.jury.solving import Costs, solve

pytestmark = pytest.mark.django_db


def test_the_stored_inputs_alone_give_the_published_answer():
    plan = proposed_plan(planned_edition(institutions=4, jurors=5))
    answer = solve(json.loads(json.dumps(plan.inputs)))
    planned = sorted(
        (row["application"], f"{row['channel']}/{row['kind']}", row["juror"]) for row in plan.outcome["seats"]
    )
    assert sorted((seat.institution, seat.channel, seat.juror) for seat in answer.seats) == planned


def test_inputs_name_no_juror_and_no_institution():
    edition = planned_edition(institutions=2, jurors=2)
    stored = json.dumps([proposed_plan(edition).inputs, proposed_plan(edition).outcome], ensure_ascii=False)
    for juror in edition.programme.jurors.all():
        assert juror.name not in stored
        assert juror.email not in stored
    for application in edition.applications.select_related("institution"):
        assert application.institution.name not in stored
        assert application.institution.nip not in stored


def test_travel_counts_for_visits_alone():
    edition = planned_edition(institutions=1, jurors=2)
    inputs = proposed_plan(edition).inputs
    (application,) = inputs["counties"]
    name = next(iter(inputs["jurors"]))
    assert set(Costs(inputs).parts(application, "visit/gmina", name)) == {"travel", "random"}
    assert set(Costs(inputs).parts(application, "phone/gmina", name)) == {"random"}


def test_costs_of_seats_are_what_anyone_can_recompute():
    plan = proposed_plan(planned_edition(institutions=3, jurors=4))
    for row in plan.outcome["seats"]:
        place = f"{row['channel']}/{row['kind']}"
        assert row["parts"] == Costs(plan.inputs).parts(row["application"], place, row["juror"])
        assert row["cost"] == sum(row["parts"].values())


def test_roles_at_one_institution_differ():
    for _ in range(3):
        ModelAnswerFactory()
    plan = proposed_plan(planned_edition(institutions=3, jurors=4))
    for application in plan.inputs["counties"]:
        roles = [row["scenario"] for row in plan.outcome["seats"] if row["application"] == application]
        assert len(set(roles)) == len(roles) == 2
