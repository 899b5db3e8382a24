"""Who is told what; a juror's inbox never names the institution."""

from __future__ import annotations

import pytest

from factories_audits import AuditFactory, open_assignment
from factories_editions import EditionFactory, office_user
from probierz.audits import mail
from probierz.audits.models import Obstacle
from probierz.base.clock import now
from probierz.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(fieldwork_open=True)


def test_the_office_is_told_of_an_obstacle_and_an_observer_is_not(edition):
    office = [office_user(edition), office_user(edition, role="operator")]
    office_user(edition, role="observer")
    assignment = open_assignment(edition)
    mail.tell_office_of_obstacle(
        Obstacle.objects.create(assignment=assignment, kind="recognised", reason="Sąsiadka.", reported_at=now())
    )
    sent = list(OutgoingMail.objects.order_by("pk"))
    assert {message.to for message in sent} == {user.email for user in office}
    assert sent[0].subject == "Potrzebny inny juror: telefon"
    assert [words in sent[0].body for words in ["Sąsiadka.", assignment.juror.pseudonym, assignment.juror.name]] == [
        True,
        True,
        False,
    ]


def test_a_jurors_inbox_never_names_the_institution(edition):
    audit = AuditFactory(
        assignment=open_assignment(edition), returned=True, decision_reason="Wizyta w niewłaściwym miejscu."
    )
    mail.tell_juror_of_return(audit)
    mail.tell_juror_of_rejection(audit)
    mail.tell_juror_of_assignment(audit.assignment)
    sent = list(OutgoingMail.objects.order_by("pk"))
    assert {message.to for message in sent} == {audit.assignment.juror.email}
    assert [message.subject for message in sent] == [
        "Audyt wymaga poprawy",
        "Audyt nie został przyjęty",
        "Nowy przydział czeka",
    ]
    institution, number = audit.assignment.application.institution, audit.assignment.application.number
    for message in sent:
        for secret in (institution.name, institution.city, institution.nip, number):
            assert secret not in message.subject + message.body
    assert "Proszę opisać rozmowę." in sent[0].body
    assert f"http://testserver/jury/przydzial/{audit.assignment.key}/" in sent[0].body
