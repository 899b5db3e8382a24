"""Polish as a careful typesetter writes it: plural forms, figures, dates, order and forgiving search."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"

Number = int | Decimal | Fraction

MONTHS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"


def plural(n: Number, one: str, few: str, many: str, part: str | None = None) -> str:
    """The form of a noun after a number; `part` is the form after a fraction (2,5 punktu)."""
    if n != int(n):
        return part or few
    whole = abs(int(n))
    if whole == 1:
        return one
    if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        return few
    return many


def count(n: int, one: str, few: str, many: str) -> str:
    return f"{whole_number(n)}{NBSP}{plural(n, one, few, many)}"


def rounded(value: Number, places: int = 2) -> Decimal:
    """Exactly once, halves away from zero; a fraction is never passed through a float."""
    exact = Fraction(value) * 10**places
    doubled = abs(exact.numerator) * 2 + exact.denominator
    steps = doubled // (2 * exact.denominator)
    return Decimal(-steps if exact < 0 else steps).scaleb(-places)


def decimal_comma(value: Number, places: int = 2) -> str:
    figure = rounded(value, places)
    sign = MINUS if figure < 0 else ""
    whole, _, rest = f"{abs(figure):f}".partition(".")
    return f"{sign}{_grouped(whole)}{',' + rest if rest else ''}"


def whole_number(n: int) -> str:
    return f"{MINUS if n < 0 else ''}{_grouped(str(abs(n)))}"


def money(amount: Decimal) -> str:
    places = 0 if amount == amount.to_integral_value(ROUND_HALF_UP) else 2
    return f"{decimal_comma(amount, places)}{NBSP}zł"


def _grouped(digits: str) -> str:
    if len(digits) < 5:
        return digits
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", NBSP, digits)


def date_in_words(day: date) -> str:
    if isinstance(day, datetime):
        day = day.astimezone(WARSAW).date()
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}r."


def dates_in_words(first: date, last: date) -> str:
    """A window of days, said once: 22 października - 5 listopada 2012 r."""
    if first == last:
        return date_in_words(last)
    if first.year != last.year:
        return f"{date_in_words(first)} {DASH} {date_in_words(last)}"
    if first.month != last.month:
        return f"{first.day}{NBSP}{MONTHS[first.month - 1]} {DASH} {date_in_words(last)}"
    return f"{first.day}{DASH}{date_in_words(last)}"


def moment_in_words(moment: datetime) -> str:
    local = moment.astimezone(WARSAW)
    return f"{date_in_words(local.date())}, godz.{NBSP}{local:%H.%M}"


def until_in_words(closes_at: datetime) -> str:
    """A half-open end in the words of a call: midnight belongs to the day before as 24.00."""
    local = closes_at.astimezone(WARSAW)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return f"do {date_in_words(local.date() - timedelta(days=1))}, godz.{NBSP}24.00"
    return f"do {moment_in_words(local)}"


def time_left(span: timedelta) -> str:
    """The two largest parts: 3 dni 4 godz., 4 godz. 12 min, 12 min."""
    minutes = max(0, int(span.total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, count(days, "dzień", "dni", "dni")),
        (hours, f"{hours}{NBSP}godz."),
        (minutes, f"{minutes}{NBSP}min"),
    ]
    present = [index for index, (n, _) in enumerate(parts) if n]
    if not present:
        return f"mniej niż 1{NBSP}min"
    return " ".join(words for n, words in parts[present[0] : present[0] + 2] if n)


_AFTER_SHORT_WORD = re.compile(r"(?<![^\s(„\"\u00a0])([aiouwzAIOUWZ]|[wWzZ]e) +(?=\S)")
_AFTER_ABBREVIATION = re.compile(
    r"\b(nr|art\.|ust\.|pkt|poz\.|godz\.|ul\.|al\.|pl\.|os\.|im\.|św\.|dr|prof\."
    r"|m\.st\.|tel\.|str\.|zał\.|tys\.|mln|NIP|cel:) +(?=\S)"
)
_INSIDE_NUMBER = re.compile(r"(?<=\d) +(?=\d{3}(?!\d))")
_BEFORE_UNIT = re.compile(
    r"(?<=\d) +(?=(?:zł|pkt|proc\.|r\.|w\.|%|szt\.|godz\.|min|s|ms|dni|tys\.|mln|MB|KB|kB|cm|mm|km|"
    r"edycj\w+|miejsc\w*|miesi\w+|punkt\w*|" + "|".join(MONTHS) + r")(?!\w))"
)
_YEAR_MARK = re.compile(r"(?<=\d) +(?=r\.)")


def unbroken(text: str) -> str:
    """Ties what may not part at a line's end: short prepositions, figures and units, dates, abbreviations."""
    for pattern in (_AFTER_SHORT_WORD, _AFTER_SHORT_WORD, _AFTER_ABBREVIATION):
        text = pattern.sub(lambda found: found.group(1) + NBSP, text)
    for pattern in (_INSIDE_NUMBER, _BEFORE_UNIT, _YEAR_MARK):
        text = pattern.sub(NBSP, text)
    return text


_MISREAD_CODE_PAGES = str.maketrans("¹ê³¿œæñŸ¥Ê£¯ŒÆÑ", "ąęłżśćńźĄĘŁŻŚĆŃ")
_MOJIBAKE = {
    "Ä…": "ą",
    "Ä‡": "ć",
    "Ä™": "ę",
    "Å‚": "ł",
    "Å„": "ń",
    "Ã³": "ó",
    "Å›": "ś",
    "Åº": "ź",
    "Å¼": "ż",
}
_WITHOUT_MARK = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "ß": "ss", "đ": "d"})


def fold(text: str) -> str:
    """The form in which texts are searched: small letters, no diacritics, damage mended where it is plain."""
    text = unicodedata.normalize("NFC", text)
    for damaged, right in _MOJIBAKE.items():
        text = text.replace(damaged, right)
    text = text.translate(_MISREAD_CODE_PAGES).lower()
    text = re.sub(r"-\s*\n\s*", "", text)
    text = re.sub(r"o?é(?=[^\W\d_])", "o", text)
    text = re.sub(r"(?<=[^\W\d_])6(?=[^\W\d_])", "o", text)
    bare = unicodedata.normalize("NFD", text.translate(_WITHOUT_MARK))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


_LOOKALIKE = str.maketrans("ti1jg0d5q", "llllaoosa")


def skeleton(text: str) -> str:
    """Equal for a name and its misreading by a scanner (Ptonsk, Płońsk): proposes a match, never decides."""
    return re.sub(r"(.)\1+", r"\1", fold(text).translate(_LOOKALIKE))


_RANK = {letter: rank for rank, letter in enumerate(ALPHABET, start=100)}


def sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """Polish alphabetical order: small and capital letters alike, a before ą, figures by their value."""
    ranks: list[int] = []
    for part in re.findall(r"\d+|[^\W\d_]|\s+", unicodedata.normalize("NFC", text).lower()):
        if part.isspace():
            ranks.append(0)
        elif part.isdigit():
            ranks += [1, int(part)]
        else:
            ranks.append(_RANK.get(part) or _RANK.get(fold(part)[:1]) or 1000 + ord(part[0]))
    return tuple(ranks), text


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(n: int) -> str:
    if not 0 < n < 4000:
        raise ValueError(f"no Roman numeral for {n}")
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (n // worth)
        n %= worth
    return letters


def nip(digits: str) -> str:
    """As printed on documents: 526-021-02-28."""
    bare = re.sub(r"\D", "", digits)
    if len(bare) != 10:
        return digits
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:8]}-{bare[8:]}"
