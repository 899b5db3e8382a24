"""Who in the office may edit scorecards: said by the room above that knows the office's roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_checks: list[Callable[[Any], bool]] = []


def register(may_edit: Callable[[Any], bool]) -> None:
    if may_edit not in _checks:
        _checks.append(may_edit)


def admit(user: Any) -> bool:
    return all(may_edit(user) for may_edit in _checks)
