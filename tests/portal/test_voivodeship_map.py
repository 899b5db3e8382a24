from probierz.institutions.models import Voivodeship
from probierz.portal.voivodeship_map import PLACES, drawn


def test_every_voivodeship_has_its_own_place():
    assert set(PLACES) == set(Voivodeship.values)
    assert len(set(PLACES.values())) == 16


def test_the_most_is_the_darkest_and_none_is_empty():
    cells = {cell.code: cell for cell in drawn({"14": 8, "12": 1}, lambda code: f"?w={code}", "12").cells}
    assert (cells["14"].level, cells["12"].level, cells["02"].level) == (4, 1, 0)
    assert (cells["12"].is_chosen, cells["14"].is_chosen) == (True, False)
    assert cells["12"].address == "?w=12"


def test_hexagons_lie_within_the_picture():
    map_ = drawn({}, str)
    points = [point.split(",") for cell in map_.cells for point in cell.outline.split()]
    assert all(0 <= int(x) <= map_.width and 0 <= int(y) <= map_.height for x, y in points)


def test_the_table_starts_with_the_most():
    rows = drawn({"14": 2, "12": 5}, str).rows
    assert [(row.code, row.count) for row in rows[:2]] == [("12", 5), ("14", 2)]
    assert len(rows) == 16
