"""The messages of the room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from probierz.base import mail
from probierz.institutions.models import Representative


def send_request_notice(representative: Representative) -> None:
    """Tell the institution that somebody asks to act for it: its representatives, or else its general address."""
    institution = representative.institution
    active = institution.representatives.filter(is_active=True).values_list("user__email", flat=True)
    for address in list(active) or [institution.email]:
        if address:
            _queue(address, "representation_requested", representative)


def send_decision(representative: Representative) -> None:
    name = "representation_approved" if representative.is_active else "representation_refused"
    _queue(representative.user.email, name, representative)


def _queue(to: str, name: str, representative: Representative) -> None:
    context: dict[str, Any] = {
        "representative": representative,
        "institution": representative.institution,
        "panel_url": settings.SITE_URL + reverse("panel-institutions"),
    }
    mail.queue(to=to, template=f"institutions/mail/{name}", context=context)
