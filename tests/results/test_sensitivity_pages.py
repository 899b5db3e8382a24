from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from assay.composite import Sensitivity, Spread
from assay.rulebook import Rulebook
from factories_editions import RULEBOOK
from probierz.base.charts import NARROW, WIDE
from probierz.results import sensitivity_charts, sensitivity_pages
from probierz.results.redeciding import Choices
from probierz.results.sensitivity import Line, Methods, Robustness

RULES = Rulebook.from_dict(RULEBOOK)


def line(key="I-1", least=2, median=3.5, most=7, **more):
    return Line(
        key=key,
        place=3,
        points=Fraction(80),
        spread=Spread(key, least, median, most),
        low=78.0,
        high=81.0,
        scores={},
        decision=more.pop("decision", "grant"),
        by_weights=more.pop("by_weights", ("grant", "grant")),
        by_score=more.pop("by_score", {}),
        methods=more.pop("methods", None),
    )


def robust(lines, shift, shares=None):
    shares = shares or {"visit": 0.5, "phone": 0.25, "email": None}
    spreads = tuple(one.spread for one in lines)
    return Robustness(RULES, tuple(lines), Sensitivity(spreads, shift, shares, 1003), "", Choices(RULES, []), {})


@pytest.mark.parametrize(
    ("shift", "institutions", "words"),
    [
        (0.2, 10, "Kolejność prawie nie zależy od wag."),
        (3.0, 200, "Kolejność prawie nie zależy od wag."),
        (3.0, 100, "Kolejność zależy od wag umiarkowanie: przesuwają się głównie sąsiedzi."),
        (3.0, 20, "Kolejność mocno zależy od wag: warto mieć dla nich dobre uzasadnienie."),
        (0.0, 1, ""),
        (None, 2, ""),
    ],
)
def test_how_much_the_order_hangs_on_weights_in_words(shift, institutions, words):
    assert sensitivity_pages.shift_words(robust([line(f"I-{n}") for n in range(institutions)], shift)) == words


def test_places_in_words():
    assert sensitivity_pages.places_words(line()) == "od 2 do 7, środkowe 3,5"
    assert sensitivity_pages.places_words(line(median=3.0)) == "od 2 do 7, środkowe 3"
    assert sensitivity_pages.places_words(line(least=4, median=4.0, most=4)) == "zawsze 4"


def test_changes_name_the_choice_and_the_decision():
    found = line(by_weights=("refuse", "grant"), by_score={"raw": "grant", "fair": "border", "blup": "grant"})
    assert sensitivity_pages.changes(found) == [
        "najmniej korzystne wagi: licencja nieprzyznana",
        "po poprawce: strefa graniczna: potrzebny dodatkowy audyt",
    ]
    assert (found.hangs_on_weights, found.hangs_on_score) == (True, True)


def test_filters_choose_the_lines_they_name():
    firm, loose = line("I-1"), line("I-2", by_weights=("refuse", "grant"))
    apart = line("I-3", methods=Methods(80, 80, 90, 80, 80, 1, is_fixed_apart=True, is_robust_apart=False))
    found = robust([firm, loose, apart], 0.1)
    assert [one.key for one in sensitivity_pages.chosen(found, "licencja")] == ["I-2"]
    assert [one.key for one in sensitivity_pages.chosen(found, "metody")] == ["I-3"]
    assert list(sensitivity_pages.chosen(found, "")) == [firm, loose, apart]
    assert len(sensitivity_pages.flags(apart)) == 1


def test_a_row_draws_its_places_from_the_worst_to_the_best():
    root = ElementTree.fromstring(sensitivity_charts.rank_row(line(least=1, median=4.0, most=7), 7, "od 1 do 7"))
    ends = [part for part in root.iter() if part.get("class") == "chart-interval"]
    dot = next(part for part in root.iter() if part.get("class") == "chart-point")
    assert (ends[0].get("x1"), ends[0].get("x2"), dot.get("cx")) == ("8.0", "212.0", "110.0")
    firm = ElementTree.fromstring(sensitivity_charts.rank_row(line(least=7, median=7.0, most=7), 7, "zawsze 7"))
    assert [part for part in firm.iter() if part.get("class") == "chart-interval"] == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_shares_are_drawn_beside_their_weights(width):
    chart = sensitivity_charts.shares(robust([line()], 0.1), "", width)
    assert [row[:3] for row in chart.table.rows] == [
        ("Wizyta", "50,0", "40,0"),
        ("Telefon", "25,0", "30,0"),
        ("E-mail", "brak", "30,0"),
    ]
    root = ElementTree.fromstring(chart.svg)
    values, tracks = (
        [float(p.get("width")) for p in root.iter() if p.get("class") == name]
        for name in ("chart-value", "chart-track")
    )
    assert values[-2:] == pytest.approx([tracks[0] / 2, tracks[0] / 4], abs=0.1)
