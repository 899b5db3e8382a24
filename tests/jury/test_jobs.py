"""A large plan is made in the background."""

from __future__ import annotations

import pytest

from factories_editions import office_user
from factories_jury import planned_edition, proposed_plan
from probierz.jury import actions
from probierz.jury.actions import allocation
from probierz.jury.jobs import prepare_plan
from probierz.jury.models import AllocationPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(allocation, "MOST_AT_ONCE", 5)


def test_a_large_plan_waits_for_the_worker(small_limit, run_jobs):
    plan = proposed_plan(planned_edition(institutions=3))
    assert (plan.state, plan.outcome) == (AllocationPlan.State.PREPARING, {})
    run_jobs()
    plan.refresh_from_db()
    assert (plan.state, len(plan.outcome["seats"])) == (AllocationPlan.State.DRAFT, 6)


def test_a_plan_made_at_once_and_in_the_background_is_the_same(run_jobs, monkeypatch):
    edition = planned_edition(institutions=3)
    office = office_user(edition)
    at_once = proposed_plan(edition, actor=office)
    monkeypatch.setattr(allocation, "MOST_AT_ONCE", 0)
    later = proposed_plan(edition, actor=office)
    run_jobs()
    later.refresh_from_db()
    assert later.digest == at_once.digest


def test_a_job_run_again_or_for_a_plan_put_away_changes_nothing(small_limit):
    plan = proposed_plan(planned_edition(institutions=3))
    actions.discard_plan(plan=plan, actor=office_user(plan.edition))
    assert prepare_plan.func(plan.pk) is False
    assert prepare_plan.func(plan.pk + 1000) is False
    plan.refresh_from_db()
    assert plan.state == AllocationPlan.State.DISCARDED
