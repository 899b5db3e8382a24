"""A public page is made once a minute for strangers, and at once anew when anything was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories_accounts import UserFactory
from factories_awards import LicenceFactory
from factories_editions import office_user
from probierz.awards.actions import suspend_licence
from probierz.base.clock import held_at, now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(pages_in_memory):
    with held_at(now().replace(second=1)):
        yield LicenceFactory(valid_from=date(2020, 1, 1), valid_until=today().replace(year=today().year + 1, day=1))


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return len(made)


def test_the_second_stranger_costs_one_query(client, licence):
    address = f"/weryfikacja/{licence.number}/"
    first = client.get(address)

    assert queries_of(client, address) == 1
    second = client.get(address)
    assert (second.content, second["Cache-Control"], second["Vary"]) == (
        first.content,
        "public, max-age=0, must-revalidate",
        first["Vary"],
    )


def test_an_action_makes_the_page_new_at_once(client, licence):
    address = f"/weryfikacja/{licence.number}/"
    before = client.get(address).content

    suspend_licence(licence=licence, reason="Skargi mieszkańców na obsługę.", actor=office_user(licence.edition))

    assert client.get(address).content != before
    assert "Licencja jest zawieszona" in client.get(address).content.decode()


def test_who_is_signed_in_gets_a_page_of_their_own(client, licence):
    address = f"/weryfikacja/{licence.number}/"
    client.get(address)
    client.force_login(UserFactory())

    answer = client.get(address)

    assert answer["Cache-Control"] == "private, no-cache"
    assert queries_of(client, address) > 1


def test_languages_are_kept_apart(client, settings, licence):
    address = f"/weryfikacja/{licence.number}/"
    polish = client.get(address).content

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(address).content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pl"

    assert english != polish
    assert client.get(address).content == polish


def test_time_passes_on_a_kept_page(client, licence):
    address = f"/weryfikacja/{licence.number}/"
    assert client.get(address).content.decode().count("Licencja jest ważna") == 1
    with held_at(now() + timedelta(days=800)):
        assert client.get(address).content.decode().count("Licencja wygasła") == 1
