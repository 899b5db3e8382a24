"""Poland as sixteen hexagons, each about where its voivodeship is: how many laureates, and a way to see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from probierz.institutions.models import Voivodeship

# Column and row; every second row is set in by half a hexagon.
PLACES = {
    "32": ("ZP", 0.5, 0),
    "22": ("PM", 1.5, 0),
    "28": ("WM", 2.5, 0),
    "20": ("PD", 3.5, 0),
    "08": ("LB", 0, 1),
    "30": ("WP", 1, 1),
    "04": ("KP", 2, 1),
    "14": ("MZ", 3, 1),
    "02": ("DS", 0.5, 2),
    "10": ("LD", 1.5, 2),
    "26": ("SK", 2.5, 2),
    "06": ("LU", 3.5, 2),
    "16": ("OP", 1, 3),
    "24": ("SL", 2, 3),
    "12": ("MP", 3, 3),
    "18": ("PK", 4, 3),
}
WIDE, TALL, GAP = 100, 115, 6
STEPS = 4


@dataclass(frozen=True)
class Cell:
    """One voivodeship: `level` is 0 (none) to 4 (the most)."""

    code: str
    name: str
    letters: str
    count: int
    level: int
    outline: str
    x: int
    y: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    cells: list[Cell]

    @property
    def rows(self) -> list[Cell]:
        """For the table: the most first."""
        return sorted(self.cells, key=lambda cell: (-cell.count, cell.name))


def drawn(counts: Mapping[str, int], address: Callable[[str], str], chosen: str = "") -> Map:
    most = max(counts.values(), default=0)
    cells = [_cell(code, counts.get(code, 0), most, address(code), code == chosen) for code in PLACES]
    return Map(width=5 * WIDE, height=3 * TALL * 3 // 4 + TALL, cells=cells)


def _cell(code: str, count: int, most: int, address: str, is_chosen: bool) -> Cell:
    letters, column, row = PLACES[code]
    x, y = int(column * WIDE) + WIDE // 2, row * TALL * 3 // 4 + TALL // 2
    half, quarter, tall = (WIDE - GAP) // 2, (TALL - GAP) // 4, (TALL - GAP) // 2
    corners = [(0, -tall), (half, -quarter), (half, quarter), (0, tall), (-half, quarter), (-half, -quarter)]
    outline = " ".join(f"{x + dx},{y + dy}" for dx, dy in corners)
    level = -(-STEPS * count // most) if count else 0
    return Cell(code, str(Voivodeship(code).label), letters, count, level, outline, x, y, address, is_chosen)
