"""`python -m assay ledger`."""

import pytest

from assay.command.ledgers import root_command
from engine_samples import answer, refusal


def test_ledger_proofs_go_round():
    leaves = ["", "00", "10", "2021", "3031"]
    root = answer("ledger", "root", given={"leaves": leaves})["root"]
    path = answer("ledger", "prove", given={"leaves": leaves, "index": 3})["path"]
    proof = {"root": root, "size": 5, "index": 3, "leaf": "2021", "path": path}
    assert answer("ledger", "verify", given=proof) == {"valid": True}
    for change in ({"leaf": "2020"}, {"index": 2}, {"size": 4}, {"path": path[:-1]}, {"root": "00" * 32}):
        assert answer("ledger", "verify", given=proof | change) == {"valid": False}
    first_root = answer("ledger", "root", given={"leaves": leaves[:3]})["root"]
    path = answer("ledger", "prove", given={"leaves": leaves, "first": 3})["path"]
    proof = {"first": 3, "size": 5, "first_root": first_root, "root": root, "path": path}
    assert answer("ledger", "verify", given=proof) == {"valid": True}
    assert answer("ledger", "verify", given=proof | {"first_root": root}) == {"valid": False}


@pytest.mark.parametrize(
    ("command", "given", "field"),
    [
        ("root", {"leaves": ["0"]}, "leaves[0]"),
        ("root", {"leaves": ["00 11"]}, "leaves[0]"),
        ("root", {}, "leaves"),
        ("prove", {"leaves": ["00"], "index": 1}, "index"),
        ("prove", {"leaves": ["00"], "first": 0}, "first"),
        ("prove", {"leaves": ["00"]}, "index"),
        ("verify", {"root": "00", "size": 1, "index": 0, "leaf": "", "path": []}, "root"),
        ("verify", {"root": "00", "size": 1, "index": 5, "leaf": "", "path": []}, "root"),
        ("verify", {"root": "00" * 32, "size": 1, "index": 0, "path": []}, "leaf"),
        ("verify", {"root": "00" * 32, "size": 0, "index": 0, "leaf": "", "path": []}, "size"),
        ("draw", {"pool": ["a", "a"], "tag": "", "seed": ""}, "pool"),
        ("draw", {"pool": ["a"], "tag": "", "seed": "x"}, "seed"),
        ("draw", {"pool": [1], "tag": "", "seed": ""}, "pool[0]"),
    ],
)
def test_ledger_refuses_and_names_the_field(command, given, field):
    assert refusal("ledger", command, given=given) == field


def test_the_command_is_the_function():
    assert root_command({"leaves": []}) == answer("ledger", "root", given={"leaves": []})


def test_a_long_leaf_that_is_in_the_tree_can_be_proved():
    leaves = ["00", "ab" * 20_000]
    root = answer("ledger", "root", given={"leaves": leaves})["root"]
    path = answer("ledger", "prove", given={"leaves": leaves, "index": 1})["path"]
    proof = {"root": root, "size": 2, "index": 1, "leaf": leaves[1], "path": path}
    assert answer("ledger", "verify", given=proof) == {"valid": True}


def test_the_largest_tree_that_may_be_named():
    proof = {"root": "00" * 32, "size": 2**62, "index": 2**62 - 1, "leaf": "", "path": []}
    assert answer("ledger", "verify", given=proof) == {"valid": False}
