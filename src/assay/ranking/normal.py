"""Ranks when all that is known are estimates with independent normal errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assay.ranking.places import RankingError
from assay.ranking.posterior import check_size, rank_blocks, rows_of_block, summary_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

MOST_PAIRS: Final = 25_000_000
_BLOCK: Final = 1_000_000


@dataclass(frozen=True)
class RankEstimates:
    """Ranks of estimates, in the order given; `p_top` only when k was asked for.

    `expected` is exact (`is_exact`) up to 5,000 institutions and the mean of the draws above.
    """

    level: float
    expected: Floats
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    p_top: Floats | None
    is_exact: bool


def checked_estimates(values: ArrayLike, ses: ArrayLike) -> tuple[Floats, Floats]:
    """Values and standard errors as float arrays of one length. Raises RankingError."""
    import numpy as np

    found, errors = np.asarray(values, np.float64), np.asarray(ses, np.float64)
    if found.ndim != 1 or not len(found) or not np.isfinite(found).all():
        raise RankingError("values", "must be a list of finite numbers")
    if errors.shape != found.shape or not np.isfinite(errors).all() or (errors < 0).any():
        raise RankingError("ses", "must be one finite number of at least 0 per value")
    return found, errors


def independent_draws(values: ArrayLike, ses: ArrayLike, draws: int, seed: int) -> Floats:
    """Joint draws, shape (draws, institutions), with independent normal errors; exactly the value where se is 0.

    Antithetic: the errors of draw 2i + 1 are those of draw 2i with the sign turned, so that the mean of an even number
    of draws is the value itself. Columns follow the order given; for an answer that does not depend on
    it use `independent_ranks`, or sort first.
    """
    import numpy as np

    found, errors = checked_estimates(values, ses)
    check_size(draws, len(found))
    return np.concatenate(list(_blocks(found, errors, draws, seed)))


def _blocks(values: Floats, ses: Floats, draws: int, seed: int) -> Iterator[Floats]:
    import numpy as np

    chance = np.random.Generator(np.random.PCG64(seed))
    step = 2 * max(1, rows_of_block(len(values)) // 2)
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        block = np.empty((rows + rows % 2, len(values)))
        chance.standard_normal(out=block[: len(block) // 2])
        block[: len(block) // 2] *= ses
        block[len(block) // 2 :] = values - block[: len(block) // 2]
        block[: len(block) // 2] += values
        paired = block.reshape(2, -1, len(values)).swapaxes(0, 1).reshape(-1, len(values))
        yield paired[:rows]


def independent_ranks(
    values: ArrayLike, ses: ArrayLike, *, level: float = 0.9, k: int | None = None, draws: int = 1000, seed: int = 0
) -> RankEstimates:
    """Rank intervals, expected ranks and P(top k), rank 1 the largest, of estimates with independent normal errors.

    Drawn in the order of (value, se), and equal estimates share one distribution, so that neither the order of the
    input nor its names change the answer and equal estimates get equal answers. Raises RankingError.
    """
    import numpy as np

    found, errors = checked_estimates(values, ses)
    check_size(draws, len(found))
    order = np.lexsort((errors, found))
    sorted_values, sorted_errors = found[order], errors[order]
    ranks = rank_blocks(_blocks(sorted_values, sorted_errors, draws, seed), draws, len(found))
    summary = summary_of(ranks, level=level, alike=_alike(sorted_values, sorted_errors))
    top = None if k is None else summary.p_top(k)
    expected = summary.expected
    is_exact = len(found) ** 2 <= MOST_PAIRS
    if is_exact:
        expected = expected_ranks(sorted_values, sorted_errors)
    place = np.empty(len(found), np.intp)
    place[order] = np.arange(len(found))
    return RankEstimates(
        level=summary.level,
        expected=expected[place],
        low=summary.low[place],
        high=summary.high[place],
        p_top=None if top is None else top[place],
        is_exact=is_exact,
    )


def _alike(values: Floats, ses: Floats) -> NDArray[np.int64]:
    """A number per sorted estimate, equal where both parts are; those known exactly share their ranks anyway."""
    import numpy as np

    is_new = (np.diff(values) != 0) | (np.diff(ses) != 0) | (ses[1:] == 0)
    return np.cumsum(np.r_[True, is_new])


def expected_ranks(values: ArrayLike, ses: ArrayLike) -> Floats:
    """Exact expected ranks, 1 + the sum of P(another is strictly above), for independent normal errors.

    Work grows with the square of the number of institutions, memory does not. Raises RankingError.
    """
    import numpy as np

    found, errors = checked_estimates(values, ses)
    expected = np.empty(len(found))
    rows = max(1, _BLOCK // len(found))
    for start in range(0, len(found), rows):
        part = slice(start, start + rows)
        above: NDArray[Any] = p_better_table(found[part], errors[part], found, errors)
        expected[part] = above.sum(axis=1)
    itself = np.where(errors > 0, 0.5, 0.0)
    return np.maximum(1.0, 1.0 + expected - itself)


def p_better_table(values: Floats, ses: Floats, others: Floats, errors: Floats) -> Floats:
    """P(column strictly above row), shape (values, others)."""
    import numpy as np
    from scipy.special import ndtr

    difference = others[None, :] - values[:, None]
    spread = np.sqrt(np.square(errors)[None, :] + np.square(ses)[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = difference / spread
    found: Floats = ndtr(np.where(np.isnan(ratio), -np.inf, ratio))
    return found
