"""Decisions, conditions and reasons in words, for the office's pages, the institution's and the print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from probierz.base.wording import decimal, percent, signed
from probierz.instruments.models import Channel

_CONDITIONS = {
    "points": gettext_lazy("punkty rankingowe"),
    "above-threshold": gettext_lazy("punkty powyżej progu"),
    "above-mean": gettext_lazy("punkty powyżej średniej kategorii"),
    "p-threshold": gettext_lazy("pewność, że instytucja osiąga próg"),
    "audits": gettext_lazy("zaliczone audyty"),
    "channels": gettext_lazy("zbadane kanały"),
    "lowest-channel": gettext_lazy("najsłabszy kanał"),
    "critical-items": gettext_lazy("niespełnione pozycje krytyczne"),
}


def figure(value: str | Decimal | None, places: int | None = None) -> str:
    """A number kept as decimal text, as it is read: 82,40. Without `places` it keeps its own."""
    if value is None or value == "":
        return "–"
    exact = Decimal(value)
    if places is None:
        places = max(0, -int(exact.as_tuple().exponent))
    return decimal(exact, places)


def among(n: int) -> str:
    """Of how many a place is one; Polish says it alike for any number."""
    return ngettext("wśród %(n)s instytucji", "wśród %(n)s instytucji", n) % {"n": n}


def channel_name(channel: str) -> str:
    return str(Channel(channel).label)


def decision(value: str) -> str:
    return {
        "grant": _("licencja przyznana"),
        "refuse": _("licencja nieprzyznana"),
        "border": _("strefa graniczna: potrzebny dodatkowy audyt"),
        "not-classified": _("nieklasyfikowany: za mało danych"),
    }.get(value, value)


def decision_tone(value: str) -> str:
    return {"grant": "good", "refuse": "neutral", "border": "warn", "not-classified": "warn"}.get(value, "neutral")


def decision_told(value: str) -> str:
    """The same to the institution, once it is published: nothing more will happen."""
    return _("bez rozstrzygnięcia: wynik na granicy progu") if value == "border" else decision(value)


def certain(chance: Fraction) -> str:
    """A probability in percent; what is not quite sure is never called sure."""
    if Fraction(0) < chance < Fraction(1, 1000):
        return _("poniżej 0,1%")
    if Fraction(999, 1000) < chance < 1:
        return _("ponad 99,9%")
    return percent(chance, 0 if (chance * 100).denominator == 1 else 1)


def change(points: Fraction) -> str:
    return signed(points, 1)


def severity(effect: Fraction | None, se: Fraction | None, audits: int) -> str:
    """How strict a juror is, for the office."""
    if effect is None or se is None:
        return _("surowości nie oszacowano")
    counted = ngettext("z %(n)s audytu", "z %(n)s audytów", audits) % {"n": audits}
    points = {"points": decimal(abs(effect), 1), "se": decimal(se, 1), "counted": counted}
    if abs(effect) < Fraction(1, 20):
        return _("tak surowo jak reszta jury (± %(se)s pkt, %(counted)s)") % points
    if effect < 0:
        return _("o %(points)s pkt surowiej niż reszta jury (± %(se)s pkt, %(counted)s)") % points
    return _("o %(points)s pkt łagodniej niż reszta jury (± %(se)s pkt, %(counted)s)") % points


def between(low: int, high: int) -> str:
    """Where an institution stands for sure, after „z dużą pewnością”."""
    if low == high:
        return _("na %(low)s. miejscu") % {"low": low}
    return _("między %(low)s. a %(high)s. miejscem") % {"low": low, "high": high}


def conditions(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each condition of the licence: what it asks, what was found, whether it held."""
    return [
        {
            "held": entry["held"],
            "title": str(_CONDITIONS.get(entry["code"], entry["code"])),
            "required": _required(entry),
            "found": _found(entry),
        }
        for entry in found
    ]


def _found(entry: Mapping[str, Any]) -> str:
    if entry["code"] != "p-threshold":
        return figure(entry["found"])
    return certain(Fraction(entry["found"])) if entry["found"] else _("nie oszacowano")


def _required(entry: Mapping[str, Any]) -> str:
    words = {
        "above-threshold": _("więcej niż %(figure)s"),
        "above-mean": _("więcej niż %(figure)s"),
        "critical-items": _("ani jednej"),
    }.get(entry["code"], _("co najmniej %(figure)s"))
    is_chance = entry["code"] == "p-threshold"
    return words % {"figure": certain(Fraction(entry["required"])) if is_chance else figure(entry["required"])}


def reasons(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why an institution has no place."""
    return [_reason(entry) for entry in found]


def _reason(entry: Mapping[str, Any]) -> str:
    if entry["code"] == "required-channel":
        return _("brak audytu w wymaganym kanale: %(channel)s") % {"channel": channel_name(entry["required"])}
    words = {
        "audits": _("zaliczone audyty: %(found)s, potrzeba co najmniej %(required)s"),
        "jurors": _("różni jurorzy: %(found)s, potrzeba co najmniej %(required)s"),
        "channels": _("zbadane kanały: %(found)s, potrzeba co najmniej %(required)s"),
    }
    return words.get(entry["code"], entry["code"]) % {"found": entry["found"], "required": entry["required"]}


def left_out(why: str) -> str:
    return {
        "coverage": _("za mało odpowiedzi, by audyt się liczył"),
        "nothing-applicable": _("żadna pozycja nie dotyczyła tej instytucji"),
    }.get(why, why)


def channel_state(state: str) -> str:
    return {
        "scored": _("zbadany"),
        "excluded": _("poza obliczeniem, waga przechodzi na inne kanały"),
        "zero": _("brak kanału liczony jako 0"),
        "missing": _("brak wymaganego audytu"),
    }.get(state, state)


def differences(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why a result moved between two calculations."""
    words = [_difference(entry) for entry in found]
    return words or [_("zasady albo wyniki innych instytucji")]


def _difference(entry: Mapping[str, Any]) -> str:
    if entry["change"] == "marks":
        items = ", ".join(f"{item}: {was or '–'} → {now or '–'}" for item, (was, now) in entry["items"].items())
        return _("zmienione oceny: %(items)s") % {"items": items}
    return {
        "added": _("doszedł audyt"),
        "removed": _("audyt już się nie liczy"),
        "scorecard": _("zmienił się arkusz"),
    }[entry["change"]]
