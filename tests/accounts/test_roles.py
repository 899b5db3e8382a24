from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories_accounts import UserFactory
from probierz.accounts import roles
from probierz.accounts.models import Invitation
from probierz.base.clock import held_at
from probierz.base.models import OutgoingMail

NOON = datetime(2025, 9, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def role(db):
    """A role of a room that keeps what it was told."""
    accepted = []
    roles.register("gardener", "ogrodnik", lambda invitation, user: accepted.append((invitation.scope_key, user.email)))
    yield accepted
    del roles._roles["gardener"]


def issue(**changes):
    fields = {"role": "gardener", "email": "Ewa@przyklad.example", "scope_key": "park", "scope_name": "Park Miejski"}
    return roles.issue_invitation(**{**fields, "invited_by": None, **changes})


def token_of(message: OutgoingMail) -> str:
    return next(line for line in message.body.splitlines() if "/zaproszenie/" in line).split("/")[-2]


def test_the_token_is_in_the_letter_and_only_its_digest_in_the_database(role):
    with held_at(NOON):
        invitation = issue(invited_by=UserFactory(name="Jan Kowalski"))
    message = OutgoingMail.objects.get()
    token = token_of(message)
    assert len(token) >= 43
    assert invitation.token_digest == roles.digest_of(token)
    assert (message.to, message.subject) == ("ewa@przyklad.example", "Zaproszenie: ogrodnik, Park Miejski")
    assert "Jan Kowalski zaprasza" in message.body
    assert invitation.expires_at == NOON + timedelta(days=14)
    assert [field for field in vars(invitation).values() if field == token] == []


def test_a_second_invitation_replaces_the_first(role):
    first, second = issue(), issue(email="ewa@przyklad.example")
    other = issue(email="ola@przyklad.example")
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert list(Invitation.objects.filter(revoked_at=None).order_by("pk")) == [second, other]


def test_a_role_without_a_rule_is_offered_by_nobody_else(role):
    verdict = roles.get("gardener").may_invite(UserFactory(), "park")
    assert (bool(verdict), verdict.code) == (False, "invited-elsewhere")


def test_the_name_of_a_role(role):
    assert roles.label_of("gardener") == "ogrodnik"
    assert roles.label_of("unknown") == "unknown"
