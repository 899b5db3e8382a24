"""The command line: JSON in, JSON out; exit 0, or 2 with one line naming the field and the reason.

`verify` exits 1 when the protocol can be read and does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import IO, Any, Final

from assay import VERSION
from assay.command.reading import CommandError, read
from assay.exact import FieldError

_USAGE: Final = """\
usage: python -m assay COMMAND [FILE]       JSON from FILE or standard input, JSON to standard output

  score            marks to audit scores, channel scores and institution points
  agreement        ratings to alpha or ICC, variances to audits needed, audits to juror profiles
  composite        values and weights to scores and places
  severity         ratings to fair scores, jurors' severity and standard errors
  rank             values and standard errors to places and rank intervals
  allocate         who visits whom
  connect          audits planned to parts, jurors who alone join, planned precision
  opinion          what residents say: one question, or sources pooled
  rake             weights that bring a sample to known margins
  ledger root | prove | verify | draw
  schema COMMAND   the JSON Schemas of a command's input and output
  verify           recompute a protocol (exit 1 when it does not hold)
  diff A B         what changed between two protocols
"""

Answer = tuple[object, int]


def main(arguments: Sequence[str], source: IO[bytes], out: IO[bytes], err: IO[str]) -> int:
    """Run one command. Returns the exit code."""
    if arguments and arguments[0] in {"--help", "-h"}:
        out.write(_USAGE.encode())
        return 0
    if arguments and arguments[0] == "--version":
        out.write(f"assay {VERSION}\n".encode())
        return 0
    try:
        answer, code = _run(list(arguments), source)
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
        out.write(text.encode() + b"\n")
    except FieldError as problem:
        err.write(_one_line(f"{problem.field}: {problem.reason}") + "\n")
        return 2
    except (RecursionError, MemoryError):
        err.write("input: is too deep or too large\n")
        return 2
    return code


def _one_line(text: str) -> str:
    safe = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(safe.split())[:500]


def _run(arguments: list[str], source: IO[bytes]) -> Answer:
    if not arguments:
        raise CommandError("command", "is missing; try --help")
    command = arguments.pop(0)
    if command == "ledger":
        if not arguments:
            raise CommandError("ledger", "must be followed by root, prove, verify or draw")
        command = f"ledger {arguments.pop(0)}"
    if command in _NAMED:
        return _NAMED[command](arguments, source)
    if command != "verify" and command not in _COMMANDS:
        raise CommandError("command", f"{command[:80]} is not known; try --help")
    if len(arguments) > 1:
        raise CommandError("arguments", f"{command} takes one file")
    data = read(arguments[0] if arguments else None, source)
    if command == "verify":
        return _verify(data)
    module, function = _COMMANDS[command]
    return getattr(import_module(f"assay.command.{module}"), function)(data), 0


def _diff(names: list[str], source: IO[bytes]) -> Answer:
    if len(names) != 2:
        raise CommandError("diff", "takes two files")
    from assay.protocol import diff

    return diff(*(read(name, source) for name in names)), 0


def _schema(words: list[str], source: IO[bytes]) -> Answer:
    from assay.schemas import schemas_of

    return schemas_of(" ".join(words)), 0


_NAMED: Final[Mapping[str, Callable[[list[str], IO[bytes]], Answer]]] = {"diff": _diff, "schema": _schema}


_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "score": ("scores", "score_command"),
    "severity": ("severities", "severity_command"),
    "agreement": ("agreeing", "agreement_command"),
    "rank": ("ranks", "rank_command"),
    "composite": ("composites", "composite_command"),
    "opinion": ("opinions", "opinion_command"),
    "rake": ("opinions", "rake_command"),
    "allocate": ("allocating", "allocate_command"),
    "connect": ("connecting", "connect_command"),
    "ledger root": ("ledgers", "root_command"),
    "ledger prove": ("ledgers", "prove_command"),
    "ledger verify": ("ledgers", "verify_command"),
    "ledger draw": ("ledgers", "draw_command"),
}
"""By command: the module of this package and its function; only the one that is asked for is imported."""


def _verify(data: Any) -> Answer:
    from assay.protocol import verify

    found = verify(data)
    return found.as_dict(), 0 if found.is_valid else 1
