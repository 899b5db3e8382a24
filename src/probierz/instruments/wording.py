"""Words for people: what the engine refuses, said in Polish; marks and points as a reader says them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from probierz.base.polish import decimal_comma
from probierz.base.polish import plural as polish_plural
from probierz.base.wording import as_typed, plural
from probierz.instruments.definitions import Problem

ITEM_KINDS = {
    "yes_no": gettext_lazy("tak lub nie"),
    "scale": gettext_lazy("skala z opisami"),
    "choice": gettext_lazy("wybór jednej odpowiedzi"),
    "number": gettext_lazy("liczba"),
    "duration": gettext_lazy("czas"),
    "count": gettext_lazy("ile z ilu"),
    "text": gettext_lazy("tekst"),
    "photo": gettext_lazy("zdjęcie"),
}
TIMERS = {
    "waiting": gettext_lazy("oczekiwanie w kolejce"),
    "ringing": gettext_lazy("oczekiwanie na odebranie telefonu"),
    "handling": gettext_lazy("obsługa sprawy"),
}
UNITS = {
    "kliknięć": gettext_lazy("kliknięć"),
    "dni": gettext_lazy("dni"),
    "dni roboczych": gettext_lazy("dni roboczych"),
    "razy": gettext_lazy("razy"),
}
_REFUSALS = [
    (r"a scored number needs bands or a utility", gettext_lazy("Punktowana liczba potrzebuje progów punktowych.")),
    (
        r"an item that is not scored cannot be critical",
        gettext_lazy("Pozycja bez punktów nie może być krytyczna."),
    ),
    (r"bands and utility exclude each other", gettext_lazy("Proszę podać progi albo punkty liniowe, nie oba naraz.")),
    (
        r"every band but the last needs it",
        gettext_lazy("Każdy próg poza ostatnim potrzebuje granicy, a ostatni jej nie ma: obejmuje całą resztę."),
    ),
    (r"must be above", gettext_lazy("Ta wartość musi być większa niż wcześniejsza.")),
    (r"is missing", gettext_lazy("Tej wartości brakuje.")),
    (r"must be text", gettext_lazy("Proszę wpisać krótki tekst.")),
    (r"must be a whole number", gettext_lazy("Proszę wpisać liczbę całkowitą.")),
    (r"must match", gettext_lazy("Dozwolone są tylko litery bez ogonków, cyfry i łącznik.")),
    (
        r"must have at least one weight above 0",
        gettext_lazy("Przynajmniej jedna sekcja musi mieć wagę większą od zera."),
    ),
    (r"must have at least", gettext_lazy("Potrzebna jest tu co najmniej jedna pozycja.")),
    (r"na is reserved", gettext_lazy("Znak „na” oznacza zawsze „nie dotyczy”. Proszę użyć innego.")),
    (
        r"no mark earns points",
        gettext_lazy("Żadna odpowiedź nie daje punktów. Proszę dodać punkty albo wyłączyć punktowanie."),
    ),
    (r"does not belong to kind", gettext_lazy("To ustawienie nie pasuje do wybranego rodzaju odpowiedzi.")),
    (r"is never scored", gettext_lazy("Tekst i zdjęcie nigdy nie są punktowane.")),
    (
        r"is not an earlier item",
        gettext_lazy("Warunek odwołuje się do pozycji, której nie ma albo która pada dopiero później."),
    ),
    (r"stands twice", gettext_lazy("Ten symbol już występuje. Każdy musi być inny.")),
    (r"is not a mark of", gettext_lazy("Takiej odpowiedzi nie można udzielić w tej pozycji.")),
    (r"has an element twice", gettext_lazy("Ta sama odpowiedź jest wymieniona dwa razy.")),
    (r"must not be", gettext_lazy("Ta wartość leży poza dozwolonym zakresem.")),
]


def refusal(reason: str) -> str:
    """The engine's refusal as a Polish sentence."""
    for pattern, sentence in _REFUSALS:
        if re.search(pattern, reason):
            return str(sentence)
    return _("Tej wartości nie można tu użyć.")


def shown_number(value: Any) -> str:
    """A number of the definition; with a decimal comma in Polish."""
    return as_typed(value)


def unit_of(item: dict[str, Any]) -> str:
    """The unit of a number or a duration, in the page's language where we know it."""
    unit = item.get("unit", "")
    return str(UNITS.get(unit, unit))


def in_language(entry: dict[str, Any], name: str, language: str) -> str:
    """A text in the wanted language, in Polish when it has no other."""
    if language != "pl" and entry.get(f"{name}_{language}"):
        return str(entry[f"{name}_{language}"])
    return str(entry.get(name, ""))


def mark_label(item: dict[str, Any], mark: str, language: str = "pl", not_applicable_label: str = "") -> str:
    """A mark as the reader says it."""
    with override(language):
        plain = {
            "na": not_applicable_label or _("nie dotyczy"),
            "yes": _("tak"),
            "no": _("nie"),
            "none": _("brak odpowiedzi"),
        }
    for option in item.get("options", []):
        if option["mark"] == mark:
            return in_language(option, "label", language) or mark
    if mark in plain and (mark == "na" or item["kind"] in {"yes_no", "number", "duration"}):
        return plain[mark]
    if item["kind"] in {"number", "duration"}:
        with override(language):
            return f"{shown_number(mark)} {_unit(mark, item.get('unit', ''))}".strip()
    return mark


# Units of the shipped scorecards that bend after a number; the rest, like "min", stay as they are.
_BENT = {
    "dni": (gettext_lazy("dzień"), gettext_lazy("dni"), gettext_lazy("dni")),
    "dni roboczych": (gettext_lazy("dzień roboczy"), gettext_lazy("dni robocze"), gettext_lazy("dni roboczych")),
    "razy": (gettext_lazy("raz"), gettext_lazy("razy"), gettext_lazy("razy")),
}


def _unit(mark: str, unit: str) -> str:
    if unit in _BENT and mark.isdecimal():
        return plural(int(mark), *map(str, _BENT[unit]))
    return str(UNITS.get(unit, unit))


def points_in_words(value: Any, language: str = "pl") -> str:
    if language != "pl":
        return f"{value} {'point' if str(value) == '1' else 'points'}"
    number = str(value)
    if re.fullmatch(r"-?\d+", number):
        return f"{number} {polish_plural(int(number), 'punkt', 'punkty', 'punktów')}"
    return f"{number.replace('.', ',')} punktu"


def said_problem(problem: Problem | None) -> str:
    """A problem of a definition with its place, as one sentence; empty when there is none."""
    if problem is None:
        return ""
    reason = refusal(problem.reason)
    if problem.item:
        return _("Pozycja %(item)s: %(reason)s") % {"item": problem.item, "reason": reason}
    if problem.section:
        return _("Sekcja %(section)s: %(reason)s") % {"section": problem.section, "reason": reason}
    return reason


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def weighted(item: dict[str, Any], points: Any) -> str:
    """Points times the item's weight, as a decimal where it has one."""
    exact = Fraction(str(points)) * Fraction(str(item.get("weight", 1)))
    if exact.denominator == 1:
        return str(exact.numerator)
    return decimal_comma(exact, 4).rstrip("0").replace(",", ".")
