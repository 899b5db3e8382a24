"""What happened to an institution, in words for its card."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from probierz.institutions import queries
from probierz.institutions.models import Institution

WORDS = {
    "institution.created": _("Wpisano do rejestru"),
    "institution.registered": _("Zarejestrowana przez przedstawiciela"),
    "institution.changed": _("Zmieniono dane"),
    "institution.merged": _("Połączono z inną instytucją"),
    "unit.added": _("Dodano punkt obsługi"),
    "unit.changed": _("Zmieniono punkt obsługi"),
    "unit.removed": _("Usunięto punkt obsługi"),
    "contact.added": _("Dodano osobę do kontaktu"),
    "contact.changed": _("Zmieniono osobę do kontaktu"),
    "contact.removed": _("Usunięto osobę do kontaktu"),
    "representative.invited": _("Zaproszono przedstawiciela"),
    "representative.invitation-revoked": _("Odwołano zaproszenie"),
    "representative.requested": _("Poproszono o dostęp"),
    "representative.approved": _("Przyznano dostęp"),
    "representative.refused": _("Odmówiono dostępu"),
    "representative.ended": _("Odebrano dostęp"),
}


def history_of(institution: Institution) -> list[dict[str, Any]]:
    """The register's entries about an institution, the newest first, as a timeline reads them."""
    return [
        {"at": entry.at, "title": WORDS[entry.verb], "who": entry.actor_name, "text": _fields(entry.details)}
        for entry in queries.entries_about(institution, verbs=list(WORDS))
    ]


def _fields(details: dict[str, Any]) -> str:
    labels = {field.name: str(field.verbose_name) for field in Institution._meta.fields}
    return ", ".join(labels[name] for name in details.get("fields", []))
