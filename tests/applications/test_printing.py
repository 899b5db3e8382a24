"""The documents say what the form says, and the confirmation is the same whenever it is downloaded."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from factories_applications import ApplicationFactory, ready_application
from factories_editions import EditionFactory
from factories_institutions import RepresentativeFactory
from probierz.applications import actions, printing
from probierz.applications.readiness import Readiness, content_digest
from probierz.base.clock import held_at, now, today

pytestmark = pytest.mark.django_db


def test_the_form_to_sign_is_a_tagged_polish_document():
    application = ApplicationFactory(edition=EditionFactory(calendar=True))
    with pikepdf.open(io.BytesIO(printing.form_pdf(application))) as document:
        assert str(document.Root.Lang) == "pl-PL"
        assert bool(document.Root.MarkInfo.Marked) is True
        assert str(document.docinfo["/Title"]) == f"Zgłoszenie: {application.institution.name}"


def test_the_form_carries_its_answers_and_their_digest():
    application = ApplicationFactory()
    data = printing.form_data(application)
    assert data["is_draft"] is True
    assert data["digest"] == content_digest(application)
    assert [row["label"] for row in data["sections"][0]["rows"]] == [
        "Pełna nazwa",
        "Jak obsługują Państwo mieszkańców",
        "Strona internetowa",
    ]
    assert data["sections"][0]["rows"][2]["value"] == "–"
    assert [entry["text"] for entry in data["declarations"]] == [
        "Pracownicy wiedzą, że odbędą się audyty.",
        "Akceptujemy zasady konkursu.",
    ]


def test_a_free_consent_is_never_ticked_for_anybody():
    application = ApplicationFactory()
    application.edition.declarations = [
        {"key": "zasady", "text": "Zasady", "required": True},
        {"key": "wiesci", "text": "Wieści", "required": False},
    ]
    assert [entry["accepted"] for entry in printing.form_data(application)["declarations"]] == [True, False]
    application.declarations = {"wiesci": "2025-10-01T10:00:00+02:00"}
    assert [entry["accepted"] for entry in printing.form_data(application)["declarations"]] == [True, True]


def test_the_confirmation_says_who_sent_what_and_when():
    representative = RepresentativeFactory(user__name="Anna Sekretarz")
    application = ready_application(institution=representative.institution)
    sent = actions.submit_application(application=application, actor=representative.user)
    data = printing.confirmation_data(sent)
    signed = Readiness(sent).signed_file
    assert (data["number"], data["submitted_by"]) == ("LZM/2025/0001", "Anna Sekretarz")
    assert [file["digest"] for file in data["files"]] == [signed.sha256]
    assert data["files"][0]["size"] == "1 kB"
    first = printing.confirmation_pdf(sent)
    with held_at(now() + timedelta(days=3)):
        assert printing.confirmation_pdf(sent) == first


def test_a_paper_one_says_so():
    application = ApplicationFactory(submitted=True, is_entered_by_office=True, received_on=today())
    assert printing.confirmation_data(application)["submitted_by"] == (
        "biuro konkursu, na podstawie dokumentu papierowego"
    )


def test_downloading_remembers_what_was_downloaded(client):
    representative = RepresentativeFactory()
    application = ApplicationFactory(institution=representative.institution)
    client.force_login(representative.user)
    response = client.get(reverse("panel-application-print", kwargs={"key": application.key}))
    application.refresh_from_db()
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert application.printed_digest == content_digest(application)


def test_a_confirmation_needs_something_to_confirm(client):
    representative = RepresentativeFactory()
    draft = ApplicationFactory(institution=representative.institution)
    client.force_login(representative.user)
    url = reverse("panel-application-confirmation", kwargs={"key": draft.key})
    assert client.get(url).status_code == 404
    draft.number, draft.submitted_at, draft.state = "LZM/2025/0009", now(), "submitted"
    draft.save()
    response = client.get(url)
    assert response.status_code == 200
    assert "Potwierdzenie-LZM-2025-0009.pdf" in response["Content-Disposition"]


def test_file_names_are_of_the_contest_and_the_institution():
    application = ApplicationFactory(institution__name="Gmina A/B")
    assert printing.form_name(application) == "Zgłoszenie-LZM-2025-Gmina A-B.pdf"
