"""Is the input sound? Only what no page test tries already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories_applications import ApplicationFactory
from factories_editions import CategoryFactory, EditionFactory
from factories_institutions import InstitutionFactory
from probierz.applications import forms
from probierz.applications.readiness import Readiness
from probierz.base.clock import held_at, today
from probierz.institutions.models import Institution

pytestmark = pytest.mark.django_db
AFTER_THE_CALL = datetime(2025, 10, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received_on", "fault"),
    [
        (date(2025, 9, 16), "Nabór jeszcze wtedy nie trwał."),
        (date(2025, 9, 17), ""),
        (date(2025, 10, 24), ""),
        (date(2025, 10, 25), "Zgłoszenie wpłynęło po zakończeniu naboru, więc nie można go przyjąć."),
        (date(2025, 10, 31), "Data wpływu nie może być późniejsza niż dzisiejsza."),
    ],
)
def test_paper_counts_by_the_day_it_came(received_on, fault):
    edition = EditionFactory(calendar=True)
    institution = InstitutionFactory()
    data = {"nip": institution.nip, "category": CategoryFactory(edition=edition).pk, "received_on": received_on}
    with held_at(AFTER_THE_CALL):
        form = forms.PaperForm(edition, Institution.objects.all(), data)
        assert form.errors.get("received_on", []) == ([fault] if fault else [])
    assert form.institution == institution


def test_a_nip_may_be_written_with_dashes():
    edition = EditionFactory(call_open=True)
    institution = InstitutionFactory()
    nip = institution.nip
    written = f"PL {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}"
    data = {"nip": written, "category": CategoryFactory(edition=edition).pk, "received_on": today()}
    form = forms.PaperForm(edition, Institution.objects.all(), data)
    assert form.errors == {}


def test_staff_are_not_informed_in_the_future():
    readiness = Readiness(ApplicationFactory())
    form = forms.DeclarationsForm(readiness, {"staff_informed_on": today() + timedelta(days=1)})
    assert list(form.errors) == ["staff_informed_on"]


def test_declarations_may_be_left_half_done():
    form = forms.DeclarationsForm(Readiness(ApplicationFactory()), {"d-zasady": "on"})
    assert form.errors == {}
    assert (form.given, form.staff_informed_on) == (["zasady"], None)
    assert form.needed == {"d-zasady", "d-pracownicy", "staff_informed_on"}


def test_an_attachment_is_no_xml():
    file = SimpleUploadedFile("a.xml", b"<?xml version='1.0'?><a/>")
    form = forms.UploadForm("attachment", {"kind": "attachment"}, {"file": file})
    assert list(form.errors) == ["file"]


def test_a_category_of_another_edition_is_refused():
    form = forms.StartForm(EditionFactory(call_open=True), {"category": CategoryFactory().pk})
    assert list(form.errors) == ["category"]


def test_a_filter_forgives_nonsense():
    form = forms.ApplicationFilter([], {"state": "zmyślony", "text": "urząd", "category": "nie-ma"})
    assert form.criteria() == {"text": "urząd"}
