"""How sure a result is, for the pages: what the engine estimated, as one institution keeps it.

The interval of 90 % and the probability of the threshold come from one distribution: the whisker lies wholly above the
threshold exactly when that probability is above 95 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from django.utils.translation import gettext as _

from assay.rulebook import Estimates, RankEstimate
from probierz.base import charts
from probierz.base.wording import decimal
from probierz.results import wording
from probierz.results.models import Calculation, Result

_SPREAD = Fraction(str(NormalDist().inv_cdf(0.95)))


@dataclass(frozen=True)
class Certainty:
    """One institution's estimates; `low` and `high` are the ends of its interval, within 0-100."""

    estimates: Estimates
    places: Mapping[str, int]

    @property
    def low(self) -> Fraction:
        return _within(self.estimates.blup - _SPREAD * self.estimates.se)

    @property
    def high(self) -> Fraction:
        return _within(self.estimates.blup + _SPREAD * self.estimates.se)

    @property
    def interval(self) -> str:
        return f"{decimal(self.low, 1)}–{decimal(self.high, 1)}"

    @property
    def correction(self) -> Fraction:
        """What the severity of its jurors moved: above 0 when they were stricter than the rest."""
        return self.estimates.fair - self.estimates.raw

    @property
    def chance(self) -> str:
        """How sure it is that the threshold is reached, in percent."""
        return wording.certain(self.estimates.p_threshold)

    @property
    def category(self) -> RankEstimate | None:
        return self.estimates.ranks.get("category")

    @property
    def overall(self) -> RankEstimate | None:
        return self.estimates.ranks.get("overall")

    @property
    def category_place(self) -> str:
        return self._place("category")

    @property
    def overall_place(self) -> str:
        return self._place("overall")

    def _place(self, scope: str) -> str:
        """3 (od 2 do 6)."""
        rank = self.estimates.ranks.get(scope)
        if scope not in self.places or rank is None:
            return ""
        return _("%(place)s (od %(low)s do %(high)s)") % {
            "place": self.places[scope],
            "low": rank.low,
            "high": rank.high,
        }


def certainty_of(summary: Mapping[str, Any]) -> Certainty | None:
    """None where quality could not be estimated, and in results from before it was."""
    kept = summary.get("estimates")
    if kept is None:
        return None
    places = {scope: found["place"] for scope, found in summary["places"].items()}
    return Certainty(Estimates.from_dict(kept), places)


def with_certainty(results: Iterable[Result]) -> list[tuple[Result, Certainty | None]]:
    return [(result, certainty_of(result.detail["summary"])) for result in results]


def _within(points: Fraction) -> Fraction:
    return min(max(points, Fraction(0)), Fraction(100))


def interval_rows(results: Iterable[tuple[Result, Certainty | None]], scope: str) -> list[charts.IntervalRow]:
    """Official points with their intervals, the highest first, grouped as the scope groups them ("" for no groups)."""
    known = [(result, found) for result, found in results if result.points is not None and found is not None]
    known.sort(key=lambda pair: (-(pair[0].points or 0), pair[0].application.institution.display_name, pair[0].pk))
    return [_row(result, found, scope) for result, found in known]


def _row(result: Result, found: Certainty, scope: str) -> charts.IntervalRow:
    rank = found.estimates.ranks.get(scope)
    return charts.IntervalRow(
        result.application.institution.display_name,
        Decimal(result.points or 0),
        found.low,
        found.high,
        group=None if rank is None else rank.group,
    )


def chart(
    rows: Sequence[charts.IntervalRow], calculation: Calculation, *, key: str, width: int = charts.WIDE
) -> charts.Chart:
    return charts.caterpillar(
        key,
        rows,
        title=_("Punkty z przedziałami pewności 90%"),
        value_name=_("punkty"),
        width=width,
        threshold=Decimal(calculation.rulebook["licence"]["threshold"]),
    )
