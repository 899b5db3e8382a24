"""What an action is: keyword-only, atomic, with an actor, leaving exactly one journal entry."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction

from probierz.base.models import JournalEntry

P = ParamSpec("P")
R = TypeVar("R")

_open_action: ContextVar[list[JournalEntry] | None] = ContextVar("open_action", default=None)


class Actor(Protocol):
    """Who acts: a user, or the platform itself."""

    @property
    def journal_key(self) -> str: ...

    @property
    def journal_name(self) -> str: ...


class Platform:
    """The platform acting on its own: a job, the clock, the installer."""

    journal_key = "platform"
    journal_name = "Probierz"
    is_authenticated = False


PLATFORM = Platform()


class JournalBroken(RuntimeError):
    """An action that left no entry, or more than one, or ran inside another action."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """A change of the world. Rolls back unless it recorded exactly one journal entry."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        _refuse_positional(function, args)
        if _open_action.get() is not None:
            raise JournalBroken(f"{function.__qualname__} was called inside another action")
        entries: list[JournalEntry] = []
        token = _open_action.set(entries)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if len(entries) != 1:
                    raise JournalBroken(f"{function.__qualname__} left {len(entries)} journal entries, not 1")
                return result
        finally:
            _open_action.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def draft(function: Callable[P, R]) -> Callable[P, R]:
    """A save of unfinished work that only its author sees; the action that submits it leaves the entry."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        _refuse_positional(function, args)
        with transaction.atomic():
            return function(*args, **kwargs)

    run.is_draft = True  # type: ignore[attr-defined]
    return run


def record(
    *,
    actor: Actor,
    verb: str,
    subject: Any,
    edition: Any = None,
    institution: Any = None,
    **details: Any,
) -> JournalEntry:
    """Write the one journal entry of the running action. `details` must be JSON without personal data."""
    from probierz.base import journal

    entries = _open_action.get()
    if entries is None:
        raise JournalBroken(f"{verb} was recorded outside an action")
    entry = journal.append(
        actor=actor, verb=verb, subject=subject, edition=edition, institution=institution, details=details
    )
    entries.append(entry)
    return entry


def _refuse_positional(function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    if args:
        raise TypeError(f"{function.__qualname__} takes keyword arguments only")
