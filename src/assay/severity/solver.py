"""One fit, exact or matrix-free, in the scaled units it is computed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from assay.severity.absorbed import MOST_INNER
from assay.severity.freedom import contrasts_left, prior_weights
from assay.severity.reml import LARGEST_RATIO, deepest, minimise, starting_ratios

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.design import Design, Sums

    Floats = NDArray[Any]

_NO_RESIDUAL: Final = 1e7
_FEW_ROWS: Final = 1_000
"""With more ratings than this the criterion has one valley only."""


@dataclass(frozen=True)
class Found:
    """BLUPs and their error variances in scaled units."""

    fixed: Floats
    institution: Floats
    juror: Floats
    institution_variance: Floats
    juror_variance: Floats
    quality_variance: Floats


class System(Protocol):
    """The mixed-model equations at the estimated ratios, whatever solves them."""

    def found(self) -> Found: ...

    def sums(self, scores: Floats) -> Sums: ...

    def outcome_of(self, sums: Sums) -> tuple[Floats, Floats, Floats]: ...

    def draws(self, count: int, seed: int) -> tuple[Floats, Floats]: ...


@dataclass(frozen=True)
class Solver:
    """A fit in scaled units: score = centre + scale * scaled."""

    design: Design
    scaled: Floats
    ratios: tuple[float, float]
    residual: float
    reml: float | None
    method: str
    centre: float
    scale: float
    system: System

    @property
    def freedom(self) -> int:
        """Ratings less means."""
        return self.design.rows - len(self.design.fixed)

    @property
    def variances(self) -> tuple[float, float, float]:
        """Institution, juror, residual, scaled."""
        return self.ratios[0] * self.residual, self.ratios[1] * self.residual, self.residual

    @cached_property
    def told(self) -> tuple[bool, bool]:
        """Whether the means leave anything of (institutions, jurors) to be told."""
        institutions, jurors = contrasts_left(self.design)
        return institutions > 0, jurors > 0

    @property
    def is_constant(self) -> bool:
        """Whether there was nothing to explain."""
        return self.residual == 0.0

    @property
    def has_no_residual(self) -> bool:
        """Whether institution and juror explain every score."""
        return max(self.ratios) >= _NO_RESIDUAL

    @cached_property
    def effects(self) -> Found:
        """BLUPs and error variances, institutions first."""
        return self.system.found()

    @cached_property
    def mean(self) -> float:
        """The mean of the fitted means over all ratings, on the score scale: where a quality is read."""
        return self.centre + self.scale * float(self.design.mean @ self.effects.fixed)

    @cached_property
    def _parts(self) -> tuple[int, NDArray[np.int64]]:
        return _connected(self.design.pairs)

    @property
    def components(self) -> int:
        """How many parts the design falls into."""
        return self._parts[0]

    @property
    def part(self) -> NDArray[np.int64]:
        """The connected part of each institution."""
        return self._parts[1]

    def draws(self, count: int, seed: int) -> Floats:
        """See SeverityFit.draws."""
        from assay.threads import one_thread

        with one_thread():
            if self.is_constant:
                import numpy as np

                return np.full((count, self.design.pairs.shape[0]), self.mean)
            fixed, institution = self.system.draws(count, seed)
            away = institution + (fixed @ self.design.mean)[:, None]
            away *= self.scale
            away += self.centre
            return cast("Floats", away)


def _connected(pairs: Any) -> tuple[int, NDArray[np.int64]]:
    """How many parts a table of pairs falls into, and the part of each row."""
    import numpy as np
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    graph = sparse.block_array([[None, pairs], [pairs.T, None]], format="csr")
    count, labels = connected_components(graph, directed=False)
    return int(count), np.asarray(labels[: pairs.shape[0]], dtype=np.int64)


def solver_for(design: Design, scaled: Floats, is_penalised: bool, seed: int, centre: float, scale: float) -> Solver:
    """Estimate the ratios and solve at them. `scaled` has weighted mean 0 and largest absolute value 1 (or all 0)."""
    import numpy as np

    places, people = design.pairs.shape
    is_turned = people > places
    turned = design.turned() if is_turned else design
    is_exact = turned.pairs.shape[1] <= MOST_INNER
    left = contrasts_left(turned)
    free = (left[0] > 0, left[1] > 0)
    prior = prior_weights(turned, _connected(turned.pairs)[0]) if is_penalised else np.zeros(2)
    sums = turned.sums(scaled)
    if not scaled.any():
        return _constant(design, turned, sums, is_turned, centre)
    if is_exact:
        from assay.severity.exact import Exact
        from assay.severity.solved import Solved

        model = Exact(turned, sums, prior=prior)
        point = minimise(model, starting_ratios(turned, sums), free)
        if design.rows <= _FEW_ROWS:
            point = deepest(model, model.value, point, free)
        system = model.at(point.ratios)
        effects = system.effects(sums)
        residual = effects.square / model.freedom
        solved: System = Solved(system, effects, residual, is_turned)
        value = None if max(point.ratios) >= LARGEST_RATIO else _plain(point, prior)
        method = "exact"
    else:
        from assay.severity.iterative import Iterative

        model_ = Iterative(turned, sums, prior=prior, seed=seed)
        point = model_.minimise(starting_ratios(turned, sums))
        solved, residual, value, method = model_.solved(point, is_turned), model_.residual, None, "conjugate-gradients"
    ratios = (float(point.ratios[1]), float(point.ratios[0])) if is_turned else tuple(map(float, point.ratios))
    return Solver(design, scaled, (ratios[0], ratios[1]), residual, value, method, centre, scale, solved)


def _plain(point: Any, prior: Floats) -> float:
    """The criterion itself, without the prior's part."""
    import numpy as np

    return float(point.value + prior @ np.log(np.where(prior > 0.0, point.ratios, 1.0)))


def _constant(design: Design, turned: Design, sums: Sums, is_turned: bool, centre: float) -> Solver:
    """Nothing varies: every effect is 0 and so is every error."""
    from assay.severity.absorbed import Absorbed, Gram
    from assay.severity.solved import Solved

    system = Absorbed(turned, Gram(turned.pairs), 0.0, 0.0)
    solved = Solved(system, system.effects(sums), 0.0, is_turned)
    return Solver(design, sums.outer * 0.0, (0.0, 0.0), 0.0, None, "exact", centre, 0.0, solved)
