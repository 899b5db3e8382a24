"""The planned errors of all institutions as one picture: how many are known how exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from probierz.base.charts import PAGE, WIDE, Chart, ChartTable
from probierz.base.drawing import Axis, Palette, Sheet
from probierz.base.polish import DASH
from probierz.base.wording import decimal, whole_number

_TALL, _TOP = 96, 42
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_BANDS = 12
_ROOM = 58  # of one number under the axis


@dataclass(frozen=True)
class Band:
    """From and below, in tenths of a point, and how many institutions lie there."""

    start: int
    end: int
    count: int

    @property
    def words(self) -> str:
        return f"{_points(self.start)}{DASH}{_points(self.end)}"


def _points(tenths: int) -> str:
    return decimal(Fraction(tenths, 10), 1)


def bands(tenths: Mapping[str, int], edge: int) -> list[Band]:
    """Even bands that hold every planned error; one begins at the edge. `tenths` counts institutions by tenths of a
    point.
    """
    widths = {int(width): count for width, count in tenths.items()}
    low, high = min(widths), max(widths)
    step = next((step for step in _STEPS if (high // step - low // step) < _MOST_BANDS), _STEPS[-1])
    starts = range(edge - -(-(edge - low) // step) * step, high + 1, step)
    return [
        Band(start, start + step, sum(n for width, n in widths.items() if start <= width < start + step))
        for start in starts
    ]


def errors(key: str, tenths: Mapping[str, int], edge: int, *, palette: Palette = PAGE, width: int = WIDE) -> Chart:
    """Columns: institutions by planned error. From the edge, in tenths of a point, they are dark."""
    title = _("Przewidywane błędy wyników instytucji")
    found = bands(tenths, edge)
    sheet = Sheet(key, palette, width)
    axis = Axis(24, width - 24, found[0].start, max(found[-1].end, edge + 1))
    base, tallest = _TOP + _TALL, max(band.count for band in found)
    for band in found:
        left, right = axis.at(band.start) + 1.5, axis.at(band.end) - 1.5
        height = _TALL * band.count / tallest
        is_wide = band.start >= edge
        paint, name = (palette.ink, "chart-own") if is_wide else (palette.accent, "chart-value")
        if band.count:
            sheet.bar(left, base - height, right - left, height, paint, name)
            sheet.text((left + right) / 2, base - height - 5, whole_number(band.count), anchor="middle")
    sheet.line(0, base, width, base, palette.line, 1, "chart-axis")
    for start in _edges(found, axis):
        words = f"±{_points(start)}"
        sheet.text(axis.at(start), base + 20, words, anchor="middle", paint=palette.muted)
    _limit(sheet, axis, edge, base)
    table = ChartTable(
        title,
        (_("Błąd w punktach"), _("Instytucje")),
        tuple((f"±{band.words}", whole_number(band.count)) for band in found),
    )
    said = "; ".join(f"±{band.words}: {whole_number(band.count)}" for band in found if band.count)
    return Chart(sheet.finish(base + 28, title, f"{said}."), table)


def _edges(found: list[Band], axis: Axis) -> list[int]:
    """As many edges as have room for their numbers."""
    edges = [band.start for band in found] + [found[-1].end]
    apart = axis.at(found[0].end) - axis.at(found[0].start)
    every = max(1, ceil(_ROOM / apart))
    return edges[::every]


def _limit(sheet: Sheet, axis: Axis, edge: int, base: float) -> None:
    x = axis.at(edge)
    words = _("uwaga od ±%(limit)s") % {"limit": _points(edge)}
    sheet.text(x, 14, words, anchor="end" if x > sheet.width / 2 else "start", bold=True)
    sheet.line(x, 20, x, base, sheet.palette.ink, 2, "chart-threshold")
