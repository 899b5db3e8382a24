"""What happened to an institution, in words for its card."""

from __future__ import annotations

from typing import Any

from probierz.base.verbs import VERBS
from probierz.institutions import queries
from probierz.institutions.models import Institution

NOUNS = {"institution", "unit", "contact", "representative"}
WORDS = {verb: words for verb, words in VERBS.items() if verb.split(".")[0] in NOUNS}


def history_of(institution: Institution) -> list[dict[str, Any]]:
    """The register's entries about an institution, the newest first, as a timeline reads them."""
    return [
        {"at": entry.at, "title": WORDS[entry.verb], "who": entry.actor_name, "text": _fields(entry.details)}
        for entry in queries.entries_about(institution, verbs=list(WORDS))
    ]


def _fields(details: dict[str, Any]) -> str:
    labels = {field.name: str(field.verbose_name) for field in Institution._meta.fields}
    return ", ".join(labels[name] for name in details.get("fields", []))
