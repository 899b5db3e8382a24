"""Charts of a result's sensitivity: the places one institution may take, and what points mostly follow."""

from __future__ import annotations

from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from probierz.base import charts
from probierz.base.charts import Chart, ProfileRow
from probierz.base.drawing import PAGE, Axis, Sheet
from probierz.results import wording
from probierz.results.sensitivity import Line, Robustness

ROW_WIDTH, ROW_HEIGHT = 220, 28


def rank_row(line: Line, among: int, words: str) -> SafeString:
    """From the worst place on the left to the best on the right; the dot is the middle one, every row has one axis."""
    sheet = Sheet(f"miejsca-{line.key}", PAGE, ROW_WIDTH)
    axis = Axis(8, ROW_WIDTH - 8, -among, -1)
    middle = ROW_HEIGHT / 2
    sheet.line(axis.start, middle, axis.end, middle, PAGE.line, 1, "chart-grid")
    low, high = axis.at(-line.spread.most), axis.at(-line.spread.least)
    paint = PAGE.muted if low == high else PAGE.accent
    if low != high:
        sheet.whisker(low, high, middle, paint, 3)
    sheet.circle(axis.at(-Fraction(line.spread.median)), middle, 5, paint)
    return sheet.finish(ROW_HEIGHT, _("Miejsca przy innych wagach"), words)


def shares(found: Robustness, key: str, width: int) -> Chart:
    """How much of the differences between institutions each channel explains alone, beside its weight."""
    rows = [
        ProfileRow(wording.channel_name(channel).capitalize(), _percent(found.places.shares[channel]), 100 * share)
        for channel, share in found.weights.items()
    ]
    return charts.profile(
        f"udzialy{key}",
        rows,
        title=_("Od czego zależą różnice między instytucjami"),
        width=width,
        value_name=_("wyjaśnia sam, %"),
        mean_name=_("waga, %"),
    )


def _percent(share: float | None) -> Fraction | None:
    return None if share is None else 100 * Fraction(share)
