"""How sure a published result is, as its institution is told.

Says nothing of any juror or other institution, and no more than the rules publish.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from assay.rulebook import RankEstimate
from probierz.base.wording import decimal
from probierz.results import cautions, wording
from probierz.results.certainty import Certainty, certainty_of
from probierz.results.report import Report


def sureness_words(facts: Report) -> list[str]:
    """Sentences about points and place, each only where the rules tell the institution that number."""
    found = certainty_of(facts.summary)
    calculation = facts.result.calculation
    words = []
    if facts.points:
        words.append(cautions.official_words(calculation.certainty or {}))
    if found is None:
        return words
    if facts.points:
        words.append(_corrected(found, calculation.certainty))
    return [*words, *_places(facts, found)]


def _corrected(found: Certainty, certainty: dict[str, dict[str, str]]) -> str:
    """What the correction did, or would have done."""
    points = decimal(abs(found.correction), 1)
    is_raw = certainty.get("official", {}).get("used", "raw") == "raw"
    if abs(found.correction) < Fraction(1, 20):
        return _("Jurorzy, którzy Państwa odwiedzili, oceniali razem tak surowo jak całe jury.")
    if found.correction > 0:
        said = _("Jurorzy, którzy Państwa odwiedzili, oceniali wszystkich średnio o %(points)s pkt surowiej.")
    else:
        said = _("Jurorzy, którzy Państwa odwiedzili, oceniali wszystkich średnio o %(points)s pkt łagodniej.")
    words = said % {"points": points}
    if not is_raw:
        return words
    fair = _("Po poprawce na tę surowość byłoby %(fair)s pkt.") % {"fair": decimal(found.estimates.fair, 1)}
    return f"{words} {fair}"


def _places(facts: Report, found: Certainty) -> list[str]:
    """Each place with the places between which the institution surely stands."""
    told = {"category": _("W kategorii: %(words)s."), "overall": _("W całej edycji: %(words)s.")}
    return [
        words % {"words": _place(facts.places[scope]["place"], rank)}
        for scope, words in told.items()
        if scope in facts.places and (rank := found.estimates.ranks.get(scope)) is not None
    ]


def _place(place: int, rank: RankEstimate) -> str:
    """A place by points may lie outside the places of the quality behind them, and then the words say why."""
    words = _("miejsce %(place)s., z dużą pewnością %(between)s")
    if not rank.low <= place <= rank.high:
        words = _("miejsce %(place)s. według punktów; bez surowości jurorów i przypadku z dużą pewnością %(between)s")
    return words % {"place": place, "between": wording.between(rank.low, rank.high)}
