from decimal import Decimal

import pytest

from probierz.base.drawing import NARROW, PAGE, WIDE, Axis, Labels, Sheet, width_of, wrapped_lines


@pytest.mark.parametrize(("value", "x"), [(0, 100), (50, 200), (100, 300), (-5, 100), (Decimal("112.5"), 300)])
def test_an_axis_keeps_values_on_the_sheet(value, x):
    assert Axis(100, 300, 0, 100).at(value) == x


def test_an_axis_of_one_point_does_not_divide_by_nothing():
    assert Axis(0, 100, 50, 50).at(50) == 0


def test_lines_keep_to_their_room_and_lose_no_word():
    name = "Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu"
    lines = wrapped_lines(name, 200)
    assert " ".join(lines) == name
    assert [line for line in lines if width_of(line) > 200] == []


def test_a_word_longer_than_the_room_stays_whole():
    assert wrapped_lines("Brzęczyszczykiewicz", 10) == ["Brzęczyszczykiewicz"]


def test_names_stand_beside_the_bars_or_above_them():
    labels = ["Wizyta w instytucji", "Telefon"]
    assert Labels.of(labels, WIDE).column > 0
    assert Labels.of(labels, NARROW).column == 0
    assert Labels.of(labels, NARROW).bottom(1) > Labels.of(labels, WIDE).bottom(1)


def test_a_bar_of_no_length_is_not_drawn():
    sheet = Sheet("s", PAGE, WIDE)
    sheet.bar(0, 0, 0, 10, "red", "chart-value")
    assert sheet.parts == []
