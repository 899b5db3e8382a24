"""What the edition's overview for the organiser shows of applications."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from probierz.applications import queries
from probierz.applications.models import Application
from probierz.editions.models import Edition

State = Application.State


def overview_cards(edition: Edition, user: Any) -> list[dict[str, Any]]:
    counted = queries.counts_by_state(edition)
    late = queries.overdue_count(edition)
    address = reverse("office-applications", kwargs={"programme": edition.programme.slug, "edition": edition.slug})
    received = sum(counted.values()) - counted[State.DRAFT] - counted[State.WITHDRAWN]
    cards = [
        {
            "title": _("Zgłoszenia"),
            "value": received,
            "note": _("złożone; w przygotowaniu: %(n)s") % {"n": counted[State.DRAFT]},
            "url": address,
            "tone": "neutral",
        },
        {
            "title": _("Do oceny formalnej"),
            "value": counted[State.SUBMITTED],
            "note": _("przyjęte: %(n)s") % {"n": counted[State.ACCEPTED]},
            "url": f"{address}?state={State.SUBMITTED}",
            "tone": "info" if counted[State.SUBMITTED] else "good",
        },
    ]
    if late:
        note = _("wezwania do uzupełnienia bez odpowiedzi")
        cards.append(
            {"title": _("Po terminie"), "value": late, "note": note, "url": f"{address}?state=overdue", "tone": "bad"}
        )
    return cards
