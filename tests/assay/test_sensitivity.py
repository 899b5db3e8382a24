"""How far places move with the weights."""

import time
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.composite import CompositeError, combine, sensitivity

quick = settings(deadline=None, derandomize=True, max_examples=60)


def _moved(institutions, weights, method="linear", **asked):
    given_values = {
        key: {name: None if value is None else Fraction(value) for name, value in values.items()}
        for key, values in institutions.items()
    }
    shares = {name: Fraction(weight) for name, weight in weights.items()}
    scores = {key: combine(values, shares, method=method) for key, values in given_values.items()}
    return sensitivity(given_values, shares, scores, method=method, **asked)


def _spread(found):
    return {one.key: (one.least, one.median, one.most) for one in found.spreads}


THREE = {"a": {"x": 90, "y": 10}, "b": {"x": 60, "y": 60}, "c": {"x": 20, "y": 80}}


def test_each_component_left_out_in_turn():
    """With x twice y: a 63.3, b 60, c 40. Without x: c, b, a; without y: a, b, c. Shifts 2 + 0 + 2 and 0 of six."""
    found = _moved(THREE, {"x": 2, "y": 1})
    assert _spread(found) == {"a": (1, 1, 3), "b": (2, 2, 2), "c": (1, 3, 3)}
    assert (found.mean_rank_shift, found.scenarios) == (pytest.approx(4 / 6), 2)


def test_an_institution_left_without_components_is_not_placed_there():
    found = _moved({"a": {"x": 90}, "b": {"x": 60, "y": 60}}, {"x": 2, "y": 1})
    assert _spread(found) == {"a": (1, 1, 1), "b": (1, 2, 2)}
    assert found.mean_rank_shift == pytest.approx(1 / 3)


def test_a_zero_of_a_product_matters_until_it_is_left_out():
    found = _moved(
        {"a": {"x": 90, "y": 0}, "b": {"x": 10, "y": 10}, "c": {"x": 0, "y": 50}}, {"x": 1, "y": 1}, "geometric"
    )
    assert _spread(found) == {"a": (1, 2, 3), "b": (1, 2, 2), "c": (1, 2, 3)}
    everywhere = _moved({"a": {"x": 0, "y": 0}, "b": {"x": 0, "y": 0}}, {"x": 1, "y": 1}, "geometric", perturb=0.5)
    assert _spread(everywhere) == {"a": (1, 1, 1), "b": (1, 1, 1)}


def test_nothing_to_vary():
    assert _moved({}, {"x": 1}).spreads == ()
    one = _moved({"a": {"x": 5}}, {"x": 1})
    assert (_spread(one), one.mean_rank_shift, one.shares) == ({"a": (1, 1, 1)}, None, {"x": None})


def test_drawn_weights_move_places_and_the_seed_fixes_them():
    found = _moved(THREE, {"x": 1, "y": 1}, perturb=0.3, seed=7)
    assert found.scenarios == 1002
    assert _spread(found) == _spread(_moved(THREE, {"y": 1, "x": 1}, perturb=0.3, seed=7))
    assert found != _moved(THREE, {"x": 1, "y": 1}, perturb=0.3, seed=8)
    small = _moved({"a": {"x": 60, "y": 40}, "b": {"x": 30, "y": 30}}, {"x": 1, "y": 1}, perturb=0.3)
    assert (_spread(small), small.mean_rank_shift) == ({"a": (1, 1, 1), "b": (2, 2, 2)}, 0)


def test_shares_of_crossed_components_are_those_of_their_weights():
    """A full factorial design: components uncorrelated, so first-order shares are w^2 var / sum and sum to 1."""
    points = {f"{x}{y}{z}": {"x": x, "y": y, "z": z} for x, y, z in product((0, 5, 10), repeat=3)}
    found = _moved(points, {"x": 3, "y": 2, "z": 1})
    assert found.shares == {"x": pytest.approx(9 / 14), "y": pytest.approx(4 / 14), "z": pytest.approx(1 / 14)}


def test_too_much_is_refused():
    many = {f"i{number}": {"x": number} for number in range(70_000)}
    with pytest.raises(CompositeError) as refused:
        sensitivity(
            {}, {"x": Fraction(1)}, {key: combine({"x": Fraction(1)}, {"x": Fraction(1)}) for key in many}, perturb=1
        )
    assert refused.value.field == "institutions"
    for asked, field in (({"perturb": 1.01}, "perturb"), ({"perturb": -0.1}, "perturb"), ({"draws": 0}, "draws")):
        with pytest.raises(CompositeError) as refused:
            _moved(THREE, {"x": 1, "y": 1}, **asked)
        assert refused.value.field == field


def _plainly(institutions, weights, method):
    """Places without each component, by the definition."""
    found = []
    for left in sorted(weights):
        kept = {name: Fraction(weight) for name, weight in weights.items() if name != left}
        if not any(kept.values()) or not weights[left]:
            continue
        scores = {}
        for key, values in institutions.items():
            there = {name: Fraction(value) for name, value in values.items() if name != left and value is not None}
            value = combine(there, kept, method=method).value
            if value is not None:
                scores[key] = value
        found.append({key: 1 + sum(other > value for other in scores.values()) for key, value in scores.items()})
    return found


tables = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.fixed_dictionaries({name: st.one_of(st.none(), st.integers(0, 100)) for name in "xyz"}),
    min_size=1,
    max_size=8,
)
weightings = st.fixed_dictionaries({name: st.integers(0, 9) for name in "xyz"}).filter(
    lambda found: any(found.values())
)


@quick
@given(tables, weightings, st.sampled_from(("linear", "geometric")))
def test_leaving_out_is_combining_the_rest(institutions, weights, method):
    found = _moved(institutions, weights, method)
    plain = _plainly(institutions, weights, method)
    for one in found.spreads:
        reference = _moved_reference(institutions, weights, method, one.key)
        placed = sorted([reference, *(places[one.key] for places in plain if one.key in places)])
        assert (one.least, one.median, one.most) == (placed[0], float(np.median(placed)), placed[-1])


def _moved_reference(institutions, weights, method, key):
    kept = {name: Fraction(weight) for name, weight in weights.items()}
    scores = {
        other: combine(
            {name: None if value is None else Fraction(value) for name, value in values.items()}, kept, method=method
        ).value
        for other, values in institutions.items()
    }
    return 1 + sum(value is not None and value > scores[key] for value in scores.values())


@quick
@given(
    tables, weightings, st.sampled_from(("linear", "geometric")), st.randoms(use_true_random=False), st.integers(1, 50)
)
def test_order_names_and_scale_of_weights_change_nothing(institutions, weights, method, chance, factor):
    asked = {"perturb": 0.5, "draws": 40, "seed": 3}
    found = _moved(institutions, weights, method, **asked)
    mixed = {
        key: dict(chance.sample(sorted(institutions[key].items()), 3))
        for key in chance.sample(sorted(institutions), len(institutions))
    }
    assert _moved(mixed, dict(chance.sample(sorted(weights.items()), 3)), method, **asked) == found
    assert _moved(institutions, {name: weight * factor for name, weight in weights.items()}, method, **asked) == found
    names = dict(zip(sorted(institutions), chance.sample(range(100, 200), len(institutions)), strict=True))
    renamed = _moved({str(names[key]): values for key, values in institutions.items()}, weights, method, **asked)
    assert _spread(renamed) == {str(names[key]): spread for key, spread in _spread(found).items()}
    for one in found.spreads:
        assert 1 <= one.least <= one.median <= one.most <= len(institutions)


def test_many_institutions_at_once():
    chance = np.random.default_rng(1)
    values = {
        f"i{number}": dict(zip("vwxyz", map(float, row), strict=True))
        for number, row in enumerate(chance.random((500, 5)))
    }
    start = time.perf_counter()
    assert _moved(values, dict.fromkeys("vwxyz", 1), perturb=0.2).scenarios == 1005
    assert time.perf_counter() - start < 5
