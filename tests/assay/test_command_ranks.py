"""`python -m assay composite` and `rank`."""

from assay.command.ranks import rank_command
from engine_samples import answer, changed, refusal


def test_composite_and_rank():
    data = {
        "institutions": [
            {"key": "b", "values": {"x": 50, "y": 100}},
            {"key": "a", "values": {"x": 75}},
            {"key": "c", "values": {"x": None}},
        ],
        "weights": {"x": 1, "y": 1},
    }
    found = answer("composite", given=data)
    assert [(entry["key"], entry["score"]) for entry in found["scores"]] == [("a", 75.0), ("b", 75.0), ("c", None)]
    assert found["places"] == [{"key": "a", "place": 1}, {"key": "b", "place": 1}]
    assert refusal("composite", given=changed(data, ("weights", "x"), -1)) == "weights.x"
    assert refusal("composite", given=changed(data, ("method",), "geometric")) == "method"
    assert refusal("composite", given=changed(data, ("institutions", 1, "values", "z"), 1)) == (
        "institutions[1].values.z"
    )
    ranks = {"estimates": [{"key": "a", "value": 0.1}, {"key": "b", "value": 0.10000000001}]}
    assert [entry["key"] for entry in answer("rank", given=ranks)["standings"]] == ["b", "a"]
    assert refusal("rank", given=changed(ranks, ("k",), 1)) == "k"
    assert refusal("rank", given=changed(ranks, ("estimates", 1, "key"), "a")) == "estimates[1].key"


def test_the_command_is_the_function():
    data = {"estimates": [{"key": "a", "value": 1}]}
    assert rank_command(data) == answer("rank", given=data)
