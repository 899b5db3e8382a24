"""Who is in the jury, what they see, and what is kept of them."""

from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory
from factories_editions import EditionFactory, office_user
from factories_jury import (
    JurorFactory,
)
from probierz.accounts.models import Invitation
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.jury import actions
from probierz.jury.models import Conflict, Juror

pytestmark = pytest.mark.django_db


def last_entry():
    return JournalEntry.objects.order_by("-number").first()


def invited(edition=None, **fields):
    edition = edition or EditionFactory()
    fields = {"name": "Ewa Nowa", "email": "Ewa@Poczta.example", "kind": "client", **fields}
    return actions.invite_juror(programme=edition.programme, actor=office_user(edition), **fields)


def test_an_invited_juror_gets_the_next_pseudonym_and_a_link():
    edition = EditionFactory()
    JurorFactory(programme=edition.programme, pseudonym="J-06")
    juror = invited(edition)
    assert (juror.pseudonym, juror.email, juror.state) == ("J-07", "ewa@poczta.example", Juror.State.INVITED)
    assert Invitation.objects.get().scope_key == str(juror.key)
    assert OutgoingMail.objects.get().to == "ewa@poczta.example"
    assert last_entry().verb == "juror.invited"


def test_an_address_is_in_a_jury_once():
    edition = EditionFactory()
    invited(edition)
    with pytest.raises(NotAllowed, match="already-in-jury"):
        invited(edition, email="EWA@poczta.example")
    assert invited(EditionFactory()).pseudonym == "J-01"


def test_a_second_invitation_replaces_the_first():
    juror = invited()
    actions.invite_again(juror=juror, actor=office_user(EditionFactory(programme=juror.programme)))
    assert Invitation.objects.filter(revoked_at=None).count() == 1


def test_a_profile_change_looks_for_conflicts_and_leaves_no_personal_data_in_the_journal():
    application = ApplicationFactory(accepted=True, institution__teryt="2213011")
    juror = JurorFactory(programme=application.edition.programme)
    actions.update_profile(juror=juror, changes={"city": "Starogard", "teryt": "2213012"}, actor=juror.user)
    conflict = Conflict.objects.get()
    assert (conflict.source, conflict.reason) == ("detected", "home")
    assert last_entry().details == {"fields": ["city", "teryt"], "conflicts": 1}


def test_a_profile_is_changed_only_in_what_is_the_jurors_to_say():
    juror = JurorFactory()
    actions.update_profile(juror=juror, changes={"name": "Inna", "is_public": True}, actor=juror.user)
    juror.refresh_from_db()
    assert (juror.name == "Inna", juror.is_public) == (False, False)


def test_the_office_edits_what_is_its_own():
    juror = JurorFactory()
    office = office_user(EditionFactory(programme=juror.programme))
    actions.edit_juror(juror=juror, changes={"max_audits": 3, "teryt": "2213011"}, actor=office)
    juror.refresh_from_db()
    assert (juror.max_audits, juror.teryt) == (3, "")
    with pytest.raises(NotAllowed, match="not-office"):
        actions.edit_juror(juror=juror, changes={}, actor=UserFactory())


def test_resting_and_coming_back():
    juror = JurorFactory()
    office = office_user(EditionFactory(programme=juror.programme))
    assert actions.rest_juror(juror=juror, actor=office).state == Juror.State.RESTING
    assert actions.activate_juror(juror=juror, actor=office).state == Juror.State.ACTIVE
