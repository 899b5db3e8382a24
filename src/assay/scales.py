"""What may a mark be, how many points does it earn, and where does it lie from 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Protocol

from assay.exact import number, text

NOT_APPLICABLE: Final = "na"
NO_ANSWER: Final = "none"
_COUNT: Final = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


class BadMark(ValueError):
    """A mark that its scale does not have; the message says what the scale expects."""


class Scale(Protocol):
    """What every scale answers. Points are exact fractions, never negative."""

    @property
    def maximum(self) -> Fraction:
        """The largest number of points a mark can earn."""

    def points(self, mark: str) -> Fraction | None:
        """Points the mark earns, None when it is a legitimate answer without points. Raises BadMark."""

    def named_marks(self) -> tuple[str, ...] | None:
        """All marks in order when there is a closed list of them, else None."""

    def as_dict(self) -> dict[str, object]:
        """The part of an item's definition that decides its points, canonical and JSON-able."""


def share(scale: Scale, mark: str) -> Fraction | None:
    """Where the mark lies from 0 to 1, None when it does not score. Raises BadMark."""
    earned = scale.points(mark)
    return None if earned is None or not scale.maximum else earned / scale.maximum


@dataclass(frozen=True)
class NamedMarks:
    """A closed list of marks with their points: yes/no, a labelled scale, a choice. None: does not score."""

    kind: str
    table: tuple[tuple[str, Fraction | None], ...]

    @cached_property
    def maximum(self) -> Fraction:
        return max((points for _, points in self.table if points is not None), default=Fraction(0))

    @cached_property
    def _points(self) -> Mapping[str, Fraction | None]:
        return dict(self.table)

    def points(self, mark: str) -> Fraction | None:
        try:
            return self._points[mark]
        except KeyError:
            raise BadMark("expected one of: " + ", ".join(name for name, _ in self.table)) from None

    def named_marks(self) -> tuple[str, ...] | None:
        return tuple(name for name, _ in self.table)

    def as_dict(self) -> dict[str, object]:
        if self.kind == "yes_no":
            best = text(self.maximum)
            return {"points": best, "reversed": True} if self.table[0][1] == 0 else {"points": best}
        return {"options": [_option(mark, points) for mark, points in self.table]}


def yes_no(points: Fraction, *, is_reversed: bool = False) -> NamedMarks:
    """The marks "yes" and "no": one earns `points`, the other nothing; reversed turns them round."""
    zero = Fraction(0)
    yes, no = (zero, points) if is_reversed else (points, zero)
    return NamedMarks("yes_no", (("yes", yes), ("no", no)))


def measured(mark: str) -> Fraction:
    """The value of a number or duration mark, decimal text not below zero. Raises BadMark."""
    try:
        value = number(mark)
    except ValueError:
        raise BadMark("expected decimal text such as 7.5") from None
    if value < 0:
        raise BadMark("must not be negative")
    return value


@dataclass(frozen=True)
class Bands:
    """A number or duration through published bands: the first whose upper bound is not below the value.

    `bands` is (upper bound or None for the last, points); `no_answer` the points of the mark "none".
    """

    bands: tuple[tuple[Fraction | None, Fraction], ...]
    no_answer: Fraction | None = None

    @property
    def maximum(self) -> Fraction:
        return max(points for _, points in self.bands)

    def points(self, mark: str) -> Fraction | None:
        if mark == NO_ANSWER and self.no_answer is not None:
            return self.no_answer
        value = measured(mark)
        return next(points for upper, points in self.bands if upper is None or value <= upper)

    def named_marks(self) -> tuple[str, ...] | None:
        return None

    def as_dict(self) -> dict[str, object]:
        bands: list[object] = [
            {"points": text(points)} if upper is None else {"up_to": text(upper), "points": text(points)}
            for upper, points in self.bands
        ]
        return _no_answer(self.no_answer) | {"bands": bands}


@dataclass(frozen=True)
class Utility:
    """A number or duration, piecewise linear: `knots` are (value, points), constant outside their ends."""

    knots: tuple[tuple[Fraction, Fraction], ...]
    no_answer: Fraction | None = None

    @property
    def maximum(self) -> Fraction:
        return max(points for _, points in self.knots)

    def points(self, mark: str) -> Fraction | None:
        if mark == NO_ANSWER and self.no_answer is not None:
            return self.no_answer
        value = measured(mark)
        left, low = self.knots[0]
        if value <= left:
            return low
        for right, high in self.knots[1:]:
            if value <= right:
                return low + (high - low) * (value - left) / (right - left)
            left, low = right, high
        return low

    def named_marks(self) -> tuple[str, ...] | None:
        return None

    def as_dict(self) -> dict[str, object]:
        knots = [{"at": text(at), "points": text(points)} for at, points in self.knots]
        return _no_answer(self.no_answer) | {"utility": knots}


@dataclass(frozen=True)
class Count:
    """ "x of y": the mark "3/4" earns three quarters of `maximum`; `of` fixes y."""

    maximum: Fraction
    of: int | None = None

    def points(self, mark: str) -> Fraction | None:
        found = _COUNT.fullmatch(mark)
        wanted = f"x/{self.of}" if self.of else "x/y"
        if not found:
            raise BadMark(f"expected {wanted}, such as 3/{self.of or 4}")
        got, total = int(found[1]), int(found[2])
        if total == 0 or got > total or (self.of is not None and total != self.of):
            raise BadMark(f"expected {wanted} with x not above y and y above zero")
        return self.maximum * Fraction(got, total)

    def named_marks(self) -> tuple[str, ...] | None:
        return None

    def as_dict(self) -> dict[str, object]:
        return {"points": text(self.maximum)} | ({} if self.of is None else {"of": self.of})


@dataclass(frozen=True)
class Unscored:
    """A measured or free answer that never carries points: text, photo, a number asked for information."""

    kind: str
    admits_no_answer: bool = False

    @property
    def maximum(self) -> Fraction:
        return Fraction(0)

    def points(self, mark: str) -> Fraction | None:
        if self.kind in {"number", "duration"} and not (mark == NO_ANSWER and self.admits_no_answer):
            measured(mark)
        return None

    def named_marks(self) -> tuple[str, ...] | None:
        return None

    def as_dict(self) -> dict[str, object]:
        return _no_answer(Fraction(0)) if self.admits_no_answer else {}


def _option(mark: str, points: Fraction | None) -> Mapping[str, str]:
    return {"mark": mark} if points is None else {"mark": mark, "points": text(points)}


def _no_answer(points: Fraction | None) -> dict[str, object]:
    return {} if points is None else {"no_answer_points": text(points)}
