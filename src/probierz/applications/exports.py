"""The list of applications as a spreadsheet opens it: semicolons, a byte order mark, no live formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.base.clock import WARSAW
from probierz.base.wording import in_polish


@in_polish
def applications_csv(applications: Iterable[Application]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [_("Numer"), _("Instytucja"), _("Rodzaj"), _("NIP"), _("Miejscowość"), _("Województwo"), _("Kategoria")]
        + [_("Stan"), _("Złożono"), _("Termin uzupełnienia"), _("E-mail")]
    )
    for application in applications:
        writer.writerow([_plain(cell) for cell in _cells(application)])
    return out.getvalue().encode("utf-8-sig")


def _cells(application: Application) -> list[str]:
    institution = application.institution
    request = application.open_request
    return [
        application.number,
        institution.name,
        str(institution.get_kind_display()),
        institution.nip,
        institution.city,
        str(institution.get_voivodeship_display()),
        application.category.name,
        str(application.get_state_display()),
        _moment(application.submitted_at),
        _moment(request.due_at if request else None),
        institution.email,
    ]


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(WARSAW):%Y-%m-%d %H:%M:%S}" if moment else ""


def _plain(cell: str) -> str:
    """A cell that begins like a formula is shown, never run."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
