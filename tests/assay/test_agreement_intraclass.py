"""The six intraclass correlations: Shrout and Fleiss's table, R's intervals, and where they are not defined."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.agreement import AgreementError, intraclass, mean_squares
from assay.agreement.intraclass import FORMS, f_quantile

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
slow = settings(deadline=None, derandomize=True, max_examples=60)


@st.composite
def tables(draw):
    n, k = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    return [[draw(st.integers(0, 10)) for _ in range(k)] for _ in range(n)]


def test_the_table_of_shrout_and_fleiss():
    """Shrout and Fleiss (1979), tables 2 to 4: the mean squares, and 0.17, 0.29, 0.71, 0.44, 0.62, 0.91."""
    found = intraclass(SHROUT_FLEISS)
    squares = found.squares
    assert [round(value, 2) for value in (squares.targets, squares.judges, squares.residual, squares.within)] == [
        11.24,
        32.49,
        1.02,
        6.26,
    ]
    assert [round(found.values[form], 2) for form in FORMS] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_the_intervals_of_that_table():
    """As R's psych::ICC and irr::icc print them for the table of Shrout and Fleiss (95 %)."""
    found = {
        form: tuple(round(limit, 2) for limit in interval)
        for form, interval in intraclass(SHROUT_FLEISS).intervals.items()
    }
    assert found == {
        "1,1": (-0.13, 0.72),
        "2,1": (0.02, 0.76),
        "3,1": (0.34, 0.95),
        "1,k": (-0.88, 0.91),
        "2,k": (0.07, 0.93),
        "3,k": (0.68, 0.99),
    }


def test_quantiles_of_f():
    """Against scipy.stats, over degrees of freedom from one to many."""
    from scipy.stats import f

    for above, below in ((1, 1), (5, 18), (5, 15), (3.7, 5), (2000, 3), (2, 100_000)):
        for probability in (0.025, 0.5, 0.95, 0.975, 0.9999):
            assert f_quantile(probability, above, below) == pytest.approx(f.ppf(probability, above, below), rel=1e-9)


@slow
@given(tables(), st.randoms())
def test_the_order_of_targets_and_judges_changes_no_bit(table, chance):
    judges = list(range(len(table[0])))
    chance.shuffle(judges)
    mixed = [[row[judge] / 10 for judge in judges] for row in table]
    chance.shuffle(mixed)
    assert intraclass(mixed) == intraclass([[value / 10 for value in row] for row in table])


@slow
@given(tables())
def test_bounds(table):
    found = intraclass(table)
    for form in "123":
        one, mean = found.values[f"{form},1"], found.values[f"{form},k"]
        if one is not None:
            assert one <= 1
        if one is not None and one >= 0:
            assert one <= mean <= 1
    for form in FORMS:
        low, high = found.intervals[form]
        if None not in (low, found.values[form], high):
            assert low - 1e-9 <= found.values[form] <= high + 1e-9
    wider = intraclass(table, level=0.99).intervals["1,1"]
    if None not in wider:
        assert wider[0] <= found.intervals["1,1"][0]


@slow
@given(tables(), st.lists(st.integers(-9, 9), min_size=5, max_size=5))
def test_a_constant_of_each_judge_leaves_the_third_form(table, constants):
    moved = [[value + constant for value, constant in zip(row, constants, strict=False)] for row in table]
    before, after = intraclass(table), intraclass(moved)
    if before.values["3,1"] is not None and after.values["3,1"] is not None:
        assert after.values["3,1"] == pytest.approx(before.values["3,1"], abs=1e-9)


def test_perfect_agreement_and_constant_differences():
    same = intraclass([[0.1, 0.1], [0.2, 0.2], [0.7, 0.7]])
    assert set(same.values.values()) == {1.0}
    assert set(same.intervals.values()) == {(1.0, 1.0)}
    apart = intraclass([[0.1, 0.2], [0.2, 0.3], [0.7, 0.8]])
    assert (apart.values["3,1"], apart.intervals["3,1"], apart.squares.residual) == (1.0, (1.0, 1.0), 0)
    assert 0.9 < apart.values["2,1"] < 1
    assert apart.intervals["2,1"][0] < apart.values["2,1"] < apart.intervals["2,1"][1]


def test_targets_that_do_not_differ():
    alike = intraclass([[1, 2], [2, 1], [1.5, 1.5]])
    assert (alike.values["1,1"], alike.values["3,1"]) == (-1.0, -1.0)
    assert (alike.values["1,k"], alike.values["3,k"]) == (None, None)
    only_judges = intraclass([[1, 2], [1, 2], [1, 2]])
    assert only_judges.values["3,1"] is None
    assert only_judges.values["2,1"] == 0
    nothing = intraclass([[0.3] * 3] * 4)
    assert (set(nothing.values.values()), nothing.undefined) == ({None}, "no-variation")
    assert set(nothing.intervals.values()) == {(None, None)}


def test_a_negative_second_form_may_have_no_interval():
    found = intraclass([[0, 5], [2, 2]])
    assert found.values["2,1"] < 0
    assert found.intervals["2,1"] == (None, None)


def test_large_offsets_leave_the_spread():
    far = [[value + 10**12 for value in row] for row in SHROUT_FLEISS]
    assert mean_squares(far) == mean_squares(SHROUT_FLEISS)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ([], ""),
        ([[1, 2]], ""),
        ([[1], [2]], "[0]"),
        ([[1, 2], [1]], "[1]"),
        ([[1, 2], [1, None]], "[1][1]"),
        ([[1, 2], [1, True]], "[1][1]"),
        ([[1, 2], [1, float("nan")]], "[1][1]"),
        ([[1, 2], [1, 1e200]], "[1][1]"),
    ],
)
def test_what_is_refused(table, field):
    with pytest.raises(AgreementError) as caught:
        intraclass(table)
    assert caught.value.field == field


@pytest.mark.parametrize("level", [0, 1, float("nan"), 1.5])
def test_an_impossible_level(level):
    with pytest.raises(AgreementError, match="level"):
        intraclass(SHROUT_FLEISS, level=level)
