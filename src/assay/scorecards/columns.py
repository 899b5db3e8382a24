"""Very many audits on one scorecard at once: a column of marks per item in, columns of scores out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assay.scorecards.card import MarkProblem, MarksRefused, Scorecard
from assay.scorecards.scoring import score
from assay.scorecards.tally import MISSING, NOT_APPLIED, NOT_SCORING, PointsOf, Unusable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.scorecards.definition import Item

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_UNUSABLE: Final = -4


@dataclass(frozen=True)
class ColumnScores:
    """Scores of n audits: `score`, `uncapped` 0-100 and `sections` (by key), NaN where nothing counts; `coverage` 0-1.

    `has_failed_critical` says where a critical item earned nothing. Equal to `score` of each audit within 1e-11.
    """

    score: Floats
    uncapped: Floats
    coverage: Floats
    sections: Mapping[str, Floats]
    has_failed_critical: Flags


def score_columns(card: Scorecard, marks: Mapping[str, Sequence[str | None]], *, partial: bool = False) -> ColumnScores:
    """The scores of many audits made with one card; `marks` has for each item a mark (or None) per audit.

    Items without a column have no marks. Raises MarksRefused, with the first audit's number in the detail, for
    what `score` refuses, and for columns of different length.
    """
    import numpy as np

    rows = _rows(card, marks)
    table = _Columns(card, rows)
    for place, item in enumerate(card.items):
        table.add(place, item, marks.get(item.key))
    wrong = table.wrong if partial else table.wrong | table.short
    if wrong.any():
        raise _refusal(card, marks, int(wrong.argmax()), partial=partial)
    uncapped = table.total(table.earned, table.possible)
    capped = uncapped
    if card.critical_cap is not None:
        capped = np.where(table.failed, np.minimum(uncapped, float(card.critical_cap)), uncapped)
    with np.errstate(invalid="ignore", divide="ignore"):
        sections = {
            section.key: 100.0 * table.earned[place] / table.possible[place]
            for place, section in enumerate(card.sections)
        }
    return ColumnScores(capped, uncapped, table.coverage(), sections, table.failed)


def _rows(card: Scorecard, marks: Mapping[str, Sequence[str | None]]) -> int:
    unknown = sorted(key for key in marks if key not in card.items_by_key)
    if unknown:
        raise MarksRefused((MarkProblem(str(unknown[0])[:80], "unknown-item", "the scorecard has no such item"),))
    lengths = {len(column) for column in marks.values()}
    if len(lengths) != 1:
        raise MarksRefused((MarkProblem("marks", "length", "columns must be there and of one length"),))
    return lengths.pop()


class _Codes(dict[Any, int]):
    """A number for every mark met, with its points; made once per different mark."""

    def __init__(self, item: Item, scaling: int) -> None:
        super().__init__()
        self._points = PointsOf(item, scaling)
        self.values_met: list[float] = []

    def __missing__(self, mark: Any) -> int:
        try:
            value = float(self._points.value(mark))
        except Unusable:
            value = float(_UNUSABLE)
        self.values_met.append(value)
        self[mark] = code = len(self.values_met) - 1
        return code


class _Columns:
    """The sums over sections as items are added in the card's order."""

    def __init__(self, card: Scorecard, rows: int) -> None:
        import numpy as np

        self.card, self.rows = card, rows
        self.section_of = [number for number, section in enumerate(card.sections) for _ in section.items]
        sections = len(card.sections)
        self.earned, self.possible = np.zeros((sections, rows)), np.zeros((sections, rows))
        self.silent, self.left = np.zeros((sections, rows)), np.zeros((sections, rows))
        self.failed, self.wrong, self.short = (np.zeros(rows, dtype=bool) for _ in range(3))
        self.alive: Flags | None = None
        self.asked: dict[str, tuple[Any, dict[Any, int], Flags | None]] = {}
        self.shown = {item.show_if[0] for item in card.items if item.show_if is not None}

    def add(self, place: int, item: Item, column: Sequence[str | None] | None) -> None:
        """Count one item for every audit that asks it."""
        import numpy as np

        codes = _Codes(item, self.card.tally.scaling)
        given = column if column is not None else [None] * self.rows
        marks = given.tolist() if isinstance(given, np.ndarray) else given
        code = np.fromiter(map(codes.__getitem__, marks), dtype=np.intp, count=self.rows)
        value = np.array(codes.values_met)[code] if self.rows else np.zeros(0)
        asked = self._asked(item)
        if item.key in self.shown:
            self.asked[item.key] = (code, codes, asked)
        self._count(place, item, value, asked)
        ends = [codes[mark] for mark in item.ends_audit_on if mark in codes]
        if ends:
            stays = ~np.isin(code, ends) if asked is None else ~(np.isin(code, ends) & asked)
            self.alive = stays if self.alive is None else self.alive & stays

    def _asked(self, item: Item) -> Flags | None:
        """Where skip logic leaves the item; None: everywhere."""
        import numpy as np

        if item.show_if is None:
            return self.alive
        other, wanted = item.show_if
        code, codes, before = self.asked[other]
        found = np.isin(code, [codes[mark] for mark in wanted if mark in codes])
        for also in (before, self.alive):
            found = found if also is None else found & also
        return found

    def _count(self, place: int, item: Item, value: Floats, asked: Flags | None) -> None:
        section, most = self.section_of[place], float(item.possible * self.card.tally.scaling)

        def where(condition: Flags) -> Flags:
            return condition if asked is None else condition & asked

        counts = where(value >= 0.0)
        self.earned[section] += value * counts
        self.possible[section] += most * counts
        if item.is_critical:
            self.failed |= counts & (value == 0.0)
        if not counts.all():
            self.silent[section] += most * where(value == NOT_SCORING)
            short = where(value == MISSING)
            self.left[section] += most * (where(value == NOT_APPLIED) | short)
            self.short |= short
            self.wrong |= where(value == _UNUSABLE)

    def total(self, above: Floats, below: Floats) -> Floats:
        """100 x the weighted mean of above / below over the sections that have any; NaN without one."""
        import numpy as np

        weights = np.array([float(section.weight) for section in self.card.sections])
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = np.where(below > 0.0, above / below, 0.0)
            return 100.0 * (weights @ shares) / (weights @ (below > 0.0))  # type: ignore[no-any-return]

    def coverage(self) -> Floats:
        """Answered weight over the weight asked; 0 where none was asked."""
        import numpy as np

        answered = self.possible + self.silent
        found = self.total(answered, answered + self.left) / 100.0
        weighs = np.array([section.weight > 0 for section in self.card.sections])
        whole = np.where((answered[weighs] > 0.0).any(axis=0), 1.0, 0.0)
        has_left = (self.left > 0.0).any(axis=0)
        return np.where(has_left, np.nan_to_num(found), whole)


def _refusal(card: Scorecard, marks: Mapping[str, Sequence[str | None]], row: int, *, partial: bool) -> MarksRefused:
    """What `score` says of the first audit it refuses, with its number."""
    own = {key: column[row] for key, column in marks.items() if column[row] is not None}
    try:
        score(card, own, partial=partial)  # type: ignore[arg-type]
    except MarksRefused as refused:
        return MarksRefused(
            tuple(MarkProblem(one.item, one.code, f"audit {row + 1}: {one.detail}") for one in refused.problems)
        )
    return MarksRefused((MarkProblem("marks", "bad-mark", f"audit {row + 1} cannot be scored"),))
