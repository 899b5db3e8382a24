"""The register as a CSV file, in the columns that the import reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from probierz.base.wording import in_polish
from probierz.institutions.imports import COLUMNS
from probierz.institutions.models import Institution

# A spreadsheet runs a cell that begins with these; an apostrophe makes it a text again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@in_polish
def as_csv(institutions: Iterable[Institution]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS.values())
    for institution in institutions:
        writer.writerow([_cell(institution, name) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def _cell(institution: Institution, name: str) -> str:
    if name == "kind":
        return str(institution.get_kind_display())
    if name == "voivodeship":
        return str(institution.get_voivodeship_display())
    value = getattr(institution, name)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _is_phone(text) else text


def _is_phone(text: str) -> bool:
    return text.startswith("+") and text[1:].replace(" ", "").replace("-", "").isdigit()
