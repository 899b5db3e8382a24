"""The command line: every example of docs/assay.md, and refusals of one line."""

import io
import json
import os
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assay.command import _COMMANDS
from assay.command.reading import CommandError, read
from assay.protocol import build, canonical
from assay.rulebook import Rulebook
from assay.schemas import schemas_of
from assay.scorecards import Scorecard
from engine_samples import EMAIL, VISIT, answer, audit, refusal, rules, run

DOCS = Path(__file__).resolve().parents[2] / "docs" / "assay.md"
CARDS = {card["key"]: Scorecard.from_definition(card) for card in (VISIT, EMAIL)}


def _examples():
    found = re.findall(
        r"^### `python -m assay ([a-z ]+)`.*?```json\n(.*?)```.*?```json\n(.*?)```", DOCS.read_text(), re.S | re.M
    )
    return [pytest.param(*example, id=example[0]) for example in found]


@pytest.mark.parametrize(("command", "given", "expected"), _examples())
def test_examples_of_the_documentation(command, given, expected):
    found = answer(*command.split(), given=given.encode())
    assert _rounded(found) == _rounded(json.loads(expected))


def _rounded(value):
    """Floats to 9 significant digits, so that another processor's last bit is not a difference."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return {key: _rounded(entry) for key, entry in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize(("command", "given", "expected"), _examples())
def test_examples_fit_the_published_schemas(command, given, expected):
    schemas = schemas_of(command)
    for side, text in (("input", given), ("output", expected)):
        Draft202012Validator.check_schema(schemas[side])
        Draft202012Validator(schemas[side]).validate(json.loads(text))
    assert answer("schema", *command.split(), given=b"") == schemas


@pytest.mark.parametrize(("command", "given", "expected"), _examples())
def test_schemas_refuse_fields_they_do_not_know(command, given, expected):
    broken = json.loads(given) | {"surprise": 1}
    assert not Draft202012Validator(schemas_of(command)["input"]).is_valid(broken)


def test_every_command_has_an_example():
    assert {example.id for example in _examples()} == set(_COMMANDS)


def _protocol(**changes):
    book = Rulebook.from_dict(rules(**changes))
    audits = [audit("a1", "X"), audit("a2", "X", channel="email", E1="7"), audit("b1", "Y")]
    return canonical(build(book, CARDS, audits, book.compute(audits, CARDS)))


def test_verify_says_whether_a_protocol_holds(tmp_path):
    file = tmp_path / "protocol.json"
    file.write_bytes(_protocol())
    code, out, _ = run("verify", str(file))
    assert (code, json.loads(out)["valid"], json.loads(out)["differences"]) == (0, True, [])
    file.write_bytes(_protocol().replace(b'"published":"88.00"', b'"published":"98.00"'))
    code, out, _ = run("verify", str(file))
    found = json.loads(out)
    assert (code, found["valid"]) == (1, False)
    assert found["differences"][0] == {
        "field": "outcome.institutions[0].published",
        "stated": "98.00",
        "recomputed": "88.00",
    }
    assert refusal("verify", given={"format": "other"}) == "format"
    assert refusal("verify", given=[]) == "input"


@pytest.mark.parametrize(
    ("command", "files"), [("verify", ("protocol",)), ("diff", ("protocol", "protocol-after-appeal"))]
)
def test_protocol_examples_of_the_documentation(command, files):
    paths = [DOCS.parent / "assay" / f"{name}.json" for name in files]
    expected = json.loads(re.search(rf"```json {command}\n(.*?)```", DOCS.read_text(), re.DOTALL)[1])
    code, out, _ = run(command, *map(str, paths))
    assert (code, json.loads(out)) == (0, expected)
    schemas = schemas_of(command)
    for path in paths:
        Draft202012Validator(schemas["input"]).validate(json.loads(path.read_text()))
    Draft202012Validator(schemas["output"]).validate(expected)


def test_diff_of_two_files(tmp_path):
    for name, threshold in (("a", "75"), ("b", "90")):
        (tmp_path / name).write_bytes(_protocol(licence__threshold=threshold))
    code, out, _ = run("diff", str(tmp_path / "a"), str(tmp_path / "b"))
    found = json.loads(out)
    assert (code, found["rules"]) == (0, [{"field": "licence.threshold", "before": "75", "after": "90"}])
    assert found["institutions"] == [{"key": "X", "changes": {"decision": ["grant", "refuse"]}, "why": []}]
    assert run("diff", str(tmp_path / "a"))[0] == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (b"", "input"),
        (b"\xff", "input"),
        (b"{", "input"),
        (b"[" * 100_000, "input"),
        (b"[" * 100_000 + b"]" * 100_000, "input"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "input"),
        (b'{"estimates":[{"key":"a","key":"b","value":1}]}', "key"),
        (b'{"estimates":[{"key":"a","value":' + b"9" * 5000 + b"}]}", "estimates[0].value"),
        (b'{"estimates":[{"key":"a","value":1e99999999999999999999}]}', "estimates[0].value"),
        (b'{"estimates":[{"key":"a","value":-Infinity}]}', "estimates[0].value"),
        (b'{"estimates":[{"key":"\\ud800","value":1}]}', "estimates[0].key"),
        (b'{"estimates":{}}', "estimates"),
        (b"1", "input"),
    ],
)
def test_nonsense_is_refused_in_one_line_at_once(given, field):
    start = time.perf_counter()
    assert refusal("rank", given=given) == field
    assert time.perf_counter() - start < 1


def test_commands_and_files_that_are_not_there():
    assert refusal(given=b"") == "command"
    assert refusal("judge", given=b"") == "command"
    assert refusal("ledger", given=b"") == "ledger"
    assert refusal("ledger", "burn", given=b"") == "command"
    assert refusal("rank", "no-such-file.json", given=b"") == "file"
    assert refusal("rank", "a\0b", given=b"") == "file"
    assert refusal("rank", "a", "b", given=b"") == "arguments"
    assert run("--help")[1].startswith("usage: python -m assay COMMAND [FILE]")
    assert run("--version")[1].startswith("assay ")


def test_an_error_is_one_printable_line():
    code, _, err = run("rank", given={"esti\nmates\u0007": []})
    assert (code, err) == (2, "esti mates : is not a known field\n")


def test_the_module_runs_and_imports_quickly():
    found = subprocess.run(
        [sys.executable, "-m", "assay", "rank"],
        input=b'{"estimates":[{"key":"a","value":1}]}',
        capture_output=True,
        check=True,
        cwd=DOCS.parents[1] / "src",
    )
    standing = {"key": "a", "place": 1, "shared_by": 1, "expected_rank": 1.0, "rank_interval": [1, 1]}
    assert json.loads(found.stdout) == {"standings": [standing]}
    timed = "import sys, time; t = time.perf_counter(); import assay, assay.rulebook, assay.allocation, assay.protocol;"
    timed += "print(time.perf_counter() - t, 'numpy' in sys.modules, 'ortools' in sys.modules)"
    seconds, *heavy = subprocess.run(
        [sys.executable, "-c", timed], capture_output=True, check=True, cwd=DOCS.parents[1] / "src"
    ).stdout.split()
    assert heavy == [b"False", b"False"]
    assert float(seconds) < 1.5


def test_an_answer_nobody_reads_is_told_in_one_line():
    reading, writing = os.pipe()
    os.close(reading)
    given = json.dumps({"pool": [f"u{number}" for number in range(20_000)], "tag": "", "seed": ""})
    started = [sys.executable, "-m", "assay", "ledger", "draw"]
    found = subprocess.run(
        started, input=given.encode(), stdout=writing, stderr=subprocess.PIPE, check=False, cwd=DOCS.parents[1] / "src"
    )
    os.close(writing)
    assert (found.returncode, found.stderr) == (1, b"output: Broken pipe\n")


def test_numbers_are_read_exactly(tmp_path):
    (tmp_path / "n.json").write_text('{"a": 0.1, "b": 7, "c": 12345678901234567890}')
    assert read(str(tmp_path / "n.json"), io.BytesIO()) == {
        "a": Decimal("0.1"),
        "b": 7,
        "c": Decimal("12345678901234567890"),
    }
    with pytest.raises(CommandError):
        read(str(tmp_path), io.BytesIO())
