"""`python -m assay agreement`."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assay.command.agreeing import agreement_command
from assay.schemas import schemas_of
from engine_samples import answer, refusal

DOCS = Path(__file__).resolve().parents[2] / "docs" / "assay.md"


def _examples():
    section = DOCS.read_text().split("### `python -m assay agreement`")[1].split("\n## ")[0]
    return re.findall(r"```json\n(.*?)```\n\ngives\n\n```json\n(.*?)```", section, re.S)


@pytest.mark.parametrize(("given", "expected"), _examples())
def test_every_form_of_the_documentation(given, expected):
    found = answer("agreement", given=given.encode())
    assert _rounded(found) == _rounded(json.loads(expected))
    schemas = schemas_of("agreement")
    Draft202012Validator(schemas["input"]).validate(json.loads(given))
    Draft202012Validator(schemas["output"]).validate(found)


def _rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return {key: _rounded(entry) for key, entry in value.items()} if isinstance(value, dict) else value


def test_undefined_is_null_with_a_note():
    found = answer("agreement", given={"ratings": [[1, 2]], "metric": "nominal"})
    assert (found["alpha"], found["note"]) == (None, "no unit has two values to compare")
    found = answer("agreement", given={"ratings": [[1, 1], [1, 1]], "metric": "ordinal"})
    assert (found["alpha"], found["expected"]) == (None, 0)
    assert found["note"] == "all values are equal, so agreement cannot be told from chance"
    found = answer("agreement", given={"targets": [[1, 1], [1, 1]], "icc": True})
    assert (found["icc"]["1,1"], found["ci95"]["3,k"]) == (None, [None, None])
    Draft202012Validator(schemas_of("agreement")["output"]).validate(found)


def test_text_and_numbers_are_different_values():
    mixed = answer("agreement", given={"ratings": [[1, "1", "x"], ["1", 1, "x"]], "metric": "nominal"})
    assert (mixed["levels"], mixed["alpha"] < 0.2) == (3, True)
    same = answer("agreement", given=b'{"ratings": [[1, 2], [1.0, 2e0]], "metric": "nominal"}')
    assert (same["levels"], same["alpha"]) == (2, 1.0)


AUDIT = {"key": "a", "institution": "X", "juror": "j", "channel": "c", "instrument": "K", "score": 50}
VARIANCES = {"institution": 1, "juror": 1, "residual": 1}
ESTIMATES = [{"key": "X", "value": 1, "se": 1}, {"key": "Y", "value": 2, "se": 1}]


def test_profiles_of_many_jurors():
    audits = [
        AUDIT
        | {"key": f"{juror}-{number}", "juror": f"j{juror}", "minutes": 30 + juror + number}
        | {"marks": [{"section": "s", "value": (item + juror * number) % 5 / 4} for item in range(6)]}
        for juror in range(6)
        for number in range(3)
    ]
    found = answer("agreement", given={"audits": audits})
    assert [juror["key"] for juror in found["jurors"]] == [f"j{juror}" for juror in range(6)]
    assert found == answer("agreement", given={"audits": audits[::-1]})
    assert found["jurors"][0]["indices"]["speed"]["z"] < 0
    Draft202012Validator(schemas_of("agreement")["output"]).validate(found)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"variances": VARIANCES, "target": 1}, "target"),
        ({"variances": VARIANCES, "target": 0}, "target"),
        ({"variances": VARIANCES, "most": 10**6}, "most"),
        ({"variances": VARIANCES | {"juror": -1}}, "variances.juror"),
        ({"variances": VARIANCES | {"day": 1}}, "variances.day"),
        ({"variances": {}}, "variances.institution"),
        ({"variances": VARIANCES, "estimates": ESTIMATES}, "estimates"),
        ({"variances": VARIANCES, "metric": "nominal"}, "metric"),
        ({"estimates": ESTIMATES[:1]}, "estimates"),
        ({"estimates": ESTIMATES * 2}, "estimates[2].key"),
        ({"estimates": [ESTIMATES[0], ESTIMATES[1] | {"se": -1}]}, "estimates[1].se"),
        ({"estimates": [ESTIMATES[0], ESTIMATES[1] | {"value": True}]}, "estimates[1].value"),
        ({"audits": []}, "audits"),
        ({"audits": [AUDIT, AUDIT]}, "audits[1].key"),
        ({"audits": [AUDIT | {"score": 101}]}, "audits[0].score"),
        ({"audits": [AUDIT | {"minutes": 0}]}, "audits[0].minutes"),
        ({"audits": [AUDIT | {"not_applicable": 2}]}, "audits[0].not_applicable"),
        ({"audits": [AUDIT | {"marks": [{"section": "s", "value": 2}]}]}, "audits[0].marks[0].value"),
        ({"audits": [AUDIT], "severities": {"x": {"severity": 1, "se": 1}}}, "severities.x"),
        ({"audits": [AUDIT], "severities": {"j": {"severity": 1, "se": -1}}}, "severities.j.se"),
    ],
)
def test_what_the_other_forms_refuse(given, field):
    assert refusal("agreement", given=given) == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "ratings"),
        ({"ratings": [[1]]}, "metric"),
        ({"ratings": [[1]], "metric": "cardinal"}, "metric"),
        ({"ratings": [[1]], "metric": "nominal", "targets": [[1, 2], [1, 2]]}, "targets"),
        ({"ratings": [[1]], "metric": "nominal", "icc": True}, "icc"),
        ({"ratings": [[1]], "metric": "nominal", "seed": 1}, "seed"),
        ({"ratings": [], "metric": "nominal"}, "ratings"),
        ({"ratings": [[]], "metric": "nominal"}, "ratings[0]"),
        ({"ratings": 1, "metric": "nominal"}, "ratings"),
        ({"ratings": [[1, 2], [1]], "metric": "nominal"}, "ratings[1]"),
        ({"ratings": [[1, 2], "12"], "metric": "nominal"}, "ratings[1]"),
        ({"ratings": [[1, True]], "metric": "nominal"}, "ratings[0][1]"),
        ({"ratings": [[1, {}]], "metric": "nominal"}, "ratings[0][1]"),
        ({"ratings": [[1, "\ud800"]], "metric": "nominal"}, "ratings[0][1]"),
        ({"ratings": [[1, "2"]], "metric": "interval"}, "ratings[0][1]"),
        ({"ratings": [[1, -2]], "metric": "ratio"}, "ratings[0][1]"),
        ({"ratings": [[1, 1e308]], "metric": "interval"}, "ratings[0][1]"),
        (b'{"ratings": [[1, NaN]], "metric": "interval"}', "ratings[0][1]"),
        (b'{"ratings": [[1, 1e-300]], "metric": "interval"}', "ratings[0][1]"),
        ({"targets": [[1, 2]], "icc": True}, "targets"),
        ({"targets": [[1], [2]], "icc": True}, "targets[0]"),
        ({"targets": [[1, 2], [1, 2]], "icc": False}, "icc"),
        ({"targets": [[1, 2], [1, 2]], "icc": 1}, "icc"),
        ({"targets": [[1, 2], [1, 2]], "metric": "nominal"}, "metric"),
        ({"targets": [[1, 2], [1]], "icc": True}, "targets[1]"),
        ({"targets": [[1, 2], [1, None]], "icc": True}, "targets[1][1]"),
        ({"targets": [[1, 2], [1, True]], "icc": True}, "targets[1][1]"),
        ({"targets": [[1, 2], [1, "2"]], "icc": True}, "targets[1][1]"),
        ({"targets": [[1, 2], [1, [2]]], "icc": True}, "targets[1][1]"),
        (b'{"targets": [[1, 2], [1, Infinity]], "icc": true}', "targets[1][1]"),
        (b'{"targets": [[1, 2], [1, 1e308]], "icc": true}', "targets[1][1]"),
    ],
)
def test_what_is_refused(given, field):
    assert refusal("agreement", given=given) == field


def test_the_command_is_the_function():
    data = {"ratings": [["a", "b"], ["a", "a"]], "metric": "nominal"}
    assert agreement_command(data) == answer("agreement", given=data)
