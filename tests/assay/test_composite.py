"""Several numbers into one."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.composite import (
    CompositeError,
    Goalposts,
    check_together,
    combine,
    geometric_mean,
    weighted_mean,
)

WEIGHTS = {"visit": Fraction(30), "phone": Fraction(20), "email": Fraction(50)}


def test_weights_of_absent_components_go_to_the_others():
    found = weighted_mean({"visit": Fraction(80), "phone": Fraction(60), "email": None}, WEIGHTS)
    assert found.value == 72
    assert found.effective_weights == {"phone": Fraction(2, 5), "visit": Fraction(3, 5)}
    assert found.left_out == ("email",)


def test_two_surveys_of_one_entity_are_averaged():
    """Published example (r3ximous/Mystery_Shopper_prototype, overall_scores.csv): 90/95 and 90/100 give
    0.9236842105263158, the plain mean of the two scores and not 180/195.
    """
    found = weighted_mean({"1": Fraction(90, 95), "2": Fraction(90, 100)}, {"1": Fraction(1), "2": Fraction(1)})
    assert float(found.value) == 0.9236842105263158


def test_nothing_present_is_no_value():
    assert weighted_mean({}, WEIGHTS).value is None
    assert weighted_mean({"a": Fraction(1)}, {"a": Fraction(0), "b": Fraction(1)}).value is None


@pytest.mark.parametrize(
    ("values", "weights", "field"),
    [
        ({"fax": Fraction(1)}, WEIGHTS, "values.fax"),
        ({}, {"a": Fraction(-1), "b": Fraction(2)}, "weights.a"),
        ({}, {"a": Fraction(0)}, "weights"),
        ({}, {}, "weights"),
    ],
)
def test_what_cannot_be_combined_is_refused(values, weights, field):
    with pytest.raises(CompositeError) as refused:
        weighted_mean(values, weights)
    assert refused.value.field == field


numbers = st.fractions(-100, 100)


@given(
    st.dictionaries(st.sampled_from("abcde"), numbers, min_size=1),
    st.fixed_dictionaries({key: st.fractions(Fraction(1, 9), 9) for key in "abcde"}),
    st.fractions(Fraction(1, 9), 9),
)
def test_a_mean_lies_within_its_values_and_ignores_the_scale_of_weights(values, weights, factor):
    found = weighted_mean(values, weights)
    assert min(values.values()) <= found.value <= max(values.values())
    assert weighted_mean(values, {key: weight * factor for key, weight in weights.items()}) == found
    assert sum(found.effective_weights.values()) == 1


# Patents, royalties, internet hosts, exports, log telephones, log electricity, schooling, tertiary science; the index.
TECHNOLOGY = """
Finland 187 125.6 200.2 50.7 3.08 4.15 10 27.4 0.744
United-States 289 130 179.1 66.2 3.00 4.07 12 13.9 0.733
Sweden 271 156.6 125.8 59.7 3.10 4.14 11.4 15.3 0.703
Japan 994 64.6 49 80.8 3.00 3.86 9.5 10 0.698
Korea 779 9.8 4.8 66.7 2.97 3.65 10.8 23.2 0.666
Netherlands 189 151.2 136 50.9 3.02 3.77 9.4 9.5 0.630
United-Kingdom 82 134 57.4 61.9 3.02 3.73 9.4 14.9 0.606
Singapore 8 25.5 72.3 74.9 2.95 3.83 7.1 24.2 0.597
Canada 31 38.6 108 48.7 2.94 4.18 11.6 14.2 0.589
Australia 75 18.2 125.9 16.2 2.94 3.94 10.9 25.3 0.587
Germany 235 36.8 41.2 64.2 2.94 3.75 10.2 14.4 0.583
Norway 103 20.2 193.6 19 3.12 4.39 11.9 11.2 0.579
Ireland 106 110.3 48.6 53.6 2.97 3.68 9.4 12.3 0.566
Belgium 72 73.9 58.9 47.6 2.91 3.86 9.3 13.6 0.553
New-Zealand 103 13 146.7 15.4 2.86 3.91 11.7 13.1 0.548
Austria 165 14.8 84.2 50.3 2.99 3.79 8.4 13.6 0.544
France 205 33.6 36.4 58.9 2.97 3.80 7.9 12.6 0.535
Israel 74 43.6 43.2 45 2.96 3.74 9.6 11 0.514
Spain 42 8.6 21 53.4 2.86 3.62 7.3 15.6 0.481
Italy 13 9.8 30.4 51 3.00 3.65 7.2 13 0.471
Czech-Republic 28 4.2 25 51.7 2.75 3.68 9.5 8.2 0.465
Hungary 26 6.2 21.6 63.5 2.73 3.46 9.1 7.7 0.464
Slovenia 105 4 20.3 49.5 2.84 3.71 7.1 10.6 0.458
"""
POSTS = [("0", "994"), ("0", "272.6"), ("0", "232.4"), ("0", "80.8")]
POSTS += [("0", "2.954725"), ("1.342423", "3.843170"), ("0.8", "12"), ("0.1", "27.4")]


def technology(weights):
    """Each country's index out of 100, by its name, from the greatest."""
    posts = [Goalposts(Fraction(low), Fraction(high)) for low, high in POSTS]
    found = {}
    for line in TECHNOLOGY.strip().splitlines():
        country, *values = line.split()[:9]
        placed = {
            str(number): post.place(Fraction(value))[0]
            for number, (post, value) in enumerate(zip(posts, values, strict=True))
        }
        found[country] = weighted_mean(placed, dict(zip(placed, weights, strict=True))).value
    return dict(sorted(found.items(), key=lambda one: one[1], reverse=True))


def test_the_technology_achievement_index():
    """Indicators: OECD/JRC 2008, Handbook on Constructing Composite Indicators, table A.2; goalposts and index: UNDP,
    Human Development Report 2001. Telephones and electricity stand there as logarithms of two decimals, hence the
    tolerance; electricity above the goalpost counts as the goalpost. Singapore's published 0.585 is what no royalties
    would give; the Handbook has 25.5 and 0.597.
    """
    found = technology([Fraction(1)] * 8)
    published = {line.split()[0]: float(line.split()[9]) for line in TECHNOLOGY.strip().splitlines()}
    assert {country: float(value) / 100 for country, value in found.items()} == pytest.approx(published, abs=0.002)


@pytest.mark.parametrize(
    ("weights", "places"),
    [
        ("13 13 13 13 13 13 13 13", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23"),
        ("11 11 11 18 10 6 15 18", "1 2 3 5 4 8 7 6 10 11 9 13 12 14 17 15 16 18 19 21 22 20 23"),
    ],
    ids=["equal", "budget allocation"],
)
def test_places_by_technology_under_two_weightings(weights, places):
    """OECD/JRC 2008, Handbook on Constructing Composite Indicators, tables 22 (weights) and 23 (places)."""
    found = list(technology([Fraction(weight) for weight in weights.split()]))
    countries = [line.split()[0] for line in TECHNOLOGY.strip().splitlines()]
    assert [1 + found.index(country) for country in countries] == [int(place) for place in places.split()]


@pytest.mark.parametrize(
    ("years", "expected", "mean", "income", "published"),
    [
        (81.6, 17.5, 12.6, 64_992, 0.944),
        (82.4, 20.2, 13.0, 42_261, 0.935),
        (83.0, 15.8, 12.8, 56_431, 0.930),
        (80.2, 18.7, 12.7, 44_025, 0.923),
        (83.0, 15.4, 10.6, 76_628, 0.912),
        (80.0, 15.0, 11.8, 79_851, 0.908),
        (83.5, 15.3, 11.5, 36_927, 0.891),
    ],
    ids=["Norway", "Australia", "Switzerland", "Denmark", "Singapore", "Liechtenstein", "Japan"],
)
def test_the_human_development_index(years, expected, mean, income, published):
    """UNDP, Human Development Report 2015, table 1: the geometric mean of health, education (the mean of two) and the
    logarithm of income; 18 years of schooling and 75,000 dollars are the most that count.
    """

    def share(value, low, high):
        return Goalposts(Fraction(low), Fraction(high)).place(Fraction(value))[0]

    schooling = {"expected": share(expected, 0, 18), "mean": share(mean, 0, 15)}
    parts = {
        "health": share(years, 20, 85),
        "education": weighted_mean(schooling, dict.fromkeys(schooling, Fraction(1))).value,
        "income": share(math.log(income), math.log(100), math.log(75_000)),
    }
    found = geometric_mean(parts, dict.fromkeys(parts, Fraction(1)))
    assert float(found.value) / 100 == pytest.approx(published, abs=0.001)


def test_smaller_is_better_between_turned_goalposts():
    minutes = Goalposts(Fraction(30), Fraction(5))
    assert [minutes.place(Fraction(value)) for value in (30, 10, 5, 40, 0)] == [
        (0, False),
        (80, False),
        (100, False),
        (0, True),
        (100, True),
    ]
    with pytest.raises(CompositeError):
        Goalposts(Fraction(3), Fraction(3))
    with pytest.raises(CompositeError):
        check_together(Goalposts(Fraction(0), Fraction(3**n, 10**30)) for n in range(60, 20_000, 500))


def test_a_geometric_mean_does_not_buy_off_a_weakness():
    """OECD/JRC 2008, Handbook on Constructing Composite Indicators, section 6.11; the last two are printed as 2.54 and
    6.23, cut rather than rounded.
    """
    cases = [((21, 1, 1, 1), "2.14"), ((6, 6, 6, 6), "6.00"), ((21, 2, 1, 1), "2.55"), ((7, 6, 6, 6), "6.24")]
    for values, printed in cases:
        keyed = {str(number): Fraction(value) for number, value in enumerate(values)}
        assert f"{float(geometric_mean(keyed, dict.fromkeys(keyed, Fraction(1))).value):.2f}" == printed


def test_a_geometric_mean():
    equal = {"x": Fraction(1), "y": Fraction(1)}
    assert geometric_mean({"x": Fraction(2), "y": Fraction(8)}, equal).value == 4
    assert geometric_mean({"x": Fraction(2), "y": Fraction(8)}, {"x": Fraction(3), "y": Fraction(1)}).value == Fraction(
        "2.8284271247462"
    )
    assert geometric_mean({"x": Fraction(0), "y": Fraction(8)}, equal).value == 0
    assert geometric_mean({"x": None, "y": Fraction(8)}, equal).value == 8
    assert geometric_mean({"x": None}, equal).value is None
    with pytest.raises(CompositeError) as refused:
        geometric_mean({"x": Fraction(-1), "y": Fraction(8)}, equal)
    assert refused.value.field == "values.x"
    with pytest.raises(CompositeError):
        combine({}, equal, method="harmonic")


@given(
    st.dictionaries(st.sampled_from("abcde"), st.fractions(0, 100, max_denominator=1000), min_size=1),
    st.fixed_dictionaries({key: st.integers(1, 9) for key in "abcde"}),
)
def test_a_geometric_mean_is_never_above_the_linear_one(values, whole):
    weights = {key: Fraction(weight) for key, weight in whole.items()}
    found, linear = geometric_mean(values, weights), weighted_mean(values, weights)
    assert found.value <= linear.value + Fraction(1, 10**10)
    assert found.effective_weights == linear.effective_weights
    assert min(values.values()) - Fraction(1, 10**10) <= found.value
