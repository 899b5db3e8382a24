from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factories_editions import EditionFactory
from probierz.editions import printing, queries

pytestmark = pytest.mark.django_db
BEFORE = datetime(2025, 9, 20, tzinfo=UTC)
AFTER = datetime(2025, 12, 1, tzinfo=UTC)


def test_the_printed_rules_are_those_that_compute():
    edition = EditionFactory(calendar=True, number=2)
    data = printing.rules_data(edition, address="https://x.example/zasady.pdf", moment=BEFORE)
    assert (data["edition"], data["state"]) == ("II edycja, 2025", "Projekt")
    assert data["digest"] == queries.rulebook_of(edition).digest()
    assert [section["title"] for section in data["sections"]] == [
        heading for heading, _sentences in queries.rulebook_sentences(edition)
    ]
    after = printing.rules_data(edition, address="", moment=AFTER)
    assert after["state"].replace("\u00a0", " ") == "Zamrożone 10 listopada 2025 r., godz. 00.00"


def test_frozen_rules_print_to_the_same_bytes():
    edition = EditionFactory(calendar=True)
    first = printing.rules_pdf(edition, address="https://x.example/", moment=AFTER)
    assert first.startswith(b"%PDF-")
    assert first == printing.rules_pdf(edition, address="https://x.example/", moment=datetime(2026, 1, 1, tzinfo=UTC))
