"""`python -m assay allocate`."""

import json

import pytest

from assay.command.allocating import allocate_command
from engine_samples import answer, changed, refusal, run

ALLOCATION = {
    "institutions": [{"key": "X", "audits": 1}, {"key": "Y", "audits": 1}],
    "jurors": [{"key": "a", "min": 0, "max": 1}, {"key": "b", "min": 0, "max": 1}],
    "excluded": [],
    "value": [[10, 4], [5, 1]],
    "objective": "sum",
    "seed": 1,
}


def test_allocate():
    assert answer("allocate", given=ALLOCATION) == {
        "pairs": [["X", "a"], ["Y", "b"]],
        "total": 11.0,
        "worst": 1.0,
        "unmet": [],
    }
    assert answer("allocate", given=ALLOCATION | {"objective": "maxmin"})["worst"] == 4.0
    crowded = answer("allocate", given=ALLOCATION | {"excluded": [["X", "a"], ["X", "b"]]})
    assert crowded["unmet"][0]["institutions"] == ["X"]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("jurors", 0, "min"), 2, "jurors[0].min"),
        (("jurors", 1, "key"), "a", "jurors[1].key"),
        (("institutions", 1, "key"), "X", "institutions[1].key"),
        (("institutions", 0, "audits"), 1.5, "institutions[0].audits"),
        (("institutions", 0, "audits"), -1, "institutions[0].audits"),
        (("value",), [[1, 2]], "value"),
        (("value", 1), [1], "value[1]"),
        (("value", 1, 0), float("nan"), "value[1][0]"),
        (("cost",), [[1, 2], [3, 4]], "value"),
        (("excluded",), [["X"]], "excluded[0]"),
        (("excluded",), [["X", "c"]], "excluded[0]"),
        (("objective",), "most", "objective"),
        (("seed",), 1.5, "seed"),
        (("cap",), 0, "cap"),
        (("cap",), 1.5, "cap"),
        (("cap",), True, "cap"),
        (("cap",), float("nan"), "cap"),
        (("value", 0, 0), True, "value[0][0]"),
        (("value", 0, 1), 1e-300, "value[0][1]"),
        (("value", 0, 1), 1e308, "value[0][1]"),
    ],
)
def test_allocate_refuses_and_names_the_field(path, value, field):
    assert refusal("allocate", given=changed(ALLOCATION, path, value)) == field


def test_the_command_is_the_function():
    assert allocate_command(ALLOCATION) == answer("allocate", given=ALLOCATION)


def test_a_seed_of_twenty_digits_is_a_seed():
    assert answer("allocate", given=ALLOCATION | {"seed": 10**19})["total"] == 11.0


def test_a_cap_written_with_all_digits_of_a_double_is_the_fraction_it_stands_for():
    given = {"institutions": [{"key": "X", "audits": 2}], "jurors": [{"key": key, "max": 1} for key in "abc"]}
    found = answer("allocate", given=given | {"value": [[1, 2, 3]], "cap": 2 / 3})
    assert (len(found["pairs"]), found["expected_total"]) == (2, 4.0)
    assert refusal("allocate", given=given | {"value": [[1, 2, 3]], "cap": 0.666666}) == "cap"


def test_a_value_of_thousands_of_digits_is_refused():
    text = json.dumps(ALLOCATION).replace("[[10", "[[0." + "1" * 5_000)
    reason = "value[0][0]: has more digits than can be used\n"
    assert run("allocate", given=text.encode()) == (2, "", reason)
