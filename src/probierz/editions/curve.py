"""The chart of a licence threshold: who would get the licence at each, and how often that would be a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil

from django.utils.translation import gettext as _

from assay.ranking import Consequence
from probierz.base.charts import Chart, ChartTable
from probierz.base.drawing import PAGE, WIDE, Axis, Sheet, width_of
from probierz.base.wording import decimal, whole_number

TOP, COUNTS, GAP, ERRORS, LINE = 58, 150, 62, 90, 24
STEP = 5


def consequence_curve(
    key: str, curve: Sequence[Consequence], *, threshold: Fraction, title: str, width: int = WIDE
) -> Chart:
    """Columns of licences granted, border zone and refusals; below them the expected numbers of mistakes."""
    sheet = Sheet(key, PAGE, width)
    total = max(1, curve[0].granted + curve[0].border + curve[0].refused)
    first, last = curve[0].threshold, curve[-1].threshold
    column = (width - 48) / len(curve)
    across = Axis(38 + column / 2, width - 10 - column / 2, first, last)
    counts = Axis(TOP + COUNTS, TOP, 0, total)
    _legend(sheet, has_border=any(one.border for one in curve))
    _scale(sheet, counts, (0, total // 2, total), width)
    for one in curve:
        _column(sheet, across.at(Fraction(one.threshold)) - column / 2, column, counts, one)
    low = _errors(sheet, across, curve, width)
    _marker(sheet, across, threshold, low)
    for one in curve:
        if one.threshold % (STEP if width >= WIDE else 2 * STEP) == 0:
            x = across.at(Fraction(one.threshold))
            sheet.text(x, low + 20, f"{one.threshold:.0f}", anchor="middle", paint=PAGE.muted)
    sheet.text(38, low + 42, _("próg w punktach"), paint=PAGE.muted)
    table = consequence_table(curve, title)
    said = "; ".join(
        _("próg %(threshold)s: licencji %(granted)s") % {"threshold": row[0], "granted": row[1]} for row in table.rows
    )
    return Chart(sheet.finish(low + 50, title, f"{said}."), table)


def consequence_table(curve: Sequence[Consequence], title: str) -> ChartTable:
    """The numbers behind the chart, at every fifth threshold."""
    return ChartTable(
        title,
        (
            *(_("Próg"), _("Licencje"), _("Strefa graniczna"), _("Odmowy")),
            *(_("Niesłuszne licencje"), _("Niesłuszne odmowy")),
        ),
        tuple(
            (
                f"{one.threshold:.0f}",
                whole_number(one.granted),
                whole_number(one.border),
                whole_number(one.refused),
                expected(one.wrongly_granted),
                expected(one.wrongly_refused),
            )
            for one in curve
            if one.threshold % STEP == 0
        ),
    )


def expected(value: float) -> str:
    """An expected number of institutions, with one decimal."""
    return decimal(Decimal(str(value)), 1)


def _column(sheet: Sheet, x: float, width: float, counts: Axis, one: Consequence) -> None:
    bottom = 0
    for number, paint, name in (
        (one.granted, PAGE.accent, "chart-value"),
        (one.border, PAGE.muted, "chart-border"),
        (one.refused, PAGE.track, "chart-track"),
    ):
        if number:
            high, low = counts.at(bottom + number), counts.at(bottom)
            sheet.bar(x, high, width - 1, low - high, paint, name)
        bottom += number


def _scale(sheet: Sheet, axis: Axis, ticks: Sequence[int], width: int) -> None:
    for tick in dict.fromkeys(ticks):
        y = axis.at(tick)
        sheet.line(38, y, width - 10, y, PAGE.line, 1, "chart-grid")
        sheet.text(32, y + 5, whole_number(tick), anchor="end", paint=PAGE.muted)


def _errors(sheet: Sheet, across: Axis, curve: Sequence[Consequence], width: int) -> float:
    """Two lines of expected mistakes under the columns; answers where their panel ends."""
    is_narrow = width < WIDE
    top = TOP + COUNTS + GAP + (LINE if is_narrow else 0)
    most = max(1, ceil(max(max(one.wrongly_granted, one.wrongly_refused) for one in curve)))
    axis = Axis(top + ERRORS, top, 0, most)
    granted, refused = _("niesłuszne licencje"), _("niesłuszne odmowy")
    above = top - 26 - (LINE if is_narrow else 0)
    sheet.diamond(44, above, 6, PAGE.accent)
    sheet.text(56, above + 5, granted, paint=PAGE.muted)
    x = 44 if is_narrow else 56 + width_of(granted) + 22
    sheet.circle(x, top - 26, 4.5, PAGE.ink)
    sheet.text(x + 12, top - 21, refused, paint=PAGE.muted)
    _scale(sheet, axis, (0, most), width)
    for is_grant in (True, False):
        values = [(one, one.wrongly_granted if is_grant else one.wrongly_refused) for one in curve]
        points = [(one, across.at(Fraction(one.threshold)), axis.at(Fraction(value))) for one, value in values]
        paint = PAGE.accent if is_grant else PAGE.ink
        for (_one, x1, y1), (_two, x2, y2) in pairwise(points):
            sheet.line(x1, y1, x2, y2, paint, 2, "chart-error")
        for one, x, y in points:
            if one.threshold % STEP == 0:
                sheet.diamond(x, y, 6, paint) if is_grant else sheet.circle(x, y, 4.5, paint)
    return top + ERRORS


def _marker(sheet: Sheet, across: Axis, threshold: Fraction, low: float) -> None:
    """The chosen threshold, through both panels; one outside the chart is not drawn at its edge."""
    if not across.low <= threshold <= across.high:
        return
    x = across.at(threshold)
    words = _("próg %(threshold)s") % {"threshold": decimal(threshold, 0 if threshold.denominator == 1 else 1)}
    half = width_of(words) / 2
    for paint, weight, name in ((PAGE.halo, 4, "chart-halo"), (PAGE.ink, 2, "chart-mean")):
        sheet.line(x, TOP - 6, x, low, paint, weight, name)
    sheet.text(min(max(x, half), sheet.width - half), TOP - 12, words, anchor="middle", bold=True)


def _legend(sheet: Sheet, *, has_border: bool) -> None:
    entries = [(_("licencja"), PAGE.accent, "chart-value"), (_("odmowa"), PAGE.track, "chart-track")]
    if has_border:
        entries.insert(1, (_("strefa graniczna"), PAGE.muted, "chart-border"))
    x, gap = (38.0, 20) if sheet.width >= WIDE else (0.0, 12)
    for words, paint, name in entries:
        sheet.bar(x, 4, 16, 12, paint, name)
        sheet.text(x + 22, 15, words, paint=PAGE.muted)
        x += 22 + width_of(words) + gap
