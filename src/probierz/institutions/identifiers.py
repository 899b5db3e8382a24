"""Identifiers of Polish public bodies: each is normalised, checked, and what is wrong with it is said in words."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.pl import nip as nip_number
from stdnum.pl import regon as regon_number

from probierz.institutions.models import Voivodeship

ADE = re.compile(r"AE:PL-(\d{5})-(\d{5})-([A-Z]{5})-(\d{2})")
# The last digit of a gmina's code: urban, rural, mixed, its town, its countryside, a district, a delegatura.
GMINA_TYPES = "1234589"


def checked_nip(text: str) -> str:
    digits = _digits(text, prefixes=("NIP", "PL"), name="NIP")
    _require_length(digits, (10,), name="NIP")
    _require_some_digit(digits, name="NIP")
    if not nip_number.is_valid(digits):
        raise _fault("checksum", _("Cyfra kontrolna NIP się nie zgadza: proszę sprawdzić, czy nie przestawiono cyfr."))
    return digits


def checked_regon(text: str) -> str:
    digits = _digits(text, prefixes=("REGON",), name="REGON")
    _require_length(digits, (9, 14), name="REGON")
    _require_some_digit(digits, name="REGON")
    if not regon_number.is_valid(digits[:9]):
        raise _fault(
            "checksum", _("Cyfra kontrolna REGON się nie zgadza: proszę sprawdzić, czy nie przestawiono cyfr.")
        )
    if not regon_number.is_valid(digits):
        message = _(
            "Pierwsze dziewięć cyfr REGON jest poprawne, ale ostatnia cyfra numeru 14-cyfrowego się nie zgadza."
        )
        raise _fault("checksum", message)
    return digits


def checked_krs(text: str) -> str:
    digits = _digits(text, prefixes=("KRS",), name="KRS")
    if 0 < len(digits) < 10:
        message = _("Numer KRS ma 10 cyfr razem z zerami na początku, np. 0000123456. Wpisano ich %(n)s.")
        raise _fault("length", message, n=len(digits))
    _require_length(digits, (10,), name="KRS")
    _require_some_digit(digits, name="KRS")
    return digits


def checked_teryt(text: str) -> str:
    digits = _digits(text, prefixes=("TERYT", "TERC"), name="TERYT")
    if len(digits) == 6:
        message = _(
            "Kod TERYT gminy ma 7 cyfr; wpisano 6. Brakuje ostatniej, która oznacza rodzaj gminy (np. 1, 2 lub 3)."
        )
        raise _fault("length", message)
    _require_length(digits, (7,), name="TERYT")
    if digits[:2] not in Voivodeship.values:
        message = _(
            "Kod TERYT zaczyna się od numeru województwa (02, 04, … 32). Nie ma województwa o numerze %(number)s."
        )
        raise _fault("voivodeship", message, number=digits[:2])
    _require_territory_shape(digits)
    return digits


def checked_ade(text: str) -> str:
    address = re.sub(r"\s+", "", _dashes(text)).upper()
    found = ADE.fullmatch(address)
    if found is None:
        message = _("Adres do e-Doręczeń ma postać AE:PL-12345-67890-ABCDE-12: dwie grupy po 5 cyfr, 5 liter, 2 cyfry.")
        raise _fault("shape", message)
    first, second, letters, check = found.groups()
    if f"{_ade_check(first, second, letters):02d}" != check:
        message = _(
            "Dwie ostatnie cyfry adresu do e-Doręczeń nie zgadzają się z resztą. "
            "Proszę skopiować adres z Bazy Adresów Elektronicznych."
        )
        raise _fault("checksum", message)
    return address


def territory_level(code: str) -> str:
    """What a checked TERYT code names: a voivodeship, a county or a gmina."""
    if code[2:] == "00000":
        return "voivodeship"
    return "county" if code[4:] == "000" else "gmina"


def _ade_check(first: str, second: str, letters: str) -> int:
    difference = abs(sum(ord(letter) for letter in letters) - (int(first) + int(second)))
    return sum(int(digit) for digit in str(difference))


def _require_territory_shape(digits: str) -> None:
    county, gmina, kind = digits[2:4], digits[4:6], digits[6]
    if county == "00" and digits[4:] != "000":
        raise _fault("county", _("W kodzie TERYT trzecia i czwarta cyfra to numer powiatu, a tu są zera."))
    if gmina == "00" and kind == "0":
        return
    if gmina == "00" or kind not in GMINA_TYPES:
        message = _(
            "Trzy ostatnie cyfry kodu TERYT to numer gminy i jej rodzaj "
            "(np. 011: gmina nr 01, miejska). Zapis %(tail)s nie oznacza żadnej gminy."
        )
        raise _fault("gmina", message, tail=digits[4:])


def _digits(text: str, *, prefixes: tuple[str, ...], name: str) -> str:
    bare = re.sub(r"[\s.\-/:]", "", _dashes(text)).upper()
    for prefix in prefixes:
        bare = bare.removeprefix(prefix)
    stray = next((sign for sign in bare if sign not in "0123456789"), "")
    if stray:
        raise _fault(
            "stray",
            _("%(name)s składa się z samych cyfr, a znaleźliśmy w nim znak „%(stray)s”."),
            name=name,
            stray=stray,
        )
    return bare


def _dashes(text: str) -> str:
    return re.sub(r"[‐-―−]", "-", unicodedata.normalize("NFKC", text))


def _require_length(digits: str, lengths: tuple[int, ...], *, name: str) -> None:
    if len(digits) in lengths:
        return
    message = ngettext(
        "%(name)s ma %(right)s cyfr, a wpisano %(n)s cyfrę.",
        "%(name)s ma %(right)s cyfr; liczba wpisanych: %(n)s.",
        len(digits),
    )
    right = _(" lub ").join(str(length) for length in lengths)
    raise _fault("length", message, name=name, right=right, n=len(digits))


def _require_some_digit(digits: str, *, name: str) -> None:
    if not digits.strip("0"):
        raise _fault("zeros", _("%(name)s nie może składać się z samych zer."), name=name)


def _fault(code: str, message: str, **params: object) -> ValidationError:
    return ValidationError(message, code=code, params=params or None)
