"""Where one more audit would help most: each candidate judged by a rank-one change of the mixed-model equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assay.design.incidence import Design, DesignError
from assay.design.precision import MOST_DENSE, VarianceComponents, inverse_by_jurors
from assay.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WORST: Final = 100
_TABLE: Final = 2_000_000


@dataclass(frozen=True)
class Link:
    """One more audit, e.g. kept evidence scored a second time: the worst and mean planned PEV with it."""

    institution: str
    juror: str
    worst: float
    mean: float


def weak_links(
    design: Design,
    variances: VarianceComponents,
    *,
    may_meet: Callable[[str, str], bool] | None = None,
    most: int = 10,
) -> tuple[Link, ...]:
    """The extra audits by jurors new to an institution that most lower the worst planned PEV, the best first.

    Candidates: every institution and juror of the design, in a large one the hundred worst institutions; among those
    the audits that most help the worst institution are judged in full. `may_meet` says who may. Cheapest to do: web,
    e-mail and social audits scored a second time from kept evidence. Raises DesignError without juror variance.
    """
    if not variances.institution or not variances.juror:
        raise DesignError("variances", "of institutions and jurors must be above 0")
    if len(design.jurors) > MOST_DENSE:
        raise DesignError("audits", f"have more than {MOST_DENSE} jurors")
    with one_thread():
        system = _System.of(design, variances)
        found: list[Link] = []
        for row, column in system.candidates(max(3 * most, most + 20), may_meet):
            pev = system.with_audit(row, column)
            link = Link(design.institutions[row], design.jurors[column], float(pev.max()), float(pev.mean()))
            found.append(link)
    return tuple(sorted(found, key=lambda link: (link.worst, link.mean, link.institution, link.juror))[:most])


@dataclass(frozen=True)
class _System:
    """The inverse of the equations by blocks: P of mean and jurors; d and W P of institutions (`spread`)."""

    design: Design
    residual: float
    d: Floats
    inverse: Floats
    spread: Floats
    counted: Floats
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, design: Design, variances: VarianceComponents) -> _System:
        matrix = design.matrix()
        counts = matrix.sum(axis=1)
        inverse = inverse_by_jurors(matrix, variances)
        spread = matrix @ inverse[1:, :] + counts[:, None] * inverse[0]
        d = 1 / (counts + variances.residual / variances.institution)
        own = np.asarray(matrix.multiply(spread[:, 1:]).sum(axis=1)).ravel() + counts * spread[:, 0]
        uu = d + d * d * own
        rows = np.arange(len(d))
        if spread.size > _TABLE:
            rows = np.sort(np.argsort(-uu, kind="stable")[:_WORST])
        return cls(design, variances.residual, d, inverse, spread, uu, rows)

    def _between(self, row: int) -> Floats:
        """The block of one institution with all: C^uu."""
        counts = self.design.matrix()
        weight = self.spread[row]
        seen = counts @ weight[1:] + counts.sum(axis=1) * weight[0]
        column: Floats = self.d[row] * self.d * seen
        column[row] += self.d[row]
        return column

    def _leverage(self) -> Floats:
        """r' C^-1 r of each candidate: r picks the mean, an institution and a juror."""
        jurors = 2 * self.inverse[0, 1:] + np.diag(self.inverse)[1:] + self.inverse[0, 0]
        crossed = self.d[self.rows, None] * (self.spread[self.rows, :1] + self.spread[self.rows, 1:])
        found: Floats = jurors + self.counted[self.rows, None] - 2 * crossed
        return found

    def candidates(self, count: int, may_meet: Callable[[str, str], bool] | None) -> list[tuple[int, int]]:
        """The audits, by row and column, that lower the worst PEV most."""
        worst = int(np.argmax(self.counted))
        touched = self._between(worst)[self.rows, None] - self.d[worst] * (
            self.spread[worst, 0] + self.spread[worst, 1:]
        )
        gains = touched**2 / (1 + self._leverage())
        met = np.isin(self.design.rows, self.rows)
        gains[np.searchsorted(self.rows, self.design.rows[met]), self.design.columns[met]] = -1
        best = np.argsort(-gains, axis=None, kind="stable")[: 50 * count]
        found = []
        for row, column in zip(*(part.tolist() for part in np.unravel_index(best, gains.shape)), strict=True):
            place = int(self.rows[row])
            pair = (self.design.institutions[place], self.design.jurors[column])
            if gains[row, column] >= 0 and (may_meet is None or may_meet(*pair)):
                found.append((place, column))
            if len(found) == count:
                break
        return found

    def with_audit(self, row: int, column: int) -> Floats:
        """PEV of all institutions with one more audit."""
        reached = self._between(row) - self.d * (self.spread[:, 0] + self.spread[:, column + 1])
        own = self.inverse[0, 0] + self.inverse[column + 1, column + 1] + 2 * self.inverse[0, column + 1]
        own += self.counted[row] - 2 * self.d[row] * (self.spread[row, 0] + self.spread[row, column + 1])
        found: Floats = self.residual * (self.counted - reached**2 / (1 + own))
        return found
