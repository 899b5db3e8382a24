"""Strict reading of JSON-able input: every refusal names its field, and nothing unknown passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from assay.exact import FieldError, number, real

LONGEST_TEXT: Final = 20_000
_KEY: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")


class Fields:
    """One mapping of the input, read field by field; `path` names it in errors, `error` is what is raised."""

    def __init__(self, value: object, path: str, error: type[FieldError]) -> None:
        self.path = path
        self.error = error
        if not isinstance(value, Mapping):
            raise error(path or "input", "must be an object with named fields")
        if not all(issubclass(kind, str) for kind in set(map(type, value))):
            raise error(path or "input", "must have text keys")
        self.values: Mapping[str, Any] = value

    def name(self, key: str) -> str:
        """The full name of a field, as errors show it."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, reason: str) -> FieldError:
        """The error to raise for a field of this mapping."""
        return self.error(self.name(key), reason)

    def only(self, known: Iterable[str]) -> Fields:
        """Refuse any key that is not known; returns itself."""
        unknown = self.values.keys() - known
        if unknown:
            raise self.refuse(min(unknown)[:80], "is not a known field")
        return self

    def has(self, key: str) -> bool:
        """Whether the field is there with a value other than null."""
        return self.values.get(key) is not None

    def _get(self, key: str) -> Any:
        if key not in self.values or self.values[key] is None:
            raise self.refuse(key, "is missing")
        return self.values[key]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Free text up to 20,000 characters."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self.refuse(key, "must be text")
        return value

    def key(self, key: str, *, pattern: str | None = None) -> str:
        """A key: 1 to 200 printable characters, or as `pattern` (a full match) says."""
        value = self._get(key)
        if not isinstance(value, str) or not _KEY.fullmatch(value):
            raise self.refuse(key, "must be text of 1 to 200 printable characters")
        if pattern is not None and not re.fullmatch(pattern, value, re.ASCII):
            raise self.refuse(key, f"must match {pattern}")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if not isinstance(value, bool):
            raise self.refuse(key, "must be true or false")
        return value

    def whole(self, key: str, *, least: int = 0, most: int = 10**9, default: int | None = None) -> int:
        """A whole number between `least` and `most`."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(key, "must be a whole number")
        if not least <= value <= most:
            raise self.refuse(key, f"must be from {least} to {most}")
        return value

    def exact(
        self, key: str, *, least: int | None = 0, most: int | None = None, default: Fraction | None = None
    ) -> Fraction:
        """An exact number, from decimal text, a whole number or a Decimal, within the bounds given."""
        if default is not None and not self.has(key):
            return default
        return exact_of(self._get(key), self.name(key), self.error, least=least, most=most)

    def real(self, key: str) -> float:
        """A number as a float, from the same texts and bounds as `exact`."""
        try:
            return real(self._get(key))
        except ValueError as problem:
            if isinstance(problem, FieldError):
                raise
            raise self.refuse(key, str(problem)) from None

    def choice(self, key: str, options: Iterable[str], *, default: str | None = None) -> str:
        """One of the named options."""
        if default is not None and not self.has(key):
            return default
        value = self._get(key)
        names = tuple(options)
        if not isinstance(value, str) or value not in names:
            raise self.refuse(key, "must be one of: " + ", ".join(names))
        return value

    def items(self, key: str, *, optional: bool = False, least: int = 0) -> list[Any]:
        """A list of at least `least` elements (empty when optional and absent)."""
        if optional and not self.has(key):
            return []
        value = self._get(key)
        if isinstance(value, str) or not isinstance(value, list | tuple):
            raise self.refuse(key, "must be a list")
        if len(value) < least:
            raise self.refuse(key, f"must have at least {least} element" + ("s" if least > 1 else ""))
        return list(value)

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of different texts."""
        found = self.items(key, optional=optional)
        for index, value in enumerate(found):
            if not isinstance(value, str):
                raise self.refuse(f"{key}[{index}]", "must be text")
        if len(set(found)) != len(found):
            raise self.refuse(key, "has an element twice")
        return tuple(found)

    def objects(self, key: str, *, optional: bool = False, least: int = 0) -> list[Fields]:
        """A list of mappings, each to be read on its own."""
        found = self.items(key, optional=optional, least=least)
        return [Fields(value, f"{self.name(key)}[{index}]", self.error) for index, value in enumerate(found)]

    def object(self, key: str) -> Fields:
        """A mapping within this one."""
        return Fields(self._get(key), self.name(key), self.error)


def exact_of(
    value: object, name: str, error: type[FieldError], *, least: int | None = 0, most: int | None = None
) -> Fraction:
    """An exact number checked against bounds; raises `error` with the field's name."""
    try:
        result = number(value)
    except ValueError as problem:
        raise error(name, str(problem)) from None
    if least is not None and result.numerator < least * result.denominator:
        raise error(name, f"must not be below {least}")
    if most is not None and result.numerator > most * result.denominator:
        raise error(name, f"must not be above {most}")
    return result
