"""The ratings as columns: who was judged, by whom, how high, through which channel, how precisely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assay.exact import FieldError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]
    Codes = NDArray[Any]


class SeverityError(FieldError):
    """Ratings from which severity cannot be told."""


@dataclass(frozen=True)
class Ratings:
    """One row per audit; keys are sorted, codes point into them, so the order of the rows tells nothing.

    `weights` are known precisions: the residual variance of a row is the common one divided by its weight.
    """

    institutions: tuple[Any, ...]
    jurors: tuple[Any, ...]
    institution: Codes
    juror: Codes
    scores: Floats
    weights: Floats | None = None
    channels: tuple[str, ...] = ()
    channel: Codes | None = None
    scenarios: tuple[str, ...] = ()
    scenario: Codes | None = None

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> Ratings:
        """Ratings from tuples (institution, juror, score[, channel[, weight[, scenario]]]); None leaves a part out.

        Raises SeverityError when a part is there for some rows only.
        """
        table = sorted(rows, key=lambda row: tuple(map(str, row)))
        columns: list[Any] = [[row[place] if len(row) > place else None for row in table] for place in range(6)]
        for name, column in zip(("channel", "weight", "scenario"), columns[3:], strict=True):
            if len({value is None for value in column}) == 2:
                raise SeverityError("ratings", f"either all or none must have a {name}")
        given: list[Any] = [column if column and column[0] is not None else None for column in columns]
        return cls.from_columns(
            columns[0], columns[1], columns[2], channels=given[3], weights=given[4], scenarios=given[5]
        )

    @classmethod
    def from_columns(
        cls,
        institutions: Sequence[Any] | Codes,
        jurors: Sequence[Any] | Codes,
        scores: Sequence[float] | Floats,
        *,
        weights: Sequence[float] | Floats | None = None,
        channels: Sequence[str] | None = None,
        scenarios: Sequence[str] | None = None,
    ) -> Ratings:
        """Ratings from columns of equal length n; keys are text or whole numbers, scores and weights finite.

        Rows are put in one order (institution, juror, channel, scenario, score, weight), so that sums do not
        depend on theirs. Raises SeverityError for columns of different length, no rows, numbers that are not
        finite, and weights that are not above 0.
        """
        import numpy as np

        score = np.asarray(scores, dtype=np.float64)
        weight = None if weights is None else np.asarray(weights, dtype=np.float64)
        _check(len(institutions), len(jurors), score, weight)
        labels: list[tuple[Any, ...]] = []
        codes: list[Codes | None] = []
        for column in (institutions, jurors, channels, scenarios):
            found, code = _coded(column)
            if code is not None and len(code) != len(score):
                raise SeverityError("ratings", "columns must be of one length")
            labels.append(found)
            codes.append(code)
        order = _order(codes, score, weight)
        placed = [None if code is None else code[order] for code in codes]
        assert placed[0] is not None
        assert placed[1] is not None
        return cls(
            labels[0],
            labels[1],
            placed[0],
            placed[1],
            score[order],
            None if weight is None else weight[order],
            labels[2],
            placed[2],
            labels[3],
            placed[3],
        )

    def __len__(self) -> int:
        return len(self.scores)

    def alike(self) -> Codes:
        """A number per institution, the same for those with equal ratings by the same jurors in the same channels."""
        import numpy as np

        columns = [self.juror, self.channel, self.scenario, self.scores, self.weights]
        table = np.column_stack([np.asarray(column, np.float64) + 0.0 for column in columns if column is not None])
        ends = np.cumsum(np.bincount(self.institution, minlength=len(self.institutions))).tolist()
        seen: dict[bytes, int] = {}
        parts = [table[start:end].tobytes() for start, end in zip([0, *ends], ends, strict=False)]
        return np.array([seen.setdefault(part, len(seen)) for part in parts], np.int64)


def _check(institutions: int, jurors: int, score: Floats, weight: Floats | None) -> None:
    import numpy as np

    if (
        score.ndim != 1
        or not institutions == jurors == len(score)
        or (weight is not None and len(weight) != len(score))
    ):
        raise SeverityError("ratings", "columns must be of one length")
    if not len(score):
        raise SeverityError("ratings", "must have at least one rating")
    if not np.isfinite(score).all():
        raise SeverityError("score", "must be finite")
    if weight is not None and not (np.isfinite(weight).all() and (weight > 0).all()):
        raise SeverityError("weight", "must be finite and above 0")


def _coded(column: Sequence[Any] | Codes | None) -> tuple[tuple[Any, ...], Codes | None]:
    """Sorted labels, and where each row points among them."""
    import numpy as np

    if column is None:
        return (), None
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu":
        return _coded_numbers(column)
    labels = tuple(sorted(set(column)))
    place = {label: number for number, label in enumerate(labels)}
    return labels, np.fromiter((place[label] for label in column), dtype=np.int64, count=len(column))


def _coded_numbers(column: Codes) -> tuple[tuple[Any, ...], Codes]:
    import numpy as np

    low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    if low < 0 or high > 4 * len(column) + 1000:
        labels, code = np.unique(column, return_inverse=True)
        return tuple(labels.tolist()), code.astype(np.int64)
    used = np.zeros(high + 1, dtype=bool)
    used[column] = True
    labels = np.flatnonzero(used)
    code = (np.cumsum(used) - 1)[column]
    return tuple(labels.tolist()), code.astype(np.int64)


def _order(codes: list[Codes | None], score: Floats, weight: Floats | None) -> Codes:
    """One order for any order of the rows: by pair, and within a pair by everything else there is."""
    import numpy as np

    institution, juror = codes[0], codes[1]
    assert institution is not None
    assert juror is not None
    pair = institution * (int(juror.max()) + 1) + juror
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    repeats = pair[1:] == pair[:-1]
    if repeats.any():
        among = np.flatnonzero(np.append(repeats, False) | np.insert(repeats, 0, False))
        rows = order[among]
        parts = [part[rows] for part in (weight, score, codes[3], codes[2]) if part is not None]
        order[among] = rows[np.lexsort([*parts, pair[among]])]
    return order
