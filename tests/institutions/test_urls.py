"""Every page of the room answers its audience and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_institutions import ContactFactory, InstitutionFactory, RepresentativeFactory, UnitFactory

OFFICE_PAGES = [
    "office-institutions",
    "office-institution-new",
    "office-institutions-export",
    "office-institutions-duplicates",
    "office-institutions-import",
    "office-institutions-template",
]


@pytest.fixture
def office(client, db):
    client.force_login(office_user())
    return client


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_the_office_reads_the_register(office, name):
    InstitutionFactory()
    assert office.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_a_stranger_finds_no_office(client, db, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(RepresentativeFactory().user)
    assert client.get(reverse(name)).status_code == 404


def test_the_card_with_everything_on_it(office):
    institution = InstitutionFactory(name="Urząd Miasta Płocka")
    UnitFactory(institution=institution)
    ContactFactory(institution=institution)
    RepresentativeFactory(institution=institution)
    RepresentativeFactory(institution=institution, is_active=False)
    answer = office.get(reverse("office-institution", args=[institution.key]))
    assert answer.status_code == 200
    assert answer.context["institution"] == institution
    assert office.get(reverse("office-institution-edit", args=[institution.key])).status_code == 200


def test_a_representative_sees_only_their_own(client, db):
    mine, other = RepresentativeFactory(), InstitutionFactory()
    client.force_login(mine.user)
    assert client.get(reverse("panel-institutions")).status_code == 200
    assert client.get(reverse("panel-institution", args=[mine.institution.key])).status_code == 200
    assert client.get(reverse("panel-institution", args=[other.key])).status_code == 404
    assert client.post(reverse("panel-institution-invite", args=[other.key])).status_code == 404
    assert client.post(reverse("panel-institution-part", args=[other.key, "punkty"])).status_code == 404
    unit = UnitFactory(institution=other)
    page = reverse("panel-institution-part-remove", args=[mine.institution.key, "punkty", unit.pk])
    assert client.post(page).status_code == 404


def test_a_waiting_person_has_no_panel_yet(client, db):
    waiting = RepresentativeFactory(is_active=False)
    client.force_login(waiting.user)
    assert client.get(reverse("panel-institutions")).status_code == 404
    assert client.get(reverse("institution-new")).status_code == 200


def test_registration_asks_to_sign_in(client, db):
    page = reverse("institution-new")
    assert client.get(page).url == f"{reverse('account_login')}?next={page}"
    client.force_login(UserFactory())
    assert client.get(page).status_code == 200
