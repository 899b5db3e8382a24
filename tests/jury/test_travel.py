from __future__ import annotations

import pytest

from probierz.institutions.models import Voivodeship
from probierz.jury.travel import FAR, NEIGHBOURS, NEXT_VOIVODESHIP, SAME_COUNTY, SAME_VOIVODESHIP, UNKNOWN, travel_cost


def test_borders_have_two_sides_and_every_voivodeship_has_some():
    assert set(NEIGHBOURS) == set(Voivodeship.values)
    assert all(here in NEIGHBOURS[there] for here, others in NEIGHBOURS.items() for there in others)


@pytest.mark.parametrize(
    ("home", "place", "cost"),
    [
        ("2213", "2213", SAME_COUNTY),
        ("2213", "2262", SAME_VOIVODESHIP),
        ("2213", "3064", NEXT_VOIVODESHIP),
        ("2213", "1861", FAR),
        ("22", "22", SAME_VOIVODESHIP),
        ("", "2213", UNKNOWN),
        ("2213", "", UNKNOWN),
    ],
)
def test_distance_is_read_from_the_territorial_code(home, place, cost):
    assert travel_cost(home, place) == cost
