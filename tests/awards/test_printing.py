"""What a certificate says, and the same bytes for the same licence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factories_awards import LicenceFactory
from probierz.awards import printing

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence():
    return LicenceFactory(
        number="LZM-2025-007",
        valid_from=date(2026, 3, 13),
        valid_until=date(2027, 3, 12),
        granted_at=datetime(2026, 3, 12, 23, 30, tzinfo=UTC),
        in_a_row=3,
        edition__programme__organiser_address="ul. Długa 1, 31-147 Kraków",
        edition__programme__president_name="Wiktor Żyta",
        institution__voivodeship="22",
    )


def test_a_certificate_says_it_in_polish_dates(licence):
    told = printing.certificate(licence)
    assert told["valid"].replace("\u00a0", " ") == "od 13 marca 2026 r. do 12 marca 2027 r."
    assert told["granted"].replace("\u00a0", " ") == "Kraków, 13 marca 2026 r."
    assert (told["streak"], told["holder_place"]) == ("po raz trzeci z rzędu", "województwo pomorskie")
    assert told["address"].endswith("/weryfikacja/LZM-2025-007/")
    assert told["signatories"] == [{"name": "Wiktor Żyta", "role": "Prezydent Konkursu"}]


def test_the_same_licence_gives_the_same_bytes(licence):
    assert printing.certificate_pdf(licence) == printing.certificate_pdf(licence)
    assert printing.certificate_name(licence) == "licencja-lzm-2025-007.pdf"


@pytest.mark.parametrize(
    ("times", "words"),
    [(1, ""), (2, "po raz drugi z rzędu"), (10, "po raz dziesiąty z rzędu"), (11, "po raz 11. z rzędu")],
)
def test_the_streak_in_words(times, words):
    assert printing.streak_words(times) == words


def test_the_mark_says_whose_it_is(licence):
    mark = printing.mark_of(licence)
    assert (mark.number, mark.holder, mark.year) == ("LZM-2025-007", licence.holder_name, str(licence.edition.year))
