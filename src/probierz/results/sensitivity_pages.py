"""What the pages of a result's sensitivity show: the engine's numbers beside their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probierz.base import charts
from probierz.base.wording import decimal
from probierz.results import jury_wording, sensitivity_charts, wording
from probierz.results.models import Result
from probierz.results.sensitivity import DRAWS, PERTURB, Line, Robustness

SHOWN = {
    "": gettext_lazy("wszystkie"),
    "licencja": gettext_lazy("z licencją zależną od wyboru"),
    "metody": gettext_lazy("z niezgodnymi metodami"),
}
TOPICS = {
    "miejsca": gettext_lazy("Skąd zmiany miejsc"),
    "udzialy": gettext_lazy("Skąd udziały kanałów"),
    "licencje": gettext_lazy("Skąd licencje zależne od wyboru"),
    "metody": gettext_lazy("Skąd wyniki innych metod"),
}
_LITTLE, _SOME = Fraction(2, 100), Fraction(5, 100)


@dataclass(frozen=True)
class Row:
    """One institution in the tables."""

    line: Line
    result: Result
    places: str
    picture: SafeString
    decision: str
    tone: str
    changes: list[str]
    flags: list[str]

    @property
    def interval(self) -> str:
        """The points under the least and the most favourable weights."""
        return f"{jury_wording.number(self.line.low)}–{jury_wording.number(self.line.high)}"


def overview(found: Robustness) -> dict[str, Any]:
    """The page's numbers about all institutions."""
    return {
        "robustness": found,
        "institutions": len(found.lines),
        "channels": len(found.weights),
        "shift": jury_wording.number(found.places.mean_rank_shift),
        "shift_words": shift_words(found),
        "firm": sum(line.spread.least == line.spread.most for line in found.lines),
        "by_weights": sum(line.hangs_on_weights for line in found.lines),
        "by_score": sum(line.hangs_on_score for line in found.lines),
        "flagged": sum(line.is_flagged for line in found.lines),
        "has_scores": any(line.scores for line in found.lines),
        "absent": jury_wording.absent_words(found.absent) if found.absent else "",
        **numbers(),
        **_shares(found),
    }


def numbers() -> dict[str, Any]:
    """What was tried."""
    return {"perturb": int(100 * PERTURB), "draws": DRAWS}


def _shares(found: Robustness) -> dict[str, Any]:
    if len(found.lines) < 2 or len(found.weights) < 2:
        return {}
    draw = charts.for_page(lambda width, key: sensitivity_charts.shares(found, key, width))
    return {"shares": draw, "shares_table": sensitivity_charts.shares(found, "", charts.WIDE).table}


def shift_words(found: Robustness) -> str:
    """How much the order hangs on weights, for somebody who has never heard of a rank shift."""
    shift = found.places.mean_rank_shift
    if shift is None or len(found.lines) < 2:
        return ""
    share = shift / len(found.lines)
    if shift < 0.5 or share < _LITTLE:
        return _("Kolejność prawie nie zależy od wag.")
    if share < _SOME:
        return _("Kolejność zależy od wag umiarkowanie: przesuwają się głównie sąsiedzi.")
    return _("Kolejność mocno zależy od wag: warto mieć dla nich dobre uzasadnienie.")


def chosen(found: Robustness, which: str) -> Sequence[Line]:
    """The lines to show."""
    if which == "licencja":
        return [line for line in found.lines if line.hangs_on_weights or line.hangs_on_score]
    return [line for line in found.lines if line.is_flagged] if which == "metody" else found.lines


def rows(found: Robustness, lines: Iterable[Line], results: Mapping[str, Result]) -> list[Row]:
    return [row(found, line, results[line.key]) for line in lines if line.key in results]


def row(found: Robustness, line: Line, result: Result) -> Row:
    places = places_words(line)
    return Row(
        line=line,
        result=result,
        places=places,
        picture=sensitivity_charts.rank_row(line, max(2, len(found.lines)), places),
        decision=wording.decision(line.decision),
        tone=wording.decision_tone(line.decision),
        changes=changes(line),
        flags=flags(line),
    )


def places_words(line: Line) -> str:
    spread = line.spread
    if spread.least == spread.most:
        return _("zawsze %(place)s") % {"place": spread.least}
    middle = decimal(Fraction(spread.median), 0 if spread.median == int(spread.median) else 1)
    words = _("od %(least)s do %(most)s, środkowe %(middle)s")
    return words % {"least": spread.least, "most": spread.most, "middle": middle}


def score_name(score: str) -> str:
    return {"raw": _("wprost z ocen"), "fair": _("po poprawce"), "blup": _("najlepsze oszacowanie")}[score]


def changes(line: Line) -> list[str]:
    """How the licence's decision would differ, in words."""
    found = []
    for end, decision in zip((_("najmniej korzystne wagi"), _("najkorzystniejsze wagi")), line.by_weights, strict=True):
        if decision != line.decision:
            found.append(f"{end}: {wording.decision(decision)}")
    for score, decision in line.by_score.items():
        if decision != line.decision:
            found.append(f"{score_name(score)}: {wording.decision(decision)}")
    return found


def flags(line: Line) -> list[str]:
    found = []
    if line.methods is not None and line.methods.is_fixed_apart:
        found.append(_("efekty stałe odbiegają: surowość jurorów mogła zależeć od tego, dokąd ich wysłano"))
    if line.methods is not None and line.methods.is_robust_apart:
        found.append(_("wynik odporny odbiega: jeden audyt ciągnie wynik w swoją stronę"))
    return found


def one(found: Robustness, line: Line, result: Result) -> dict[str, Any]:
    """The page of one institution: its points under each choice."""
    left_out = [
        (wording.channel_name(channel), points, wording.decision(decision))
        for channel, (points, decision) in found.without(line.key).items()
    ]
    return {
        "row": row(found, line, result),
        "robustness": found,
        "left_out": left_out,
        "ends": [
            (_("najmniej korzystne wagi"), line.low, wording.decision(line.by_weights[0])),
            (_("najkorzystniejsze wagi"), line.high, wording.decision(line.by_weights[1])),
        ],
        "scores": [
            (score_name(score), points, wording.decision(line.by_score[score])) for score, points in line.scores.items()
        ],
        "absent": jury_wording.absent_words(found.absent) if found.absent else "",
        **numbers(),
    }
