"""Canonical JSON (RFC 8785): one value, one sequence of bytes, whoever writes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from math import isfinite
from typing import Final

from assay.exact import FieldError

DEEPEST: Final = 100
_LARGEST_WHOLE: Final = 2**53
_encode_text = json.JSONEncoder(ensure_ascii=False).encode


class CanonicalError(FieldError):
    """A value that has no canonical JSON form; `field` is the path to it."""


def canonical(value: object) -> bytes:
    """The RFC 8785 form in UTF-8: names sorted by UTF-16 code units, numbers in ECMAScript's notation.

    Accepts mappings with text keys, lists, tuples, text, booleans, None, finite floats and whole numbers
    that a double holds exactly. Raises CanonicalError for anything else, for lone surrogates and for nesting
    deeper than 100.
    """
    parts: list[str] = []
    _write(value, "", 0, parts)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError:
        raise CanonicalError("text", "has a lone surrogate") from None


def digest(value: object) -> str:
    """SHA-256 (hex) of the canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def number_text(value: float) -> str:
    """A finite number as ECMAScript's Number::toString writes it; ValueError for NaN and infinities."""
    if not isfinite(value):
        raise ValueError("must be a finite number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Significant digits with the decimal point after `point` of them, in ECMAScript's choice of notation."""
    size = len(digits)
    if size <= point <= 21:
        return digits + "0" * (point - size)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return (digits if size == 1 else f"{digits[0]}.{digits[1:]}") + power


def _write(value: object, path: str, depth: int, parts: list[str]) -> None:
    if depth > DEEPEST:
        raise CanonicalError(path[:80] or "input", f"is nested deeper than {DEEPEST}")
    if isinstance(value, str):
        parts.append(_encode_text(value))
    elif isinstance(value, Mapping):
        _write_mapping(value, path, depth, parts)
    elif isinstance(value, list | tuple):
        parts.append("[")
        for index, element in enumerate(value):
            if index:
                parts.append(",")
            _write(element, f"{path}[{index}]", depth + 1, parts)
        parts.append("]")
    else:
        parts.append(_plain(value, path))


def _write_mapping(value: Mapping[object, object], path: str, depth: int, parts: list[str]) -> None:
    for key in value:
        if not isinstance(key, str):
            raise CanonicalError(path or "input", "has a key that is not text")
    try:
        names = sorted(value, key=lambda key: str(key).encode("utf-16-be"))
    except UnicodeEncodeError:
        raise CanonicalError(path or "input", "has a lone surrogate") from None
    parts.append("{")
    for index, name in enumerate(names):
        if index:
            parts.append(",")
        parts.append(_encode_text(name))
        parts.append(":")
        _write(value[name], f"{path}.{name}" if path else str(name), depth + 1, parts)
    parts.append("}")


def _plain(value: object, path: str) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _whole(value, path)
    if isinstance(value, float):
        try:
            return number_text(value)
        except ValueError as problem:
            raise CanonicalError(path or "input", str(problem)) from None
    raise CanonicalError(path or "input", f"{type(value).__name__} has no JSON form")


def _whole(value: int, path: str) -> str:
    if abs(value) <= _LARGEST_WHOLE:
        return str(value)
    try:
        nearest = float(value)
    except OverflowError:
        nearest = float("inf")
    if isfinite(nearest) and (int(nearest) == value or number_text(nearest) == str(value)):
        return number_text(nearest)
    raise CanonicalError(path or "input", "is a whole number that JSON numbers cannot hold exactly")
