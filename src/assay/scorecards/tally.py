"""The hot path: a scorecard compiled to whole points over one denominator, one pass over an audit's marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Final, NamedTuple

from assay.scales import NOT_APPLICABLE, BadMark
from assay.scorecards.definition import Item, Section

Points = int | Fraction
NOT_APPLIED: Final = -1
NOT_SCORING: Final = -2
MISSING: Final = -3
_MOST_REMEMBERED: Final = 4096
_WHOLE: Final = Fraction(1)
_NOTHING: Final = Fraction(0)


class Unusable(ValueError):
    """The marks have a problem; the slow path names it."""


@dataclass(frozen=True)
class Counted:
    """One pass: exact score 0-100 before any cap (None: nothing counts), coverage, failed critical items."""

    uncapped: Fraction | None
    coverage: Fraction
    failed_critical: tuple[str, ...]


class PointsOf(dict[str | None, Points]):
    """Scaled points of one item by mark, learned as marks are met; negative codes stand for no points."""

    def __init__(self, item: Item, scaling: int) -> None:
        super().__init__()
        self._item = item
        self._scaling = scaling

    def __missing__(self, mark: str | None) -> Points:
        value = self.value(mark)
        if len(self) < _MOST_REMEMBERED:
            self[mark] = value
        return value

    def value(self, mark: object) -> Points:
        """The mark's scaled points, or why it has none. Raises Unusable."""
        item = self._item
        if mark is None:
            return NOT_SCORING if item.is_optional else MISSING
        if not isinstance(mark, str):
            raise Unusable
        if mark == NOT_APPLICABLE and item.kind != "text":
            if item.admits_not_applicable:
                return NOT_APPLIED
            raise Unusable
        try:
            points = item.scale.points(mark)
        except BadMark:
            raise Unusable from None
        if points is None or not item.is_scored:
            return NOT_SCORING
        scaled = points * item.weight * self._scaling
        return scaled.numerator if scaled.denominator == 1 else scaled


class _Step(NamedTuple):
    """One item as the pass sees it."""

    key: str
    section: int
    points: PointsOf
    possible: int
    is_critical: bool


class Tally:
    """A compiled scorecard. Answers do not depend on what was scored before."""

    def __init__(self, sections: Sequence[Section]) -> None:
        items = [(item, index) for index, section in enumerate(sections) for item in section.items]
        self.scaling = scaling = lcm(*(item.possible.denominator for item, _ in items))
        self._steps = tuple(_step(item, index, scaling) for item, index in items)
        self._routes = tuple((item.show_if, frozenset(item.ends_audit_on)) for item, _ in items)
        self._is_routed = any(show_if or ends for show_if, ends in self._routes)
        self._keys = frozenset(step.key for step in self._steps)
        common = lcm(*(section.weight.denominator for section in sections))
        self._weights = [int(section.weight * common) for section in sections]

    def count(self, marks: Mapping[str, str], *, partial: bool) -> Counted:
        """Score one audit. Raises Unusable when a mark is missing (unless partial), unknown or wrong."""
        size = len(self._weights)
        earned: list[Points] = [0] * size
        possible = [0] * size
        silent: dict[int, list[int]] = {}
        failed: list[str] = []
        is_short = False
        get = marks.get
        for key, section, points, most, is_critical in self._asked(marks) if self._is_routed else self._steps:
            value = points[get(key)]
            if value >= 0:
                earned[section] += value
                possible[section] += most
                if is_critical and not value:
                    failed.append(key)
            else:
                silent.setdefault(int(value), [0] * size)[section] += most
                is_short = is_short or value == MISSING
        if (is_short and not partial) or not marks.keys() <= self._keys:
            raise Unusable
        score = self._score(earned, possible)
        if not silent:
            return Counted(score, _NOTHING if score is None else _WHOLE, tuple(failed))
        none = [0] * size
        answered = [sum(pair) for pair in zip(possible, silent.get(NOT_SCORING, none), strict=True)]
        left = [sum(pair) for pair in zip(silent.get(NOT_APPLIED, none), silent.get(MISSING, none), strict=True)]
        return Counted(score, self._coverage(answered, left), tuple(failed))

    def section_scores(self, marks: Mapping[str, str]) -> list[Fraction | None]:
        """The score 0-100 of each section in the card's order, None where nothing counts; the marks are sound."""
        earned: list[Points] = [0] * len(self._weights)
        possible = [0] * len(self._weights)
        get = marks.get
        for key, section, points, most, _ in self._asked(marks) if self._is_routed else self._steps:
            value = points[get(key)]
            if value >= 0:
                earned[section] += value
                possible[section] += most
        pairs = zip(earned, possible, strict=True)
        return [Fraction(100 * got, most) if most else None for got, most in pairs]

    def _asked(self, marks: Mapping[str, str]) -> list[_Step]:
        """The steps skip logic leaves."""
        asked: list[_Step] = []
        seen: set[str] = set()
        for step, (show_if, ends) in zip(self._steps, self._routes, strict=True):
            if show_if is not None and (show_if[0] not in seen or marks.get(show_if[0]) not in show_if[1]):
                continue
            seen.add(step.key)
            asked.append(step)
            if marks.get(step.key) in ends:
                break
        return asked

    def _score(self, earned: Sequence[Points], possible: Sequence[int]) -> Fraction | None:
        above: Points = 0
        below, total = 1, 0
        for weight, got, most in zip(self._weights, earned, possible, strict=True):
            if most and weight:
                above = above * most + weight * got * below
                below *= most
                total += weight
        return Fraction(100 * above, below * total) if total else None

    def _coverage(self, answered: Sequence[int], left: Sequence[int]) -> Fraction:
        if not any(left):
            return _WHOLE if any(map(mul, self._weights, answered)) else _NOTHING
        above, below, total = 0, 1, 0
        for weight, got, lost in zip(self._weights, answered, left, strict=True):
            most = got + lost
            if most and weight:
                above = above * most + weight * got * below
                below *= most
                total += weight
        return Fraction(above, below * total) if total else Fraction(0)


def _step(item: Item, section: int, scaling: int) -> _Step:
    return _Step(
        key=item.key,
        section=section,
        points=PointsOf(item, scaling),
        possible=int(item.possible * scaling),
        is_critical=item.is_critical,
    )
