"""The journal's verbs in Polish. A verb is `<room>.<what>`; one not listed here shows as it is."""

from __future__ import annotations

VERBS: dict[str, str] = {}


def in_words(verb: str) -> str:
    return VERBS.get(verb, verb)
