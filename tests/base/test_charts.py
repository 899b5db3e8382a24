import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from probierz.base import charts
from probierz.base.charts import NARROW, WIDE, IntervalRow, ProfileRow

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    ProfileRow("Wizyta w instytucji", Decimal("82.4"), Decimal("74.1"), Decimal(76), Decimal(88)),
    ProfileRow("Strona internetowa i Biuletyn Informacji Publicznej", Fraction(215, 3), Decimal("70.2")),
    ProfileRow("Media społecznościowe", None, Decimal(48)),
]
FIELD = [
    IntervalRow("Gmina Wieliszew", Decimal(66), Decimal(60), Decimal(71)),
    IntervalRow("Gmina Starogard Gdański", Decimal(86), Decimal(81), Decimal(92), is_own=True),
]


def drawn(chart):
    return ElementTree.fromstring(chart.svg)


def of_class(root, name):
    return [part for part in root.iter() if part.get("class") == name]


def every_chart(width=WIDE, palette=charts.PAGE):
    look = {"width": width, "palette": palette}
    return [
        charts.profile("p", ROWS, title="Profil", **look),
        charts.caterpillar("c", FIELD, title="Wyniki", **look),
        charts.distribution("d", [Decimal(34), Decimal(71), 100], mark=Decimal(71), title="Rozkład", **look),
        charts.progress("g", 34, 62, title="Audyty", **look),
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_chart_is_named_described_and_without_inline_style(width):
    for chart in every_chart(width):
        root = drawn(chart)
        assert root.get("role") == "img"
        named = root.get("aria-labelledby").split()
        assert [part.get("id") for part in root[:2]] == named
        assert [part.tag for part in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
        assert all(part.text for part in root[:2])
        assert [part for part in root.iter() if part.get("style") is not None] == []
        assert [part for part in root.iter() if part.tag == f"{SVG}style"] == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_drawn_outside_the_sheet(width):
    for chart in every_chart(width):
        root = drawn(chart)
        height = float(root.get("viewBox").split()[3])
        for part in root.iter(f"{SVG}text"):
            assert 0 <= float(part.get("x")) <= width
            assert 0 < float(part.get("y")) <= height
        for part in root.iter(f"{SVG}rect"):
            assert float(part.get("x")) + float(part.get("width")) <= width + 0.1


def test_bars_are_as_long_as_their_values():
    root = drawn(charts.profile("p", ROWS, title="Profil"))
    track = float(of_class(root, "chart-track")[0].get("width"))
    lengths = [float(bar.get("width")) / track * 100 for bar in of_class(root, "chart-value")[1:]]
    assert [round(length, 1) for length in lengths] == [82.4, 71.7]


def test_the_mean_stands_where_it_belongs():
    root = drawn(charts.profile("p", ROWS[:1], title="Profil"))
    bar = of_class(root, "chart-track")[0]
    start, length = float(bar.get("x")), float(bar.get("width"))
    mean = of_class(root, "chart-mean")[-1]
    assert round((float(mean.get("x1")) - start) / length * 100, 1) == 74.1


def test_the_table_behind_says_the_same():
    table = charts.profile("p", ROWS, title="Profil").table
    assert table.columns == ("Pozycja", "Wynik", "Średnia w kategorii", "Przedział")
    assert table.rows == (
        ("Wizyta w instytucji", "82,4", "74,1", "76,0–88,0"),
        ("Strona internetowa i Biuletyn Informacji Publicznej", "71,7", "70,2", ""),
        ("Media społecznościowe", "brak", "48,0", ""),
    )
    assert charts.progress("g", 34, 62, title="Audyty").table.rows == (("34", "62"),)


def test_a_profile_without_means_has_no_key_to_them():
    rows = [ProfileRow("Telefon", Decimal(91))]
    assert of_class(drawn(charts.profile("p", rows, title="Profil")), "chart-mean") == []


def test_the_own_row_differs_by_shape():
    root = drawn(charts.caterpillar("c", FIELD, title="Wyniki"))
    assert len(of_class(root, "chart-own")) == 1
    assert len(of_class(root, "chart-point")) == 1
    assert charts.caterpillar("c", FIELD, title="Wyniki").table.rows[1] == (
        ("Gmina Starogard Gdański", "86,0", "81,0–92,0")
    )


def test_a_hundred_belongs_to_the_last_band():
    chart = charts.distribution("d", [0, Decimal("9.99"), 10, 90, 100], title="Rozkład")
    assert [n for _, n in chart.table.rows] == ["2", "1", "0", "0", "0", "0", "0", "0", "0", "2"]
    assert chart.table.rows[0] == ("0–10", "2")


def test_progress_is_a_share():
    root = drawn(charts.progress("g", 31, 62, title="Audyty"))
    assert float(of_class(root, "chart-value")[0].get("width")) == WIDE / 2
    assert [part.text for part in root.iter(f"{SVG}text")] == ["31 z 62", "50\u00a0%"]
    assert of_class(drawn(charts.progress("g", 0, 0, title="Audyty")), "chart-value") == []


def test_names_are_escaped():
    chart = charts.profile('a"b', [ProfileRow("<b>& spółka</b>", 5)], title="<i>")
    assert "<b>" not in chart.svg
    assert drawn(chart).find(f"{SVG}title").text == "<i>"


def test_both_widths_have_their_own_ids():
    markup = charts.for_page(lambda width, suffix: charts.profile(f"p{suffix}", ROWS, title="Profil", width=width))
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert sorted(ids) == ["p-desc", "p-narrow-desc", "p-narrow-title", "p-title"]


def test_print_names_its_colours():
    palette = charts.print_palette("#0b4f8a")
    for chart in every_chart(palette=palette):
        assert "var(" not in chart.svg
        assert "currentColor" not in chart.svg
        assert 'font-family="Atkinson Hyperlegible Next"' in chart.svg


def test_an_empty_field_still_draws():
    assert charts.profile("p", [], title="Profil").table.rows == ()
    assert charts.caterpillar("c", [], title="Wyniki").table.rows == ()
    assert charts.distribution("d", [], title="Rozkład").table.rows[9] == ("90–100", "0")


def grouped():
    return [
        charts.IntervalRow("Aleksandrów", Decimal(91), Decimal(88), Decimal(94), group=1),
        charts.IntervalRow("Borki", Decimal(90), Decimal(85), Decimal(95), group=1),
        charts.IntervalRow("Cegłów", Decimal(70), Decimal(66), Decimal(74), group=2),
    ]


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_groups_stand_on_a_band_with_a_bracket(width):
    root = drawn(charts.caterpillar("c", grouped(), title="Wyniki", width=width))
    assert len([part for part in root.iter() if part.get("class") == "chart-bracket"]) == 3
    assert len([part for part in root.iter() if part.get("class") == "chart-group"]) == 1
    table = charts.caterpillar("c", grouped(), title="Wyniki").table
    assert [row[3] for row in table.rows] == ["1", "1", "2"]


def test_the_threshold_stands_between_those_above_and_below_it():
    root = drawn(charts.caterpillar("c", grouped(), title="Wyniki", threshold=Decimal(75)))
    [line] = [part for part in root.iter() if part.get("class") == "chart-threshold"]
    points = [float(part.get("cx")) for part in root.iter() if part.get("class") == "chart-point"]
    assert points[2] < float(line.get("x1")) < points[1] < points[0]
    assert "próg 75" in "".join(root.itertext())


def test_on_a_phone_the_threshold_does_not_strike_names_out():
    root = drawn(charts.caterpillar("c", grouped(), title="Wyniki", threshold=Decimal(75), width=charts.NARROW))
    lines = [part for part in root.iter() if part.get("class") == "chart-threshold"]
    assert max(float(line.get("y2")) - float(line.get("y1")) for line in lines) <= 22
