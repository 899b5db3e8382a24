"""What many public pages say alike, kept in the memory of the process for as long as nothing is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.core.cache import caches

from probierz.base.clock import now
from probierz.base.queries import journal_head

SECONDS = 60
T = TypeVar("T")
_held: ContextVar[str] = ContextVar("held", default="")


def standing() -> str:
    """Actions change the journal's head, terms pass on the minute: the same standing means the same pages."""
    return f"{journal_head()}:{now():%FT%R}"


@contextmanager
def held(standing: str) -> Iterator[None]:
    """While a page for strangers is made; elsewhere nothing is kept."""
    token = _held.set(standing)
    try:
        yield
    finally:
        _held.reset(token)


def kept(name: str, make: Callable[[], T]) -> T:
    """What `make` gives; once in a standing, where one is held."""
    if not _held.get():
        return make()
    cache, key = caches["pages"], f"{name}:{_held.get()}"
    thing: T | None = cache.get(key)
    if thing is None:
        thing = make()
        cache.set(key, thing, SECONDS)
    return thing
