"""Strict JSON: exact numbers, no key twice, nothing that could not have been meant."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any, Final

from assay.exact import FieldError

_LONGEST_WHOLE: Final = 20
_LONGEST_NUMBER: Final = 50
_NOT_A_NUMBER: Final = Decimal("NaN")
_TOO_LONG: Final = Decimal("1e1000")
"""Stands for a number of more digits than any field takes."""


class CommandError(FieldError):
    """Input a command cannot use."""


def read(name: str | None, source: IO[bytes]) -> Any:
    """The JSON value of a file, or of standard input when no file is named. Raises CommandError.

    Whole numbers are int, all others Decimal; NaN, infinities and overlong numbers stay Decimals that every
    numeric field refuses, so that the refusal names the field.
    """
    try:
        data = Path(name).read_bytes() if name else source.read()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "cannot be read"
        raise CommandError("file", f"{str(name)[:200]}: {reason}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise CommandError("input", f"is not UTF-8 at byte {problem.start}") from None
    try:
        return json.loads(
            text,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=lambda _: _NOT_A_NUMBER,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as problem:
        raise CommandError("input", f"is not JSON: {problem.msg} (line {problem.lineno})") from None
    except RecursionError:
        raise CommandError("input", "is nested too deeply") from None


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_WHOLE else _decimal(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        return _TOO_LONG
    try:
        return Decimal(text)
    except InvalidOperation:
        return _NOT_A_NUMBER


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise CommandError(key[:80] or "input", "stands twice in one object")
            seen.add(key)
    return found
