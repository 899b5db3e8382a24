"""What jurors wrote, as an institution may read it."""

from __future__ import annotations

import pytest

from factories_instruments import scorecard_definition
from probierz.results.remarks import HIDDEN, anonymised, remarks_in, shuffled


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Byłem o godz. 10.15.", f"Byłem o {HIDDEN}."),
        ("Telefon o 14:35 odebrano od razu.", f"Telefon o {HIDDEN} odebrano od razu."),
        ("Wizyta 14 listopada 2025 r. była krótka.", f"Wizyta {HIDDEN} była krótka."),
        ("List z 2025-11-14 i z 14.11.2025.", f"List z {HIDDEN} i z {HIDDEN}."),
        ("W poniedziałek było pusto.", f"W {HIDDEN} było pusto."),
        ("Odpisano na jan.kowal@poczta.example.", f"Odpisano na {HIDDEN}."),
        ("Oddzwoniono pod 601 623 243.", f"Oddzwoniono pod {HIDDEN}."),
        ("Czekałam 12 minut, opłata 3,50 zł.", "Czekałam 12 minut, opłata 3,50 zł."),
        ("Sala 101, pokój 12, art. 63 ust. 2.", "Sala 101, pokój 12, art. 63 ust. 2."),
    ],
)
def test_moments_and_addresses_are_hidden(written, read):
    assert anonymised(written) == read


def test_the_juror_s_name_is_hidden_wherever_it_stands():
    assert anonymised("Przedstawiłam się: anna Nowak.", ["Anna Nowak"]) == f"Przedstawiłam się: {HIDDEN} {HIDDEN}."


def test_comments_and_texts_are_remarks_and_other_marks_are_not():
    definition = scorecard_definition("phone")
    found = remarks_in(definition, {"T3": "3", "T6": "Miła rozmowa."}, {"T5": "Nie przełączano."}, [])
    assert found == [
        {"channel": "phone", "item": "T5", "text": "Nie przełączano."},
        {"channel": "phone", "item": "T6", "text": "Miła rozmowa."},
    ]


def test_the_order_does_not_tell_who_came_first():
    one = {"channel": "phone", "item": "T6", "text": "B"}
    other = {"channel": "phone", "item": "T6", "text": "A"}
    assert shuffled([one, other]) == shuffled([other, one]) == [other, one]
