"""The messages of this room, to whoever represents the holder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from probierz.awards.models import Licence, LicenceEvent
from probierz.base.mail import queue
from probierz.editions.models import Edition
from probierz.institutions.models import Representative


def tell_holders(edition: Edition, licences: Iterable[Licence]) -> None:
    found = list(licences)
    addresses = _addresses([licence.institution_id for licence in found])
    for licence in found:
        for address in addresses.get(licence.institution_id) or [licence.institution.email]:
            _send(address, "granted", licence, edition)


def tell_holder_of_change(licence: Licence, kind: str, reason: str) -> None:
    what = {
        LicenceEvent.Kind.SUSPENDED: "suspended",
        LicenceEvent.Kind.RESTORED: "restored",
        LicenceEvent.Kind.WITHDRAWN: "withdrawn",
    }[LicenceEvent.Kind(kind)]
    addresses = _addresses([licence.institution_id])
    for address in addresses.get(licence.institution_id) or [licence.institution.email]:
        _send(address, what, licence, licence.edition, reason=reason)


def _send(address: str, what: str, licence: Licence, edition: Edition, **more: Any) -> None:
    programme = edition.programme
    context = {"licence": licence, "edition": edition, "programme": programme, **more}
    if address:
        queue(to=address, template=f"awards/mail/{what}", context=context, reply_to=programme.contact_email)


def _addresses(institutions: list[int]) -> dict[int, list[str]]:
    active = Representative.objects.filter(institution__in=institutions, is_active=True, user__is_active=True)
    found: dict[int, list[str]] = {}
    for institution, email in active.order_by("pk").values_list("institution", "user__email"):
        found.setdefault(institution, []).append(email)
    return found
