from __future__ import annotations

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.context import request_context
from django.test import RequestFactory
from django.utils import translation

from factories_accounts import UserFactory
from probierz.accounts.adapter import AccountAdapter, SecondFactorAdapter
from probierz.base.models import OutgoingMail


def test_letters_leave_through_our_queue_in_polish_whatever_the_page_speaks(db):
    request = RequestFactory().get("/")
    with request_context(request), translation.override("en"):
        AccountAdapter(request).send_mail("account/email/login_code", "ewa@przyklad.example", {"code": "AB12"})
    message = OutgoingMail.objects.get()
    assert (message.to, message.subject) == ("ewa@przyklad.example", "Kod logowania: AB12")


@pytest.mark.parametrize("code", sorted(DefaultAccountAdapter.error_messages))
def test_an_error_that_people_can_meet_is_polish(code):
    foreign = {"max_email_addresses", "phone_password_mismatch", "phone_taken", "unknown_phone", "select_only_one"}
    foreign |= {"username_blacklisted", "username_password_mismatch", "username_taken", "cannot_remove_primary_email"}
    with translation.override("pl"):
        ours, theirs = AccountAdapter.error_messages[code], DefaultAccountAdapter.error_messages[code]
        assert (ours is theirs) == (code in foreign)


def test_keys_are_numbered(db):
    user = UserFactory()
    adapter = SecondFactorAdapter()
    assert adapter.generate_authenticator_name(user, "webauthn") == "Klucz dostępu nr 1"
