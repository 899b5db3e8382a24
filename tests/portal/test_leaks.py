"""With everything there is to tell in the database, the street learns nothing of losers, jurors and audits."""

import pytest
from django.urls import reverse

from factories_applications import ApplicationFactory
from factories_audits import AuditFactory
from factories_awards import AwardFactory, LicenceFactory
from factories_editions import EditionFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory
from factories_results import BEST, POOR, finished_edition, measured, published
from probierz.results.models import Result

pytestmark = pytest.mark.django_db

SECRETS = ["Przegrany", "Wycofany", "Tajna", "J-Sekret", "Uwaga z audytu", "Notatka", "Zgłoszona jawnie"]


@pytest.fixture
def pages(client):
    """Every public page of a year lived through, by address."""
    edition = finished_edition()
    winner = measured(edition, BEST, name="Urząd Zwycięski", remark="Uwaga z audytu zwycięzcy")
    measured(edition, POOR, name="Urząd Przegrany", remark="Uwaga z audytu przegranego")
    ApplicationFactory(edition=edition, withdrawn=True, institution__name="Urząd Wycofany")
    juror = JurorFactory(programme=edition.programme, name="Maria Tajna", pseudonym="J-Sekret", bio="Tajna jurorka")
    assignment = AssignmentFactory(application=winner, juror=juror, channel="visit")
    AuditFactory(assignment=assignment, submitted=True)
    ConflictFactory(juror=juror, institution=winner.institution, note="Notatka o konflikcie")
    published(edition)
    licence = LicenceFactory(
        edition=edition,
        application=winner,
        institution=winner.institution,
        points=Result.objects.get(application=winner).points,
        earned_from={"audits": 3, "channels": ["visit", "phone", "email"], "points": None},
    )
    AwardFactory(application=winner, title="Zgłoszona jawnie jeszcze nie", reason="Notatka kapituły")
    EditionFactory(programme=edition.programme, is_public=False, who_may_enter="Notatka o ukrytej edycji")
    here = [edition.programme.slug, edition.slug]
    addresses = [
        *(reverse(f"public-{name}") for name in ("home", "laureates", "verify", "accessibility", "privacy", "sitemap")),
        f"{reverse('public-laureates')}?szukaj=urz&widok=tabela",
        f"{reverse('public-laureates')}?szukaj=przegrany",
        reverse("public-programme", args=here[:1]),
        *(reverse(f"public-{name}", args=here) for name in ("edition", "criteria", "rules")),
        reverse("public-licence", args=[licence.number]),
    ]
    return {address: client.get(address).content.decode().replace("\xa0", " ") for address in addresses}


def test_nothing_of_losers_jurors_and_audits_is_told(pages):
    assert [(address, secret) for address, page in pages.items() for secret in SECRETS if secret in page] == []


def test_a_loser_is_not_found_by_search(pages):
    [page] = [page for address, page in pages.items() if address.endswith("szukaj=przegrany")]
    assert (page.count("Urząd Przegrany"), page.count('class="laureate"')) == (0, 0)


def test_points_are_kept_where_the_rules_keep_them(pages):
    result = Result.objects.get(application__institution__name="Urząd Zwycięski")
    shown = f"{result.points:.1f}".replace(".", ",")
    assert [address for address, page in pages.items() if "/weryfikacja/LZM" in address and shown in page] == []


def test_the_winner_is_told_of(pages):
    told = [address for address, page in pages.items() if "Urząd Zwycięski" in page]
    assert len(told) == 6
