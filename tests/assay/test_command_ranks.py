"""`python -m assay rank`."""

import pytest

from assay.command.ranks import rank_command
from engine_samples import answer, changed, refusal


def test_places_by_value():
    ranks = {"estimates": [{"key": "a", "value": 0.1}, {"key": "b", "value": 0.10000000001}]}
    assert [entry["key"] for entry in answer("rank", given=ranks)["standings"]] == ["b", "a"]
    assert refusal("rank", given=changed(ranks, ("estimates", 1, "key"), "a")) == "estimates[1].key"


def test_the_command_is_the_function():
    data = {"estimates": [{"key": "a", "value": 1}]}
    assert rank_command(data) == answer("rank", given=data)


SURE = {
    "estimates": [
        {"key": "a", "value": 70, "se": 2},
        {"key": "b", "value": "73.5", "se": 1},
        {"key": "c", "value": 70, "se": 2},
        {"key": "d", "value": 40, "se": 0},
    ],
    "k": 2,
}


def _without_keys(found):
    return [{name: value for name, value in one.items() if name != "key"} for one in found["standings"]]


@pytest.mark.parametrize("method", ["posterior", "joint"])
def test_ranks_of_estimates_depend_on_neither_order_nor_names_nor_a_constant(method):
    data = SURE | {"method": method}
    found = answer("rank", given=data)
    assert [one["place"] for one in found["standings"]] == [1, 2, 2, 4]
    first, second, third, last = _without_keys(found)
    assert (second, last["rank_interval"], last["p_top_k"]) == (third, [4, 4], 0.0)
    assert first["expected_rank"] + second["expected_rank"] + third["expected_rank"] == pytest.approx(6)
    assert answer("rank", given=data | {"estimates": data["estimates"][::-1]}) == found
    renamed = [one | {"key": f"{9 - index}"} for index, one in enumerate(data["estimates"])]
    assert _without_keys(answer("rank", given=data | {"estimates": renamed})) == _without_keys(found)
    moved = [one | {"value": float(one["value"]) + 1000} for one in data["estimates"]]
    assert answer("rank", given=data | {"estimates": moved}) == found


def test_exact_values_have_one_rank():
    estimates = [{"key": "a", "value": 1}, {"key": "b", "value": 1}, {"key": "c", "value": 0}]
    plain = answer("rank", given={"estimates": estimates, "k": 1})
    assert [(one["rank_interval"], one["p_top_k"]) for one in plain["standings"]] == [
        ([1, 1], 1),
        ([1, 1], 1),
        ([3, 3], 0),
    ]
    assert answer("rank", given={"estimates": [one | {"se": 0} for one in estimates], "k": 1}) == plain


def test_many_estimates_are_drawn_and_too_many_draws_refused():
    many = {"estimates": [{"key": f"k{n}", "value": n % 997, "se": 1 + n % 3} for n in range(6000)], "draws": 100}
    found = answer("rank", given=many)["standings"]
    assert len(found) == 6000
    assert sum(one["expected_rank"] for one in found) == pytest.approx(6000 * 6001 / 2)
    assert refusal("rank", given=many | {"draws": 100_000}) == "draws"


@pytest.mark.parametrize(
    ("where", "value", "field"),
    [
        (("estimates",), [], "estimates"),
        (("estimates", 0, "se"), None, "estimates[0].se"),
        (("estimates", 0, "se"), -1, "estimates[0].se"),
        (("estimates", 0, "se"), True, "estimates[0].se"),
        (("estimates", 0, "se"), "nan", "estimates[0].se"),
        (("estimates", 0, "sd"), 1, "estimates[0].sd"),
        (("level",), 0, "level"),
        (("level",), 1, "level"),
        (("level",), "0.999999999999999999", "level"),
        (("k",), 0, "k"),
        (("k",), 5, "k"),
        (("k",), 1.5, "k"),
        (("method",), "bayes", "method"),
        (("draws",), 0, "draws"),
        (("draws",), 100_001, "draws"),
        (("seed",), -1, "seed"),
        (("seed",), "x", "seed"),
        (("weights",), {}, "weights"),
    ],
)
def test_what_cannot_be_ranked_is_refused(where, value, field):
    assert refusal("rank", given=changed(SURE, where, value)) == field


def test_a_method_needs_standard_errors():
    data = {"estimates": [{"key": "a", "value": 1}], "method": "joint"}
    assert refusal("rank", given=data) == "estimates[0].se"
