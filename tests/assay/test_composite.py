"""Several numbers into one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.composite import CompositeError, weighted_mean

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
