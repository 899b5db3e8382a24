from __future__ import annotations

import pytest

from factories_editions import OfficeMemberFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory, proposed_plan
from probierz.base.models import OutgoingMail
from probierz.jury import mail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "words"), [(1, "1 nowy audyt"), (5, "Jest ich: 5")])
def test_a_juror_learns_how_many_tasks_wait_and_not_where(count, words):
    plan = proposed_plan()
    mail.tell_jurors_of_tasks(plan, [(JurorFactory(name="Ewa Nowa"), count)])
    message = OutgoingMail.objects.get()
    assert message.subject == "Mają Państwo nowe zadania"
    assert words in message.body
    assert "/jury/" in message.body


def test_the_office_learns_of_a_conflict_but_an_observer_does_not():
    assignment = AssignmentFactory()
    programme = assignment.application.edition.programme
    member = OfficeMemberFactory(programme=programme)
    OfficeMemberFactory(programme=programme, role="observer")
    conflict = ConflictFactory(juror=assignment.juror, institution=assignment.application.institution)
    mail.tell_office_of_conflict(conflict, [assignment])
    message = OutgoingMail.objects.get()
    assert message.to == member.user.email
    assert assignment.juror.pseudonym in message.subject
    assert assignment.juror.name not in message.body
