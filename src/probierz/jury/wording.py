"""A plan in words: why this juror, why nobody, and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from probierz.base.wording import in_polish
from probierz.jury import travel as travel_costs
from probierz.jury.seating import CHANCE

PROBLEMS: dict[str, str | Promise] = {
    "away": gettext_lazy("nie bierze teraz udziału w pracach jury"),
    "conflict": gettext_lazy("konflikt interesów z tą instytucją"),
    "been": gettext_lazy("ma lub miał już przydział w tej instytucji"),
    "recent": gettext_lazy("był tu w jednej z dwóch poprzednich edycji"),
    "no-window": gettext_lazy("w terminie audytów brakuje miejsca na ten kontakt"),
    "channel": gettext_lazy("nie prowadzi audytów w tym kanale"),
    "legend": gettext_lazy("żaden scenariusz nie pasuje do sytuacji życiowej"),
    "same-channel": gettext_lazy("ma tu już ten sam kanał"),
    "repeat": gettext_lazy("ma tu już tyle audytów, ile dopuszczono"),
    "full": gettext_lazy("ma już tyle audytów, ile może wykonać"),
}
WHY_NOT: dict[str, str | Promise] = {
    "excluded": gettext_lazy("wyłączonych z powodu konfliktu, rotacji lub wcześniejszego przydziału: %(count)s"),
    "no-channel": gettext_lazy("bez tego kanału albo bez pasującego scenariusza: %(count)s"),
    "already-here": gettext_lazy("mających już audyt w tej instytucji: %(count)s"),
    "full": gettext_lazy("z pełnym obciążeniem: %(count)s"),
}


def problem_in_words(code: str) -> str:
    return str(PROBLEMS.get(code, code))


def why_in_words(row: Mapping[str, Any]) -> str:
    """Why this juror: the parts of the cost, the heaviest said first."""
    if row["by_hand"]:
        return _("wskazany ręcznie przez biuro")
    words = [_("zamiana dla lepszych powiązań")] if row.get("mended") else []
    if row["channel"] == "visit":
        words.append(_distance(row["parts"].get("travel", 0)))
    if row["parts"].get("seen"):
        words.append(_("był tu dawniej niż dwie edycje temu"))
    words.append(_("los: %(points)s z %(most)s") % {"points": row["parts"].get("random", 0), "most": CHANCE})
    return ", ".join(words)


def _distance(travel: int) -> str:
    words = {
        travel_costs.SAME_COUNTY: _("ten sam powiat"),
        travel_costs.SAME_VOIVODESHIP: _("to samo województwo"),
        travel_costs.NEXT_VOIVODESHIP: _("sąsiednie województwo"),
        travel_costs.UNKNOWN: _("odległość nieznana"),
        travel_costs.FAR: _("dalej niż sąsiednie województwo"),
    }
    return words[travel]


def why_not_in_words(why: Mapping[str, int]) -> str:
    """Why the seat is empty, over all jurors."""
    if "no-window" in why:
        return problem_in_words("no-window")
    if "by-hand" in why:
        return _("biuro zdjęło jurora z tego miejsca")
    said = [str(WHY_NOT[code]) % {"count": count} for code, count in sorted(why.items()) if code in WHY_NOT]
    if not said:
        return _("w jury nie ma jeszcze nikogo aktywnego")
    return _("jurorów %(parts)s") % {"parts": "; ".join(said)}


_NOBODY: dict[str, str | Promise] = {
    "been": gettext_lazy("byli tu albo mieli tu przydział: %(count)s"),
    "conflict": gettext_lazy("w konflikcie interesów: %(count)s"),
    "recent": gettext_lazy("byli tu w dwóch poprzednich edycjach: %(count)s"),
    "full": gettext_lazy("z pełnym obciążeniem: %(count)s"),
    "channel": gettext_lazy("bez potrzebnego kanału w profilu: %(count)s"),
    "legend": gettext_lazy("bez pasującego scenariusza: %(count)s"),
}


def nobody_in_words(problems: Mapping[str, int]) -> str:
    """Why nobody of the jury can go to an institution."""
    if "no-window" in problems:
        return _("W terminie, który został do ogłoszenia wyników, nie mieści się już kontakt i sprawozdanie z niego.")
    said = [str(words) % {"count": problems[code]} for code, words in _NOBODY.items() if problems.get(code)]
    if not said:
        return _("W jury nie ma nikogo aktywnego.")
    return _("Nikt z jury nie może teraz pójść do tej instytucji (%(parts)s).") % {"parts": "; ".join(said)}


def nobody_mended(problems: Mapping[str, int]) -> str:
    if "no-window" in problems:
        return _("Pomoże późniejszy termin etapu „Ogłoszenie wyników”.")
    parts = [_("zaproszenie jurora, którego nic z tą instytucją nie łączy")]
    if problems.get("full"):
        parts.insert(0, _("większa liczba audytów w profilu jurora, który ma już komplet"))
    if problems.get("channel"):
        parts.append(_("dopisanie kanału w profilach"))
    return _("Pomoże %(parts)s.") % {"parts": _(" albo ").join(parts)}


def shortfall_in_words(shortfall: Mapping[str, Any]) -> str:
    """What is short and what would mend it."""
    missing, places = shortfall["missing"], len(shortfall["applications"])
    short = ngettext("Brakuje %(count)s audytu", "Brakuje audytów: %(count)s", missing) % {"count": missing}
    where = ngettext("w %(count)s instytucji", "w %(count)s instytucjach", places) % {"count": places}
    if shortfall["code"] == "too-few-allowed":
        mend = _(
            "Pomoże zaproszenie jurorów, których nic z nimi nie łączy, albo dopuszczenie kolejnego kanału w profilach."
        )
    else:
        mend = _(
            "Pomoże zwiększenie liczby audytów tym jurorom, zaproszenie kolejnych albo mniej audytów na instytucję."
        )
    busy = _("Pełne obciążenie mają")
    full = f" {busy}: {', '.join(shortfall['jurors'])}." if shortfall["jurors"] else ""
    return f"{short} {where}.{full} {mend}"


def idle_in_words(name: str, missing: int) -> str:
    words = _("%(name)s dostaje mniej audytów, niż obiecano w profilu (mniej o %(missing)s). Można obniżyć to minimum.")
    return words % {"name": name, "missing": missing}


@in_polish
def reason_in_words(row: Mapping[str, Any]) -> str:
    """What an assignment keeps of why it was made."""
    return (_("z planu przydziału: %(why)s") % {"why": why_in_words(row)})[:300]
