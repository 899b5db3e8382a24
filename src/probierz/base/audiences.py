"""Who a page is for. A path's first word names its audience; each room that grants a role says who belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PREFIXES = {"biuro": "office", "panel": "institution", "jury": "juror"}
AUDIENCES = ("public", "office", "institution", "juror")

_belongs: dict[str, Callable[[Any], bool]] = {}


def register(audience: str, belongs: Callable[[Any], bool]) -> None:
    _belongs[audience] = belongs


def of_path(path: str) -> str:
    return PREFIXES.get(path.lstrip("/").partition("/")[0], "public")


def belongs(user: Any, audience: str) -> bool:
    if audience == "public":
        return True
    return bool(user.is_authenticated and user.is_active and _belongs[audience](user))


def audiences_of(user: Any) -> list[str]:
    return [audience for audience in AUDIENCES[1:] if belongs(user, audience)]
