"""The application as a document to sign, and the confirmation that it was submitted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from probierz.applications import queries
from probierz.applications.entry_form import words_of
from probierz.applications.lateness import to_the_second
from probierz.applications.models import Application
from probierz.applications.readiness import content_digest, sections_of
from probierz.base import documents
from probierz.base.clock import now
from probierz.base.polish import decimal_comma, moment_in_words, nip, roman, until_in_words
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of

KILOBYTE = 1024


def form_name(application: Application) -> str:
    edition = application.edition
    who = application.institution.display_name.replace("/", "-")
    return f"Zgłoszenie-{edition.programme.short_name}-{edition.year}-{who}.pdf"


def confirmation_name(application: Application) -> str:
    return f"Potwierdzenie-{application.number.replace('/', '-')}.pdf"


def form_pdf(application: Application) -> bytes:
    with override("pl"):
        title = _("Zgłoszenie: %(institution)s") % {"institution": application.institution.name}
        return documents.render("application", form_data(application), title=title, made_at=now())


def confirmation_pdf(application: Application) -> bytes:
    """The same bytes whenever it is downloaded: it is as old as the submission."""
    made_at = application.submitted_at or application.changed_at
    with override("pl"):
        title = _("Potwierdzenie złożenia zgłoszenia %(number)s") % {"number": application.number}
        return documents.render("confirmation", confirmation_data(application), title=title, made_at=made_at)


def form_data(application: Application) -> dict[str, Any]:
    edition = application.edition
    return {
        **_heading(application),
        "number": application.number or str(application.key)[:8].upper(),
        "is_draft": not application.number,
        "sections": [
            {
                "title": section.title,
                "rows": [
                    {"label": field.label, "value": words_of(field, application.answers.get(field.key)) or "–"}
                    for field in section.fields
                ],
            }
            for section in sections_of(edition)
        ],
        "declarations": [
            {"text": entry["text"], "accepted": _is_made_by_signing(application, entry)}
            for entry in edition.declarations
        ],
        "next_steps": [
            _("Proszę sprawdzić treść i podpisać dokument."),
            _("Podpisany plik lub skan wszystkich stron proszę dodać w panelu, w kroku „Podpis”."),
            _("Na koniec proszę złożyć oświadczenia i wysłać zgłoszenie. Dopiero wtedy otrzyma numer."),
        ],
        "digest": content_digest(application),
        "made": moment_in_words(now()),
    }


def _is_made_by_signing(application: Application, entry: Mapping[str, Any]) -> bool:
    """What is required is signed with the document; a consent that is free is never ticked for anybody."""
    return bool(entry.get("required", True)) or entry["key"] in application.declarations


def confirmation_data(application: Application) -> dict[str, Any]:
    return {
        **_heading(application),
        "number": application.number,
        "submitted": to_the_second(application.submitted_at) if application.submitted_at else "",
        "submitted_by": _sender(application),
        "files": [
            {
                "name": file.name,
                "kind": str(file.get_kind_display()),
                "size": _size(file.size),
                "digest": file.sha256,
            }
            for file in queries.current_files(application)
        ],
        "next_steps": [
            _("Biuro konkursu prowadzi ocenę formalną. Nie trzeba nic robić."),
            _("Jeżeli czegoś zabraknie, wyślemy wezwanie do uzupełnienia z terminem."),
            _("O przyjęciu zgłoszenia napiszemy e-mailem."),
        ],
        "digest": content_digest(application),
    }


def _heading(application: Application) -> dict[str, Any]:
    edition, programme = application.edition, application.edition.programme
    call = stage_of(edition, Stage.Kind.CALL)
    return {
        "programme": {
            "name": programme.name,
            "accent": programme.accent,
            "organiser": programme.organiser_name,
            "address": programme.website.partition("://")[2].rstrip("/"),
        },
        "edition": _edition_words(edition),
        "category": application.category.name,
        "holder": f"{application.institution.name}, NIP {nip(application.institution.nip)}",
        "deadline": until_in_words(call.closes_at) if call else "",
    }


def _edition_words(edition: Edition) -> str:
    return _("%(number)s edycja, %(year)s") % {"number": roman(edition.number), "year": edition.year}


def _sender(application: Application) -> str:
    if application.is_entered_by_office:
        return _("biuro konkursu, na podstawie dokumentu papierowego")
    return queries.submitted_by(application)


def _size(size: int) -> str:
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, size // KILOBYTE)} kB"
    return f"{decimal_comma(Fraction(size, KILOBYTE * KILOBYTE), 1)} MB"
