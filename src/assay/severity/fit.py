"""The fitted model: who is how good, who is how strict, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING, Any, Final

from assay.severity.ratings import Ratings, SeverityError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.severity.design import Design
    from assay.severity.solver import Solver

    Floats = NDArray[Any]

PRIORS: Final = ("none", "weak")
MOST_DRAWS: Final = 100_000
MOST_MEANS: Final = 500
_DISAGREES: Final = 2.0
_AT_ZERO: Final = 1e-9


@dataclass(frozen=True)
class Variances:
    """Variance components on the squared scale of the scores."""

    institution: float
    juror: float
    residual: float


@dataclass(frozen=True)
class Institutions:
    """One entry per institution, keys sorted; all on the score scale, `ols` around 0.

    `se` is that of the effect (Henderson's PEV, the means estimated), `se_blup` that of `blup` itself, the mean and
    the effect together: the one to decide about a threshold with.
    """

    keys: tuple[Any, ...]
    n: NDArray[np.int64]
    raw: Floats
    fair: Floats
    blup: Floats
    se: Floats
    se_blup: Floats
    ols: Floats
    robust: Floats


@dataclass(frozen=True)
class Jurors:
    """One entry per juror, keys sorted; severity on the score scale (negative: strict)."""

    keys: tuple[Any, ...]
    n: NDArray[np.int64]
    severity: Floats
    se: Floats


@dataclass(frozen=True)
class Caution:
    """Something the reader of the numbers must know: a code, and the words."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


@dataclass(frozen=True)
class SeverityFit:
    """What `fit` found. `reml` is None where it cannot be told (no residual, or a matrix-free fit without it)."""

    means: dict[str, float]
    mean: float
    variances: Variances
    reml: float | None
    prior: str
    method: str
    institutions: Institutions
    jurors: Jurors
    warnings: tuple[Caution, ...]
    _ratings: Ratings
    _solver: Solver

    @cached_property
    def alike(self) -> NDArray[np.int64]:
        """A number per institution, the same where nothing can tell two of them apart: what `posterior_ranks` pools."""
        return self._ratings.alike()

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Joint posterior draws of the institutions' quality at the estimated variances, shape (count, institutions).

        Drawn on the scale of `blup`, institutions in the order of `institutions.keys`; equal seeds, equal draws.
        Raises SeverityError for a count outside 1..100,000.
        """
        if not 1 <= count <= MOST_DRAWS:
            raise SeverityError("draws", f"must be from 1 to {MOST_DRAWS}")
        return self._solver.draws(count, seed)

    def fixed(self) -> Floats:
        """The two-way fixed-effects answer on the scale of `fair`: `ols` around the mean of its connected part."""
        return self.institutions.ols + _part_means(self._solver, self.institutions.fair)

    def apart(self) -> NDArray[np.bool_]:
        """Where fixed effects and `fair` differ by more than 2 se: severity was not independent of quality there."""
        return _apart(self._solver, self.institutions, self.variances)


def fit(ratings: Ratings, *, prior: str = "none", seed: int = 0) -> SeverityFit:
    """Fit y = means + institution + juror + residual by REML and give each effect its BLUP and standard error.

    `prior` "weak" keeps the variances off 0 (Chung et al. 2013). Institutions' `se` and jurors' `se` are square
    roots of Henderson's prediction error variances with the means estimated (C^uu, C^bb of Henderson 1975);
    `fair` is the (weighted) mean of score - severity, `raw` of the scores alone, `ols` the two-way fixed-effects
    answer summing to 0 in every connected part, `robust` the BLUP after Huber pseudo-values. Exact while the
    smaller factor has at most 2,200 levels, else by conjugate gradients with probes from `seed`.
    Raises SeverityError when a variance cannot be told from another.
    """
    import scipy.linalg  # noqa: F401 - its own linear algebra must be there to be held to one thread

    from assay.threads import one_thread

    if prior not in PRIORS:
        raise SeverityError("prior", "must be one of: " + ", ".join(PRIORS))
    with one_thread():
        return _fit(ratings, prior, seed)


def _fit(ratings: Ratings, prior: str, seed: int) -> SeverityFit:
    import numpy as np

    from assay.severity.design import design_of
    from assay.severity.solver import solver_for

    means = len(ratings.channels) + len(ratings.scenarios)
    if means > MOST_MEANS:
        raise SeverityError("channel", f"must have at most {MOST_MEANS} different values, with scenarios, not {means}")
    design = design_of(ratings)
    _identifiable(ratings, design)
    centre = float(np.average(ratings.scores, weights=ratings.weights))
    away = ratings.scores - centre
    scale = float(np.abs(away).max())
    is_constant = ratings.scores.min() == ratings.scores.max()
    scaled = np.zeros(len(ratings)) if is_constant else away / scale
    solver = solver_for(design, scaled, prior == "weak", seed, centre, scale)
    return _gathered(ratings, solver, prior)


def _identifiable(ratings: Ratings, design: Design) -> None:
    """Refuse what no model of this kind can tell (lme4 refuses the same: fewer levels than ratings)."""
    rows = len(ratings)
    if rows <= len(design.fixed):
        raise SeverityError("ratings", f"must be more than the means to be estimated ({len(design.fixed)})")
    for name, keys in (("institution", ratings.institutions), ("juror", ratings.jurors)):
        if len(keys) == rows:
            raise SeverityError(
                "ratings", f"each {name} has one rating, so that its variance cannot be told from the residual's"
            )


def _gathered(ratings: Ratings, solver: Solver, prior: str) -> SeverityFit:
    import numpy as np

    from assay.severity.fixed import least_squares, robust_effects

    places, people = len(ratings.institutions), len(ratings.jurors)
    weights = solver.design.weights
    count_i = np.bincount(ratings.institution, minlength=places)
    count_j = np.bincount(ratings.juror, minlength=people)
    total = np.bincount(ratings.institution, weights, minlength=places)
    found = solver.effects
    raw = np.bincount(ratings.institution, weights * ratings.scores, minlength=places) / total
    severity = solver.scale * found.juror + 0.0
    fair = raw - np.bincount(ratings.institution, weights * severity[ratings.juror], minlength=places) / total
    base = solver.mean
    ols = solver.scale * least_squares(solver)
    institutions = Institutions(
        ratings.institutions,
        count_i,
        raw,
        fair,
        base + solver.scale * found.institution,
        solver.scale * np.sqrt(found.institution_variance),
        solver.scale * np.sqrt(found.quality_variance),
        ols,
        base + solver.scale * robust_effects(solver),
    )
    jurors = Jurors(ratings.jurors, count_j, severity, solver.scale * np.sqrt(found.juror_variance))
    square = solver.scale**2
    variances = Variances(*(square * value for value in solver.variances))
    return SeverityFit(
        means=_means(ratings, solver),
        mean=base,
        variances=variances,
        reml=None if solver.reml is None else solver.reml + solver.freedom * 2.0 * log(solver.scale or 1.0),
        prior=prior,
        method=solver.method,
        institutions=institutions,
        jurors=jurors,
        warnings=_cautions(solver, institutions, variances, people),
        _ratings=ratings,
        _solver=solver,
    )


def _means(ratings: Ratings, solver: Solver) -> dict[str, float]:
    """The mean of each channel, at the mean of its own scenarios; empty without channels."""
    import numpy as np

    if ratings.channel is None:
        return {}
    fitted = solver.design.columns @ solver.effects.fixed
    count = len(ratings.channels)
    sums = np.bincount(ratings.channel, fitted, minlength=count) / np.bincount(ratings.channel, minlength=count)
    return {key: float(value) for key, value in zip(ratings.channels, solver.centre + solver.scale * sums, strict=True)}


def _cautions(solver: Solver, found: Institutions, variances: Variances, people: int) -> tuple[Caution, ...]:
    if solver.is_constant:
        return (Caution("constant", "all scores are equal; every variance is 0"),)
    cautions = _about_design(solver, len(found.keys), people)
    for name, value, is_told in zip(
        ("institution", "juror"), (variances.institution, variances.juror), solver.told, strict=True
    ):
        if is_told and value <= _AT_ZERO * variances.residual:
            cautions.append(Caution("boundary", f"the {name} variance is estimated at 0"))
    if solver.has_no_residual:
        text = "institution and juror explain every score; the standard errors say nothing"
        return (*cautions, Caution("no-residual", text))
    return (*cautions, *_about_independence(solver, found, variances))


def _about_design(solver: Solver, places: int, people: int) -> list[Caution]:
    cautions = []
    if people == 1:
        cautions.append(Caution("single-juror", "the severity of a single juror cannot be told from the mean"))
    if places == 1:
        cautions.append(Caution("single-institution", "one institution cannot be told from the mean"))
    for name, levels, is_told in zip(("institution", "juror"), (places, people), solver.told, strict=True):
        if levels > 1 and not is_told:
            text = f"each {name} has channels or scenarios of its own, whose means leave nothing to it"
            cautions.append(Caution("confounded", text))
    if solver.components > 1:
        cautions.append(
            Caution("disconnected", f"{solver.components} parts without a common juror; compare only within a part")
        )
    return cautions


def _about_independence(solver: Solver, found: Institutions, variances: Variances) -> list[Caution]:
    """Where fixed effects and the model disagree, severity was not independent of quality (Hausman 1978)."""
    import numpy as np

    apart = _apart(solver, found, variances)
    if not apart.any():
        return []
    keys = ", ".join(str(found.keys[place]) for place in np.flatnonzero(apart)[:10])
    text = f"fixed-effects and fair scores differ by more than 2 se for {int(apart.sum())}: {keys}"
    return [Caution("not-independent", text)]


def _apart(solver: Solver, found: Institutions, variances: Variances) -> NDArray[np.bool_]:
    import numpy as np

    if variances.institution <= 0.0 or solver.design.pairs.shape[1] == 1 or solver.has_no_residual:
        return np.zeros(len(found.keys), bool)
    far: NDArray[np.bool_] = np.abs(found.ols - (found.fair - _part_means(solver, found.fair))) > _DISAGREES * found.se
    return far


def _part_means(solver: Solver, values: Floats) -> Floats:
    """The mean of each institution's connected part."""
    import numpy as np

    part = solver.part
    return (np.bincount(part, values) / np.maximum(np.bincount(part), 1))[part]
