"""Between approved audits and the engine: do the jurors agree, who is strict, what would make the scores surer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from assay import agreement
from assay.agreement import Alpha, Design, ItemMark, JurorProfile, Separation
from assay.rulebook import Model, Rulebook, final_score
from assay.scorecards import Scorecard, score
from probierz.results.habits import Habits

if TYPE_CHECKING:
    from assay.severity import SeverityFit

TARGET = 0.8
MOST_AUDITS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose audit it is, of whom, how and how long."""

    key: str
    application: int
    juror: int
    channel: str
    version: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Made:
    """One approved audit as it is read: `given` is what the juror marked, `marks` what counts after the office."""

    facts: Facts
    given: Mapping[str, str]
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One audit that counts. `fair` is its score less its juror's severity, `residual` what the model leaves."""

    facts: Facts
    score: float
    fair: float | None
    residual: float | None


@dataclass(frozen=True)
class Agreement:
    """Alpha where two or more jurors saw one institution in one channel: of scores, of scales, of yes/no items."""

    scores: Alpha
    scales: Alpha
    choices: Alpha


@dataclass(frozen=True)
class Reliability:
    """What the mean of so many audits is worth, and how many would be enough."""

    mean_audits: Fraction
    now: Design
    designs: tuple[Design, ...]
    needed_raw: int | None
    needed_fair: int | None
    separation: Separation | None


@dataclass(frozen=True)
class JuryQuality:
    """The jury of an edition. `absent` says why there is no model: institutions, jurors, audits or not-fitted."""

    audits: tuple[Judged, ...]
    left_out: int
    absent: str
    fit: SeverityFit | None
    agreement: Agreement
    profiles: tuple[JurorProfile, ...]

    @cached_property
    def institutions(self) -> int:
        return len({one.facts.application for one in self.audits})

    @cached_property
    def reliability(self) -> Reliability | None:
        return _reliability(self.fit) if self.fit is not None else None

    def profile_of(self, juror: int) -> JurorProfile | None:
        return next((one for one in self.profiles if one.juror == str(juror)), None)

    def audits_of(self, juror: int) -> list[Judged]:
        return [one for one in self.audits if one.facts.juror == juror]


def measure(rulebook: Rulebook, cards: Mapping[int, Scorecard], made: Sequence[Made]) -> JuryQuality:
    """Everything the page shows, computed by the engine."""
    # Partial: a mark that the office's change has called for and nobody gave must not hide the whole jury.
    scores = [(one, final_score(rulebook, score(cards[one.facts.version], one.marks, partial=True))) for one in made]
    counted = [(one, value) for one, (value, left_out) in scores if value is not None and left_out is None]
    rows = [(str(one.facts.application), str(one.facts.juror), value, one.facts.channel) for one, value in counted]
    # The same fit as a calculation makes; the threshold moves none of its numbers.
    model = Model(rows, Fraction(0))
    judged = _judged(counted, model.fit)
    habits = {version: Habits(card) for version, card in cards.items()}
    answers = {one.facts.key: habits[one.facts.version].read(one.given) for one, _ in counted}
    return JuryQuality(
        audits=judged,
        left_out=len(made) - len(judged),
        absent=model.absent,
        fit=model.fit,
        agreement=_agreement(judged, answers),
        profiles=_profiles(judged, answers, model.fit),
    )


def _judged(counted: Sequence[tuple[Made, Fraction]], fit: SeverityFit | None) -> tuple[Judged, ...]:
    if fit is None:
        return tuple(Judged(one.facts, float(value), None, None) for one, value in counted)
    quality = dict(zip(fit.institutions.keys, (fit.institutions.blup - fit.mean).tolist(), strict=True))
    severity = dict(zip(fit.jurors.keys, fit.jurors.severity.tolist(), strict=True))
    found = []
    for one, value in counted:
        facts = one.facts
        fair = float(value) - severity[str(facts.juror)]
        expected = fit.means[facts.channel] + quality[str(facts.application)]
        found.append(Judged(facts, float(value), fair, fair - expected))
    return tuple(found)


Answers = Mapping[str, tuple[Mapping[str, ItemMark], float | None]]


def _agreement(judged: Sequence[Judged], answers: Answers) -> Agreement:
    together: dict[tuple[int, str], list[Judged]] = defaultdict(list)
    for one in judged:
        together[one.facts.application, one.facts.channel].append(one)
    shared = [part for part in together.values() if len({one.facts.juror for one in part}) > 1]
    scores = [(place, one.score) for place, part in enumerate(shared) for one in part]
    items = [
        ((place, one.facts.version, item), mark)
        for place, part in enumerate(shared)
        for one in part
        for item, mark in answers[one.facts.key][0].items()
    ]
    return Agreement(
        scores=_alpha(scores, "interval"),
        scales=_alpha([(unit, mark.value) for unit, mark in items if mark.is_scale], "ordinal"),
        choices=_alpha([(unit, mark.value) for unit, mark in items if not mark.is_scale], "nominal"),
    )


def _alpha(readings: Sequence[tuple[object, float]], metric: str) -> Alpha:
    import numpy as np

    numbers: dict[object, int] = {}
    units = [numbers.setdefault(unit, len(numbers)) for unit, _ in readings]
    # As arrays, so that a large edition's items are not checked one by one.
    values = np.array([value for _, value in readings], dtype=np.float64)
    return agreement.alpha(np.array(units, dtype=np.int64), values, metric=metric)


def _profiles(judged: Sequence[Judged], answers: Answers, fit: SeverityFit | None) -> tuple[JurorProfile, ...]:
    severities = {}
    if fit is not None:
        people = fit.jurors
        pairs = zip(people.severity.tolist(), people.se.tolist(), strict=True)
        severities = dict(zip(people.keys, pairs, strict=True))
    audits = [
        agreement.Audit(
            key=one.facts.key,
            institution=str(one.facts.application),
            juror=str(one.facts.juror),
            channel=one.facts.channel,
            instrument=str(one.facts.version),
            score=one.score,
            residual=one.residual,
            marks=tuple(answers[one.facts.key][0].values()),
            not_applicable=answers[one.facts.key][1],
            minutes=one.facts.seconds / 60 if one.facts.seconds else None,
        )
        for one in judged
    ]
    return agreement.juror_profiles(audits, severities)


def _reliability(fit: SeverityFit) -> Reliability:
    found = fit.institutions
    mean = Fraction(int(found.n.sum()), len(found.keys))
    variances = agreement.Variances(fit.variances.institution, fit.variances.juror, fit.variances.residual)
    return Reliability(
        mean_audits=mean,
        now=agreement.design(variances, max(1, round(mean))),
        designs=agreement.d_study(variances, most=MOST_AUDITS),
        needed_raw=agreement.audits_needed(variances, target=TARGET),
        needed_fair=agreement.audits_needed(variances, target=TARGET, corrected=True),
        separation=agreement.separation(found.blup.tolist(), found.se.tolist(), shrunken=True),
    )
