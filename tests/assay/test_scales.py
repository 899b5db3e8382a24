"""What marks may be and what they earn."""

from fractions import Fraction

import pytest

from assay.scales import BadMark, Bands, Count, NamedMarks, Unscored, Utility, share, yes_no

WAIT = Bands(((Fraction(3), Fraction(3)), (Fraction(5), Fraction(1)), (None, Fraction(0))))
DAYS = Utility(((Fraction(0), Fraction(4)), (Fraction(7), Fraction(0))), no_answer=Fraction(0))


def test_yes_no_and_its_reverse():
    assert (yes_no(Fraction(2)).points("yes"), yes_no(Fraction(2)).points("no")) == (2, 0)
    crowded = yes_no(Fraction(1), is_reversed=True)
    assert (crowded.points("yes"), crowded.points("no")) == (0, 1)


@pytest.mark.parametrize(("mark", "points"), [("0", 3), ("3", 3), ("3.01", 1), ("5", 1), ("5.5", 0), ("999", 0)])
def test_bands_take_the_first_upper_bound_not_below_the_value(mark, points):
    """Waiting at a reception as a published government scorecard grades it: up to 3 min 3, up to 5 min 1, else 0."""
    assert WAIT.points(mark) == points


@pytest.mark.parametrize(("mark", "points"), [("0", 4), ("1.75", 3), ("3.5", 2), ("7", 0), ("30", 0), ("none", 0)])
def test_a_utility_is_linear_between_its_knots_and_constant_outside(mark, points):
    assert DAYS.points(mark) == points


def test_a_utility_of_three_knots_bends_at_the_middle():
    bent = Utility(((Fraction(1), Fraction(0)), (Fraction(2), Fraction(8)), (Fraction(4), Fraction(9))))
    assert [bent.points(mark) for mark in ("0", "1.5", "2", "3", "5")] == [0, 4, 8, Fraction(17, 2), 9]


def test_a_count_earns_its_share():
    assert Count(Fraction(2)).points("3/4") == Fraction(3, 2)
    assert Count(Fraction(1), of=3).points("1/3") == Fraction(1, 3)


def test_a_choice_may_hold_answers_that_do_not_score():
    choice = NamedMarks("choice", (("a", Fraction(1)), ("did-not-use", None)))
    assert choice.points("did-not-use") is None
    assert (choice.maximum, share(choice, "a"), share(choice, "did-not-use")) == (1, 1, None)


@pytest.mark.parametrize(
    ("scale", "mark"),
    [
        (yes_no(Fraction(1)), "maybe"),
        (yes_no(Fraction(1)), ""),
        (WAIT, "none"),
        (WAIT, "-1"),
        (WAIT, "1,5"),
        (WAIT, "NaN"),
        (WAIT, "1e3"),
        (WAIT, "9" * 5000),
        (Count(Fraction(1)), "3"),
        (Count(Fraction(1)), "5/4"),
        (Count(Fraction(1)), "0/0"),
        (Count(Fraction(1), of=3), "2/4"),
        (Unscored("number"), "many"),
    ],
)
def test_other_marks_are_refused(scale, mark):
    with pytest.raises(BadMark):
        scale.points(mark)


def test_free_answers_never_score():
    assert Unscored("text").points("anything at all") is None
    assert Unscored("duration", admits_no_answer=True).points("none") is None
