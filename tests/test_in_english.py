"""The platform in English: its pages are; what is kept, printed and sent stays in the programme's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from every_page import World, arguments, lived_year, patterns
from factories_applications import ApplicationFactory
from factories_editions import office_user
from probierz.base.clock import held_at
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.config.demo import year
from probierz.editions.presets import choices
from probierz.jury.models import Assignment, Conflict

POLISH = set(
    "nie jest oraz przez przy jak gdzie kiedy kto tak brak lub numer wszystkie termin godz zostało kanał nabór trwa "
    "ważna są aby można trzeba proszę państwo państwa już jeszcze tylko także które który która ich nad bez ze się "
    "tam gdy jeżeli albo ani więc czy była będzie instytucja instytucje instytucji licencja licencje licencji wynik "
    "wyniki wyników edycja edycje edycji konkurs konkursu zasady kryteria punkty punkt punktów pkt arkusz arkusze "
    "arkusza audyt audyty audytu audytów szukaj zapisz anuluj wróć dalej zmień usuń dodaj pokaż wybierz zgłoszenie "
    "zgłoszenia zgłoszeń jurora jurorów miejsce miejsca surowość poprawce skala średnia dni dzień".split()
)
WHO = {"office": "coordinator", "institution": "representative", "juror": "juror"}
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


class Reader(HTMLParser):
    """What a page says in the words of its own language: without what is marked as Polish."""

    SILENT = frozenset({"script", "style"})
    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col"})
    SPOKEN = ("aria-label", "placeholder", "alt", "title", "data-label")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []

    @property
    def is_silent(self) -> bool:
        return any(silent for _tag, silent in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = self.is_silent or given.get("lang") == "pl" or tag in self.SILENT
        if not silent:
            self.said += [given[name] or "" for name in self.SPOKEN if name in given]
        if tag not in self.VOID:
            self.open.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.said.append(data)


def sentences(value: object) -> Iterator[str]:
    """The lines of more than one word, however deep."""
    if isinstance(value, str):
        yield from (" ".join(line.split()) for line in value.splitlines() if " " in line.strip())
    elif isinstance(value, dict):
        yield from sentences(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from sentences(part)


def written_by_people() -> set[str]:
    """Every sentence and name in the database: the contest's own words, which nobody translates."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("probierz."):
            kinds = (models.CharField, models.TextField, models.JSONField)
            names = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]
            found.update(sentences([list(row) for row in model.objects.values_list(*names)]))
    return found


def polish_on(page: str, own: list[str]) -> list[str]:
    reader, found = Reader(), []
    reader.feed(page)
    for text in reader.said:
        left = " ".join(text.split())
        if POLISH & set(re.findall(r"\w+", left.lower())):
            for words in own:
                left = left.replace(words, "")
        if POLISH & set(re.findall(r"\w+", left.lower())):
            found.append(left)
    return found


def test_pages_in_english_say_nothing_in_polish(english_year):
    own = sorted(written_by_people() | {title for _key, title in choices()}, key=len, reverse=True)
    found, pages = [], 0
    browsers = {audience: in_english(english_year.people[role]) for audience, role in WHO.items()}
    for audience, name, wanted in patterns():
        if audience in browsers:
            url = reverse(name, kwargs=arguments(name, wanted, english_year.things))
            answer = browsers[audience].get(url)
            if answer.status_code in {200, 409} and answer["Content-Type"].startswith("text/html"):
                pages += 1
                found += [(name, text) for text in polish_on(answer.content.decode(), own)]
    assert found == []
    assert pages > 90


def test_a_print_has_the_same_bytes_in_both_languages(db):
    application = ApplicationFactory(submitted=True)
    edition = application.edition
    here = [edition.programme.slug, edition.slug]
    client = in_english(office_user(edition))
    addresses = [
        reverse("office-application-print", args=[*here, application.key]),
        reverse("public-rules-pdf", args=here),
        reverse("public-calendar", args=here),
    ]
    with held_at(year.CLOCK["published"]):
        english = [client.get(address).content for address in addresses]
        client.cookies["django_language"] = "pl"
        assert [client.get(address).content for address in addresses] == english
    assert [content[:5] for content in english] == [b"%PDF-", b"%PDF-", b"BEGIN"]
