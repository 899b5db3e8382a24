"""Extra audits: counted, one at a time, not more than the rules allow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_audits import AuditFactory
from factories_editions import EditionFactory, StageFactory, office_user
from factories_jury import AssignmentFactory, JurorFactory
from probierz.audits import actions
from probierz.audits.queries import ExtraCount, approved_audits, extra_counts
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    edition = EditionFactory(with_channels=True)
    StageFactory(
        edition=edition, kind="fieldwork", opens_at=now() - timedelta(days=60), closes_at=now() - timedelta(days=1)
    )
    return AssignmentFactory(
        application__edition=edition, closes_at=now() - timedelta(days=20), opens_at=now() - timedelta(days=25)
    )


def ordered(first, **fields):
    given = {"channels": ["phone", "visit"], "most": 2, "actor": office_user(first.application.edition)}
    return actions.order_extra_audit(application=first.application, **{**given, **fields})


def test_it_is_an_assignment_like_any_other(first):
    juror = JurorFactory(programme=first.application.edition.programme)
    made = ordered(first)
    assert (made.juror, made.channel, made.is_extra, made.state) == (juror, "phone", True, "open")
    assert extra_counts([made.application_id]) == {made.application_id: ExtraCount(1, 0)}


def test_one_at_a_time_and_no_more_than_allowed(first):
    JurorFactory.create_batch(4, programme=first.application.edition.programme)
    for number in (1, 2):
        made = ordered(first)
        with pytest.raises(NotAllowed) as refused:
            ordered(first)
        assert refused.value.code == "already-ordered"
        AuditFactory(assignment=made, approved=True)
        assert extra_counts([made.application_id])[made.application_id] == ExtraCount(number, number)
    with pytest.raises(NotAllowed) as refused:
        ordered(first)
    assert refused.value.code == "enough"
    assert sum(audit.is_extra for audit in approved_audits(first.application.edition)) == 2


def test_a_cancelled_one_may_be_ordered_again(first):
    JurorFactory.create_batch(3, programme=first.application.edition.programme)
    made = ordered(first, most=1)
    Assignment.objects.filter(pk=made.pk).update(state=Assignment.State.CANCELLED)
    again = ordered(first, most=1)
    assert (again.juror == made.juror, extra_counts([again.application_id])) == (
        False,
        {again.application_id: ExtraCount(1, 0)},
    )


def test_refused_to_strangers_after_the_announcement_and_without_anybody(first):
    for fields, code in (({"actor": office_user()}, "not-office"), ({}, "nobody-free")):
        with pytest.raises(NotAllowed) as refused:
            ordered(first, **fields)
        assert refused.value.code == code
    StageFactory(edition=first.application.edition, kind="announcement", opens_at=now() - timedelta(hours=1))
    with pytest.raises(NotAllowed) as refused:
        ordered(first)
    assert refused.value.code == "announced"
    assert extra_counts([]) == {}
