"""What looks like stuffed ballots, and the result with and without them; nothing is deleted by a flag."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assay.opinion.pooling import WEB
from assay.opinion.problem import OpinionError, finite

BURST: Final = "burst"
EQUAL: Final = "equal-answers"
FAST: Final = "too-fast"
STRAIGHT: Final = "straight-line"
NIGHT: Final = "night-share"
APART: Final = "web-apart"


@dataclass(frozen=True)
class Ballot:
    """One filled questionnaire. `at` and `seconds` (taken to fill it) are in seconds, `hour` is of the local clock;
    `subnet` is a keyed hash; `value` is the ballot's overall mark. None: not known."""

    token: str
    unit: str
    source: str
    answers: tuple[str | None, ...]
    value: float | None = None
    at: int | None = None
    seconds: float | None = None
    hour: int | None = None
    subnet: str | None = None


@dataclass(frozen=True)
class Limits:
    """When a flag is raised.

    burst: `burst` ballots of a unit from one subnet within `burst_seconds`; equal answers: the same answers, at least
    `equal_items` of them, `equal` times in a unit; too fast: under `least_seconds`; straight line: at least
    `straight_items` answers, all the same; night share: more than `night_share` of at least `night_least` web
    ballots of a unit in hours before `night_until`; web apart: web mean minus interview mean above `apart` standard
    errors of that difference.
    """

    burst: int = 10
    burst_seconds: int = 600
    equal: int = 5
    equal_items: int = 8
    least_seconds: float = 20
    straight_items: int = 5
    night_until: int = 5
    night_share: float = 0.25
    night_least: int = 30
    apart: float = 3
    interviews: str = "interviews"


@dataclass(frozen=True)
class Result:
    """Ballots with a value, and their mean (None without any)."""

    n: int
    mean: float | None


@dataclass(frozen=True)
class Stuffing:
    """Flags by token and by unit (only those that have one); each unit's result with and without flagged ballots."""

    ballots: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    with_flagged: Mapping[str, Result]
    without_flagged: Mapping[str, Result]


def flags(ballots: Iterable[Ballot], limits: Limits = Limits()) -> Stuffing:
    """Flags of ballots (burst, equal answers, too fast, straight line) and of units (night share, web apart).

    Which of the two results counts is for the rulebook to say beforehand. Raises OpinionError for a token used twice.
    """
    by_unit: dict[str, list[Ballot]] = {}
    seen: set[str] = set()
    for index, ballot in enumerate(ballots):
        if ballot.token in seen:
            raise OpinionError(f"ballots[{index}].token", "was used before")
        seen.add(ballot.token)
        if ballot.value is not None:
            finite(ballot.value, f"ballots[{index}].value")
        by_unit.setdefault(ballot.unit, []).append(ballot)
    found: dict[str, tuple[str, ...]] = {}
    units: dict[str, tuple[str, ...]] = {}
    for key in sorted(by_unit):
        group = by_unit[key] = sorted(by_unit[key], key=lambda ballot: ballot.token)
        found.update(_ballot_flags(group, limits))
        raised = tuple(name for name, holds in ((NIGHT, _night), (APART, _apart)) if holds(group, limits))
        if raised:
            units[key] = raised
    return Stuffing(
        dict(sorted(found.items())),
        units,
        {key: _result(by_unit[key]) for key in sorted(by_unit)},
        {key: _result([one for one in by_unit[key] if one.token not in found]) for key in sorted(by_unit)},
    )


def _ballot_flags(group: Sequence[Ballot], limits: Limits) -> dict[str, tuple[str, ...]]:
    bursts = _bursts(group, limits)
    same = Counter(ballot.answers for ballot in group if _answered(ballot) >= limits.equal_items)
    found: dict[str, tuple[str, ...]] = {}
    for ballot in group:
        marks = {answer for answer in ballot.answers if answer is not None}
        raised = (
            (BURST, ballot.token in bursts),
            (EQUAL, same[ballot.answers] >= limits.equal),
            (FAST, ballot.seconds is not None and ballot.seconds < limits.least_seconds),
            (STRAIGHT, len(marks) == 1 and _answered(ballot) >= limits.straight_items),
        )
        names = tuple(name for name, holds in raised if holds)
        if names:
            found[ballot.token] = names
    return found


def _answered(ballot: Ballot) -> int:
    return sum(answer is not None for answer in ballot.answers)


def _bursts(group: Sequence[Ballot], limits: Limits) -> set[str]:
    """Tokens of ballots in any window that holds too many from their subnet."""
    streams: dict[str, list[tuple[int, str]]] = {}
    for ballot in group:
        if ballot.subnet is not None and ballot.at is not None:
            streams.setdefault(ballot.subnet, []).append((ballot.at, ballot.token))
    found: set[str] = set()
    for stream in streams.values():
        stream.sort()
        first = marked = 0
        for last, (at, _) in enumerate(stream):
            while at - stream[first][0] > limits.burst_seconds:
                first += 1
            if last - first + 1 >= limits.burst:
                found.update(token for _, token in stream[max(first, marked) : last + 1])
                marked = last + 1
    return found


def _night(group: Sequence[Ballot], limits: Limits) -> bool:
    hours = [ballot.hour for ballot in group if ballot.source == WEB and ballot.hour is not None]
    late = sum(hour < limits.night_until for hour in hours)
    return len(hours) >= limits.night_least and late > limits.night_share * len(hours)


def _apart(group: Sequence[Ballot], limits: Limits) -> bool:
    """Whether the web's mean is above the interviews' by more than so many standard errors (Welch)."""
    web = [ballot.value for ballot in group if ballot.source == WEB and ballot.value is not None]
    asked = [ballot.value for ballot in group if ballot.source == limits.interviews and ballot.value is not None]
    if len(web) < 2 or len(asked) < 2:
        return False
    difference = _mean(web) - _mean(asked)
    return difference > 0 and difference > limits.apart * math.sqrt(_error(web) + _error(asked))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _error(values: Sequence[float]) -> float:
    middle = _mean(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1) / len(values)


def _result(group: Sequence[Ballot]) -> Result:
    values = [ballot.value for ballot in group if ballot.value is not None]
    return Result(len(values), _mean(values) if values else None)
