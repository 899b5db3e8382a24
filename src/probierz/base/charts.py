"""Charts drawn on the server: one function per chart, the same on a page and in a printed document.

Each returns its SVG (no inline style: the security policy forbids it) and the table behind it. Colours come
from a palette: `PAGE` follows the page's theme, `print_palette(accent)` names them outright.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from probierz.base.drawing import (
    NARROW,
    PAGE,
    WIDE,
    Axis,
    Labels,
    Number,
    Palette,
    Sheet,
    print_palette,
    width_of,
)
from probierz.base.polish import DASH
from probierz.base.wording import decimal, whole_number

__all__ = ["NARROW", "PAGE", "WIDE", "Palette", "print_palette"]


@dataclass(frozen=True)
class ChartTable:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    svg: SafeString
    table: ChartTable


@dataclass(frozen=True)
class ProfileRow:
    """A channel or a criterion: own value, the category's mean, and the interval when there is one."""

    label: str
    value: Number | None
    mean: Number | None = None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class IntervalRow:
    label: str
    value: Number
    low: Number
    high: Number
    is_own: bool = False
    # Neighbours with the same number cannot be told apart.
    group: int | None = None


def for_page(draw: Callable[[int, str], Chart]) -> SafeString:
    """Both widths side by side; the stylesheet shows the one that fits (`chart-wide`, `chart-narrow`)."""
    wide, narrow = draw(WIDE, ""), draw(NARROW, "-narrow")
    return mark_safe(f'<div class="chart-wide">{wide.svg}</div><div class="chart-narrow">{narrow.svg}</div>')


def profile(
    key: str,
    rows: Sequence[ProfileRow],
    *,
    title: str,
    palette: Palette = PAGE,
    width: int = WIDE,
    value_name: str = "",
    mean_name: str = "",
) -> Chart:
    """Horizontal bars from 0 to 100 with the category's mean as a tick and the interval as a whisker."""
    value_name, mean_name = value_name or _("wynik"), mean_name or _("średnia w kategorii")
    labels = Labels.of([row.label for row in rows], width)
    axis = Axis(labels.column, width - 62, 0, 100)
    has_mean = any(row.mean is not None for row in rows)
    sheet = Sheet(key, palette, width)
    top = _legend(sheet, axis, value_name, mean_name if has_mean else "")
    ends = [top + labels.bottom(index) for index in range(len(rows))]
    _grid(sheet, axis, top, top + labels.bottom(len(rows) - 1), (0, 25, 50, 75, 100))
    for index, row in enumerate(rows):
        middle = labels.draw(sheet, index, top)
        _profile_bar(sheet, axis, middle, row)
    height = (ends[-1] if ends else top) + 24
    table = ChartTable(
        title,
        (_("Pozycja"), value_name.capitalize(), mean_name.capitalize(), _("Przedział")),
        tuple((row.label, _figure(row.value), _figure(row.mean), _interval(row.low, row.high)) for row in rows),
    )
    said = "; ".join(f"{row.label}: {_figure(row.value)}" for row in rows)
    scale = _("Skala od 0 do 100.")
    return Chart(sheet.finish(height, title, f"{scale} {said}."), table)


def _profile_bar(sheet: "Sheet", axis: "Axis", middle: float, row: ProfileRow) -> None:
    paint = sheet.palette
    sheet.bar(axis.start, middle - 7, axis.length, 14, paint.track, "chart-track")
    if row.value is not None:
        sheet.bar(axis.start, middle - 7, axis.at(row.value) - axis.start, 14, paint.accent, "chart-value")
    if row.low is not None and row.high is not None:
        sheet.whisker(axis.at(row.low), axis.at(row.high), middle, paint.ink)
    if row.mean is not None:
        x = axis.at(row.mean)
        sheet.line(x, middle - 12, x, middle + 12, paint.halo, 6, "chart-halo")
        sheet.line(x, middle - 12, x, middle + 12, paint.ink, 2.5, "chart-mean")
    sheet.text(sheet.width, middle + 5, _figure(row.value), anchor="end", bold=True)


def caterpillar(
    key: str,
    rows: Sequence[IntervalRow],
    *,
    title: str,
    palette: Palette = PAGE,
    width: int = WIDE,
    value_name: str = "",
    threshold: Number | None = None,
) -> Chart:
    """Points with their intervals, one row each, in the order given; the own one stands out by shape.

    Rows of one group stand on one band with a bracket; the threshold is a line across all rows.
    """
    value_name = value_name or _("wynik")
    labels = Labels.of([row.label for row in rows], width, spacing=13)
    reach = [number for row in rows for number in (row.low, row.value, row.high)]
    low, high = _rounded_range(reach + ([] if threshold is None or not rows else [threshold]))
    axis = Axis(labels.column + 8, width - 70, low, high)
    sheet = Sheet(key, palette, width)
    top = 8 if threshold is None else 30
    bottom = top + labels.bottom(len(rows) - 1)
    _bands(sheet, labels, rows, top)
    _grid(sheet, axis, top, bottom, _ticks(low, high))
    if threshold is not None:
        _threshold(sheet, axis, threshold, bottom if labels.column else 22)
    for index, row in enumerate(rows):
        middle = labels.draw(sheet, index, top, bold=row.is_own)
        if threshold is not None and not labels.column:
            # Names stand above the whiskers here, and the line must not strike them out.
            at = axis.at(threshold)
            sheet.line(at, middle - 11, at, middle + 11, palette.ink, 2, "chart-threshold")
        x = axis.at(row.value)
        paint = palette.accent if row.is_own else palette.muted
        sheet.whisker(axis.at(row.low), axis.at(row.high), middle, paint, 3 if row.is_own else 1.6)
        if row.is_own:
            sheet.diamond(x, middle, 8, palette.accent)
        else:
            sheet.circle(x, middle, 4.5, palette.muted)
        sheet.text(width, middle + 5, _figure(row.value), anchor="end", bold=row.is_own)
    has_groups = any(row.group is not None for row in rows)
    table = ChartTable(
        title,
        (_("Pozycja"), value_name.capitalize(), _("Przedział"), *([_("Grupa")] if has_groups else [])),
        tuple(
            (
                row.label,
                _figure(row.value),
                _interval(row.low, row.high),
                *([_group(row)] if has_groups else []),
            )
            for row in rows
        ),
    )
    said = "; ".join(f"{row.label}: {_figure(row.value)} ({_interval(row.low, row.high)})" for row in rows)
    return Chart(sheet.finish(bottom + 24, title, f"{said}."), table)


def _group(row: IntervalRow) -> str:
    return "" if row.group is None else str(row.group)


def _bands(sheet: Sheet, labels: Labels, rows: Sequence[IntervalRow], top: float) -> None:
    """A band behind every second group, a bracket beside every group of two or more."""
    start = 0
    for number, (group, part) in enumerate(groupby(rows, key=lambda row: row.group)):
        end = start + len(list(part))
        first, last = top + (labels.bottom(start - 1) if start else 0), top + labels.bottom(end - 1)
        if group is not None and number % 2 == 0:
            sheet.bar(0, first, sheet.width, last - first, sheet.palette.track, "chart-group")
        if group is not None and end - start > 1:
            x = sheet.width - 56
            for x1, y1, x2, y2 in (
                (x, first + 5, x, last - 5),
                (x - 5, first + 5, x, first + 5),
                (x - 5, last - 5, x, last - 5),
            ):
                sheet.line(x1, y1, x2, y2, sheet.palette.muted, 1.6, "chart-bracket")
        start = end


def _threshold(sheet: Sheet, axis: Axis, threshold: Number, bottom: float) -> None:
    x = axis.at(threshold)
    words = _("próg %(points)s") % {"points": decimal(threshold, 0 if threshold == int(threshold) else 1)}
    half = width_of(words) / 2
    sheet.text(min(max(x, half), sheet.width - half), 15, words, anchor="middle", bold=True)
    sheet.line(x, 19, x, bottom + 3, sheet.palette.ink, 2, "chart-threshold")


def distribution(
    key: str,
    values: Iterable[Number],
    *,
    title: str,
    mark: Number | None = None,
    mark_name: str = "",
    step: int = 10,
    palette: Palette = PAGE,
    width: int = WIDE,
) -> Chart:
    """How many results fall into each band from 0 to 100, and where the own one lies."""
    bands = _banded(values, step)
    tallest = max([n for _, _, n in bands] + [1])
    axis = Axis(0, width, 0, 100)
    sheet = Sheet(key, palette, width)
    base = 64 + 130
    for start, end, n in bands:
        left, right = axis.at(start) + 2, axis.at(end) - 2
        height = 130 * n / tallest
        own = mark is not None and start <= mark and (mark < end or end == 100)
        paint = palette.accent if own else palette.track
        sheet.bar(left, base - height, right - left, height, paint, "chart-value" if own else "chart-track")
        if n:
            sheet.text((left + right) / 2, base - height - 6, whole_number(n), anchor="middle")
    sheet.line(0, base, width, base, palette.line, 1, "chart-axis")
    for tick in range(0, 101, step if width >= WIDE else 2 * step):
        sheet.text(axis.at(tick), base + 20, str(tick), anchor=_edge(tick), paint=palette.muted)
    if mark is not None:
        in_band = next(n for start, end, n in bands if start <= mark and (mark < end or end == 100))
        point = base - 130 * in_band / tallest - (24 if in_band else 8)
        name = mark_name or _("Państwa wynik")
        _own_mark(sheet, axis.at(mark), point, f"{name}: {_figure(mark)}")
    table = ChartTable(
        title, (_("Wynik"), _("Ile")), tuple((f"{start}{DASH}{end}", whole_number(n)) for start, end, n in bands)
    )
    said = "; ".join(
        _("od %(start)s do %(end)s: %(n)s") % {"start": start, "end": end, "n": n} for start, end, n in bands if n
    )
    return Chart(sheet.finish(base + 28, title, f"{said}."), table)


def progress(key: str, done: int, total: int, *, title: str, palette: Palette = PAGE, width: int = WIDE) -> Chart:
    share = min(Fraction(1), Fraction(done, total)) if total else Fraction(0)
    sheet = Sheet(key, palette, width)
    said = _("%(done)s z %(total)s") % {"done": whole_number(done), "total": whole_number(total)}
    sheet.text(0, 16, said, bold=True)
    sheet.text(width, 16, f"{decimal(share * 100, 0)}\u00a0%", anchor="end")
    sheet.bar(0, 26, width, 12, palette.track, "chart-track")
    sheet.bar(0, 26, width * float(share), 12, palette.accent, "chart-value")
    table = ChartTable(title, (_("Zrobione"), _("Wszystkie")), ((whole_number(done), whole_number(total)),))
    return Chart(sheet.finish(42, title, said), table)


def _figure(value: Number | None) -> str:
    return _("brak") if value is None else decimal(value, 1)


def _interval(low: Number | None, high: Number | None) -> str:
    return "" if low is None or high is None else f"{_figure(low)}{DASH}{_figure(high)}"


def _edge(tick: int) -> str:
    return {0: "start", 100: "end"}.get(tick, "middle")


def _banded(values: Iterable[Number], step: int) -> list[tuple[int, int, int]]:
    tally = [0] * (100 // step)
    for value in values:
        tally[min(int(value // step), len(tally) - 1)] += 1
    return [(index * step, (index + 1) * step, n) for index, n in enumerate(tally)]


def _rounded_range(values: Sequence[Number]) -> tuple[int, int]:
    if not values:
        return 0, 100
    low, high = int(min(values)) // 10 * 10, -(-int(max(values) + 1) // 10) * 10
    return max(0, low), min(100, high) if max(values) <= 100 else high


def _ticks(low: int, high: int) -> tuple[int, ...]:
    step = 10 if high - low <= 50 else 20
    return tuple(range(low, high + 1, step))


def _legend(sheet: Sheet, axis: Axis, value_name: str, mean_name: str) -> float:
    x = axis.start
    sheet.bar(x, 4, 18, 12, sheet.palette.accent, "chart-value")
    sheet.text(x + 26, 15, value_name, paint=sheet.palette.muted)
    if mean_name:
        x += 26 + width_of(value_name) + 24
        sheet.line(x, 0, x, 20, sheet.palette.ink, 2.5, "chart-mean")
        sheet.text(x + 9, 15, mean_name, paint=sheet.palette.muted)
    return 26


def _grid(sheet: Sheet, axis: Axis, top: float, bottom: float, ticks: Sequence[int]) -> None:
    for tick in ticks:
        x = axis.at(tick)
        start = top if sheet.width >= WIDE else bottom - 2
        sheet.line(x, start, x, bottom + 3, sheet.palette.line, 1, "chart-grid")
        sheet.text(x, bottom + 18, str(tick), anchor="middle" if x > 4 else "start", paint=sheet.palette.muted)


def _own_mark(sheet: Sheet, x: float, point: float, words: str) -> None:
    half = width_of(words) / 2
    sheet.text(min(max(x, half), sheet.width - half), 15, words, anchor="middle", bold=True)
    sheet.line(x, 22, x, point, sheet.palette.ink, 2, "chart-own")
    sheet.diamond(x, point, 6, sheet.palette.ink)
