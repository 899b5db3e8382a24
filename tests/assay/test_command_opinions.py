"""`python -m assay opinion` and `rake`."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assay.schemas import schemas_of
from engine_samples import answer, changed, refusal

DOCS = Path(__file__).resolve().parents[2] / "docs" / "assay.md"
POOL = {
    "sources": [
        {"source": "web", "mean": 3.60, "sd": 1, "n": 1200, "bias_sd": 0.3},
        {"source": "interviews", "mean": 4.10, "sd": 1, "n": 400, "bias_sd": 0.1},
    ]
}
COUNTS = {"counts": {"1": 0, "2": 1, "3": 2, "4": 10, "5": 7}}
RAKE = {"rows": [{"sex": "f"}, {"sex": "f"}, {"sex": "m"}], "margins": {"sex": {"f": 52, "m": 48}}}


def test_both_examples_of_opinion():
    section = DOCS.read_text().split("### `python -m assay opinion`")[1].split("\n### ")[0]
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", section, re.S)]
    assert len(blocks) == 4
    schemas = schemas_of("opinion")
    for given, expected in (blocks[:2], blocks[2:]):
        found = answer("opinion", given=given)
        assert found.keys() == expected.keys()
        Draft202012Validator(schemas["input"]).validate(given)
        Draft202012Validator(schemas["output"]).validate(found)
    assert found["wilson"] == pytest.approx(expected["wilson"], rel=1e-9)


def test_pooling_and_counting():
    found = answer("opinion", given=POOL)["pooled"]
    assert list(found["weights"]) == ["interviews", "web"]
    assert answer("opinion", given=POOL | {"sources": POOL["sources"][::-1]})["pooled"] == found
    assert answer("opinion", given=POOL | {"web_cap": "0.05"})["pooled"]["weights"]["web"] == 0.05
    assert answer("opinion", given={"counts": {"1": 0, "2": 0}, "no_opinion": 0}) == {
        "n": 0,
        "mean": None,
        "median": None,
        "top2": None,
        "wilson": None,
        "no_opinion": None,
    }
    assert "nps" not in answer("opinion", given=COUNTS)
    assert answer("opinion", given={"counts": {"0": 1, "10": 3}})["nps"] == 50


def test_a_raked_sample():
    assert answer("rake", given=RAKE)["weights"] == pytest.approx([26, 26, 48])
    asked = answer("rake", given=RAKE | {"collapse": 2, "trim": 4})
    assert asked["collapsed"] == {"sex": [["f", "m"]]}
    assert asked["weights"] == pytest.approx([100 / 3] * 3)
    assert asked["trimmed"] == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ([], "input"),
        ({}, "sources"),
        ({"sources": []}, "sources"),
        (POOL | COUNTS, "sources"),
        (changed(POOL, ("sources", 0, "n"), 0), "sources[0].n"),
        (changed(POOL, ("sources", 0, "n"), True), "sources[0].n"),
        (changed(POOL, ("sources", 0, "sd"), -1), "sources[0].sd"),
        (changed(POOL, ("sources", 0, "sd"), 1e308), "sources[0].sd"),
        (changed(POOL, ("sources", 0, "mean"), float("nan")), "sources[0].mean"),
        (changed(POOL, ("sources", 0, "extra"), 1), "sources[0].extra"),
        (changed(POOL, ("sources", 1, "source"), "web"), "sources[1].source"),
        (changed(POOL, ("sources", 1, "source"), "\ud800"), "sources[1].source"),
        (POOL | {"web_cap": 1.5}, "web_cap"),
        (POOL | {"seed": 1}, "seed"),
        ({"counts": {}}, "counts"),
        ({"counts": None}, "counts"),
        ({"counts": {"5": 1}}, "counts"),
        ({"counts": {"5": 1, "\ud800": 1}}, "counts. "),
        ({"counts": {"5": 1, "4": 0.5}}, "counts.4"),
        (COUNTS | {"web_cap": 0.3}, "web_cap"),
        (COUNTS | {"no_opinion": -1}, "no_opinion"),
    ],
)
def test_opinions_that_are_refused(given, field):
    assert refusal("opinion", given=given) == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "rows"),
        (RAKE | {"rows": []}, "rows"),
        (RAKE | {"rows": [1]}, "rows[0]"),
        (RAKE | {"margins": {}}, "margins"),
        (RAKE | {"margins": {"sex": [1]}}, "margins.sex"),
        (RAKE | {"margins": {"sex": {"f": True, "m": 1}}}, "margins.sex.f"),
        (RAKE | {"margins": {"sex": {"f": float("inf"), "m": 1}}}, "margins.sex.f"),
        (RAKE | {"margins": {"": {"f": 1}}}, "margins."),
        (changed(RAKE, ("rows", 1, "sex"), "\ud800"), "margins.sex"),
        (changed(RAKE, ("rows", 1, "age"), "x"), "rows[1].age"),
        (RAKE | {"trim": 0.9}, "trim"),
        (RAKE | {"collapse": 0}, "collapse"),
        (RAKE | {"weights": []}, "weights"),
    ],
)
def test_samples_that_are_refused(given, field):
    assert refusal("rake", given=given) == field
