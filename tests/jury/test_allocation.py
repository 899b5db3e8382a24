"""Plans: proposed, changed by hand, published once or put away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_editions import office_user
from factories_institutions import InstitutionFactory
from factories_jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    planned_edition,
    proposed_plan,
)
from probierz.base.clock import held_at, now
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.jury import actions
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Declaration, Juror
from probierz.jury.proposal import digest_of

pytestmark = pytest.mark.django_db


def last_entry():
    return JournalEntry.objects.order_by("-number").first()


def test_a_proposal_touches_nothing_and_replaces_the_one_before():
    edition = planned_edition()
    first = proposed_plan(edition)
    second = proposed_plan(edition, seed="inne")
    first.refresh_from_db()
    assert (first.state, second.state) == (AllocationPlan.State.DISCARDED, AllocationPlan.State.DRAFT)
    assert Assignment.objects.count() == 0
    entry = last_entry()
    assert entry.verb == "allocation.proposed"
    assert entry.details == {"seed": "inne", "digest": second.digest, "seats": 6, "filled": 6}


def test_the_same_seed_gives_the_same_proposal():
    edition = planned_edition()
    office = office_user(edition)
    first, second = (proposed_plan(edition, actor=office) for _ in range(2))
    assert first.digest == second.digest
    assert proposed_plan(edition, actor=office, seed="inne").digest != first.digest
    assert len(proposed_plan(edition, actor=office, seed="").seed) == 32


def test_conflicts_are_looked_for_when_a_plan_is_made():
    edition = planned_edition(institutions=1, jurors=1)
    near = JurorFactory(programme=edition.programme, teryt=edition.applications.get().institution.teryt)
    plan = proposed_plan(edition)
    assert Conflict.objects.get().juror == near
    assert near.pseudonym not in {row["juror"] for row in plan.outcome["seats"]}


def publish(plan, **options):
    office = options.pop("actor", None) or office_user(plan.edition)
    return actions.publish_plan(plan=plan, revision=options.pop("revision", plan.revision), actor=office)


def test_publication_makes_assignments_and_tells_each_juror_once_without_names():
    plan = publish(proposed_plan())
    rows = {(str(row.application.key), row.channel): row for row in Assignment.objects.select_related("application")}
    assert len(rows) == 6
    for seat in plan.outcome["seats"]:
        row = rows[seat["application"], seat["channel"]]
        assert (row.juror.pseudonym, row.state, row.opens_at < row.closes_at) == (seat["juror"], "open", True)
    sent = OutgoingMail.objects.filter(kind="jury/mail/tasks")
    assert sorted(mail.to for mail in sent) == sorted({row.juror.email for row in rows.values()})
    names = [row.application.institution.name for row in rows.values()]
    assert not any(name in mail.body + mail.subject for mail in sent for name in names)
    entry = last_entry()
    assert entry.verb == "allocation.published"
    assert entry.details == {"seed": plan.seed, "digest": plan.digest, "assignments": 6, "unmet": 0}
    assert entry.institution_key == ""


def test_a_plan_is_published_once_and_by_the_coordinator():
    plan = proposed_plan()
    with pytest.raises(NotAllowed, match="not-coordinator"):
        publish(plan, actor=office_user(plan.edition, "operator"))
    publish(plan)
    with pytest.raises(NotAllowed, match="plan-closed"):
        publish(plan)
    assert Assignment.objects.count() == 6


def test_a_plan_is_not_published_after_the_fieldwork():
    plan = proposed_plan()
    with held_at(now() + timedelta(days=365)), pytest.raises(NotAllowed, match="fieldwork-over"):
        publish(plan)


def test_rules_freeze_when_a_plan_is_published_during_fieldwork():
    plan = proposed_plan()
    with held_at(now() + timedelta(days=2)):
        publish(plan)
    plan.edition.refresh_from_db()
    assert plan.edition.rulebook_frozen_at == plan.edition.stages.get().opens_at


def test_rules_stay_open_when_a_plan_is_published_before_fieldwork():
    plan = publish(proposed_plan())
    plan.edition.refresh_from_db()
    assert plan.edition.rulebook_frozen_at is None


@pytest.mark.parametrize("change", ["conflict", "rest", "withdraw"])
def test_what_changed_since_the_proposal_stops_its_publication(change):
    plan = proposed_plan()
    seat = plan.outcome["seats"][0]
    juror = Juror.objects.get(programme=plan.edition.programme, pseudonym=seat["juror"])
    application = plan.edition.applications.get(key=seat["application"])
    if change == "conflict":
        ConflictFactory(juror=juror, institution=application.institution)
    elif change == "rest":
        actions.rest_juror(juror=juror, actor=office_user(plan.edition))
    else:
        application.state = "withdrawn"
        application.save()
    with pytest.raises(NotAllowed, match="plan-outdated"):
        publish(plan)
    assert Assignment.objects.count() == 0


def test_a_change_by_hand_is_checked_recorded_and_changes_the_digest():
    plan = proposed_plan(planned_edition(institutions=1, jurors=3))
    office, seat = office_user(plan.edition), plan.outcome["seats"][0]
    free = plan.edition.programme.jurors.exclude(pseudonym__in=[row["juror"] for row in plan.outcome["seats"]]).get()
    changed = actions.assign_seat(plan=plan, seat=seat["id"], juror=free, revision=0, actor=office)
    row = changed.outcome["seats"][0]
    assert (row["juror"], row["by_hand"], changed.revision) == (free.pseudonym, True, 1)
    assert changed.digest == digest_of(changed.inputs, changed.outcome) != plan.digest
    assert last_entry().verb == "allocation.changed"

    with pytest.raises(NotAllowed, match="plan-changed"):
        actions.assign_seat(plan=plan, seat=seat["id"], juror=None, revision=0, actor=office)
    emptied = actions.assign_seat(plan=plan, seat=seat["id"], juror=None, revision=1, actor=office)
    assert emptied.outcome["seats"][0]["juror"] == ""


def test_nobody_is_seated_against_a_conflict_that_came_to_light_later():
    plan = proposed_plan(planned_edition(institutions=1, jurors=3))
    seat = plan.outcome["seats"][0]
    free = plan.edition.programme.jurors.exclude(pseudonym__in=[row["juror"] for row in plan.outcome["seats"]]).get()
    ConflictFactory(juror=free, institution=plan.edition.applications.get().institution)
    with pytest.raises(NotAllowed, match="conflict"):
        actions.assign_seat(plan=plan, seat=seat["id"], juror=free, revision=0, actor=office_user(plan.edition))


def test_a_seat_that_is_not_there_is_refused():
    plan = proposed_plan()
    with pytest.raises(NotAllowed, match="unknown-seat"):
        actions.assign_seat(plan=plan, seat="nie-ma", juror=None, revision=0, actor=office_user(plan.edition))


def test_a_discarded_plan_cannot_be_changed_or_published():
    plan = proposed_plan()
    actions.discard_plan(plan=plan, actor=office_user(plan.edition))
    with pytest.raises(NotAllowed, match="plan-closed"):
        publish(plan)


def test_an_empty_plan_is_not_published():
    plan = proposed_plan(planned_edition(institutions=1, jurors=0))
    with pytest.raises(NotAllowed, match="plan-empty"):
        publish(plan)


def test_a_replacement_keeps_the_window_and_its_length():
    old = AssignmentFactory(state=Assignment.State.CANCELLED)
    fresh = Assignment.replacing(old, JurorFactory(programme=old.juror.programme), now())
    assert (fresh.application, fresh.channel, fresh.replaces) == (old.application, old.channel, old)
    assert fresh.closes_at - fresh.opens_at == old.closes_at - old.opens_at
    assert fresh.pk is None
    assert Declaration.objects.filter(institution=InstitutionFactory()).count() == 0
