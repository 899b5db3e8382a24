from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from factories_accounts import UserFactory
from probierz.accounts import actions, queries, roles
from probierz.accounts.models import User
from probierz.base.actions import PLATFORM
from probierz.base.clock import held_at, now
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import YES, NotAllowed

EMAIL = "ewa@przyklad.example"


@pytest.fixture
def accepted(db):
    taken = []
    roles.register(
        "gardener",
        "ogrodnik",
        lambda invitation, user: taken.append((invitation.scope_key, user.email)),
        may_invite=lambda user, scope_key: YES if scope_key == "park" else roles.nobody_may(user, scope_key),
    )
    yield taken
    del roles._roles["gardener"]


@pytest.fixture
def inviter(accepted):
    return UserFactory(name="Jan Kowalski")


def invite(inviter, **changes):
    fields = {"role": "gardener", "email": EMAIL, "scope_key": "park", "scope_name": "Park Miejski", "name": "Ewa Lis"}
    return actions.invite(actor=inviter, **{**fields, **changes})


def last_token() -> str:
    body = OutgoingMail.objects.order_by("-pk").first().body
    return next(line for line in body.splitlines() if "/zaproszenie/" in line).split("/")[-2]


def last_verb() -> str:
    return JournalEntry.objects.order_by("-number").first().verb


def test_an_invitation_is_asked_for_by_the_rule_of_its_room(inviter):
    invite(inviter)
    assert last_verb() == "invitation.sent"
    with pytest.raises(NotAllowed, match="invited-elsewhere"):
        invite(inviter, scope_key="las")
    assert OutgoingMail.objects.count() == 1


def test_an_invited_person_opens_an_account_and_takes_the_role(client, inviter, accepted):
    invite(inviter)
    page = reverse("invitation", args=[last_token()])
    shown = client.get(page)
    assert shown.context["form"].initial == {"name": "Ewa Lis"}
    weak = client.post(page, {"name": "Ewa Lis", "password": "123"})
    assert list(weak.context["form"].errors) == ["password"]
    answer = client.post(page, {"name": "Ewa Lis", "password": "kon-bateria-zszywacz"})
    assert answer.url == reverse("start")
    user = User.objects.get(email=EMAIL)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert accepted == [("park", EMAIL)]
    assert last_verb() == "invitation.accepted"
    assert client.get(page).status_code == 410


def test_a_person_with_an_account_signs_in_and_accepts(client, inviter, accepted):
    user = UserFactory(email=EMAIL)
    invite(inviter)
    page = reverse("invitation", args=[last_token()])
    assert client.get(page).context["sign_in"] is True
    client.force_login(user)
    assert client.post(page).url == reverse("start")
    assert accepted == [("park", EMAIL)]


def test_somebody_else_cannot_take_the_invitation(client, inviter, accepted):
    invite(inviter)
    client.force_login(UserFactory())
    page = reverse("invitation", args=[last_token()])
    assert client.post(page).context["verdict"].code == "other-address"
    with pytest.raises(NotAllowed, match="other-address"):
        actions.accept_invitation(actor=UserFactory(), token=last_token())
    assert accepted == []


def test_an_invitation_is_taken_once(inviter, accepted):
    user = UserFactory(email=EMAIL)
    invite(inviter)
    actions.accept_invitation(actor=user, token=last_token())
    with pytest.raises(NotAllowed, match="accepted"):
        actions.accept_invitation(actor=user, token=last_token())
    assert len(accepted) == 1


def test_an_invitation_lasts_fourteen_days_to_the_instant(inviter, accepted):
    user = UserFactory(email=EMAIL)
    invitation = invite(inviter)
    with held_at(invitation.expires_at), pytest.raises(NotAllowed, match="expired"):
        actions.accept_invitation(actor=user, token=last_token())
    with held_at(invitation.expires_at - timedelta(microseconds=1)):
        actions.accept_invitation(actor=user, token=last_token())
    assert accepted == [("park", EMAIL)]


def test_a_revoked_invitation_opens_nothing(client, inviter, accepted):
    invitation = invite(inviter)
    actions.revoke_invitation(actor=inviter, invitation=invitation)
    answer = client.get(reverse("invitation", args=[last_token()]))
    assert (answer.status_code, answer.context["verdict"].code) == (410, "revoked")
    with pytest.raises(NotAllowed, match="revoked"):
        actions.revoke_invitation(actor=inviter, invitation=invitation)


def test_only_who_may_invite_revokes(inviter):
    invitation = invite(inviter)
    roles.register("gardener", "ogrodnik", lambda invitation, user: None)
    with pytest.raises(NotAllowed, match="invited-elsewhere"):
        actions.revoke_invitation(actor=UserFactory(), invitation=invitation)
    assert actions.revoke_invitation(actor=inviter, invitation=invitation).revoked_at is not None


def test_a_guessed_token_finds_nothing(client, db):
    answer = client.get(reverse("invitation", args=["x" * 43]))
    assert answer.status_code == 404
    with pytest.raises(NotAllowed, match="unknown-invitation"):
        actions.accept_invitation(actor=UserFactory(), token="x" * 43)


def test_guessing_tokens_is_stopped(client, db):
    answers = [client.get(reverse("invitation", args=[f"{n}" * 20])).status_code for n in range(21)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_an_account_is_not_opened_twice(inviter):
    invite(inviter)
    UserFactory(email=EMAIL)
    with pytest.raises(NotAllowed, match="account-exists"):
        actions.open_account_by_invitation(actor=PLATFORM, token=last_token(), name="Ewa", password="x")


def test_a_role_that_fails_leaves_no_account(inviter, accepted):
    def refuse(invitation, user):
        raise NotAllowed("edition-closed")

    invite(inviter)
    roles.register("gardener", "ogrodnik", refuse)
    with pytest.raises(NotAllowed, match="edition-closed"):
        actions.open_account_by_invitation(actor=PLATFORM, token=last_token(), name="Ewa", password="x")
    assert queries.has_account(EMAIL) is False


def test_a_changed_profile_is_in_the_journal(db):
    user = actions.change_profile(actor=UserFactory(), name="Anna Nowa", language="en")
    assert (user.name, user.language, last_verb()) == ("Anna Nowa", "en", "profile.changed")


def test_open_invitations_of_a_scope(inviter):
    waiting = invite(inviter)
    invite(inviter, email="b@przyklad.example").delete()
    gone = invite(inviter, email="c@przyklad.example")
    actions.revoke_invitation(actor=inviter, invitation=gone)
    assert list(queries.open_invitations("gardener", "park")) == [waiting]
    with held_at(now() + timedelta(days=15)):
        assert list(queries.open_invitations("gardener", "park")) == []
