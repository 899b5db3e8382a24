from datetime import UTC, datetime, timedelta

import pytest

from probierz.accounts import rules
from probierz.accounts.models import Invitation, User
from probierz.base.clock import held_at

NOON = datetime(2025, 9, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"accepted_at": NOON}, "accepted"),
        ({"revoked_at": NOON}, "revoked"),
        ({"expires_at": NOON}, "expired"),
    ],
)
def test_which_invitation_is_open(changes, code):
    fields = {"email": "ewa@przyklad.example", "role": "juror", "expires_at": NOON + timedelta(days=1), **changes}
    with held_at(NOON):
        verdict = rules.is_invitation_open(Invitation(**fields))
        assert (bool(verdict), verdict.code) == (code == "", code)
        assert bool(rules.can_accept(User(email="EWA@przyklad.example"), Invitation(**fields))) == (code == "")
