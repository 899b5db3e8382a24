"""The platform in English: its pages are; what is kept, printed and sent stays in the programme's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from every_page import World, lived_year
from factories_applications import ApplicationFactory
from factories_editions import office_user
from probierz.base.clock import held_at
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.config.demo import year
from probierz.jury.models import Assignment, Conflict

ENGLISH = {"the", "of", "and", "your", "has", "been", "is"}


@pytest.fixture
def english_year(run_jobs) -> Iterator[World]:
    """A whole year of the contest in which everybody worked in English."""
    with override("en"):
        world = lived_year(run_jobs)
    with held_at(year.CLOCK["published"]):
        yield world


def in_english(user) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def test_a_year_lived_in_english_is_kept_and_sent_in_polish(english_year):
    names = JournalEntry.objects.filter(verb="audit.submitted").values_list("subject_name", flat=True)
    channels = {name.rpartition(" – ")[2] for name in names}
    assert channels <= {"wizyta", "telefon", "e-mail", "strona internetowa", "media społecznościowe"}
    reasons = Assignment.objects.exclude(plan=None).values_list("reason", flat=True)
    assert {reason.partition(":")[0] for reason in reasons} == {"z planu przydziału"}
    notes = Conflict.objects.exclude(note="").values_list("note", flat=True)
    assert {note.partition(" ")[0] for note in notes} <= {"juror", "adres", "NIP"}
    letters = [f"{letter.subject} {letter.body}" for letter in OutgoingMail.objects.all()]
    assert [letter for letter in letters if ENGLISH & set(re.findall(r"\w+", letter.lower()))] == []


def test_an_application_refused_in_english_is_told_of_in_polish(db):
    application = ApplicationFactory(submitted=True, institution__email="urzad@example.org")
    edition, user = application.edition, office_user(application.edition)
    here = [edition.programme.slug, edition.slug]
    client = in_english(user)
    page = client.post(
        reverse("office-application-reject", args=[*here, application.key]), {"reason": "Nie ma podpisu."}, follow=True
    ).content.decode()
    assert "The application has been rejected" in page
    told = OutgoingMail.objects.get()
    assert told.subject == f"Zgłoszenie {application.number} zostało odrzucone"
    listed = client.get(reverse("office-applications-csv", args=here))
    assert listed.content.decode("utf-8-sig").splitlines()[0].startswith("Numer;Instytucja;Rodzaj;NIP;Miejscowość")


def test_a_print_has_the_same_bytes_in_both_languages(english_year):
    application = english_year.things["application"]
    edition = application.edition
    client = in_english(english_year.people["coordinator"])
    addresses = [
        reverse("office-application-print", args=[edition.programme.slug, edition.slug, application.key]),
        reverse("public-rules-pdf", args=[edition.programme.slug, edition.slug]),
    ]
    english = [client.get(address).content for address in addresses]
    client.cookies["django_language"] = "pl"
    assert [client.get(address).content for address in addresses] == english
