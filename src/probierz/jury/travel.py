"""How far a juror has to a visit, as the territorial code tells it: a whole cost, no map needed."""

from __future__ import annotations

SAME_COUNTY, SAME_VOIVODESHIP, NEXT_VOIVODESHIP, UNKNOWN, FAR = 0, 8, 16, 18, 30

# Which voivodeships share a border, by their territorial codes.
NEIGHBOURS = {
    "02": {"08", "16", "30"},
    "04": {"10", "14", "22", "28", "30"},
    "06": {"14", "18", "20", "26"},
    "08": {"02", "30", "32"},
    "10": {"04", "14", "16", "24", "26", "30"},
    "12": {"18", "24", "26"},
    "14": {"04", "06", "10", "20", "26", "28"},
    "16": {"02", "10", "24", "30"},
    "18": {"06", "12", "26"},
    "20": {"06", "14", "28"},
    "22": {"04", "28", "30", "32"},
    "24": {"10", "12", "16", "26"},
    "26": {"06", "10", "12", "14", "18", "24"},
    "28": {"04", "14", "20", "22"},
    "30": {"02", "04", "08", "10", "16", "22", "32"},
    "32": {"08", "22", "30"},
}


def travel_cost(home: str, place: str) -> int:
    """From a juror's county to an institution's, both as the first four figures of the code (two are enough)."""
    if len(home) < 2 or len(place) < 2:
        return UNKNOWN
    if len(home) >= 4 and home[:4] == place[:4]:
        return SAME_COUNTY
    if home[:2] == place[:2]:
        return SAME_VOIVODESHIP
    return NEXT_VOIVODESHIP if place[:2] in NEIGHBOURS.get(home[:2], set()) else FAR
