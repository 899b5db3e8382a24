"""What a plan is made of, and who could take over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_editions import EditionFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory, planned_edition
from probierz.jury import queries
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


def test_the_nearest_and_least_busy_who_may_is_suggested():
    lost = AssignmentFactory(
        channel="visit", state=Assignment.State.CANCELLED, application__institution__teryt="2213011"
    )
    programme = lost.application.edition.programme
    far = JurorFactory(programme=programme, teryt="1861011")
    near = JurorFactory(programme=programme, teryt="2213021")
    JurorFactory(programme=programme, teryt="2213021", channels=["phone"])
    bound = JurorFactory(programme=programme, teryt="2213021")
    ConflictFactory(juror=bound, institution=lost.application.institution)
    JurorFactory(programme=programme, teryt="2213021", max_audits=0)
    assert queries.replacements_for(lost) == [near, far]
    assert queries.suggest_replacement(lost) == near


def test_nobody_is_suggested_when_nobody_may():
    lost = AssignmentFactory(state=Assignment.State.CANCELLED)
    assert queries.suggest_replacement(lost) is None


def test_what_waits_for_a_successor():
    lost = AssignmentFactory(state=Assignment.State.CANCELLED)
    edition = lost.application.edition
    AssignmentFactory(application__edition=edition)
    assert list(queries.unreplaced(edition)) == [lost]
    AssignmentFactory(application=lost.application, replaces=lost)
    assert list(queries.unreplaced(edition)) == []


def test_a_colleague_in_the_same_channel_is_no_successor():
    lost = AssignmentFactory(state=Assignment.State.CANCELLED)
    edition = lost.application.edition
    AssignmentFactory(application=lost.application, channel=lost.channel, created_at=lost.created_at)
    assert list(queries.unreplaced(edition)) == [lost]


def test_who_was_sent_by_a_later_plan_is_a_successor():
    lost = AssignmentFactory(state=Assignment.State.CANCELLED)
    AssignmentFactory(
        application=lost.application, channel=lost.channel, created_at=lost.created_at + timedelta(days=1)
    )
    assert list(queries.unreplaced(lost.application.edition)) == []


def test_facts_before_planning():
    edition = planned_edition(institutions=2, jurors=3, days=14)
    JurorFactory(programme=edition.programme, channels=[], max_audits=1)
    facts = queries.planning_facts(edition)
    assert (facts.accepted, facts.active, facts.capacity, facts.silent) == (2, 4, 61, 1)
    assert facts.most == (facts.days + 4) // 5
    assert queries.channels_of(edition) == ["visit", "phone", "email"]
    bare = queries.planning_facts(EditionFactory())
    assert (bare.days, bare.stage, bare.most_note) == (0, None, "")
