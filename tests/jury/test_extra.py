"""One more audit: the channel asked for first, a juror who has not been there, a window that leaves time to report."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory, StageFactory
from factories_instruments import ModelAnswerFactory, ScenarioFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory
from probierz.base.clock import WARSAW, now, today
from probierz.base.working_days import is_working_day, working_days_between
from probierz.jury.models import Assignment
from probierz.jury.queries import extra_days, extra_visit_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    edition = EditionFactory()
    moment = now()
    StageFactory(edition=edition, kind="fieldwork", opens_at=moment - timedelta(60), closes_at=moment - timedelta(2))
    StageFactory(
        edition=edition, kind="announcement", opens_at=moment + timedelta(30), closes_at=moment + timedelta(40)
    )
    return ApplicationFactory(edition=edition, accepted=True)


def test_after_the_fieldwork_there_are_three_weeks(application):
    days = extra_days(application.edition)
    assert (len(days), days[0] > today(), all(is_working_day(day) for day in days)) == (15, True, True)


def test_during_the_fieldwork_its_own_days_are_used(application):
    application.edition.stages.filter(kind="fieldwork").update(closes_at=now() + timedelta(10))
    days = extra_days(type(application.edition).objects.get(pk=application.edition.pk))
    assert (1 <= len(days) <= 8, days[-1] <= today() + timedelta(10)) == (True, True)


def test_nothing_is_planned_when_the_report_could_not_be_in_time(application):
    application.edition.stages.filter(kind="announcement").update(opens_at=now() + timedelta(hours=60))
    edition = type(application.edition).objects.get(pk=application.edition.pk)
    application.edition = edition
    JurorFactory(programme=edition.programme)
    found = extra_visit_for(application, ["visit"])
    if extra_days(edition):
        assert found.visit.closes_at <= now() + timedelta(hours=60)
    else:
        assert (found.visit, "późniejszy termin" in found.mend) == (None, True)


def test_a_juror_who_was_there_or_is_bound_does_not_go(application):
    been = AssignmentFactory(application=application, juror__programme=application.edition.programme)
    bound = JurorFactory(programme=application.edition.programme)
    ConflictFactory(juror=bound, institution=application.institution)
    found = extra_visit_for(application, ["phone"])
    assert (found.visit, dict(found.problems)) == (None, {"been": 1, "conflict": 1})
    assert "byli tu albo mieli tu przydział: 1; w konflikcie interesów: 1" in found.why
    free = JurorFactory(programme=application.edition.programme)
    assert extra_visit_for(application, ["phone"]).visit.juror == free
    assert been.juror != free


def test_the_next_channel_is_tried_when_nobody_does_the_first(application):
    JurorFactory(programme=application.edition.programme, channels=["web"])
    found = extra_visit_for(application, ["visit", "web"])
    assert (found.visit.channel, found.channel) == ("web", "strona internetowa")
    assert "dopisanie kanału" in extra_visit_for(application, ["visit"]).mend


def test_the_window_keeps_its_distance_from_other_audits(application):
    JurorFactory(programme=application.edition.programme)
    moment = now()
    last = AssignmentFactory(application=application, opens_at=moment - timedelta(4), closes_at=moment)
    found = extra_visit_for(application, ["visit"])
    first, end = found.visit.days
    assert working_days_between(last.closes_at.astimezone(WARSAW).date(), first) >= 4
    assert (first <= end, found.visit.opens_at > moment) == (True, True)


def test_a_role_not_yet_played_comes_first(application):
    juror = JurorFactory(programme=application.edition.programme)
    kind = application.institution.kind
    played, fresh = (ScenarioFactory(channels=["phone"], institution_kinds=[kind]) for _ in range(2))
    for scenario in (played, fresh):
        ModelAnswerFactory(scenario=scenario)
    AssignmentFactory(application=application, channel="phone", scenario=played)
    found = extra_visit_for(application, ["phone"])
    assert (found.visit.juror, found.visit.scenario) == (juror, fresh)


def test_an_empty_jury_is_said():
    application = ApplicationFactory(accepted=True)
    found = extra_visit_for(application, ["phone"])
    assert (found.visit, found.why, found.channel) == (None, "W jury nie ma nikogo aktywnego.", "")


def test_a_successor_of_an_extra_audit_is_extra_too(application):
    old = AssignmentFactory(application=application, is_extra=True)
    juror = JurorFactory(programme=application.edition.programme)
    assert Assignment.replacing(old, juror, now()).is_extra
