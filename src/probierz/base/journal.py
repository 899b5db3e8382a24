"""The journal: a hash chain of everything that was done. Written by actions, read by the office, proved by anyone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import connection

from probierz.base.canonical import canonical
from probierz.base.clock import now
from probierz.base.models import JournalEntry
from probierz.base.wording import in_polish

GENESIS = "0" * 64
# One writer at a time may add to the chain; an arbitrary but fixed number names the lock on PostgreSQL.
_CHAIN_LOCK = 7_021_972


@in_polish
def append(
    *, actor: Any, verb: str, subject: Any, edition: Any, institution: Any, details: dict[str, Any]
) -> JournalEntry:
    _lock_chain()
    last = JournalEntry.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    entry = JournalEntry(
        number=number,
        at=now(),
        verb=verb,
        actor_key=actor.journal_key,
        actor_name=actor.journal_name,
        subject_type=subject._meta.label if hasattr(subject, "_meta") else type(subject).__name__,
        subject_key=str(getattr(subject, "key", None) or getattr(subject, "pk", "")),
        subject_name=str(subject)[:300],
        edition_key=edition.journal_key if edition is not None else "",
        institution_key=str(institution.key) if institution is not None else "",
        details=details,
        salt=secrets.token_hex(16),
    )
    entry.content_digest = content_digest(entry)
    entry.digest = link(previous, entry.content_digest, number)
    entry.save()
    return entry


def content_digest(entry: JournalEntry) -> str:
    content = {
        "actor": [entry.actor_key, entry.actor_name],
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": entry.details,
        "edition": entry.edition_key,
        "institution": entry.institution_key,
        "salt": entry.salt,
        "subject": [entry.subject_type, entry.subject_key, entry.subject_name],
        "verb": entry.verb,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def link(previous: str, content: str, number: int) -> str:
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(content) + number.to_bytes(8, "big")).hexdigest()


def head() -> str:
    return JournalEntry.objects.order_by("-number").values_list("digest", flat=True).first() or GENESIS


@dataclass(frozen=True)
class ChainReport:
    entries: int
    broken_at: int | None
    reason: str
    head: str

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def verify_chain() -> ChainReport:
    """Walk the chain from the first entry; name the first one that does not hold."""
    previous, count = GENESIS, 0
    for entry in JournalEntry.objects.order_by("number").iterator(chunk_size=2000):
        count += 1
        if entry.number != count:
            return ChainReport(count, count, "missing", previous)
        if not _is_erased(entry) and content_digest(entry) != entry.content_digest:
            return ChainReport(count, entry.number, "content", previous)
        if link(previous, entry.content_digest, entry.number) != entry.digest:
            return ChainReport(count, entry.number, "link", previous)
        previous = entry.digest
    return ChainReport(count, None, "", previous)


def _is_erased(entry: JournalEntry) -> bool:
    return entry.salt == ""


def _lock_chain() -> None:
    # SQLite transactions begin IMMEDIATE here, so the writer is already alone.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
