"""Ranks of joint draws: intervals, expected ranks, P(top k), and who cannot be told apart.

A draw is one possible truth: a quality for every institution at once. In a draw the rank of an institution is
1 + the number of institutions strictly above it, so exactly equal qualities share the better rank. Rank intervals
from draws: Goldstein and Spiegelhalter 1996, "League tables and their limitations", JRSS A 159.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from assay.ranking.places import RankingError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ranks = NDArray[np.unsignedinteger[Any]]

MOST_RANKS: Final = 250_000_000
_BLOCK: Final = 1_000_000
_AHEAD: Final = 64
_HAIR: Final = 1e-9


@dataclass(frozen=True)
class RankPosterior:
    """What draws say of ranks, institutions in the order of the draws' columns.

    `expected` (float), `low` and `high` (int, inclusive) have one element per institution: the quantiles at
    (1 - level) / 2 and (1 + level) / 2 of the mid-distribution P(below) + P(at) / 2 (Parzen 2004). Ranks are whole
    numbers, and ends that must hold at least the level would cover the truth more often than they say. `twins` are
    the institutions whose ranks are taken together.
    """

    level: float
    expected: Floats
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    ranks: Ranks = field(repr=False)
    twins: tuple[NDArray[np.intp], ...] = ()

    def p_top(self, k: int) -> Floats:
        """P(rank <= k) of every institution. Raises RankingError for k outside 1..institutions."""
        if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= len(self.expected):
            raise RankingError("k", f"must be a whole number from 1 to {len(self.expected)}")
        top: Floats = (self.ranks <= k).mean(axis=1)
        for members in self.twins:
            top[members] = top[members].mean()
        return top


def posterior_ranks(draws: ArrayLike, *, level: float = 0.9, alike: ArrayLike | None = None) -> RankPosterior:
    """Ranks, rank 1 the largest, from joint draws of shape (draws, institutions).

    Institutions with the same number in `alike` differ by chance alone and get the summary of their ranks taken
    together. Raises RankingError for draws that are not a finite table of at least one row and column, for more than
    250 million ranks, for a level outside (0, 1), and for an `alike` of another length.
    """
    import numpy as np

    table = np.asarray(draws)
    if table.dtype.kind not in "fiu" or table.ndim != 2 or 0 in table.shape or not np.isfinite(table).all():
        raise RankingError("draws", "must be a table of finite numbers, draws by institutions")
    check_size(*table.shape)
    labels = None if alike is None else np.asarray(alike)
    if labels is not None and labels.shape != (table.shape[1],):
        raise RankingError("alike", "must have one number per institution")
    return summary_of(rank_blocks(in_blocks(table), *table.shape), level=level, alike=labels)


def _twins(labels: NDArray[Any]) -> tuple[NDArray[np.intp], ...]:
    """The places of every label that stands more than once."""
    import numpy as np

    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return tuple(part for part in parts if len(part) > 1)


def check_size(draws: int, institutions: int) -> None:
    """Raise RankingError when the ranks of so many draws would not fit in memory."""
    if draws * institutions > MOST_RANKS:
        most = MOST_RANKS // institutions
        raise RankingError("draws", f"must be at most {most} for {institutions} institutions")


def check_level(level: float) -> float:
    """A level strictly between 0 and 1. Raises RankingError."""
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise RankingError("level", "must be above 0 and below 1")
    return float(level)


def rows_of_block(institutions: int) -> int:
    """How many draws make one block of work."""
    return max(1, _BLOCK // institutions)


def in_blocks(table: NDArray[Any]) -> Iterable[NDArray[Any]]:
    """The rows of a table, a block at a time."""
    step = rows_of_block(table.shape[1])
    for start in range(0, table.shape[0], step):
        yield table[start : start + step]


def rank_blocks(blocks: Iterable[NDArray[Any]], draws: int, institutions: int) -> Ranks:
    """Ranks of shape (institutions, draws) from blocks of rows that together are `draws` rows."""
    import numpy as np

    ranks: Ranks = np.empty((institutions, draws), np.uint16 if institutions < 2**16 else np.uint32)
    start = 0
    for block in blocks:
        ranks[:, start : start + len(block)] = _ranks_of(block, ranks.dtype).T
        start += len(block)
    return ranks


def _ranks_of(block: NDArray[Any], kind: np.dtype[Any]) -> NDArray[Any]:
    import numpy as np

    count = block.shape[1]
    order = np.argsort(block, axis=1)
    ranks = np.empty(block.shape, kind)
    np.put_along_axis(ranks, order, np.arange(count, 0, -1, dtype=kind)[None, :], axis=1)
    ascending = np.take_along_axis(block, order, axis=1)
    is_tied = ascending[:, 1:] == ascending[:, :-1]
    for row in np.flatnonzero(is_tied.any(axis=1)):
        ranks[row] = count + 1 - np.searchsorted(ascending[row], block[row], side="right").astype(kind)
    return ranks


def summary_of(ranks: Ranks, *, level: float, alike: NDArray[Any] | None = None) -> RankPosterior:
    """Expected ranks and intervals from ranks of shape (institutions, draws), of those alike taken together."""
    import numpy as np

    draws = ranks.shape[1]
    tail = (1 - check_level(level)) / 2
    low = np.empty(len(ranks), np.int64)
    high = np.empty(len(ranks), np.int64)
    step = rows_of_block(draws)
    for start in range(0, len(ranks), step):
        part = np.sort(ranks[start : start + step], axis=1)
        low[start : start + step], high[start : start + step] = _ends(part, tail * draws)
    expected: Floats = ranks.mean(axis=1, dtype=np.float64)
    twins = () if alike is None else _twins(alike)
    for members in twins:
        together = summary_of(ranks[members].reshape(1, -1), level=level)
        low[members], high[members], expected[members] = together.low[0], together.high[0], together.expected[0]
    return RankPosterior(float(level), expected, low, high, ranks, twins)


def _ends(part: NDArray[Any], outside: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """The mid-quantiles of rows sorted upwards, with `outside` draws beyond either."""
    import numpy as np

    rows, draws = part.shape
    first = min(int(outside + _HAIR), draws - 1)
    found = []
    for side in (part, part[:, ::-1]):
        end = side[:, first]
        at = (side == end[:, None]).sum(axis=1)
        beyond = (side == end[:, None]).argmax(axis=1)
        upto = beyond + at
        moves = (beyond + upto < 2.0 * outside - _HAIR) & (upto < draws)
        found.append(np.where(moves, side[np.arange(rows), np.minimum(upto, draws - 1)], end).astype(np.int64))
    return np.minimum(*found), np.maximum(*found)


def better(draws: ArrayLike, keys: Sequence[str], chosen: Iterable[str]) -> dict[tuple[str, str], Fraction]:
    """P(first better than second) for every ordered pair of the chosen keys: the share of draws, equal ones half.

    `keys` name the columns of `draws`. Exact, so that P(a, b) + P(b, a) = 1; this is what `break_tie` reads.
    Raises RankingError for a key that is not among `keys`.
    """
    import numpy as np

    table = np.asarray(draws)
    column = {key: index for index, key in enumerate(keys)}
    picked = sorted(set(chosen))
    for key in picked:
        if key not in column:
            raise RankingError("chosen", f"{key} is not among the keys")
    found: dict[tuple[str, str], Fraction] = {}
    for index, first in enumerate(picked):
        for second in picked[index + 1 :]:
            difference = table[:, column[first]] - table[:, column[second]]
            above, below = int(np.sum(difference > 0)), int(np.sum(difference < 0))
            share = Fraction(1, 2) + Fraction(above - below, 2 * len(table))
            found[first, second], found[second, first] = share, 1 - share
    return found


def groups(
    draws: ArrayLike, order: Sequence[int], *, level: float = 0.9, places: Sequence[int] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Consecutive groups of an order (column indices, best first) whose members cannot be told apart from their leader.

    Walking down the order, a new group starts at the first institution that the leader (the first of the group)
    beats in at least `level` of the draws; equal qualities count half. `places`, along `order`, keeps those who
    share a place in one group. Being indistinguishable is not transitive: the last of one group and the first of the
    next may be as close as neighbours within a group, and the groups say only what the leader surely beats.
    """
    import numpy as np

    check_level(level)
    table = np.ascontiguousarray(np.asarray(draws)[:, list(order)].T)
    starts = [0] if len(order) else []
    position = 1
    while position < len(order):
        ahead = table[position : position + _AHEAD]
        leader = table[starts[-1]]
        sure = (leader > ahead).mean(axis=1) + (leader == ahead).mean(axis=1) / 2
        is_start = sure >= level - _HAIR
        if places is not None:
            at = np.asarray(places[position - 1 : position + _AHEAD])
            is_start &= at[1:] != at[:-1]
        if is_start.any():
            position += int(is_start.argmax())
            starts.append(position)
            position += 1
        else:
            position += len(ahead)
    return tuple(tuple(order[start:end]) for start, end in zip(starts, [*starts[1:], len(order)], strict=True))
