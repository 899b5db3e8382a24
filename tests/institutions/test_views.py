"""What people do on the pages of the room."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory, UnitFactory
from probierz.accounts.models import Invitation
from probierz.institutions.models import Contact, Institution, Representative, Unit

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "urzad",
    "name": "Urząd Gminy Przerośl",
    "nip": "844-112-51-95",
    "voivodeship": "20",
    "city": "Przerośl",
    "capacity": "sekretarz gminy",
}


@pytest.fixture
def office(client):
    client.force_login(office_user())
    return client


def test_the_office_adds_and_edits(office):
    answer = office.post(reverse("office-institution-new"), FORM)
    institution = Institution.objects.get()
    assert answer.url == reverse("office-institution", args=[institution.key])
    wrong = office.post(reverse("office-institution-edit", args=[institution.key]), {**FORM, "nip": "1"})
    assert list(wrong.context["form"].errors) == ["nip"]
    office.post(reverse("office-institution-edit", args=[institution.key]), {**FORM, "short_name": "UG Przerośl"})
    institution.refresh_from_db()
    assert institution.short_name == "UG Przerośl"


def test_the_office_answers_a_request_on_the_card(office):
    waiting = RepresentativeFactory(is_active=False)
    args = [waiting.institution.key, waiting.pk]
    office.post(reverse("office-representative-approve", args=args))
    waiting.refresh_from_db()
    assert waiting.is_active is True
    office.post(reverse("office-representative-end", args=args))
    waiting.refresh_from_db()
    assert waiting.is_active is False
    refused = RepresentativeFactory(is_active=False, institution=waiting.institution)
    office.post(reverse("office-representative-refuse", args=[waiting.institution.key, refused.pk]))
    refused.refresh_from_db()
    assert refused.is_waiting is False
    stranger = RepresentativeFactory()
    page = reverse("office-representative-end", args=[waiting.institution.key, stranger.pk])
    assert office.post(page).status_code == 404


def test_the_office_invites_and_revokes(office):
    institution = InstitutionFactory()
    page = reverse("office-institution-invite", args=[institution.key])
    assert office.post(page, {"email": "to nie adres"}).status_code == 422
    office.post(page, {"email": "jan@gmina.example"})
    invitation = Invitation.objects.get()
    office.post(reverse("office-institution-invitation-revoke", args=[institution.key, invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_the_office_merges_on_a_page_that_compares(office):
    kept, merged = InstitutionFactory(name="Gmina Wieliszew"), InstitutionFactory(name="Gmina Wieliszew")
    assert len(office.get(reverse("office-institutions-duplicates")).context["groups"]) == 1
    page = reverse("office-institutions-merge")
    both = {"kept": str(kept.key), "merged": str(merged.key)}
    assert office.get(page, both).context["kept"] == kept
    assert office.post(page, both).url == reverse("office-institution", args=[kept.key])
    old = office.get(reverse("office-institution", args=[merged.key]))
    assert old.templates[0].name == "institutions/office/merged.html"
    assert office.post(page, both).url == reverse("office-institutions-duplicates")
    assert office.post(page, {"kept": str(kept.key), "merged": str(kept.key)}).status_code == 409


def test_parts_are_saved_in_place_and_without_scripts(office):
    institution = InstitutionFactory()
    add = reverse("office-institution-part", args=[institution.key, "punkty"])
    answer = office.post(add, {"punkty-new-name": "Delegatura"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.templates[0].name) == (200, "institutions/parts/_section.html")
    unit = Unit.objects.get()
    change = reverse("office-institution-part", args=[institution.key, "punkty", unit.pk])
    assert office.post(change, {f"punkty-{unit.pk}-name": "Delegatura II"}).status_code == 302
    wrong = office.post(change, {f"punkty-{unit.pk}-name": ""}, headers={"HX-Request": "true"})
    assert (wrong.status_code, wrong.context["rows"][0][1].errors != {}) == (422, True)
    unit.refresh_from_db()
    assert unit.name == "Delegatura II"
    contact = reverse("office-institution-part", args=[institution.key, "kontakty"])
    assert office.post(contact, {"kontakty-new-name": ""}).templates[0].name == "institutions/parts/page.html"
    office.post(contact, {"kontakty-new-name": "Anna Nowak"})
    assert Contact.objects.get().institution == institution
    office.post(reverse("office-institution-part-remove", args=[institution.key, "punkty", unit.pk]))
    assert Unit.objects.count() == 0
    assert office.get(add).status_code == 405
    assert office.post(reverse("office-institution-part", args=[institution.key, "licencje"])).status_code == 404


def test_a_part_of_another_institution_is_not_reached(office):
    unit = UnitFactory()
    page = reverse("office-institution-part", args=[InstitutionFactory().key, "punkty", unit.pk])
    assert office.post(page, {"name": "x"}).status_code == 404


def test_registration_by_a_new_nip(client):
    user = UserFactory()
    client.force_login(user)
    page = reverse("institution-new")
    assert list(client.get(page, {"nip": "123"}).context["form"].errors) == ["nip"]
    query = f"{page}?nip=844-112-51-95"
    assert client.get(query).context["form"].initial["nip"] == "8441125195"
    wrong = client.post(query, {**FORM, "capacity": ""})
    assert list(wrong.context["form"].errors) == ["capacity"]
    answer = client.post(query, FORM)
    institution = Institution.objects.get(nip="8441125195")
    assert answer.url == reverse("panel-institution", args=[institution.key])
    assert client.get(answer.url).status_code == 200


def test_a_known_nip_is_asked_for_and_never_taken_over(client):
    known = InstitutionFactory(nip="8441125195")
    user = UserFactory()
    client.force_login(user)
    query = f"{reverse('institution-new')}?nip=8441125195"
    assert client.get(query).context["institution"] == known
    client.post(query, {"capacity": "sekretarz"})
    request = Representative.objects.get()
    assert (request.user, request.is_waiting) == (user, True)
    assert [each.pk for each in client.get(reverse("institution-new")).context["waiting"]] == [request.pk]
    assert client.get("/panel/instytucje/").status_code == 404
    assert client.post(query, {"capacity": "sekretarz"}).status_code == 409


def test_a_representative_corrects_data_and_invites(client):
    representative = RepresentativeFactory()
    client.force_login(representative.user)
    institution = representative.institution
    page = reverse("panel-institution", args=[institution.key])
    wrong = client.post(page, {"city": "Tczew", "phone": "x"})
    assert list(wrong.context["form"].errors) == ["phone"]
    assert client.post(page, {"city": "Tczew", "nip": "8441125195"}).url == page
    institution.refresh_from_db()
    assert (institution.city, institution.nip != "8441125195") == ("Tczew", True)
    invite = reverse("panel-institution-invite", args=[institution.key])
    assert client.post(invite, {}).status_code == 422
    client.post(invite, {"email": "jan@gmina.example"})
    assert Invitation.objects.get().scope_key == str(institution.key)


def test_the_export_follows_the_filter(office):
    InstitutionFactory(kind="biblioteka", name="Biblioteka Miejska")
    InstitutionFactory(name="Gmina Inna")
    answer = office.get(reverse("office-institutions-export"), {"kind": "biblioteka"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode().count("\r\n") == 2


def test_a_long_register_is_paged(office):
    InstitutionFactory.create_batch(52)
    page = reverse("office-institutions")
    assert len(office.get(page).context["page"].object_list) == 50
    assert len(office.get(page, {"strona": "2"}).context["page"].object_list) == 2
