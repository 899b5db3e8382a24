from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from assay.ranking import consequences
from probierz.base.charts import NARROW, WIDE
from probierz.editions.curve import consequence_curve

CURVE = consequences([60.0, 74.0, 76.0, 90.0], [3.0] * 4, range(40, 96), policy="guarded")


def drawn(threshold=Fraction(75), width=WIDE):
    chart = consequence_curve("k", CURVE, threshold=threshold, title="Skutki", width=width)
    return chart, ElementTree.fromstring(chart.svg)


def bars(root, name):
    """Bars of a kind by threshold, without the legend's: how many institutions each is high."""
    tall = {}
    for part in root.iter():
        if part.get("class") == name and float(part.get("y")) > 4:
            tall[part.get("x")] = round(float(part.get("height")) / 150 * 4, 2)
    return tall


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_columns_are_as_high_as_their_numbers(width):
    _chart, root = drawn(width=width)
    for name, numbers in (
        ("chart-value", [one.granted for one in CURVE]),
        ("chart-border", [one.border for one in CURVE]),
        ("chart-track", [one.refused for one in CURVE]),
    ):
        assert list(bars(root, name).values()) == [n for n in numbers if n]


def test_the_table_says_the_same():
    chart, _root = drawn()
    row = next(row for row in chart.table.rows if row[0] == "75")
    one = CURVE[35]
    assert row[:4] == ("75", str(one.granted), str(one.border), str(one.refused))
    assert (one.granted, one.border, one.refused) == (1, 2, 1)
    assert [row[0] for row in chart.table.rows] == [str(threshold) for threshold in range(40, 96, 5)]


def test_the_threshold_is_marked_only_where_it_is():
    marks = [part for part in drawn()[1].iter() if part.get("class") == "chart-mean"]
    assert len(marks) == 1
    assert [part for part in drawn(Fraction(30))[1].iter() if part.get("class") == "chart-mean"] == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_drawn_outside_the_sheet(width):
    _chart, root = drawn(width=width)
    height = float(root.get("viewBox").split()[3])
    texts = [part for part in root.iter() if part.tag.endswith("text")]
    assert all(0 <= float(part.get("x")) <= width and 0 <= float(part.get("y")) <= height for part in texts)
