"""What a browser has seen of a form that others may be changing at the same time.

The browser keeps it as an opaque revision and sends it back with each save. It is a revision of the whole form, plus
the fields it has changed since: `7` or `7.opis:9.www:10`. A save of a field conflicts only when somebody else
changed that very field after the browser last saw it; and saving one field does not count as having seen the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seen:
    base: int
    own: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Seen:
        """Reads what the browser sent; nonsense means that it has seen nothing."""
        base, *parts = str(text).split(".")
        own = {}
        for part in parts:
            key, _colon, revision = part.rpartition(":")
            if key and revision.isdecimal():
                own[key] = int(revision)
        return cls(int(base) if base.isdecimal() else 0, own)

    def __str__(self) -> str:
        return ".".join([str(self.base), *(f"{key}:{self.own[key]}" for key in sorted(self.own))])

    def of(self, key: str) -> int:
        return max(self.base, self.own.get(key, 0))

    def missed(self, key: str, revisions: Mapping[str, int]) -> bool:
        return revisions.get(key, 0) > self.of(key)

    def after(self, saved: Mapping[str, int], revisions: Mapping[str, int]) -> Seen:
        """What the browser has seen once it is told of its save; simple again when it has missed nothing."""
        seen = Seen(self.base, {**self.own, **saved})
        if any(seen.missed(key, revisions) for key in revisions):
            return seen
        return Seen(max([self.base, *revisions.values()]))
