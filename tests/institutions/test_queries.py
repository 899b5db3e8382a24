from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_institutions import ContactFactory, InstitutionFactory, RepresentativeFactory, UnitFactory
from probierz.institutions import queries
from probierz.institutions.models import Institution

pytestmark = pytest.mark.django_db


def names(institutions):
    return [each.name for each in institutions]


def test_who_sees_what():
    mine = RepresentativeFactory()
    other, merged = InstitutionFactory(), InstitutionFactory(merged_into=mine.institution)
    office = office_user()
    assert set(queries.institutions_visible_to(office)) == {mine.institution, other}
    assert list(queries.institutions_visible_to(mine.user)) == [mine.institution]
    assert list(queries.institutions_visible_to(UserFactory())) == []
    assert list(queries.institutions_visible_to(AnonymousUser())) == []
    assert set(queries.institutions_with_merged_visible_to(office)) == {mine.institution, other, merged}
    assert list(queries.institutions_with_merged_visible_to(mine.user)) == []
    assert list(queries.import_batches_visible_to(mine.user)) == []
    assert queries.institution_by_key(mine.user, str(other.key)) is None


@pytest.mark.parametrize(
    "text",
    ["starogard gd", "STAROGARD GDAŃSKI", "gdanski starogard", "Urz¹d", "525-000-00-09", "5250000009", "pomorskie"],
)
def test_search_forgives(text):
    found = InstitutionFactory(name="Urząd Miasta", city="Starogard Gdański", nip="5250000009", regon="100000008")
    InstitutionFactory(name="Gmina Łęczyca", city="Łęczyca", voivodeship="10")
    assert list(queries.search(Institution.objects.all(), text)) == [found]


def test_search_by_regon_and_for_nothing():
    found = InstitutionFactory(regon="100000008")
    InstitutionFactory()
    assert list(queries.search(Institution.objects.all(), "100 000 008")) == [found]
    assert queries.search(Institution.objects.all(), "   ").count() == 2
    assert queries.search(Institution.objects.all(), "zamek").count() == 0


def test_the_register_is_in_polish_order():
    for name in ["Żary", "Łódź", "Zabrze", "Lublin", "Ćmielów", "Szkoła nr 10", "Szkoła nr 2"]:
        InstitutionFactory(name=name)
    office = office_user()
    ordered = ["Ćmielów", "Lublin", "Łódź", "Szkoła nr 2", "Szkoła nr 10", "Zabrze", "Żary"]
    assert names(queries.register(office)) == ordered
    assert names(queries.register(office, sort="-name")) == ordered[::-1]


def test_the_register_filters():
    office = office_user()
    library = InstitutionFactory(kind="biblioteka", name="Biblioteka")
    gmina = InstitutionFactory(voivodeship="14", teryt="1465011", name="Gmina")
    RepresentativeFactory(institution=gmina, is_active=False)
    RepresentativeFactory(institution=library)
    assert names(queries.register(office, kind="biblioteka")) == ["Biblioteka"]
    assert names(queries.register(office, voivodeship="14")) == ["Gmina"]
    assert names(queries.register(office, waiting=True)) == ["Gmina"]
    assert names(queries.register(office, text="gmin")) == ["Gmina"]
    assert queries.waiting_requests() == 1
    row = queries.register(office, kind="biblioteka").get()
    assert (row.active_representatives, row.waiting_representatives) == (1, 0)


def test_a_nip_of_a_merged_institution_leads_to_the_one_that_stayed():
    kept = InstitutionFactory()
    middle = InstitutionFactory(merged_into=kept)
    merged = InstitutionFactory(merged_into=middle)
    assert queries.institution_by_nip(merged.nip) == kept
    assert queries.institution_by_nip("8442142221") is None


def test_duplicates_are_proposed_by_regon_and_by_a_misread_name():
    first = InstitutionFactory(name="Urząd Miasta w Płońsku", city="Płońsk")
    misread = InstitutionFactory(name="Urzad Miasta w Ptonsku", city="Ptonsk")
    same_regon = InstitutionFactory(name="Urząd Miejski", regon=first.regon)
    InstitutionFactory(name="Szkoła nr 1")
    InstitutionFactory(name="Szkoła nr 11")
    InstitutionFactory(name="Gmina Osiek", city="Osiek")
    InstitutionFactory(name="Gmina Osiek", city="Osiek Mały")
    found = {likeness.reason: set(likeness.institutions) for likeness in queries.likely_duplicates(office_user())}
    assert found == {"name": {first, misread}, "regon": {first, same_regon}}


@pytest.mark.parametrize(
    "name", ["office-institutions", "office-institutions-duplicates", "office-institutions-export"]
)
def test_the_register_asks_the_same_number_of_questions_however_long_it_is(client, name):
    client.force_login(office_user())
    counts = []
    for rows in (1, 2):
        for _n in range(rows):
            RepresentativeFactory(institution=InstitutionFactory(name="Gmina Taka Sama"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("audience", ["office", "panel"])
def test_a_card_asks_the_same_number_of_questions_however_full_it_is(client, audience):
    representative = RepresentativeFactory()
    client.force_login(office_user() if audience == "office" else representative.user)
    page = reverse(f"{audience}-institution", args=[representative.institution.key])
    counts = []
    for rows in (1, 2):
        for _n in range(rows):
            UnitFactory(institution=representative.institution)
            ContactFactory(institution=representative.institution)
            RepresentativeFactory(institution=representative.institution)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_institutions_ask_the_same_number_of_questions(client):
    user = UserFactory()
    client.force_login(user)
    counts = []
    for rows in (1, 2):
        RepresentativeFactory.create_batch(rows, user=user)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("panel-institutions")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
