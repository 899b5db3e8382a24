"""Signing in and keeping an account, as a person does it through the pages."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail as outbox
from django.urls import reverse

from factories_accounts import PASSWORD, UserFactory
from factories_editions import office_user
from factories_institutions import RepresentativeFactory
from probierz.accounts.models import User
from probierz.base.models import OutgoingMail

OPEN_PAGES = ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]
OWN_PAGES = ["account-profile", "account_email", "account_change_password", "mfa_index"]
GUARDED_PAGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def prove_it_is_you(client):
    """Security pages ask for the password once more."""
    page = client.get(reverse("mfa_activate_totp")).url
    assert client.get(page).templates[0].name == "account/reauthenticate.html"
    client.post(page, {"password": PASSWORD})


def code_from(user_secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(user_secret, counter))


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_pages_before_signing_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert answer.templates[0].name.startswith("account/")
    assert "<style" not in answer.content.decode()


@pytest.mark.parametrize("name", [*OWN_PAGES, *GUARDED_PAGES])
def test_pages_of_an_account(client, db, name):
    sign_in(client, UserFactory().email)
    prove_it_is_you(client)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]*(src=|application/json))", answer.content.decode()) == []


@pytest.mark.parametrize("name", OWN_PAGES)
def test_an_account_is_its_owners(client, db, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_sign_in_by_password(client, db):
    user = UserFactory()
    answer = sign_in(client, user.email.upper())
    assert (answer.status_code, answer.url) == (302, reverse("start"))
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_is_explained_without_telling_which_half_is_wrong(client, db):
    user = UserFactory()
    known = sign_in(client, user.email, "inne-haslo-2025").context["form"].errors
    unknown = sign_in(client, "nikt@przyklad.example").context["form"].errors
    assert known == unknown
    assert known["__all__"] == ["Adres e-mail lub hasło się nie zgadza. Proszę sprawdzić oba i spróbować ponownie."]


def test_guessing_a_password_is_stopped(client, db):
    user = UserFactory()
    for _attempt in range(5):
        sign_in(client, user.email, "zgaduje-haslo")
    answer = sign_in(client, user.email)
    assert answer.context["form"].errors["__all__"] == [
        "Zbyt wiele nieudanych prób. Proszę odczekać pięć minut i spróbować ponownie."
    ]
    assert "_auth_user_id" not in client.session


def test_too_many_sign_ins_from_one_place_get_429(client, db):
    answers = [sign_in(client, f"ktos{n}@przyklad.example").status_code for n in range(31)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_sign_in_by_a_code_from_e_mail(client, db, run_jobs):
    user = UserFactory()
    answer = client.post(reverse("account_request_login_code"), {"email": user.email})
    assert answer.url == reverse("account_confirm_login_code")
    run_jobs()
    message = outbox.outbox[-1]
    code = message.subject.removeprefix("Kod logowania: ")
    assert message.to == [user.email]
    assert client.get(answer.url).status_code == 200
    done = client.post(answer.url, {"code": code})
    assert done.url == reverse("start")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_stranger_asking_for_a_code_learns_nothing(client, db):
    answer = client.post(reverse("account_request_login_code"), {"email": "nikt@przyklad.example"})
    assert answer.url == reverse("account_confirm_login_code")
    assert [message.subject for message in OutgoingMail.objects.all()] == ["Nie ma konta z tym adresem"]


def test_an_institutions_person_opens_an_account(client, db, run_jobs):
    form = {"name": "Anna  Nowak", "email": "anna@gmina.example", "password1": "kon-bateria-zszywacz"}
    refused = client.post(reverse("account_signup"), form)
    assert list(refused.context["form"].errors) == ["acts_for_institution"]
    answer = client.post(reverse("account_signup"), {**form, "acts_for_institution": "on"})
    assert answer.url == reverse("account_email_verification_sent")
    assert client.get(answer.url).status_code == 200
    user = User.objects.get(email="anna@gmina.example")
    assert (user.name, EmailAddress.objects.get(user=user).verified) == ("Anna Nowak", False)
    run_jobs()
    message = outbox.outbox[-1]
    assert message.subject == "Konto instytucji: proszę potwierdzić adres e-mail"
    link = re.search(r"http\S+", message.body)[0]
    assert client.get(link).status_code == 200
    done = client.post(link, follow=True)
    assert done.redirect_chain[-1][0] == reverse("institution-new")


def test_a_forgotten_password(client, db, run_jobs):
    user = UserFactory()
    answer = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert answer.status_code == 200
    run_jobs()
    link = re.search(r"http\S+", outbox.outbox[-1].body)[0]
    page = client.get(link, follow=True)
    assert page.templates[0].name == "account/password_reset_from_key.html"
    new = {"password1": "nowe-haslo-z-liter", "password2": "nowe-haslo-z-liter"}
    done = client.post(page.redirect_chain[-1][0], new, follow=True)
    assert done.status_code == 200
    user.refresh_from_db()
    assert user.check_password("nowe-haslo-z-liter") is True
    assert client.get(link, follow=True).context["token_fail"] is True


def test_a_password_is_changed_and_the_owner_told(client, db):
    user = UserFactory()
    sign_in(client, user.email)
    form = {"oldpassword": PASSWORD, "password1": "nowe-haslo-z-liter", "password2": "nowe-haslo-z-liter"}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert [message.subject for message in OutgoingMail.objects.all()] == ["Zmieniono hasło"]


def test_an_app_with_codes_guards_the_next_sign_in(client, db):
    user = UserFactory()
    sign_in(client, user.email)
    prove_it_is_you(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_from(secret)})
    assert answer.status_code == 302
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    half = sign_in(client, user.email)
    assert half.url == reverse("mfa_authenticate")
    assert client.get(half.url).status_code == 200
    assert "_auth_user_id" not in client.session
    wrong = client.post(half.url, {"code": "000000"})
    assert wrong.context["form"].errors["code"] == [
        "Ten kod jest nieprawidłowy albo stracił ważność. Proszę wpisać najnowszy."
    ]
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(half.url, {"code": recovery}).url == reverse("start")


def test_a_second_factor_is_demanded_where_the_setting_says_so(client, db, settings):
    settings.MFA_REQUIRED_FOR = {"office"}
    user = office_user()
    client.force_login(user)
    answer = client.get("/biuro/instytucje/")
    assert answer.url == f"{reverse('mfa_index')}?wymagane=1"
    assert "wymaga drugiego składnika" in client.get(answer.url).content.decode()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert client.get("/biuro/instytucje/").status_code == 200


def test_start_leads_to_the_only_page_of_a_person(client, db):
    client.force_login(RepresentativeFactory().user)
    assert client.get(reverse("start")).url == "/panel/"
    client.force_login(office_user())
    assert client.get(reverse("start")).url == "/biuro/"
    client.force_login(UserFactory())
    assert client.get(reverse("start")).url == reverse("institution-new")


def test_start_lets_a_person_of_two_roles_choose(client, db):
    user = office_user()
    RepresentativeFactory(user=user)
    client.force_login(user)
    answer = client.get(reverse("start"))
    assert answer.context["homes"] == {"office": "/biuro/", "institution": "/panel/"}


def test_the_profile_keeps_name_and_language(client, db):
    user = UserFactory()
    client.force_login(user)
    answer = client.post(reverse("account-profile"), {"name": " Jan  Kowalski ", "language": "en"})
    user.refresh_from_db()
    assert (user.name, user.language) == ("Jan Kowalski", "en")
    assert answer.cookies["django_language"].value == "en"


def test_a_passer_by_changes_the_language(client, db):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/konto/login/"})
    assert (answer.url, answer.cookies["django_language"].value) == ("/konto/login/", "en")


def test_an_address_changes_only_after_its_confirmation(client, db, run_jobs):
    user = UserFactory()
    old = user.email
    sign_in(client, old)
    client.post(reverse("account_email"), {"email": "nowy@przyklad.example", "action_add": ""})
    user.refresh_from_db()
    assert user.email == old
    assert client.get(reverse("account_email")).status_code == 200
    run_jobs()
    link = re.search(r"http\S+", next(m for m in outbox.outbox if m.to == ["nowy@przyklad.example"]).body)[0]
    client.post(link)
    user.refresh_from_db()
    assert user.email == "nowy@przyklad.example"
