"""The street in English."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from factories_awards import AwardFactory, LicenceFactory
from factories_institutions import InstitutionFactory
from probierz.awards.models import Licence
from probierz.base.actions import PLATFORM
from probierz.base.clock import WARSAW, held_at
from probierz.editions import actions
from probierz.instruments.actions import install_shipped_instruments

POLISH = (
    "nie jest oraz instytucja instytucje licencja licencje wyniki edycja konkurs konkursy zasady kryteria laureaci "
    "punkty punkt arkusz audyt szukaj od dla przez przy jak gdzie kiedy kto tak brak lub numer wszystkie rejestr "
    "termin godz zostało kanał nabór trwa ważna wygasła zawieszona cofnięta proszę państwo zgłoś"
).split()


@pytest.fixture
def addresses(db):
    """A year of the shipped preset, whose own texts come in both languages."""
    with held_at(datetime(2025, 9, 10, tzinfo=WARSAW)):
        install_shipped_instruments(actor=PLATFORM)
        edition = actions.create_edition_from_preset(actor=PLATFORM, preset_key="lzm-2025", number=2, year=2025)
    plain = InstitutionFactory(name="Wieliszew", city="Wieliszew", voivodeship="14")
    licences = [
        LicenceFactory(edition=edition, institution=plain, state=state, scope=edition.licence_scope, earned_from=earned)
        for state, earned in [
            (Licence.State.ACTIVE, {"audits": 8, "channels": ["visit", "web"], "points": "82.4"}),
            (Licence.State.SUSPENDED, {}),
            (Licence.State.WITHDRAWN, {}),
        ]
    ]
    AwardFactory(application__edition=edition, application__institution=plain, title="Grand Prix", is_public=True)
    here = [edition.programme.slug, edition.slug]
    return [
        *(reverse(f"public-{name}") for name in ("home", "laureates", "verify", "accessibility", "privacy")),
        f"{reverse('public-laureates')}?widok=tabela",
        f"{reverse('public-laureates')}?szukaj=xyz",
        *(reverse(f"public-{name}", args=here) for name in ("edition", "criteria", "rules")),
        *(reverse("public-licence", args=[licence.number]) for licence in licences),
        "/weryfikacja/ABC-1/",
        "/weryfikacja/?numer=",
        reverse("account_login"),
        reverse("account_signup"),
    ]


def words_of(page):
    """What is read or spoken, without what is marked as Polish."""
    page = re.sub(r'<(\w+)[^>]* lang="pl"[^>]*>.*?</\1>', " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|placeholder|alt)="([^"]*)"', page)
    return " ".join([re.sub(r"<[^>]+>", " ", page), *spoken]).lower().replace("lider zaufania mieszkańców", "")


def test_no_polish_is_left_on_english_pages(client, addresses):
    client.cookies["django_language"] = "en"
    found = []
    for address in addresses:
        words = set(re.findall(r"\w+", words_of(client.get(address).content.decode())))
        found += [(address, word) for word in sorted(words & set(POLISH))]
    assert found == []


def test_the_same_pages_are_polish_when_nothing_was_chosen(client, addresses):
    pages = [client.get(address).content.decode() for address in addresses]
    assert [page.count('<html lang="pl">') for page in pages] == [1] * len(pages)
