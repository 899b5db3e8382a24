"""The border zone: which institutions wait for one more audit, and where it would go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from probierz.audits.queries import ExtraCount, extra_counts
from probierz.base.rules import Verdict
from probierz.jury.queries import ExtraSearch, extra_visit_for
from probierz.results import rules
from probierz.results.models import Calculation, Result


@dataclass(frozen=True)
class Border:
    """How far one institution of the border zone is: its extra audits, and whether another may be ordered."""

    count: ExtraCount
    most: int
    verdict: Verdict

    @property
    def left(self) -> int:
        return max(0, self.most - self.count.ordered)


def most_extra_audits(calculation: Calculation) -> int:
    """How many extra audits the rules allow; none unless the licence is guarded."""
    return int((calculation.rulebook["licence"].get("guarded") or {}).get("extra_audits", 0))


def borders_of(calculation: Calculation, results: Iterable[Result]) -> dict[int, Border]:
    """By application, those of the results that stand in the border zone."""
    waiting = [result for result in results if result.decision == Result.Decision.BORDER]
    counts = extra_counts([result.application_id for result in waiting])
    most = most_extra_audits(calculation)
    return {result.application_id: _border(result, counts, most) for result in waiting}


def border_of(result: Result) -> Border:
    """The same of one result, whatever its decision."""
    counts = extra_counts([result.application_id])
    return _border(result, counts, most_extra_audits(result.calculation))


def _border(result: Result, counts: dict[int, ExtraCount], most: int) -> Border:
    count = counts.get(result.application_id, ExtraCount())
    verdict = rules.can_order_extra_for(result, ordered=count.ordered, approved=count.approved, most=most)
    return Border(count, most, verdict)


def channels_for_extra(result: Result) -> list[str]:
    """The channels the institution has: those with the fewest audits first, of these the heaviest."""
    detail, weights = result.detail, result.calculation.rulebook["channels"]
    made = Counter(entry["channel"] for entry in detail["audits"])
    ready = {row.channel for row in result.calculation.edition.channels.all()}
    channels = [channel for channel in weights if channel in ready and channel not in detail["without"]]
    return sorted(channels, key=lambda channel: (made[channel], -Fraction(weights[channel]["weight"]), channel))


def extra_search(result: Result) -> ExtraSearch:
    """Who would go, or why nobody can."""
    return extra_visit_for(result.application, channels_for_extra(result))
