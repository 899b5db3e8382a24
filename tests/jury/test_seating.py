"""What a plan wants and whom it may use."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from factories_editions import EditionFactory
from factories_instruments import ModelAnswerFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory, planned_edition, proposed_plan
from probierz.base.working_days import working_days_between
from probierz.jury.models import Assignment, Juror
from probierz.jury.seating import Settings

pytestmark = pytest.mark.django_db


def rows_by_application(plan):
    places = {}
    for row in plan.outcome["seats"]:
        places.setdefault(row["application"], []).append(row)
    return places


def test_every_institution_gets_its_contacts_by_different_jurors_on_different_days():
    plan = proposed_plan(planned_edition(institutions=5, jurors=6), per_channel={"visit": 1, "phone": 2, "email": 1})
    places = rows_by_application(plan)
    assert len(places) == 5
    for rows in places.values():
        assert len(rows) == 4
        assert len({row["juror"] for row in rows}) == 4
        days = sorted((date.fromisoformat(row["from"]), date.fromisoformat(row["until"])) for row in rows)
        gaps = [working_days_between(early[1], late[0]) for early, late in pairwise(days)]
        assert min(gaps) >= 5


def test_nobody_is_sent_where_a_conflict_stands():
    edition = planned_edition(institutions=2, jurors=2)
    application = edition.applications.first()
    for juror in edition.programme.jurors.all():
        ConflictFactory(juror=juror, institution=application.institution)
    plan = proposed_plan(edition)
    rows = rows_by_application(plan)[str(application.key)]
    assert [row["juror"] for row in rows] == ["", ""]
    assert [row["why_not"] for row in rows] == [{"excluded": 2}, {"excluded": 2}]
    assert [short["code"] for short in plan.outcome["shortfalls"]] != []


def test_nobody_returns_within_two_editions():
    edition = planned_edition(institutions=1, jurors=1)
    juror, application = edition.programme.jurors.get(), edition.applications.get()
    before = EditionFactory(programme=edition.programme, year=2024, number=1)
    AssignmentFactory(
        juror=juror,
        application__edition=before,
        application__institution=application.institution,
        state=Assignment.State.DONE,
    )
    plan = proposed_plan(edition)
    assert plan.inputs["excluded"] == [[str(application.key), juror.pseudonym, "recent"]]


def test_an_old_acquaintance_may_return_at_a_cost():
    edition = planned_edition(institutions=1, jurors=1, year=2028)
    juror, application = edition.programme.jurors.get(), edition.applications.get()
    for year in (2025, 2026, 2027):
        before = EditionFactory(programme=edition.programme, year=year)
        if year == 2025:
            AssignmentFactory(
                juror=juror,
                application__edition=before,
                application__institution=application.institution,
                state=Assignment.State.DONE,
            )
    plan = proposed_plan(edition, per_channel={"phone": 1})
    assert plan.inputs["seen"] == [[str(application.key), juror.pseudonym, 1]]
    assert plan.outcome["seats"][0]["parts"]["seen"] == 15


def test_jurors_play_only_what_is_true_of_them():
    ModelAnswerFactory(scenario__life_situations=["student"], scenario__channels=["phone"])
    edition = planned_edition(institutions=1, jurors=1)
    JurorFactory(programme=edition.programme, teryt="", life_situations=["student"], pseudonym="J-77")
    rows = proposed_plan(edition, per_channel={"phone": 1}).outcome["seats"]
    assert [row["juror"] for row in rows] == ["J-77"]


def test_resting_and_invited_jurors_are_left_out():
    edition = planned_edition(institutions=1, jurors=1)
    JurorFactory(programme=edition.programme, state=Juror.State.RESTING)
    JurorFactory(programme=edition.programme, state=Juror.State.INVITED, user=None)
    assert len(proposed_plan(edition).inputs["jurors"]) == 1


def test_a_channel_that_an_institution_does_not_have_is_named():
    edition = planned_edition(institutions=1, jurors=2)
    application = edition.applications.get()
    plan = proposed_plan(edition, per_channel={"social": 1, "phone": 1})
    assert plan.outcome["absent"] == [{"application": str(application.key), "channel": "social"}]
    assert [row["channel"] for row in plan.outcome["seats"]] == ["phone"]


def test_contacts_without_room_in_the_calendar_say_so():
    plan = proposed_plan(planned_edition(institutions=1, jurors=4, days=4), per_channel={"phone": 3})
    whys = [row["why_not"] for row in plan.outcome["seats"] if not row["juror"]]
    assert {"no-window": 1} in whys


def test_a_second_plan_wants_only_what_is_missing():
    edition = planned_edition(institutions=2, jurors=4)
    held = edition.applications.first()
    juror = edition.programme.jurors.first()
    AssignmentFactory(application=held, juror=juror, channel="visit")
    plan = proposed_plan(edition)
    assert len(plan.outcome["seats"]) == 3
    assert [str(held.key), juror.pseudonym, "been"] in plan.inputs["excluded"]


def test_loads_stay_within_what_jurors_promised():
    edition = planned_edition(institutions=4, jurors=0)
    for most in (1, 3, 9):
        JurorFactory(programme=edition.programme, max_audits=most, teryt="")
    plan = proposed_plan(edition, repeat=1)
    loads = {name: 0 for name in plan.inputs["jurors"]}
    for row in plan.outcome["seats"]:
        if row["juror"]:
            loads[row["juror"]] += 1
    assert all(loads[name] <= person["most"] for name, person in plan.inputs["jurors"].items())
    assert sum(loads.values()) == 8


def test_the_order_in_which_channels_are_named_is_always_the_same():
    assert list(Settings({"web": 1, "visit": 2, "phone": 1}, 1, "ziarno").per_channel) == [
        "visit",
        "phone",
        "web",
    ]
