"""`python -m assay composite`."""

import json

import pytest

from engine_samples import answer, changed, refusal

DATA = {
    "institutions": [
        {"key": "b", "values": {"x": 50, "y": 100}},
        {"key": "a", "values": {"x": 75}},
        {"key": "c", "values": {"x": None}},
    ],
    "weights": {"x": 1, "y": 1},
}


def test_scores_and_places():
    found = answer("composite", given=DATA)
    assert [(entry["key"], entry["score"]) for entry in found["scores"]] == [("a", 75.0), ("b", 75.0), ("c", None)]
    assert found["places"] == [{"key": "a", "place": 1}, {"key": "b", "place": 1}]
    assert found["sensitivity"] == [
        {"key": "a", "min": 1, "median": 1.0, "max": 1},
        {"key": "b", "min": 1, "median": 1.0, "max": 2},
    ]
    assert found["mean_rank_shift"] == pytest.approx(1 / 3)
    assert found["shares"] == {"x": None, "y": None}


def test_nobody_and_one():
    assert answer("composite", given=DATA | {"institutions": []}) == {
        "scores": [],
        "places": [],
        "sensitivity": [],
        "mean_rank_shift": None,
        "shares": {"x": None, "y": None},
    }
    alone = answer("composite", given=DATA | {"institutions": DATA["institutions"][:1], "perturb": 0.5})
    assert alone["sensitivity"] == [{"key": "b", "min": 1, "median": 1.0, "max": 1}]


def test_goalposts_and_the_geometric_mean():
    posts = {"x": [0, 50], "y": [200, 100]}
    found = answer("composite", given=DATA | {"goalposts": posts, "method": "geometric"})
    assert [entry["clipped"] for entry in found["scores"]] == [["x"], [], []]
    assert [entry["score"] for entry in found["scores"]] == [100.0, 100.0, None]
    negative = changed(DATA, ("institutions", 0, "values", "x"), -1)
    assert refusal("composite", given=negative | {"method": "geometric"}) == "institutions[0].values.x"
    assert answer("composite", given=negative)["scores"][1]["score"] == 49.5


def test_a_seed_fixes_the_draws_in_any_order_of_the_input():
    asked = DATA | {"perturb": "0.4", "seed": 11}
    turned = json.loads(json.dumps(asked))
    turned["institutions"].reverse()
    turned["weights"] = {"y": 1, "x": 1}
    assert answer("composite", given=turned) == answer("composite", given=asked)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("weights", "x"), -1, "weights.x"),
        (("weights",), {"x": 0}, "weights"),
        (("weights",), {}, "weights"),
        (("weights", "\ud800"), 1, "weights. "),
        (("method",), "harmonic", "method"),
        (("institutions", 1, "values", "z"), 1, "institutions[1].values.z"),
        (("institutions", 1, "values", "x"), True, "institutions[1].values.x"),
        (("institutions", 1, "values", "x"), 1e308, "institutions[1].values.x"),
        (("institutions", 1, "values", "x"), float("nan"), "institutions[1].values.x"),
        (("institutions", 1, "key"), "b", "institutions[1].key"),
        (("goalposts",), {"x": [1, 1]}, "goalposts.x"),
        (("goalposts",), {"x": [1]}, "goalposts.x"),
        (("goalposts",), {"x": [1, "one"]}, "goalposts.x[1]"),
        (("goalposts",), {"z": [1, 2]}, "goalposts.z"),
        (("perturb",), 1.5, "perturb"),
        (("perturb",), -0.1, "perturb"),
        (("perturb",), True, "perturb"),
        (("seed",), 1.5, "seed"),
        (("seed",), -1, "seed"),
        (("draws",), 10, "draws"),
    ],
)
def test_what_is_refused(path, value, field):
    assert refusal("composite", given=changed(DATA, path, value)) == field


def test_too_many_components_for_so_many_institutions_are_refused_at_once():
    weights = {f"w{number}": 1 for number in range(1500)}
    places = [{"key": f"i{number}", "values": {}} for number in range(1500)]
    assert refusal("composite", given={"weights": weights, "institutions": places}) == "institutions"


def test_the_largest_seed_is_a_seed():
    given = {"institutions": [], "weights": {"a": 1}, "seed": 10**18}
    assert answer("composite", given=given)["scores"] == []
