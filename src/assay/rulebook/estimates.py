"""What the audits of an edition say of quality: severity of jurors, fair and shrunken points, and how sure they are.

Severity is fitted over the scores of the counted audits, channels as fixed effects. A number that comes from
the fit enters points rounded to 9 decimals, so that every machine publishes the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import erfc, sqrt
from typing import TYPE_CHECKING, Any, Final

from assay.exact import number, text
from assay.ranking import better, groups, posterior_ranks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assay.rulebook.outcome import ChannelOutcome
    from assay.severity import SeverityFit

    Floats = NDArray[np.float64]

DRAWS: Final = 1000
SEED: Final = 2025
LEVEL: Final = 0.9
FEW_JURORS: Final = 8
_NANO: Final = 10**9
_ZERO: Final = Fraction(0)
_BOUNDARY: Final = 1e-7

Row = tuple[str, str, Fraction, str]
"""One counted audit: institution, juror, score, channel."""


@dataclass(frozen=True)
class RankEstimate:
    """Where an institution may stand in a scope: expected rank, 90 % interval, and its group, counted from the top."""

    scope: str
    expected: Fraction
    low: int
    high: int
    group: int


@dataclass(frozen=True)
class Estimates:
    """Points by each score (0-100 is not enforced here), the standard error of `blup`, P(quality >= the threshold)."""

    raw: Fraction
    fair: Fraction
    blup: Fraction
    se: Fraction
    p_threshold: Fraction
    ranks: Mapping[str, RankEstimate] = field(default_factory=dict)

    def of(self, score: str) -> Fraction:
        """The points by "raw", "fair" or "blup"."""
        return {"raw": self.raw, "fair": self.fair, "blup": self.blup}[score]

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Estimates:
        """What `as_dict` wrote, read back."""
        ranks = {
            scope: RankEstimate(
                scope, number(one["expected_rank"]), one["interval"][0], one["interval"][1], one["group"]
            )
            for scope, one in kept["ranks"].items()
        }
        names = ("raw", "fair", "blup", "se", "p_threshold")
        return cls(**{name: number(kept[name]) for name in names}, ranks=ranks)

    def as_dict(self) -> dict[str, object]:
        """For the protocol: decimal text."""
        numbers = {name: text(getattr(self, name), 9) for name in ("raw", "fair", "blup", "se", "p_threshold")}
        return numbers | {
            "ranks": {
                scope: {"expected_rank": text(one.expected, 9), "interval": [one.low, one.high], "group": one.group}
                for scope, one in self.ranks.items()
            }
        }


@dataclass(frozen=True)
class JurorEffect:
    """A juror's severity in points of an audit (negative: strict), its standard error, and the number of audits."""

    key: str
    audits: int
    severity: Fraction
    se: Fraction


@dataclass(frozen=True)
class Severity:
    """The fitted model of an edition; `prior` is "none" or "weak" (few jurors, or a variance estimated as 0).

    `warnings` are (code, words); the protocol keeps the codes.
    """

    variances: Mapping[str, Fraction]
    means: Mapping[str, Fraction]
    prior: str
    jurors: tuple[JurorEffect, ...]
    warnings: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, object]:
        """For the protocol: decimal text."""
        return {
            "variances": {name: text(value, 9) for name, value in self.variances.items()},
            "means": {name: text(value, 9) for name, value in self.means.items()},
            "prior": self.prior,
            "jurors": [
                {"key": one.key, "audits": one.audits, "severity": text(one.severity, 9), "se": text(one.se, 9)}
                for one in self.jurors
            ],
            "warnings": [code for code, _ in self.warnings],
        }


@dataclass(frozen=True)
class Official:
    """Which score is official: as the rules ask, and as used; `reason` says why another is used.

    `reason` is "" or "few-jurors" (fewer than 8), or why the model cannot be fitted: "institutions", "jurors",
    "audits", "not-fitted".
    """

    asked: str
    used: str
    reason: str


@dataclass(frozen=True)
class Known:
    """What an edition's calculation found already, to compute a part of it again without the rest.

    `severities` by juror, `estimates` by institution, and the score that was official.
    """

    official: Official
    severities: Mapping[str, Fraction]
    estimates: Mapping[str, Estimates]


class Model:
    """The fit of an edition, or the reason why there is none; `threshold` is the licence's."""

    def __init__(self, rows: Sequence[Row], threshold: Fraction, known: Known | None = None) -> None:
        self.threshold = threshold
        self.known = known
        self.jurors = len({row[1] for row in rows})
        self.absent = _why_absent(rows) if known is None else "not-fitted"
        self.fit: SeverityFit | None = None if self.absent else _fit(rows)
        if self.fit is None and not self.absent:
            self.absent = "not-fitted"

    def official(self, asked: str) -> Official:
        """The score that is official when the rules ask for `asked`."""
        if self.known is not None:
            return self.known.official
        if asked == "raw":
            return Official(asked, "raw", "")
        reason = self.absent or ("few-jurors" if self.jurors < FEW_JURORS else "")
        return Official(asked, "raw" if reason else asked, reason)

    @cached_property
    def severity(self) -> Severity | None:
        """The fit as the outcome keeps it."""
        fit = self.fit
        if fit is None:
            return None
        people = fit.jurors
        effects = zip(people.keys, people.n, people.severity, people.se, strict=True)
        names = ("institution", "juror", "residual")
        return Severity(
            variances={name: _nano(getattr(fit.variances, name)) for name in names},
            means={name: _nano(value) for name, value in sorted(fit.means.items())},
            prior=fit.prior,
            jurors=tuple(JurorEffect(key, int(n), _nano(effect), _nano(se)) for key, n, effect, se in effects),
            warnings=tuple((one.code, one.text) for one in fit.warnings),
        )

    @cached_property
    def severities(self) -> Mapping[str, int]:
        """Severity by juror in thousand-millionths of a point; empty without a fit."""
        if self.known is not None:
            return {key: round(severity * _NANO) for key, severity in self.known.severities.items()}
        found = self.severity
        return {} if found is None else {one.key: round(one.severity * _NANO) for one in found.jurors}

    def fair_mean(self, raw: Fraction | None, jurors: Iterable[str]) -> Fraction | None:
        """The mean of scores, of mean `raw`, each without the severity of its juror. None without a fit or scores."""
        taken = [self.severities[key] for key in jurors] if self.severities else []
        return raw - Fraction(sum(taken), _NANO * len(taken)) if raw is not None and taken else None

    def estimates(self, key: str, raw: Fraction, channels: Iterable[ChannelOutcome]) -> Estimates | None:
        """Points by each score, ranks left out; channels that count as 0 count so in every score."""
        if self.known is not None:
            return self.known.estimates.get(key)
        if self.fit is None or self.severity is None or key not in self._column:
            return None
        counted = [channel for channel in channels if channel.effective_weight]
        scored = [channel for channel in counted if channel.state == "scored"]
        fair = sum((one.effective_weight * (one.fair or 0) for one in scored), _ZERO)
        present = tuple((one.channel, one.state) for one in counted)
        if present not in self._levels:
            mean = sum((one.effective_weight * self.severity.means[one.channel] for one in scored), _ZERO)
            self._levels[present] = mean, sum((one.effective_weight for one in scored), _ZERO)
        mean, share = self._levels[present]
        place = self._column[key]
        blup = _nano(mean + share * _nano(float(self.fit.institutions.blup[place]) - self.fit.mean))
        se = _nano(share * _nano(float(self.fit.institutions.se[place])))
        self._shares[key] = (float(share), float(blup))
        return Estimates(_nano(raw), _nano(fair), blup, se, _chance(blup - self.threshold, se))

    def draws(self, keys: Sequence[str]) -> Floats:
        """Joint draws of points on the blup scale, one column per key, for keys that have estimates."""
        import numpy as np

        columns = [self._column[key] for key in keys]
        shares = np.array([self._shares[key] for key in keys]).reshape(-1, 2)
        drawn: Floats = self._errors.take(columns, axis=1)
        drawn *= shares[:, 0]
        drawn += shares[:, 1]
        return drawn

    def ranks(self, scope: str, order: Sequence[tuple[str, int]]) -> dict[str, RankEstimate]:
        """Ranks among the (key, place) of a scope, best first; those without estimates have none."""
        import numpy as np

        known = [(key, place) for key, place in order if key in self._shares]
        if not known:
            return {}
        drawn = self.draws([key for key, _ in known])
        assert self.fit is not None
        alike = self.fit.alike[[self._column[key] for key, _ in known]]
        found = posterior_ranks(drawn, level=LEVEL, alike=alike)
        totals = np.rint(found.expected * DRAWS).astype(int)
        parts = groups(drawn, range(len(known)), level=LEVEL, places=[place for _, place in known])
        group = {column: number for number, part in enumerate(parts, 1) for column in part}
        return {
            key: RankEstimate(
                scope, Fraction(int(totals[at]), DRAWS), int(found.low[at]), int(found.high[at]), group[at]
            )
            for at, (key, _) in enumerate(known)
        }

    def better(self, keys: Iterable[str]) -> dict[tuple[str, str], Fraction] | None:
        """P(first better than second) of every pair, None unless all of them have estimates."""
        chosen = sorted(set(keys))
        if not all(key in self._shares for key in chosen):
            return None
        return better(self.draws(chosen), chosen, chosen) if chosen else {}

    @cached_property
    def _column(self) -> Mapping[str, int]:
        return {} if self.fit is None else {key: place for place, key in enumerate(self.fit.institutions.keys)}

    @cached_property
    def _levels(self) -> dict[tuple[tuple[str, str], ...], tuple[Fraction, Fraction]]:
        """By the channels that count and their states: the edition's mean, and the share of scored channels."""
        return {}

    @cached_property
    def _shares(self) -> dict[str, tuple[float, float]]:
        return {}

    @cached_property
    def _errors(self) -> Floats:
        fit = self.fit
        assert fit is not None
        found = fit.draws(DRAWS, seed=SEED)
        found -= fit.institutions.blup
        return found


def _why_absent(rows: Sequence[Row]) -> str:
    institutions, jurors, channels = (len({row[column] for row in rows}) for column in (0, 1, 3))
    if institutions < 2:
        return "institutions"
    if jurors < 2:
        return "jurors"
    return "" if len(rows) > institutions + jurors + channels - 2 else "audits"


def _fit(rows: Sequence[Row]) -> SeverityFit | None:
    """Plain REML; a weak prior with few jurors or where a variance is estimated as 0; None when it cannot be told."""
    from assay.severity import Ratings, SeverityError, fit

    ratings = Ratings.from_columns(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [float(row[2]) for row in rows],
        channels=[row[3] for row in rows],
    )
    try:
        if len(ratings.jurors) < FEW_JURORS:
            return fit(ratings, prior="weak")
        found = fit(ratings)
        if min(found.variances.institution, found.variances.juror) <= _BOUNDARY * found.variances.residual:
            found = fit(ratings, prior="weak")
    except SeverityError:
        return None
    return found


def _nano(value: float | Fraction) -> Fraction:
    return Fraction(round(value * _NANO), _NANO)


def _chance(distance: Fraction, se: Fraction) -> Fraction:
    """Phi(distance / se) to 9 decimals; 0 or 1 where nothing is uncertain."""
    if not se:
        return Fraction(int(distance >= 0))
    return _nano(erfc(-float(distance / se) / sqrt(2)) / 2)
