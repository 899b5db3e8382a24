from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_jury import JurorFactory
from probierz.accounts import actions as accounts
from probierz.accounts import roles
from probierz.accounts.models import Invitation
from probierz.base.rules import NotAllowed
from probierz.jury import joining
from probierz.jury.models import Juror

pytestmark = pytest.mark.django_db


def invitation_for(juror):
    return Invitation(role="juror", scope_key=str(juror.key), email=juror.email)


def test_acceptance_makes_the_account_the_jurors(monkeypatch):
    juror = JurorFactory(user=None, state=Juror.State.INVITED)
    monkeypatch.setattr(roles.secrets, "token_urlsafe", lambda size: "znany-odnosnik")
    roles.issue_invitation(role="juror", email=juror.email, scope_key=str(juror.key), scope_name="LZM", invited_by=None)
    user = UserFactory(email=juror.email)
    accounts.accept_invitation(actor=user, token="znany-odnosnik")
    juror.refresh_from_db()
    assert (juror.user, juror.state) == (user, Juror.State.ACTIVE)


def test_an_invitation_is_taken_up_once():
    juror = JurorFactory(user=None, state=Juror.State.INVITED)
    joining.take_up(invitation_for(juror), UserFactory())
    with pytest.raises(NotAllowed, match="already-joined"):
        joining.take_up(invitation_for(juror), UserFactory())


def test_one_account_is_one_juror_of_a_programme():
    here = JurorFactory()
    juror = JurorFactory(programme=here.programme, user=None, state=Juror.State.INVITED)
    with pytest.raises(NotAllowed, match="already-juror"):
        joining.take_up(invitation_for(juror), here.user)


def test_an_invitation_of_a_juror_who_is_gone_says_so():
    juror = JurorFactory(user=None, state=Juror.State.INVITED)
    invitation = invitation_for(juror)
    juror.delete()
    with pytest.raises(NotAllowed, match="unknown-juror"):
        joining.take_up(invitation, UserFactory())
