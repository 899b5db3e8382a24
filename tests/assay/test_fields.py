"""Strict reading: each refusal names its field."""

from fractions import Fraction

import pytest

from assay.exact import FieldError
from assay.fields import Fields, exact_of

GIVEN = Fields(
    {"t": "text", "n": "7.5", "w": 3, "f": True, "l": ["a", "b"], "o": [{"x": 1}], "m": {"y": None}, "z": None},
    "top",
    FieldError,
)


def test_values_are_read_by_kind():
    assert (GIVEN.text("t"), GIVEN.key("t"), GIVEN.exact("n"), GIVEN.whole("w"), GIVEN.flag("f")) == (
        "text",
        "text",
        Fraction(15, 2),
        3,
        True,
    )
    assert (GIVEN.texts("l"), GIVEN.items("z", optional=True), GIVEN.choice("t", ["text"])) == (("a", "b"), [], "text")
    assert (GIVEN.objects("o")[0].whole("x"), GIVEN.object("m").has("y")) == (1, False)
    assert (GIVEN.text("z", default="d"), GIVEN.whole("z", default=1), GIVEN.flag("z", default=False)) == (
        "d",
        1,
        False,
    )


@pytest.mark.parametrize(
    ("read", "field"),
    [
        (lambda: GIVEN.text("w"), "top.w"),
        (lambda: GIVEN.text("none"), "top.none"),
        (lambda: GIVEN.key("l"), "top.l"),
        (lambda: GIVEN.key("t", pattern="[0-9]+"), "top.t"),
        (lambda: GIVEN.exact("n", most=7), "top.n"),
        (lambda: GIVEN.exact("w", least=4), "top.w"),
        (lambda: GIVEN.whole("f"), "top.f"),
        (lambda: GIVEN.whole("w", most=2), "top.w"),
        (lambda: GIVEN.flag("t"), "top.t"),
        (lambda: GIVEN.items("t"), "top.t"),
        (lambda: GIVEN.items("l", least=3), "top.l"),
        (lambda: GIVEN.texts("o"), "top.o[0]"),
        (lambda: GIVEN.choice("t", ["other"]), "top.t"),
        (lambda: GIVEN.objects("l"), "top.l[0]"),
        (lambda: GIVEN.object("z"), "top.z"),
        (lambda: GIVEN.object("m").text("y"), "top.m.y"),
        (lambda: GIVEN.only("tnwf"), "top.l"),
        (lambda: Fields({1: 2}, "", FieldError), "input"),
        (lambda: Fields([], "here", FieldError), "here"),
        (lambda: exact_of("x", "name", FieldError), "name"),
    ],
)
def test_refusals_name_the_field(read, field):
    with pytest.raises(FieldError) as refused:
        read()
    assert refused.value.field == field
