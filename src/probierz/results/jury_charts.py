"""Charts of the jury's quality: one juror's severity on a common axis, and what more audits would bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assay.agreement import Design
from probierz.base.charts import Chart, ChartTable
from probierz.base.drawing import LINE, PAGE, WIDE, Axis, Sheet, width_of
from probierz.results.jury_wording import number

ROW_WIDTH, ROW_HEIGHT = 220, 28
HEIGHT = 200
TICKS = (0, 20, 40, 60, 80, 100)
Interval = tuple[float, float]


def severity_range(intervals: Iterable[Interval]) -> int:
    """How many points either side of zero hold every interval."""
    return max([1, *(ceil(max(abs(low), abs(high))) for low, high in intervals)])


def severity_row(key: str, severity: float, interval: Interval, most: int, words: str) -> SafeString:
    """A dot and its whisker beside the zero line; every row of a table has one axis, from -most to most."""
    sheet = Sheet(key, PAGE, ROW_WIDTH)
    axis = Axis(8, ROW_WIDTH - 8, -most, most)
    middle = ROW_HEIGHT / 2
    zero, point = axis.at(0), axis.at(Fraction(severity))
    sheet.line(axis.start, middle, axis.end, middle, PAGE.line, 1, "chart-grid")
    sheet.line(zero, 2, zero, ROW_HEIGHT - 2, PAGE.muted, 1.6, "chart-zero")
    low, high = (Fraction(end) for end in interval)
    differs = low > 0 or high < 0
    paint = PAGE.accent if differs else PAGE.muted
    sheet.whisker(axis.at(low), axis.at(high), middle, paint, 3 if differs else 1.6)
    if differs:
        sheet.diamond(point, middle, 7, paint)
    else:
        sheet.circle(point, middle, 5, paint)
    return sheet.finish(ROW_HEIGHT, _("Surowość jurora"), words)


def reliability_curve(key: str, designs: Sequence[Design], *, now: int, target: float, width: int) -> Chart:
    """Reliability against audits per institution: raw scores (diamonds), scores without severity (dots), the aim."""
    sheet = Sheet(key, PAGE, width)
    across = Axis(38, width - 12, designs[0].audits, designs[-1].audits)
    down = _down(_legend(sheet, across))
    _frame(sheet, across, down, designs)
    aim = down.at(Fraction(target))
    sheet.line(across.start, aim, across.end, aim, PAGE.ink, 2, "chart-mean")
    sheet.text(across.start + 6, aim - 7, _("cel %(target)s") % {"target": number(target, 1)}, bold=True)
    if designs[0].audits <= now <= designs[-1].audits:
        x = across.at(now)
        sheet.line(x, down.end, x, down.start, PAGE.muted, 1.6, "chart-own")
        words = _("teraz %(now)s") % {"now": now}
        fits = x + width_of(words) + 8 <= across.end
        sheet.text(x + 8 if fits else x - 8, down.start - 8, words, anchor="start" if fits else "end", bold=True)
    _curve(sheet, across, down, [(one.audits, one.absolute) for one in designs], is_fair=False)
    _curve(sheet, across, down, [(one.audits, one.relative) for one in designs], is_fair=True)
    title = _("Rzetelność a liczba audytów instytucji")
    table = reliability_table(designs)
    said = "; ".join(f"{row[0]}: {row[1]}, {row[2]}" for row in table.rows)
    return Chart(sheet.finish(down.start + 44, title, f"{said}."), table)


def reliability_table(designs: Sequence[Design]) -> ChartTable:
    """The numbers behind the curve: both coefficients and both standard errors."""
    return ChartTable(
        _("Rzetelność a liczba audytów instytucji"),
        (_("Audyty"), _("Surowe punkty"), _("Z poprawką"), _("Błąd surowych"), _("Błąd z poprawką")),
        tuple(
            (
                str(one.audits),
                number(one.absolute, 2),
                number(one.relative, 2),
                number(one.raw_error, 1),
                number(one.fair_error, 1),
            )
            for one in designs
        ),
    )


def _frame(sheet: Sheet, across: Axis, down: Axis, designs: Sequence[Design]) -> None:
    for tick in TICKS:
        y = down.at(Fraction(tick, 100))
        sheet.line(across.start, y, across.end, y, PAGE.line, 1, "chart-grid")
        sheet.text(across.start - 8, y + 5, number(tick / 100, 1), anchor="end", paint=PAGE.muted)
    for one in designs:
        sheet.text(across.at(one.audits), down.start + 20, str(one.audits), anchor="middle", paint=PAGE.muted)
    words = _("audyty jednej instytucji")
    sheet.text((across.start + across.end) / 2, down.start + 40, words, anchor="middle", paint=PAGE.muted)


def _down(top: float) -> Axis:
    """Reliability from 0 at the bottom to 1 at the top."""
    return Axis(top + HEIGHT, top, 0, 1)


def _legend(sheet: Sheet, across: Axis) -> float:
    """What dots and diamonds are, beside one another or, on a phone, one under the other; where the chart begins."""
    fair, raw = _("z poprawką na surowość"), _("surowe punkty")
    x, y = across.start + 6, 12
    sheet.circle(x, y, 5, PAGE.accent)
    sheet.text(x + 12, y + 5, fair, paint=PAGE.muted)
    if sheet.width >= WIDE:
        x += 12 + width_of(fair) + 24
    else:
        y += LINE + 3
    sheet.diamond(x, y, 6, PAGE.muted)
    sheet.text(x + 12, y + 5, raw, paint=PAGE.muted)
    return y + 28


def _curve(
    sheet: Sheet, across: Axis, down: Axis, values: Sequence[tuple[int, float | None]], *, is_fair: bool
) -> None:
    points = [(across.at(n), down.at(Fraction(value))) for n, value in values if value is not None]
    paint = PAGE.accent if is_fair else PAGE.muted
    for (x1, y1), (x2, y2) in pairwise(points):
        sheet.line(x1, y1, x2, y2, paint, 2, "chart-interval")
    for x, y in points:
        if is_fair:
            sheet.circle(x, y, 4.5, paint)
        else:
            sheet.diamond(x, y, 5, paint)
