"""What the model needs of the ratings: sums over institutions, jurors, pairs and fixed effects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assay.severity.ratings import Codes, Ratings

    Floats = NDArray[Any]

_DEPENDENT: Final = 1e-9


@dataclass(frozen=True)
class Sums:
    """X'Wy, Zu'Wy, Zb'Wy and y'Wy of one vector of scores y."""

    fixed: Floats
    outer: Floats
    inner: Floats
    square: float


@dataclass(frozen=True)
class Design:
    """The crossed design with one factor to absorb (`outer`, the larger one) and one to solve for (`inner`).

    `pairs` is the sparse table of summed weights, outer x inner; `outer_fixed`, `inner_fixed` and `fixed` are
    Zu'WX, Zb'WX and X'WX; `mean` is the mean row of X, at which a quality is read.
    """

    outer: Codes
    inner: Codes
    weights: Floats
    columns: Any
    pairs: Any
    pairs_turned: Any
    outer_sum: Floats
    inner_sum: Floats
    outer_fixed: Floats
    inner_fixed: Floats
    fixed: Floats
    mean: Floats
    log_weights: float

    @property
    def rows(self) -> int:
        """The number of ratings."""
        return len(self.weights)

    def sums(self, scores: Floats) -> Sums:
        """The sufficient statistics of a vector of scores (one per rating)."""
        import numpy as np

        weighted = self.weights * scores
        return Sums(
            self.columns.T @ weighted,
            np.bincount(self.outer, weighted, minlength=len(self.outer_sum)),
            np.bincount(self.inner, weighted, minlength=len(self.inner_sum)),
            float(weighted @ scores),
        )

    def turned(self) -> Design:
        """The same with the factors' roles exchanged."""
        return replace(
            self,
            outer=self.inner,
            inner=self.outer,
            pairs=self.pairs_turned,
            pairs_turned=self.pairs,
            outer_sum=self.inner_sum,
            inner_sum=self.outer_sum,
            outer_fixed=self.inner_fixed,
            inner_fixed=self.outer_fixed,
        )


def design_of(ratings: Ratings) -> Design:
    """The design of ratings with institutions as `outer`: independent fixed columns for channels, then scenarios."""
    import numpy as np
    from scipy import sparse

    rows = len(ratings)
    weights = np.ones(rows) if ratings.weights is None else ratings.weights
    places, people = len(ratings.institutions), len(ratings.jurors)
    columns = _columns(ratings, weights)
    pairs = sparse.csr_array((weights, (ratings.institution, ratings.juror)), shape=(places, people))
    pairs.sum_duplicates()
    outer_sum = np.bincount(ratings.institution, weights, minlength=places)
    inner_sum = np.bincount(ratings.juror, weights, minlength=people)
    weighted = columns * weights[:, None] if columns.shape[1] == 1 else sparse.diags_array(weights) @ columns
    if columns.shape[1] == 1:
        outer_fixed, inner_fixed = outer_sum[:, None], inner_sum[:, None]
        fixed = np.array([[weights.sum()]])
    else:
        outer_fixed = _grouped(ratings.institution, weighted, places)
        inner_fixed = _grouped(ratings.juror, weighted, people)
        fixed = (columns.T @ weighted).toarray()
    return Design(
        outer=ratings.institution,
        inner=ratings.juror,
        weights=weights,
        columns=columns,
        pairs=pairs,
        pairs_turned=pairs.T.tocsr(),
        outer_sum=outer_sum,
        inner_sum=inner_sum,
        outer_fixed=outer_fixed,
        inner_fixed=inner_fixed,
        fixed=fixed,
        mean=np.asarray(columns.mean(axis=0)).ravel(),
        log_weights=0.0 if ratings.weights is None else float(np.log(weights).sum()),
    )


def _columns(ratings: Ratings, weights: Floats) -> Any:
    """One column per channel (or one of ones), then the scenarios that these do not determine."""
    import numpy as np
    from scipy import sparse

    rows = len(ratings)
    if ratings.channel is None and ratings.scenario is None:
        return np.ones((rows, 1))
    blocks: list[Any] = []
    for code, count in ((ratings.channel, len(ratings.channels)), (ratings.scenario, len(ratings.scenarios))):
        if code is None:
            blocks += [] if blocks or ratings.channel is not None else [sparse.csr_array(np.ones((rows, 1)))]
        else:
            blocks.append(sparse.csr_array((np.ones(rows), (np.arange(rows), code)), shape=(rows, count)))
    full = sparse.csc_array(sparse.hstack(blocks))
    gram = (full.T @ sparse.diags_array(weights) @ full).toarray()
    kept = independent(gram, gram.diagonal())
    return sparse.csr_array(full[:, kept])


def independent(gram: Floats, whole: Floats, least: float = _DEPENDENT) -> list[int]:
    """The columns, first ones first, that those before do not determine (Gram-Schmidt): more than `least` of `whole`
    is left of them."""
    import numpy as np

    left = gram.copy()
    kept = []
    for place in range(len(gram)):
        if left[place, place] > least * whole[place]:
            kept.append(place)
            left -= np.outer(left[:, place], left[place]) / left[place, place]
    return kept


def _grouped(code: Codes, weighted: Any, count: int) -> Floats:
    import numpy as np
    from scipy import sparse

    rows = len(code)
    group = sparse.csr_array((np.ones(rows), (code, np.arange(rows))), shape=(count, rows))
    return (group @ weighted).toarray()  # type: ignore[no-any-return]
