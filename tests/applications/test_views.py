"""The pages: the institution's four steps, the office's list and card, and who is answered at all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory, ApplicationFileFactory, ready_application
from factories_editions import CategoryFactory, EditionFactory, office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.applications import actions
from probierz.applications.models import Application, ApplicationFile
from probierz.applications.readiness import Readiness
from probierz.base.clock import held_at, now, today

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def representative():
    return RepresentativeFactory()


@pytest.fixture
def mine(client, representative) -> Client:
    client.force_login(representative.user)
    return client


@pytest.fixture
def draft(representative) -> Application:
    edition = EditionFactory(call_open=True)
    return ApplicationFactory(
        edition=edition, institution=representative.institution, category=CategoryFactory(edition=edition)
    )


def panel(name: str, application: Application, **more) -> str:
    return reverse(f"panel-{name}", kwargs={"key": application.key, **more})


def office(name: str, application: Application, **more) -> str:
    edition = application.edition
    place = {"programme": edition.programme.slug, "edition": edition.slug, "key": application.key}
    return reverse(f"office-{name}", kwargs={**place, **more})


def office_list(edition, name: str = "applications") -> str:
    return reverse(f"office-{name}", kwargs={"programme": edition.programme.slug, "edition": edition.slug})


PANEL_PAGES = [
    "application",
    "application-preview",
    "application-sign",
    "application-declarations",
    "application-submit",
]


@pytest.mark.parametrize("name", PANEL_PAGES)
def test_each_step_shows_a_draft(mine, draft, name):
    assert mine.get(panel(name, draft)).status_code == 200


@pytest.mark.parametrize("trait", ["submitted", "in_completion", "accepted", "rejected", "withdrawn"])
def test_every_state_has_its_page(mine, representative, trait):
    application = ApplicationFactory(institution=representative.institution, **{trait: True})
    response = mine.get(panel("application", application))
    assert response.status_code == 200
    assert application.number in response.content.decode()
    assert mine.get(reverse("panel-applications")).status_code == 200


def test_the_way_from_nothing_to_a_number(mine, representative):
    edition = EditionFactory(call_open=True)
    category = CategoryFactory(edition=edition)
    assert mine.get(reverse("panel-applications")).status_code == 200
    assert str(edition) in mine.get(reverse("panel-application-new")).content.decode()
    start = reverse(
        "panel-application-start", kwargs={"edition": edition.key, "institution": representative.institution.key}
    )
    page = mine.get(start)
    assert page.context["form"].initial["category"] == category
    mine.post(start, {"category": category.pk})
    application = Application.objects.get()
    section = panel("application-section", application, section="instytucja")
    assert mine.get(panel("application-form", application)).url == section
    page = mine.get(section)
    posted = {
        "revision": page.context["seen"],
        "base": page.context["base"],
        "f-nazwa": representative.institution.name,
        "f-opis": "Obsługujemy od ręki.",
        "f-www": "",
    }
    assert mine.post(section, posted).url == panel("application-preview", application)
    signed = SimpleUploadedFile("skan.pdf", b"%PDF-1.7\n%%EOF\n")
    mine.post(panel("application-sign", application), {"kind": "signed-form", "file": signed})
    declared = {"d-pracownicy": "on", "d-zasady": "on", "staff_informed_on": today().isoformat()}
    assert mine.post(panel("application-declarations", application), declared).url == panel(
        "application-submit", application
    )
    page = mine.get(panel("application-submit", application))
    assert bool(page.context["verdict"]) is True
    sent = mine.post(panel("application-submit", application), follow=True)
    application.refresh_from_db()
    assert application.number == "LZM/2025/0001"
    assert "LZM/2025/0001" in sent.content.decode()


def test_starting_twice_leads_to_what_is_there(mine, draft, representative):
    start = reverse(
        "panel-application-start", kwargs={"edition": draft.edition.key, "institution": representative.institution.key}
    )
    assert mine.get(start).url == panel("application", draft)


def test_submitting_twice_leads_to_the_same_number(mine, representative):
    application = ready_application(institution=representative.institution)
    first = mine.post(panel("application-submit", application), follow=True)
    second = mine.post(panel("application-submit", application), follow=True)
    application.refresh_from_db()
    assert first.redirect_chain == second.redirect_chain
    assert application.number == "LZM/2025/0001"


def test_a_late_submission_is_a_page_that_says_what_is_kept(mine, representative):
    application = ready_application(institution=representative.institution)
    closes_at = now() + timedelta(hours=1)
    application.edition.stages.update(closes_at=closes_at)
    with held_at(closes_at):
        response = mine.post(panel("application-submit", application))
        overview = mine.get(panel("application", application)).content.decode()
    application.refresh_from_db()
    assert response.status_code == 409
    assert "zostają u Państwa" in response.content.decode()
    assert "zostają u Państwa" in overview
    assert application.state == State.DRAFT


def autosave(client, application, seen="0", **changed):
    data = {"changed": [f"f-{key}" for key in changed], "revision": seen}
    data |= {f"f-{key}": value for key, value in changed.items()}
    response = client.post(panel("application-autosave", application), data, headers={"accept": "application/json"})
    return response.status_code, json.loads(response.content)


def test_autosave_answers_with_what_is_wrong_and_missing(mine, draft):
    status, answer = autosave(mine, draft, www="to nie adres")
    draft.refresh_from_db()
    assert status == 200
    assert answer["revision"] == "1"
    assert list(answer["errors"]) == ["f-www"]
    assert answer["missing"] == 1
    assert draft.answers["www"] == "to nie adres"


def test_autosave_of_two_browsers_shows_both_values(mine, draft):
    autosave(mine, draft, opis="z pierwszej")
    status, answer = autosave(mine, draft, opis="z drugiej", www="https://b.example")
    assert status == 409
    assert answer["fields"]["f-opis"]["value"] == "z pierwszej"
    assert answer["fields"]["f-www"]["value"] == "https://b.example"
    status, _answer = autosave(mine, draft, answer["revision"], opis="z drugiej")
    draft.refresh_from_db()
    assert status == 200
    assert (draft.answers["opis"], draft.answers["www"]) == ("z drugiej", "https://b.example")


def test_autosave_after_the_call_stops_with_a_message(mine, draft):
    with held_at(now() + timedelta(days=30)):
        status, answer = autosave(mine, draft, opis="za późno")
    assert status == 403
    assert answer["code"] == "late"


def test_a_section_posted_from_an_old_page_conflicts_and_keeps_both(mine, draft):
    url = panel("application-section", draft, section="instytucja")
    page = mine.get(url)
    autosave(mine, draft, opis="ktoś inny")
    posted = {"revision": page.context["seen"], "base": page.context["base"], "f-nazwa": "Nowa nazwa"}
    conflict = mine.post(url, {**posted, "f-opis": "moje słowa"})
    draft.refresh_from_db()
    assert conflict.status_code == 409
    assert "ktoś inny" in conflict.content.decode()
    assert "moje słowa" in conflict.content.decode()
    assert (draft.answers["nazwa"], draft.answers["opis"]) == ("Nowa nazwa", "ktoś inny")
    again = {"revision": conflict.context["seen"], "base": conflict.context["base"], "f-nazwa": "Nowa nazwa"}
    mine.post(url, {**again, "f-opis": "moje słowa"})
    draft.refresh_from_db()
    assert draft.answers["opis"] == "moje słowa"


def test_an_untouched_old_field_does_not_undo_anothers_change(mine, draft):
    url = panel("application-section", draft, section="instytucja")
    page = mine.get(url)
    before = dict(draft.answers)
    autosave(mine, draft, opis="ktoś inny")
    posted = {"revision": page.context["seen"], "base": page.context["base"], "f-nazwa": "Nowa nazwa"}
    response = mine.post(url, {**posted, "f-opis": before["opis"]})
    draft.refresh_from_db()
    assert response.status_code == 302
    assert draft.answers["opis"] == "ktoś inny"


def test_an_unknown_section_is_not_found(mine, draft):
    assert mine.get(panel("application-section", draft, section="nie-ma")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("umowa.pdf", b"MZ\x90\x00 program"),
        ("zgloszenie.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("zdjecie.jpg", b"GIF89a"),
        ("skan.png", b"PK\x03\x04archive"),
        ("podpis.xml", b"<?xml version='1.0'?><zgloszenie/>"),
        ("bomba.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        ("pusty.pdf", b""),
    ],
)
def test_uploads_that_lie_about_their_type_are_refused(mine, draft, name, content):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    response = mine.post(panel("application-sign", draft), {"kind": "signed-form", "file": file})
    assert response.status_code == 422
    assert ApplicationFile.objects.count() == 0


def test_an_upload_is_named_by_its_content(mine, draft):
    file = SimpleUploadedFile("../../faktura.exe", b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    mine.post(panel("application-sign", draft), {"kind": "attachment", "file": file})
    kept = ApplicationFile.objects.get()
    assert (kept.name, kept.content_type) == ("faktura.png", "image/png")
    assert mine.get(panel("application-sign", draft)).status_code == 200


def test_too_large_is_refused(mine, draft, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    file = SimpleUploadedFile("skan.pdf", b"%PDF-1.7" + b"0" * 1024 * 1024)
    response = mine.post(panel("application-sign", draft), {"kind": "signed-form", "file": file})
    assert response.status_code == 422


def test_a_file_leaves_as_a_download_to_its_people_only(mine, client, draft):
    file = ApplicationFileFactory(application=draft, name="Zgłoszenie podpisane.pdf")
    url = panel("application-file", draft, file=file.key)
    response = mine.get(url)
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "application/pdf"
    client.force_login(RepresentativeFactory().user)
    assert client.get(url).status_code == 404
    client.force_login(office_user(draft.edition))
    assert client.get(office("application-file", draft, file=file.key)).status_code == 200
    client.force_login(office_user())
    assert client.get(office("application-file", draft, file=file.key)).status_code == 404


def test_an_attachment_is_removed(mine, draft):
    file = ApplicationFileFactory(application=draft, kind="attachment")
    mine.post(panel("application-file-remove", draft, file=file.key))
    file.refresh_from_db()
    assert file.replaced_at is not None


def test_withdrawing(mine, draft):
    mine.post(panel("application-withdraw", draft), {"reason": "Zmiana planów."})
    draft.refresh_from_db()
    assert (draft.state, draft.decision_reason) == (State.WITHDRAWN, "Zmiana planów.")


def test_a_completion_request_is_answered_on_the_page(client, mine, representative):
    application = ready_application(institution=representative.institution)
    actions.submit_application(application=application, actor=representative.user)
    actions.issue_completion_request(
        application=application, what="Proszę poprawić opis.", actor=office_user(application.edition)
    )
    page = mine.get(panel("application", application)).content.decode()
    mine.post(panel("application-completion", application), {"answer": "Poprawiono."})
    application.refresh_from_db()
    assert "Proszę poprawić opis." in page
    assert application.state == State.SUBMITTED
    assert application.completion_requests.get().answer == "Poprawiono."


@pytest.mark.parametrize("name", [*PANEL_PAGES, "application-form"])
def test_strangers_get_404_and_passers_by_are_asked_to_sign_in(client, draft, name):
    url = panel(name, draft)
    assert client.get(url).status_code == 302
    assert client.get(url).url.startswith(reverse("account_login"))
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(RepresentativeFactory().user)
    assert client.get(url).status_code == 404
    client.force_login(office_user(draft.edition))
    assert client.get(url).status_code == 404


def test_an_inactive_representative_is_a_stranger(client, draft):
    lapsed = RepresentativeFactory(institution=draft.institution, is_active=False)
    RepresentativeFactory(user=lapsed.user)
    client.force_login(lapsed.user)
    assert client.get(panel("application", draft)).status_code == 404


@pytest.mark.parametrize("name", ["application", "application-reject", "application-request"])
def test_the_office_pages_answer_their_office_only(client, name):
    application = ApplicationFactory(submitted=True)
    url = office(name, application)
    assert client.get(url).status_code == 302
    for user in (UserFactory(), office_user(), RepresentativeFactory(institution=application.institution).user):
        client.force_login(user)
        assert client.get(url).status_code == 404
    client.force_login(office_user(application.edition))
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("trait", ["submitted", "in_completion", "accepted", "rejected", "withdrawn"])
def test_the_card_shows_every_state(client, trait):
    application = ApplicationFactory(**{trait: True})
    ApplicationFileFactory(application=application)
    client.force_login(office_user(application.edition))
    assert client.get(office("application", application)).status_code == 200


def test_the_formal_check_swaps_its_part_of_the_page(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(office_user(application.edition))
    url = office("application-check", application)
    part = client.post(url, {"point": "signed", "verdict": "met"}, headers={"hx-request": "true"})
    plain = client.post(url, {"point": "complete", "verdict": "unmet"})
    assert part.status_code == 200
    assert part.templates[0].name == "applications/office/_check.html"
    assert plain.url == office("application", application)
    assert application.formal_check.points == {"signed": "met", "complete": "unmet"}


def test_the_office_decides_on_the_pages(client):
    edition = EditionFactory(call_open=True)
    client.force_login(office_user(edition))
    accepted = ApplicationFactory(edition=edition, submitted=True)
    client.post(office("application-confirm-all", accepted))
    client.post(office("application-accept", accepted))
    returned = ApplicationFactory(edition=edition, submitted=True)
    client.post(office("application-check", returned), {"point": "complete", "verdict": "unmet"})
    proposed = client.get(office("application-request", returned)).context["form"].initial["what"]
    client.post(office("application-request", returned), {"what": proposed})
    rejected = ApplicationFactory(edition=edition, submitted=True)
    client.post(office("application-note", rejected), {"note": "Bez podpisu."})
    short = client.post(office("application-reject", rejected), {"reason": "nie"})
    client.post(office("application-reject", rejected), {"reason": "Zgłoszenia nie podpisano."})
    withdrawn = ApplicationFactory(edition=edition, submitted=True)
    client.post(office("application-withdraw", withdrawn), {"reason": "Na prośbę."})
    states = list(Application.objects.order_by("pk").values_list("state", flat=True))
    assert proposed == "– Proszę uzupełnić brakujące pola formularza."
    assert short.status_code == 200
    assert states == [State.ACCEPTED, State.COMPLETION, State.REJECTED, State.WITHDRAWN]


def test_an_observer_sees_and_changes_nothing(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(office_user(application.edition, role="observer"))
    assert client.get(office("application", application)).status_code == 200
    response = client.post(office("application-reject", application), {"reason": "Bo tak i już, koniec."})
    application.refresh_from_db()
    assert response.status_code == 409
    assert application.state == State.SUBMITTED


def test_the_list_searches_filters_sorts_and_exports(client):
    edition = EditionFactory(call_open=True)
    gminy, powiaty = CategoryFactory(edition=edition), CategoryFactory(edition=edition)
    starogard = InstitutionFactory(name="Gmina Miejska Starogard Gdański")
    lodz = InstitutionFactory(name="Łódzki Urząd", city="Łódź", voivodeship="10")
    first = ApplicationFactory(edition=edition, institution=starogard, category=gminy, submitted=True)
    second = ApplicationFactory(edition=edition, institution=lodz, category=powiaty)
    ApplicationFactory(submitted=True)
    client.force_login(office_user(edition))

    def found(**query) -> list[Application]:
        return [row["application"] for row in client.get(office_list(edition), query).context["rows"]]

    assert found() == [first, second]
    assert found(text="starogard gd") == [first]
    assert found(text="lodzki") == [second]
    assert found(state="draft") == [second]
    assert found(state="overdue") == []
    assert found(category=powiaty.key) == [second]
    assert found(voivodeship="10") == [second]
    assert found(sort="-name") == [second, first]
    assert found(sort="name") == [first, second]
    assert found(text="nie ma takiej") == []
    export = client.get(office_list(edition, "applications-csv"), {"state": "draft"})
    lines = export.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Łódzki Urząd" in lines[1]


def queries_of(client, user, url) -> int:
    client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_lists_cost_the_same_with_one_row_and_three(client):
    edition = EditionFactory(call_open=True)
    member, representative = office_user(edition), RepresentativeFactory()

    def add(n: int) -> None:
        for _n in range(n):
            application = ApplicationFactory(edition=edition, in_completion=True)
            RepresentativeFactory(user=representative.user, institution=application.institution)

    add(1)
    one = [queries_of(client, member, office_list(edition))]
    one += [queries_of(client, representative.user, reverse("panel-applications"))]
    add(2)
    three = [queries_of(client, member, office_list(edition))]
    three += [queries_of(client, representative.user, reverse("panel-applications"))]
    assert one == three


def test_the_office_types_in_a_paper_one(client):
    edition = EditionFactory(call_open=True)
    category = CategoryFactory(edition=edition)
    institution = InstitutionFactory()
    client.force_login(office_user(edition))
    url = office_list(edition, "application-enter")
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"nip": "1234567890", "category": category.pk, "received_on": today().isoformat()})
    assert list(wrong.context["form"].errors) == ["nip"]
    client.post(url, {"nip": institution.nip, "category": category.pk, "received_on": today().isoformat()})
    application = Application.objects.get()
    page = client.get(office("application-form", application))
    part = page.context["sections"][0]
    client.post(
        office("application-save", application),
        {
            "section": "instytucja",
            "revision": page.context["seen"],
            "base": part["base"],
            "f-nazwa": institution.name,
            "f-opis": "Z papieru.",
        },
    )
    saved = client.post(
        office("application-autosave", application),
        {"changed": ["f-www"], "f-www": "https://urzad.example", "revision": "1"},
    )
    lie = SimpleUploadedFile("skan.pdf", b"MZ")
    assert (
        client.post(office("application-upload", application), {"kind": "signed-form", "file": lie}).status_code == 422
    )
    scan = SimpleUploadedFile("skan.pdf", b"%PDF-1.7\n%%EOF\n")
    client.post(office("application-upload", application), {"kind": "signed-form", "file": scan})
    declared = {"d-pracownicy": "on", "d-zasady": "on", "staff_informed_on": today().isoformat()}
    client.post(office("application-declare", application), declared)
    client.post(office("application-register", application))
    application.refresh_from_db()
    assert saved.status_code == 200
    assert application.answers["www"] == "https://urzad.example"
    assert (application.state, application.number) == (State.SUBMITTED, "LZM/2025/0001")
    client.post(office("application-request", application), {"what": "Proszę dosłać podpis."})
    assert client.get(office("application-form", application)).status_code == 200
    client.post(office("application-register", application))
    application.refresh_from_db()
    assert (application.state, application.number) == (State.SUBMITTED, "LZM/2025/0001")


def test_what_the_institution_filled_the_office_does_not_edit(client, draft):
    client.force_login(office_user(draft.edition))
    assert client.get(office("application-form", draft)).status_code == 404


def test_the_timeline_of_the_institution_hides_the_offices_own_work(client, mine, representative):
    application = ready_application(institution=representative.institution)
    actions.submit_application(application=application, actor=representative.user)
    member = office_user(application.edition)
    actions.note_on_check(application=application, note="Tajna notatka.", actor=member)
    page = mine.get(panel("application", application)).content.decode()
    assert "Tajna notatka" not in page
    assert member.name not in page
    assert [entry["title"] for entry in mine.get(panel("application", application)).context["timeline"]] == [
        "Złożono zgłoszenie"
    ]


def test_the_readiness_of_a_page_is_of_the_fresh_row(mine, draft):
    page = mine.get(panel("application-submit", draft))
    assert isinstance(page.context["readiness"], Readiness)
    assert bool(page.context["verdict"]) is False
