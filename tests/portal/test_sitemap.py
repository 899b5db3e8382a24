import pytest

from factories_editions import EditionFactory
from probierz.portal.queries.programmes import public_programmes
from probierz.portal.sitemap import addresses


@pytest.mark.django_db
def test_every_public_page_of_an_edition_is_listed_once():
    edition = EditionFactory()
    EditionFactory(is_public=False)
    found = addresses(public_programmes())
    here = f"http://testserver/{edition.programme.slug}/"
    assert len(found) == len(set(found)) == 9
    assert [address for address in found if address.startswith(here)] == [
        here,
        f"{here}{edition.slug}/",
        f"{here}{edition.slug}/kryteria/",
        f"{here}{edition.slug}/zasady/",
    ]
