"""`rank`: values to places."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.command.reading import CommandError
from assay.fields import Fields
from assay.ranking import RankingError, expected_ranks, independent_ranks, joint_rank_intervals, places
from assay.ranking.normal import MOST_PAIRS


@dataclass(frozen=True)
class _Asked:
    """What is to be said of the estimates; `ses` None: they are exact."""

    values: dict[str, Fraction]
    ses: dict[str, Fraction] | None
    level: float
    k: int | None
    method: str
    draws: int
    seed: int


def rank_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    asked = _asked(Fields(data, "", CommandError).only(("estimates", "level", "k", "method", "draws", "seed")))
    placed = places(asked.values)
    said = _certain(placed, asked.k) if asked.ses is None else _uncertain(asked, asked.ses)
    return {
        "standings": [
            {"key": key, "place": place, "shared_by": len(sharing)} | said[key] for key, place, sharing in placed
        ]
    }


def _asked(fields: Fields) -> _Asked:
    values: dict[str, Fraction] = {}
    ses: dict[str, Fraction] = {}
    entries = fields.objects("estimates", least=1)
    for entry in entries:
        key = entry.only(("key", "value", "se")).key("key")
        if key in values:
            raise entry.refuse("key", f"{key} stands twice")
        values[key] = entry.exact("value", least=None)
        if entry.has("se"):
            ses[key] = entry.exact("se")
    if ses or fields.has("method"):
        for entry in entries:
            if not entry.has("se"):
                raise entry.refuse("se", "is missing; give it for every estimate or, without a method, for none")
    level = fields.exact("level", default=Fraction(9, 10))
    if not 0 < float(level) < 1:
        raise fields.refuse("level", "must be above 0 and below 1")
    return _Asked(
        values=values,
        ses=ses or None,
        level=float(level),
        k=fields.whole("k", least=1, most=len(values)) if fields.has("k") else None,
        method=fields.choice("method", ("posterior", "joint"), default="posterior"),
        draws=fields.whole("draws", least=1, most=100_000, default=1000),
        seed=fields.whole("seed", most=10**18, default=0),
    )


def _certain(placed: list[tuple[str, int, tuple[str, ...]]], k: int | None) -> dict[str, dict[str, object]]:
    said: dict[str, dict[str, object]] = {}
    for key, place, _ in placed:
        said[key] = {"expected_rank": float(place), "rank_interval": [place, place]}
        if k is not None:
            said[key]["p_top_k"] = float(place <= k)
    return said


def _uncertain(asked: _Asked, ses: dict[str, Fraction]) -> dict[str, dict[str, object]]:
    keys = sorted(asked.values)
    least = min(asked.values.values())
    values = [float(asked.values[key] - least) for key in keys]
    errors = [float(ses[key]) for key in keys]
    try:
        if asked.method == "joint":
            columns = _joint(asked, values, errors)
        else:
            found = independent_ranks(values, errors, level=asked.level, k=asked.k, draws=asked.draws, seed=asked.seed)
            columns = (found.expected, found.low, found.high, found.p_top)
    except RankingError as problem:
        raise CommandError(problem.field, problem.reason) from None
    expected, low, high = (column.tolist() for column in columns[:3])
    top = None if columns[3] is None else columns[3].tolist()
    said: dict[str, dict[str, object]] = {}
    for index, key in enumerate(keys):
        said[key] = {"expected_rank": expected[index], "rank_interval": [low[index], high[index]]}
        if top is not None:
            said[key]["p_top_k"] = top[index]
    return said


def _joint(asked: _Asked, values: list[float], errors: list[float]) -> tuple[Any, ...]:
    low, high = joint_rank_intervals(values, errors, level=asked.level)
    if asked.k is None and len(values) ** 2 <= MOST_PAIRS:
        return expected_ranks(values, errors), low, high, None
    drawn = independent_ranks(values, errors, k=asked.k, draws=asked.draws, seed=asked.seed)
    return drawn.expected, low, high, drawn.p_top
