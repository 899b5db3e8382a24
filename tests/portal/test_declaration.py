from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from factories_editions import EditionFactory, ProgrammeFactory
from probierz.portal.declaration import site_of
from probierz.portal.queries.programmes import public_programmes

pytestmark = pytest.mark.django_db


def test_the_site_is_as_old_as_its_first_edition():
    programme = ProgrammeFactory(organiser_name="Fundacja", organiser_address="ul. Prosta 1, Kraków")
    for year in (2025, 2024):
        # Half past eleven in the evening in London is the next day in Warsaw.
        created = datetime(year, 6, 30, 23, 30, tzinfo=UTC)
        EditionFactory(programme=programme, year=year, number=year - 2023, created_at=created)
    site = site_of(public_programmes())
    assert (site.published_on, site.changed_on) == (date(2024, 7, 1), date(2025, 7, 1))
    assert (site.prepared_on, site.reviewed_on) == (date(2024, 7, 1), None)
    assert (site.body.name, site.body.address) == ("Fundacja", "ul. Prosta 1, Kraków")


@override_settings(ACCESSIBILITY_PREPARED_ON="2025-09-17", ACCESSIBILITY_REVIEWED_ON="2026-03-20")
def test_the_operator_states_when_it_was_written_and_reviewed():
    site = site_of([])
    assert (site.prepared_on, site.reviewed_on) == (date(2025, 9, 17), date(2026, 3, 20))


def test_a_programme_without_a_named_organiser_still_has_one_who_answers():
    EditionFactory(programme=ProgrammeFactory(name="Lider", organiser_name=""))
    assert site_of(public_programmes()).body.name == "Organizator konkursu „Lider”"


def test_one_organiser_of_two_programmes_is_named_once():
    for _ in range(2):
        EditionFactory()
    assert len(site_of(public_programmes()).bodies) == 1
