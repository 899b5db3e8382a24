from datetime import timedelta

import pytest

from factories_editions import EditionFactory, StageFactory
from probierz.base.clock import held_at, now
from probierz.portal.templatetags import said


def test_time_left_is_counted_from_the_clock():
    with held_at(now()):
        assert said.left_words(now() + timedelta(days=3, hours=4)) == "3\xa0dni 4\xa0godz."


@pytest.mark.django_db
def test_names_of_stages_licences_and_scopes():
    edition = EditionFactory(licence_scope="obsługa")
    assert said.stage_name(StageFactory(edition=edition, name="Nabór")) == "Nabór"
    assert said.licence_name(edition) == "Licencja Jakości"
    assert said.scope_words(edition) == "obsługa"


def test_every_channel_is_described():
    assert all(said.channel_words(key) for key in ("visit", "phone", "email", "web", "social"))
