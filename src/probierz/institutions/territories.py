"""The statistical office's list of territorial units (TERC, CSV): read and turned into our codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TERC_COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD")


def read_terc(content: bytes) -> list[tuple[str, str, str]]:
    """(code, name, kind) of every unit; a county's and a voivodeship's code is padded with zeros to seven digits."""
    text = content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    missing = [column for column in TERC_COLUMNS if column not in (rows.fieldnames or [])]
    if missing:
        message = _("To nie jest plik TERC: brakuje kolumn %(columns)s.")
        raise ValidationError(message, code="columns", params={"columns": ", ".join(missing)})
    return list(_units(rows))


def _units(rows: csv.DictReader[str]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        parts = {column: (row[column] or "").strip() for column in TERC_COLUMNS}
        if not parts["WOJ"]:
            continue
        code = parts["WOJ"].zfill(2) + (parts["POW"] or "00").zfill(2) + (parts["GMI"] or "00").zfill(2)
        yield code + (parts["RODZ"] or "0"), parts["NAZWA"], parts["NAZWA_DOD"]
