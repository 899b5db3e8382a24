"""The rules of an edition on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from probierz.base import documents
from probierz.base.polish import moment_in_words, roman
from probierz.base.wording import in_polish
from probierz.editions import queries
from probierz.editions.models import Edition


def rules_data(edition: Edition, *, address: str, moment: datetime) -> dict[str, Any]:
    """What the printed rules show; see base/print/data.py."""
    programme, state = edition.programme, queries.rulebook_state(edition, moment)
    with override("pl"):
        frozen = (
            _("Zamrożone %(when)s") % {"when": moment_in_words(state.frozen_at)} if state.frozen_at else _("Projekt")
        )
        return {
            "programme": {
                "name": programme.name,
                "accent": programme.accent,
                "organiser": programme.organiser_name or programme.name,
                "address": programme.website.partition("://")[2] or programme.website,
            },
            "edition": _("%(number)s edycja, %(year)s") % {"number": roman(edition.number), "year": edition.year},
            "state": frozen,
            "lead": _("Tak zdobywa się punkty, miejsca i licencje. Te same zasady, zapisane jako dane, liczą wynik."),
            "sections": [
                {"title": heading, "sentences": sentences}
                for heading, sentences in queries.rulebook_sentences(edition, "pl")
            ],
            "digest": state.digest,
            "address": address,
        }


@in_polish
def rules_pdf(edition: Edition, *, address: str, moment: datetime) -> bytes:
    state = queries.rulebook_state(edition, moment)
    title = _("Zasady i punktacja – %(edition)s") % {"edition": edition}
    data = rules_data(edition, address=address, moment=moment)
    return documents.render("rules", data, title=title, made_at=state.frozen_at or moment)
