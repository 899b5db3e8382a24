"""Reading a CSV file of institutions: decoding, columns, every row checked by the form. Nothing is written."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from probierz.base.polish import fold
from probierz.base.wording import in_polish
from probierz.institutions import queries
from probierz.institutions.forms import InstitutionForm
from probierz.institutions.forms.institution import known_territory
from probierz.institutions.models import Institution, Kind, Voivodeship

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
COLUMNS = {
    "kind": "Rodzaj",
    "name": "Nazwa",
    "short_name": "Nazwa skrócona",
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "teryt": "TERYT",
    "ade": "Adres do e-Doręczeń",
    "voivodeship": "Województwo",
    "street": "Ulica i numer",
    "postal_code": "Kod pocztowy",
    "city": "Miejscowość",
    "email": "E-mail",
    "phone": "Telefon",
    "website": "Strona",
    "bip": "BIP",
    "headcount": "Liczba zatrudnionych",
    "population": "Liczba mieszkańców",
}
REQUIRED = ("kind", "name", "nip", "voivodeship", "city")
_SYNONYMS = {"pelna nazwa": "name", "edoreczenia": "ade", "e doreczenia": "ade", "www": "website", "adres": "street"}
# Traces of Windows-1250 read as something else, of UTF-8 read as Windows-1250, and of letters lost altogether.
_DAMAGED = re.compile(r"[¹³ê¿œæñŸ¥Ê£¯ŒÆÑ\ufffd]|Ä[…‡™]|Å[‚„›ºŸ¼]|Ã³|[^\W\d_]\?[^\W\d_]")


class ImportedRow(InstitutionForm):
    """One form for all rows of a file: what the register knows is asked once, and fields are made once."""

    class Meta(InstitutionForm.Meta):
        fields = list(COLUMNS)

    def __init__(self) -> None:
        super().__init__({})
        self.territories = queries.territory_codes()

    def take(self, values: dict[str, str]) -> None:
        self.data, self.instance = values, Institution()
        self.full_clean()

    def clean_nip(self) -> str:
        return str(self.cleaned_data["nip"])

    def clean_teryt(self) -> str:
        return known_territory(self.cleaned_data["teryt"], self.territories)


@dataclass
class Table:
    """A file as it was read: its rows by our field names, and what we could not use."""

    file_name: str
    sha256: str
    rows: list[tuple[int, dict[str, str]]]
    ignored_columns: list[str] = field(default_factory=list)


def read_table(content: bytes, file_name: str) -> Table:
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Plik jest większy niż 2 MB. Proszę podzielić go na mniejsze."), code="too-large")
    text = _decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    header = next(lines, [])
    names = [_field_of(title) for title in header]
    missing = [COLUMNS[name] for name in REQUIRED if name not in names]
    if missing:
        message = _("W pierwszym wierszu brakuje kolumn: %(columns)s. Wzór pliku można pobrać poniżej.")
        raise ValidationError(message, code="columns", params={"columns": ", ".join(missing)})
    rows = [(lines.line_num, _by_name(names, cells)) for cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise ValidationError(_("W pliku nie ma żadnej instytucji, tylko nagłówki."), code="empty")
    if len(rows) > MAX_ROWS:
        raise ValidationError(_("Plik ma więcej niż 5000 wierszy. Proszę podzielić go na mniejsze."), code="too-long")
    ignored = [title for title, name in zip(header, names, strict=True) if not name and title.strip()]
    return Table(file_name, hashlib.sha256(content).hexdigest(), rows, ignored)


@in_polish
def checked_rows(table: Table) -> list[dict[str, Any]]:
    """Each row with its clean data, errors and warnings, ready to be kept as JSON."""
    known = queries.known_nips(_bare(values["nip"]) for _line, values in table.rows)
    alike = queries.names_by_likeness()
    lines_by_nip: dict[str, int] = {}
    kinds, voivodeships = _by_words(Kind.choices), _by_words(Voivodeship.choices)
    form, checked = ImportedRow(), []
    for line, typed in table.rows:
        values = {
            **typed,
            "kind": _choice(typed["kind"], kinds),
            "voivodeship": _choice(typed["voivodeship"], voivodeships),
        }
        row = _checked(form, line, values)
        nip = row["data"].get("nip", "")
        if nip and nip in lines_by_nip:
            message = _("Ten sam NIP jest już w wierszu %(line)s tego pliku.") % {"line": lines_by_nip[nip]}
            row["errors"].append({"field": COLUMNS["nip"], "message": message})
        lines_by_nip.setdefault(nip, line)
        row["known"] = nip in known
        row["warnings"] += _warnings(row, known, alike)
        checked.append(row)
    return checked


def template_csv() -> str:
    """An empty file with our columns and one example, for Excel in Polish: semicolons and a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS.values())
    example = {"kind": "gmina", "name": "Gmina Przykładowa", "nip": "5250000009", "voivodeship": "pomorskie"}
    example |= {"city": "Przykładowo", "postal_code": "00-001", "email": "kontakt@gmina.example"}
    writer.writerow([example.get(name, "") for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _field_of(title: str) -> str:
    folded = fold(title)
    for name, label in COLUMNS.items():
        if folded in {fold(label), fold(name)}:
            return name
    return _SYNONYMS.get(folded, "")


def _by_name(names: list[str], cells: list[str]) -> dict[str, str]:
    values = dict.fromkeys(COLUMNS, "")
    return values | {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _choice(text: str, known: dict[str, str]) -> str:
    """A choice by its code or its name, in any letters; what fits none stays for the form to refuse."""
    return known.get(fold(text.removeprefix("woj.")), text)


def _by_words(choices: list[tuple[str, Any]]) -> dict[str, str]:
    return {fold(words): value for value, label in choices for words in (value, str(label))}


def _checked(form: ImportedRow, line: int, values: dict[str, str]) -> dict[str, Any]:
    form.take(values)
    errors = [
        {"field": COLUMNS.get(name, ""), "message": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {"line": line, "values": values, "data": form.cleaned_data, "errors": errors, "warnings": [], "known": False}


def _warnings(row: dict[str, Any], known: dict[str, str], alike: dict[str, list[tuple[str, str]]]) -> list[str]:
    values, found = row["values"], []
    if row["known"]:
        found.append(_("Już w rejestrze jako „%(name)s”; ten wiersz pominiemy.") % {"name": known[row["data"]["nip"]]})
    damaged = [values[name] for name in ("name", "city", "street") if _DAMAGED.search(values[name])]
    if damaged:
        found.append(_("Polskie litery wyglądają na uszkodzone: „%(text)s”.") % {"text": damaged[0]})
    if not row["known"]:
        for nip, name in alike.get(queries.likeness_key(values["name"], values["city"]), []):
            found.append(
                _("Podobna instytucja jest już w rejestrze: „%(name)s”, NIP %(nip)s.") % {"name": name, "nip": nip}
            )
    return found


def _bare(text: str) -> str:
    return re.sub(r"\D", "", text)
