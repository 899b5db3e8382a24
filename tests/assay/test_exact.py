"""Exact numbers and their one rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.exact import FieldError, RoundingRule, number, ratio, real, text


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("7.5", Fraction(15, 2)),
        ("-0.10", Fraction(-1, 10)),
        (3, 3),
        (Decimal("1E+2"), 100),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_exact_values(value, result):
    assert number(value) == result


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        None,
        "",
        "1,5",
        "1e3",
        " 1",
        "٣",
        "9" * 16,
        "NaN",
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e99"),
        Decimal("1e-99"),
        10**16,
        [1],
        "1/2",
    ],
)
def test_what_is_not_an_exact_number(value):
    with pytest.raises(ValueError, match=r"must be|has more|is too"):
        number(value)


@pytest.mark.parametrize(
    ("mode", "value", "result"),
    [
        ("half-up", "2.345", "2.35"),
        ("half-up", "2.344999999999", "2.34"),
        ("half-up", "-2.345", "-2.35"),
        ("half-up", "99.995", "100.00"),
        ("half-even", "2.345", "2.34"),
        ("half-even", "2.355", "2.36"),
        ("half-even", "2.3451", "2.35"),
    ],
)
def test_halves_go_as_the_rule_says(mode, value, result):
    assert str(RoundingRule(2, mode).apply(number(value))) == result


def test_rounding_is_of_the_exact_fraction():
    assert RoundingRule(2).apply(Fraction(2, 3)) == Decimal("0.67")
    assert str(RoundingRule(0).apply(Fraction(5, 2))) == "3"


def test_rules_of_rounding_are_checked():
    for decimals, mode in ((-1, "half-up"), (16, "half-up"), (2, "up")):
        with pytest.raises(FieldError):
            RoundingRule(decimals, mode)


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_moves_at_most_half_a_step(value, decimals):
    step = Fraction(1, 10**decimals)
    assert abs(Fraction(RoundingRule(decimals).apply(value)) - value) <= step / 2


def test_texts():
    assert [text(Fraction(1, 4)), text(Fraction(100)), text(Fraction(0)), text(Fraction(-1, 3), 3)] == [
        "0.25",
        "100",
        "0",
        "-0.333",
    ]
    assert (ratio(Fraction(6, 8)), ratio(Fraction(5))) == ("3/4", "5")


@pytest.mark.parametrize(
    "value", [7, -3, 10**15, "7.25", Decimal("0.1"), Decimal("1e-30"), Decimal("999999999999999.5")]
)
def test_a_real_is_the_nearest_float_of_the_exact_number(value):
    assert real(value) == float(number(value))


@pytest.mark.parametrize(
    "value", [True, 1.5, None, 10**15 + 1, Decimal("NaN"), Decimal("1e-31"), Decimal("1e16"), "1e3"]
)
def test_a_real_refuses_what_an_exact_number_refuses(value):
    with pytest.raises(ValueError, match=r".+"):
        number(value)
    with pytest.raises(ValueError, match=r".+"):
        real(value)
