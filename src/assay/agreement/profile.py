"""The profile of a juror: seven ways in which marks can be unlike everyone else's, and a flag only when two agree.

A flag asks a person to look. It changes no mark and no score. Every index compares a juror with the other jurors on the
same instrument, then says how far from the median juror that lies.

Sources: M. Myford and E. Wolfe, "Detecting and measuring rater effects using many-facet Rasch measurement", Journal of
Applied Measurement 4 (2003) 386-422 and 5 (2004) 189-227 (severity, halo, central tendency, inconsistency); B. Iglewicz
and D. C. Hoaglin, "How to Detect and Handle Outliers" (1993) (robust z, its limit 3.5); A. W. Meade and S. B. Craig,
Psychological Methods 17 (2012) 437-455 (runs of equal answers, speed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from statistics import median
from typing import Final

from assay.agreement.errors import AgreementError
from assay.agreement.measures import MEASURES, Audit, Measure

LEAST_AUDITS: Final = 3
"""Audits a juror needs to be judged: of one or two, a habit cannot be told from a single odd visit."""
LEAST_JURORS: Final = 5
"""Judged jurors a robust z needs: the median and spread of fewer is no norm."""
ROBUST_LIMIT: Final = 3.5
"""Iglewicz and Hoaglin (1993)."""
PROBABILITY_LIMIT: Final = 0.01
"""One juror in a hundred lies beyond it by chance; that a second index agrees makes it rare."""
LEAST_INDICES: Final = 2
"""Indices of different kinds that must lie beyond their limits together: one alone is most often a difficult case."""
NORMAL_95: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""
_ROUNDING: Final = 1e-9
"""A spread this small is the rounding of equal numbers: shares and logarithms are near 1, severities are points."""
_MAD_TO_SD: Final = 1.482602218505602
_MEAN_DEVIATION_TO_SD: Final = 1.2533141373155001


@dataclass(frozen=True)
class Index:
    """One index of one juror.

    `value` is in the unit of the index (None: nothing to compare with), `reference` the median of the judged jurors,
    `z` how many robust standard deviations lie between, `probability` that of a value as extreme by chance where it
    can be computed. `kind` groups the indices that measure one thing: they count once. `is_beyond` says that the limit
    is passed in the direction that matters.
    """

    name: str
    kind: str
    value: float | None
    reference: float | None = None
    z: float | None = None
    probability: float | None = None
    is_beyond: bool = False


@dataclass(frozen=True)
class JurorProfile:
    """A juror beside the others. `flag` names the kinds of index beyond their limits, and is empty for fewer than two.

    `severity` is on the score scale, negative: strict; `interval` its 95 % interval. With fewer than 3 audits a juror
    is not judged: `is_judged` is false, `indices` is empty.
    """

    juror: str
    audits: int
    is_judged: bool
    severity: float | None
    interval: tuple[float, float] | None
    indices: tuple[Index, ...]
    flag: tuple[str, ...]


def juror_profiles(
    audits: Sequence[Audit], severities: Mapping[str, tuple[float, float]] | None = None
) -> tuple[JurorProfile, ...]:
    """The profile of every juror of these audits, by juror. `severities` gives (severity, standard error) by juror.

    Raises AgreementError when an audit's key stands twice.
    """
    own: dict[str, list[Audit]] = defaultdict(list)
    seen: set[str] = set()
    for audit in audits:
        if audit.key in seen:
            raise AgreementError("key", f"{audit.key} stands twice")
        seen.add(audit.key)
        own[audit.juror].append(audit)
    by_juror = {juror: sorted(own[juror], key=lambda audit: audit.key) for juror in sorted(own)}
    judged = [juror for juror, found in by_juror.items() if len(found) >= LEAST_AUDITS]
    known = severities or {}
    columns = [
        _severity(judged, known),
        _residual(judged, by_juror),
        *(_compared(measure, judged, by_juror) for measure in MEASURES),
        _all_same(judged, by_juror),
        _score_spread(judged, by_juror),
    ]
    return tuple(_profile(juror, by_juror[juror], columns, known.get(juror)) for juror in by_juror)


def _profile(
    juror: str, audits: list[Audit], columns: list[dict[str, Index]], severity: tuple[float, float] | None
) -> JurorProfile:
    indices = tuple(column[juror] for column in columns if juror in column)
    beyond = tuple(dict.fromkeys(index.kind for index in indices if index.is_beyond))
    return JurorProfile(
        juror=juror,
        audits=len(audits),
        is_judged=bool(indices),
        severity=severity[0] if severity else None,
        interval=(severity[0] - NORMAL_95 * severity[1], severity[0] + NORMAL_95 * severity[1]) if severity else None,
        indices=indices,
        flag=beyond if len(beyond) >= LEAST_INDICES else (),
    )


def _severity(judged: list[str], known: Mapping[str, tuple[float, float]]) -> dict[str, Index]:
    """Beyond its limit only where the 95 % interval leaves the median out: what may be chance is no habit."""
    values = {juror: known[juror][0] if juror in known else None for juror in judged}
    found = _against_median("severity", "severity", values, direction=0)
    return {
        juror: replace(index, is_beyond=index.is_beyond and _leaves_out(index.reference, *known[juror]))
        for juror, index in found.items()
    }


def _leaves_out(reference: float | None, severity: float, se: float) -> bool:
    return reference is not None and abs(severity - reference) > NORMAL_95 * se


def _compared(measure: Measure, judged: list[str], by_juror: Mapping[str, list[Audit]]) -> dict[str, Index]:
    """The median or mean of a juror's differences from the other jurors on the same instrument."""
    measured = {audit.key: measure.of(audit) for audits in by_juror.values() for audit in audits}
    totals, own = _sums(measured, by_juror)
    values: dict[str, float | None] = {}
    for juror in judged:
        apart = []
        for audit in by_juror[juror]:
            value = measured[audit.key]
            count = totals[audit.instrument][0] - own[juror, audit.instrument][0]
            if value is not None and count:
                others = (totals[audit.instrument][1] - own[juror, audit.instrument][1]) / count
                apart.append(value - others)
        values[juror] = measure.summary(apart) if len(apart) >= LEAST_AUDITS else None
    found = _against_median(measure.name, measure.kind, values, direction=measure.direction)
    return {juror: _shown(index, measure.shown) for juror, index in found.items()}


def _shown(index: Index, unit: Callable[[float], float]) -> Index:
    value = None if index.value is None else unit(index.value)
    reference = None if index.reference is None else unit(index.reference)
    return replace(index, value=value, reference=reference)


def _sums(
    measured: Mapping[str, float | None], by_juror: Mapping[str, list[Audit]]
) -> tuple[dict[str, tuple[int, float]], dict[tuple[str, str], tuple[int, float]]]:
    """Count and exact sum of a measure by instrument, and by juror and instrument."""
    of_instrument: dict[str, list[float]] = defaultdict(list)
    of_juror: dict[tuple[str, str], list[float]] = defaultdict(list)
    for juror, audits in by_juror.items():
        for audit in audits:
            value = measured[audit.key]
            part = of_juror[juror, audit.instrument]
            if value is not None:
                part.append(value)
                of_instrument[audit.instrument].append(value)
    totals = defaultdict(lambda: (0, 0.0), {key: (len(part), fsum(part)) for key, part in of_instrument.items()})
    return totals, {key: (len(part), fsum(part)) for key, part in of_juror.items()}


def _against_median(name: str, kind: str, values: Mapping[str, float | None], *, direction: int) -> dict[str, Index]:
    """Robust z of each value; `direction` is 1 when large values matter, -1 when small ones do, 0 when both."""
    known = [value for value in values.values() if value is not None]
    reference = median(known) if known else None
    spread = _robust_spread(known, reference) if len(known) >= LEAST_JURORS and reference is not None else 0.0
    found = {}
    for juror, value in values.items():
        z = (value - reference) / spread if spread and value is not None and reference is not None else None
        beyond = z is not None and (direction * z if direction else abs(z)) > ROBUST_LIMIT
        found[juror] = Index(name, kind, value, reference, z, is_beyond=beyond)
    return found


def _robust_spread(values: list[float], centre: float) -> float:
    """The median absolute deviation as a standard deviation; the mean one where half of the values are equal."""
    apart = [abs(value - centre) for value in values]
    for spread in (_MAD_TO_SD * median(apart), _MEAN_DEVIATION_TO_SD * fsum(apart) / len(apart)):
        if spread > _ROUNDING:
            return spread
    return 0.0


def _residual(judged: list[str], by_juror: Mapping[str, list[Audit]]) -> dict[str, Index]:
    """A juror's mean squared residual over that of the others, and its probability by F.

    The residuals are taken as independent with as many degrees of freedom as audits, which is close when jurors and
    institutions have several audits each. A large ratio is an erratic juror.
    """
    squares = {
        juror: [audit.residual**2 for audit in audits if audit.residual is not None]
        for juror, audits in by_juror.items()
    }
    count = sum(map(len, squares.values()))
    total = fsum(square for part in squares.values() for square in part)
    own = {juror: (len(squares[juror]), fsum(squares[juror])) for juror in judged}
    values: dict[str, float | None] = {}
    for juror, (n, part) in own.items():
        rest = (total - part) / (count - n) if count > n else 0.0
        values[juror] = part / n / rest if n >= LEAST_AUDITS and rest > 0 else None
    known = [value for value in values.values() if value is not None]
    found = {}
    for juror, value in values.items():
        chance = None if value is None else _f_above(value, own[juror][0], count - own[juror][0])
        beyond = chance is not None and chance < PROBABILITY_LIMIT
        reference = median(known) if known else None
        found[juror] = Index("residual-ratio", "residual", value, reference, None, chance, beyond)
    return found


def _f_above(ratio: float, above: int, below: int) -> float:
    from scipy.special import betainc

    return float(betainc(below / 2, above / 2, below / (below + above * ratio)))


def _all_same(judged: list[str], by_juror: Mapping[str, list[Audit]]) -> dict[str, Index]:
    """The share of audits whose scale items all have one answer, and its probability by the binomial law.

    The chance of such an audit is that among the other jurors (half an audit added, so that it is never 0).
    """
    from scipy.special import betainc

    counts = {
        juror: [same for same in (audit.is_all_same for audit in audits) if same is not None]
        for juror, audits in by_juror.items()
    }
    all_audits, all_same = sum(map(len, counts.values())), sum(map(sum, counts.values()))
    shares = {juror: sum(part) / len(part) if part else None for juror, part in counts.items() if juror in judged}
    known = [share for share in shares.values() if share is not None]
    found = {}
    for juror, share in shares.items():
        n, same = len(counts[juror]), sum(counts[juror])
        chance = None
        if n >= LEAST_AUDITS and all_audits > n:
            usual = (all_same - same + 0.5) / (all_audits - n + 1)
            chance = float(betainc(same, n - same + 1, usual)) if same else 1.0
        beyond = chance is not None and chance < PROBABILITY_LIMIT
        reference = median(known) if known else None
        found[juror] = Index("all-same", "straight-lining", share, reference, None, chance, beyond)
    return found


def _score_spread(judged: list[str], by_juror: Mapping[str, list[Audit]]) -> dict[str, Index]:
    """The variance of a juror's scores over that of the others', about the mean of each instrument; probability by F.

    A juror who gives everyone much the same score has a small ratio.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for audits in by_juror.values():
        for audit in audits:
            scores[audit.instrument].append(audit.score)
    centre = {instrument: fsum(part) / len(part) for instrument, part in scores.items()}
    apart = {
        juror: sorted(audit.score - centre[audit.instrument] for audit in audits) for juror, audits in by_juror.items()
    }
    count = sum(map(len, apart.values()))
    total = fsum(value * value for part in apart.values() for value in part)
    values: dict[str, float | None] = {}
    for juror in judged:
        part, others = apart[juror], count - len(apart[juror])
        rest = (total - fsum(value * value for value in part)) / (others - 1) if others > 1 else 0.0
        values[juror] = _variance(part) / rest if rest > 0 else None
    known = [value for value in values.values() if value is not None]
    found = {}
    for juror, value in values.items():
        n = len(apart[juror])
        chance = None if value is None else 1.0 - _f_above(value, n - 1, count - n - 1)
        beyond = chance is not None and chance < PROBABILITY_LIMIT
        reference = median(known) if known else None
        found[juror] = Index("score-spread", "central-tendency", value, reference, None, chance, beyond)
    return found


def _variance(values: Sequence[float]) -> float:
    centre = fsum(values) / len(values)
    return fsum((value - centre) ** 2 for value in values) / (len(values) - 1)
