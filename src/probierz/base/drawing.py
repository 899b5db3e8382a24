"""What charts are drawn with: paper, paint, axes and names of rows. Knows SVG, knows nothing of results."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDE = 680
NARROW = 340
SIZE = 15
LINE = 19
Number = int | Decimal | Fraction


@dataclass(frozen=True)
class Palette:
    ink: str
    muted: str
    line: str
    track: str
    accent: str
    halo: str
    font: str = ""


PAGE = Palette(
    ink="currentColor",
    muted="var(--ink-2, currentColor)",
    line="var(--line, currentColor)",
    track="var(--sunk, Canvas)",
    accent="var(--accent-edge, currentColor)",
    halo="var(--paper, Canvas)",
)


def print_palette(accent: str) -> Palette:
    return Palette(
        ink="#14181f",
        muted="#566070",
        line="#c4cbd4",
        track="#e9ecf0",
        accent=accent,
        halo="#ffffff",
        font="Atkinson Hyperlegible Next",
    )


def width_of(text: str) -> float:
    narrow = sum(letter in "iljftrIJ .,:;()'-" for letter in text)
    broad = sum(letter in "mwMWŚŻŹĆ" or letter.isupper() for letter in text)
    return SIZE * (0.54 * len(text) - 0.22 * narrow + 0.18 * broad)


def wrapped_lines(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@dataclass(frozen=True)
class Axis:
    start: float
    end: float
    low: float
    high: float

    @property
    def length(self) -> float:
        return self.end - self.start

    def at(self, value: Number) -> float:
        share = (float(value) - self.low) / ((self.high - self.low) or 1)
        return self.start + self.length * min(1.0, max(0.0, share))


@dataclass(frozen=True)
class Labels:
    """Names of rows: in a column of their own when there is room, above the bars when there is not."""

    lines: tuple[tuple[str, ...], ...]
    column: float
    spacing: int

    @classmethod
    def of(cls, labels: Sequence[str], width: int, spacing: int = 18) -> "Labels":
        beside = width >= WIDE
        widest = max([width_of(label) for label in labels] + [80])
        room = min(widest + 2, width * 0.36) if beside else width
        lines = tuple(tuple(wrapped_lines(label, room)) for label in labels)
        return cls(lines, room + 14 if beside else 0, spacing)

    def _height(self, index: int) -> float:
        above = 0 if self.column else LINE + 8
        return len(self.lines[index]) * LINE + self.spacing + above

    def bottom(self, index: int) -> float:
        return sum(self._height(before) for before in range(index + 1))

    def draw(self, sheet: "Sheet", index: int, top: float, *, bold: bool = False) -> float:
        """Writes the name of one row and answers where the middle of its bar is."""
        lines = self.lines[index]
        start = top + self.bottom(index) - self._height(index)
        if not self.column:
            start += 4
        first = start + (self._height(index) - len(lines) * LINE) / 2 if self.column else start
        for number, line in enumerate(lines):
            sheet.text(0, first + number * LINE + 14, line, bold=bold)
        if self.column:
            return start + self._height(index) / 2
        return start + len(lines) * LINE + LINE / 2 + 4


class Sheet:
    def __init__(self, key: str, palette: Palette, width: int) -> None:
        self.key, self.palette, self.width = key, palette, width
        self.parts: list[str] = []

    def bar(self, x: float, y: float, width: float, height: float, paint: str, name: str) -> None:
        if width > 0:
            self.parts.append(
                f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
                f' rx="2" fill="{paint}"/>'
            )

    def line(self, x1: float, y1: float, x2: float, y2: float, paint: str, weight: float, name: str) -> None:
        self.parts.append(
            f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            f' stroke="{paint}" stroke-width="{weight}"/>'
        )

    def whisker(self, x1: float, x2: float, y: float, paint: str, weight: float = 1.6) -> None:
        self.line(x1 - 1, y, x2 + 1, y, self.palette.halo, weight + 3, "chart-halo")
        self.line(x1, y, x2, y, paint, weight, "chart-interval")
        for x in (x1, x2):
            self.line(x, y - 4, x, y + 4, paint, weight, "chart-interval")

    def circle(self, x: float, y: float, radius: float, paint: str) -> None:
        self.parts.append(f'<circle class="chart-point" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{paint}"/>')

    def diamond(self, x: float, y: float, radius: float, paint: str) -> None:
        path = f"M{x:.1f} {y - radius:.1f}l{radius} {radius}l-{radius} {radius}l-{radius} -{radius}z"
        self.parts.append(f'<path class="chart-own" d="{path}" fill="{paint}"/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        bold: bool = False,
        paint: str | None = None,
    ) -> None:
        paint = paint or self.palette.ink
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight} fill="{paint}">{escape(text)}</text>'
        )

    def finish(self, height: float, title: str, description: str) -> SafeString:
        font = f' font-family="{self.palette.font}"' if self.palette.font else ""
        key = escape(self.key)
        return mark_safe(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img"'
            f' viewBox="0 0 {self.width} {height:.0f}"'
            f' aria-labelledby="{key}-title {key}-desc" font-size="{SIZE}"{font}>'
            f'<title id="{key}-title">{escape(title)}</title>'
            f'<desc id="{key}-desc">{escape(description)}</desc>'
            f"{''.join(self.parts)}</svg>"
        )
