"""What an earlier calculation tells the editor of the next rules."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.urls import reverse

from factories_editions import EditionFactory, office_user
from factories_results import calculated, crossed, finished_edition, measured
from probierz.editions import consequences
from probierz.results.models import Result
from probierz.results.queries.evidence import evidence_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition(number=2)


def test_the_last_calculated_edition_speaks_for_the_next(edition, django_assert_max_num_queries):
    crossed(edition)
    calculation = calculated(edition)
    following = EditionFactory(programme=edition.programme, year=2026, number=3)
    with django_assert_max_num_queries(4):
        found = evidence_for(following)
    kept = [one.detail["summary"]["estimates"] for one in Result.objects.filter(calculation=calculation).order_by("pk")]
    assert found.estimates == tuple(float(one["blup"]) for one in kept)
    assert found.errors == tuple(float(one["se"]) for one in kept)
    assert found.points["fair"] == tuple(Fraction(one["fair"]) for one in kept)
    assert found.url == reverse("office-calculation", args=[edition.programme.slug, edition.slug, calculation.key])
    assert str(edition) in found.source


def test_its_own_calculation_is_used_when_there_is_no_earlier(edition):
    crossed(edition)
    calculated(edition)
    assert evidence_for(edition).source == "obliczenie tej edycji"


def test_without_estimates_there_is_no_evidence(edition):
    measured(edition)
    calculated(edition)
    assert evidence_for(edition) is None
    assert evidence_for(EditionFactory()) is None


def test_the_editor_shows_whose_data_it_counts_on(client, edition):
    crossed(edition)
    calculated(edition)
    following = EditionFactory(programme=edition.programme, year=2026, number=3, call_open=True)
    client.force_login(office_user(following))
    page = client.get(reverse("office-edition-rulebook", args=[following.programme.slug, following.slug]))
    assert page.context["outlook"].evidence == evidence_for(following)
    assert "obliczenie edycji" in page.content.decode()
    assert consequences._sources == [evidence_for]
