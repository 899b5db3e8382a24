"""Holders learn what happened to their licence, and why."""

from __future__ import annotations

import pytest

from factories_awards import LicenceFactory
from factories_editions import office_user
from factories_institutions import RepresentativeFactory
from probierz.awards import actions
from probierz.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "state", "kind"),
    [
        (actions.suspend_licence, "active", "suspended"),
        (actions.restore_licence, "suspended", "restored"),
        (actions.withdraw_licence, "active", "withdrawn"),
    ],
)
def test_a_change_is_told_with_its_reason(action, state, kind):
    licence = LicenceFactory(state=state)
    user = RepresentativeFactory(institution=licence.institution).user
    action(licence=licence, reason="Powód, który trzeba znać.", actor=office_user(licence.edition))
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (user.email, f"awards/mail/{kind}")
    assert ("Powód, który trzeba znać." in mail.body, licence.number in mail.subject) == (True, True)


def test_without_representatives_the_general_address_is_used():
    licence = LicenceFactory(institution__email="urzad@gmina.example")
    actor = office_user(licence.edition)
    actions.suspend_licence(licence=licence, reason="Skargi mieszkańców.", actor=actor)
    assert OutgoingMail.objects.get().to == "urzad@gmina.example"
