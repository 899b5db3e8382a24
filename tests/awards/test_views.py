"""The room's pages: for the office that runs the edition, and for the holder."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_awards import AwardFactory, LicenceFactory, expired_licence
from factories_editions import office_user
from factories_institutions import RepresentativeFactory
from factories_jury import JurorFactory
from factories_results import finished_edition, measured, published, representative_of
from probierz.awards.models import Award, Licence

pytestmark = pytest.mark.django_db


def here(edition, name, **more):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **more})


@pytest.fixture
def licence():
    return LicenceFactory()


def office_pages(licence):
    edition = licence.edition
    return [
        here(edition, "office-awards"),
        here(edition, "office-certificates"),
        here(edition, "office-award-give"),
        here(edition, "office-licence", number=licence.number),
    ]


def test_the_office_sees_its_pages(client, licence):
    AwardFactory(application__edition=licence.edition)
    client.force_login(office_user(licence.edition))
    assert [client.get(page).status_code for page in office_pages(licence)] == [200] * 4
    assert client.get(here(licence.edition, "office-certificate", number=licence.number)).status_code == 404


def test_strangers_do_not(client, licence):
    holder = RepresentativeFactory(institution=licence.institution).user
    juror = JurorFactory(programme=licence.edition.programme).user
    for user in (office_user(), holder, juror, UserFactory()):
        client.force_login(user)
        assert [client.get(page).status_code for page in office_pages(licence)] == [404] * 4
    client.logout()
    assert [client.get(page).status_code for page in office_pages(licence)] == [302] * 4


def test_licences_are_granted_in_the_browser(client, run_jobs):
    edition = finished_edition()
    measured(edition, name="Gmina Wygrana")
    coordinator = office_user(edition)
    published(edition, coordinator)
    client.force_login(coordinator)
    preview = client.get(here(edition, "office-awards")).content.decode()
    assert "Gmina Wygrana" in preview
    client.post(here(edition, "office-licences-grant"), {"valid_from": ""})
    assert Licence.objects.count() == 0
    client.post(here(edition, "office-licences-grant"), {"valid_from": "2026-03-13"})
    licence = Licence.objects.get()
    assert client.post(here(edition, "office-certificates-queue")).status_code == 302
    run_jobs()
    paper = client.get(here(edition, "office-certificate", number=licence.number))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Gotowe: 1 z 1." in client.get(here(edition, "office-awards")).content.decode()


def test_a_licence_is_suspended_and_restored_in_the_browser(client, licence):
    client.force_login(office_user(licence.edition))

    def change(what, reason):
        page = here(licence.edition, "office-licence-change", number=licence.number, what=what)
        answer = client.post(page, {"reason": reason})
        licence.refresh_from_db()
        return answer.status_code, licence.state

    assert change("zawies", "krótko") == (302, "active")
    assert change("zawies", "Skargi mieszkańców.") == (302, "suspended")
    assert change("zawies", "Skargi mieszkańców.") == (409, "suspended")
    assert change("przywroc", "Wyjaśniono skargi.") == (302, "active")
    assert change("usun", "Tak nie można zrobić.") == (404, "active")
    page = client.get(here(licence.edition, "office-licence", number=licence.number)).content.decode()
    assert ["Skargi mieszkańców." in page, "Wyjaśniono skargi." in page] == [True, True]


def test_a_statuette_is_given_told_and_taken_back_in_the_browser(client):
    edition = finished_edition()
    application = measured(edition)
    coordinator = office_user(edition)
    published(edition, coordinator)
    client.force_login(coordinator)
    fields = {"award": "statuetka", "application": application.pk, "reason": "Za rozmowy z mieszkańcami."}
    wrong = client.post(here(edition, "office-award-give"), {**fields, "reason": ""})
    assert (wrong.status_code, Award.objects.count()) == (200, 0)
    client.post(here(edition, "office-award-give"), fields)
    client.post(here(edition, "office-award-take-back", key=Award.objects.get().key))
    assert Award.objects.count() == 0
    client.post(here(edition, "office-award-give"), fields)
    client.post(here(edition, "office-awards-publish"))
    assert Award.objects.get().is_public


def test_the_list_costs_the_same_however_long(client, licence):
    client.force_login(office_user(licence.edition))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(here(licence.edition, "office-awards")).status_code == 200
        return len(captured)

    few = queries()
    LicenceFactory.create_batch(2, edition=licence.edition)
    for _more in range(2):
        AwardFactory(application__edition=licence.edition)
    # Statuettes bring their buttons, and the list of them is one query either way.
    assert queries() == few


def test_a_holder_sees_and_downloads_its_own_only(client, licence, run_jobs):
    from probierz.awards.jobs import make_certificate

    make_certificate.call(licence.pk)
    other = LicenceFactory()
    client.force_login(RepresentativeFactory(institution=licence.institution).user)
    page = client.get(reverse("panel-licences")).content.decode()
    assert [licence.number in page, other.number in page] == [True, False]
    paper = client.get(reverse("panel-certificate", kwargs={"number": licence.number}))
    assert paper.content[:5] == b"%PDF-"
    for name in ("panel-certificate", "panel-logo-pack"):
        assert client.get(reverse(name, kwargs={"number": other.number})).status_code == 404


def test_the_mark_comes_in_a_pack(client, licence):
    client.force_login(RepresentativeFactory(institution=licence.institution).user)
    answer = client.get(reverse("panel-logo-pack", kwargs={"number": licence.number}))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        kinds = {name.rpartition(".")[2] for name in pack.namelist()}
        assert (kinds, pack.testzip()) == ({"svg", "png", "txt"}, None)
        assert licence.number in pack.read("README.txt").decode()


@pytest.mark.parametrize("state", ["suspended", "withdrawn", "expired"])
def test_the_mark_of_a_stopped_licence_is_refused_with_a_reason(client, state):
    licence = expired_licence() if state == "expired" else LicenceFactory(state=state)
    client.force_login(RepresentativeFactory(institution=licence.institution).user)
    answer = client.get(reverse("panel-logo-pack", kwargs={"number": licence.number}))
    assert (answer.status_code, "Licencj" in answer.content.decode()) == (409, True)
    page = client.get(reverse("panel-licences")).content.decode()
    assert reverse("panel-logo-pack", kwargs={"number": licence.number}) not in page


def test_an_institution_without_a_licence_is_told_how_one_is_won(client):
    client.force_login(representative_of(measured(finished_edition())))
    assert "Nie mają Państwo jeszcze licencji" in client.get(reverse("panel-licences")).content.decode()


def test_my_licences_cost_the_same_however_many(client, licence):
    user = RepresentativeFactory(institution=licence.institution).user
    client.force_login(user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("panel-licences")).status_code == 200
        return len(captured)

    few = queries()
    LicenceFactory.create_batch(2, institution=licence.institution)
    assert queries() == few
