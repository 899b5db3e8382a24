"""What a licence's rules would do, shown while they are being chosen.

Upper rooms register what they know of institutions' quality; this room knows none of them. Without any, a stated
assumption stands in.

consequences.register(evidence)      # in AppConfig.ready
def evidence(edition) -> Evidence | None
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.ranking import Consequence
from assay.ranking import consequences as consequences_of
from assay.ranking.assumed import Assumption, assumed_contest
from assay.rulebook import Rulebook
from assay.rulebook.schema import POLICIES, GuardedRule
from probierz.editions.models import Edition

THRESHOLDS: Final = range(40, 96)
_FULL: Final = Fraction(100)


@dataclass(frozen=True)
class Evidence:
    """Institutions whose quality was estimated: best estimates, standard errors, points by each score, categories.

    `source` says in words where they are from; `url` shows them.
    """

    estimates: tuple[float, ...]
    errors: tuple[float, ...]
    points: Mapping[str, tuple[Fraction, ...]]
    categories: tuple[str, ...]
    source: str
    url: str = ""
    assumption: Assumption | None = None


@dataclass(frozen=True)
class Outlook:
    """What the chosen policy does across thresholds, and each policy at the chosen one."""

    evidence: Evidence
    policy: str
    threshold: Fraction
    curve: tuple[Consequence, ...]
    policies: tuple[Consequence, ...]

    @property
    def institutions(self) -> int:
        return len(self.evidence.estimates)

    @property
    def chosen(self) -> Consequence:
        return next(one for one in self.policies if one.policy == self.policy)


Source = Callable[[Edition], Evidence | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def outlook(edition: Edition, rules: Rulebook) -> Outlook:
    """From the best evidence there is; the other conditions of the licence are not looked at."""
    found = next((one for one in (source(edition) for source in _sources) if one is not None), None)
    return foreseen(found or assumed(rules), rules)


def foreseen(evidence: Evidence, rules: Rulebook) -> Outlook:
    """What the rules would do to these institutions."""
    licence = rules.licence
    exact = evidence.points[rules.official_score]
    points = [float(rules.points.apply(min(max(value, Fraction(0)), _FULL))) for value in exact]
    guarded = licence.guarded or GuardedRule()

    def at(policy: str, thresholds: list[float]) -> tuple[Consequence, ...]:
        found = consequences_of(
            evidence.estimates,
            evidence.errors,
            thresholds,
            policy=policy,
            points=points,
            categories=evidence.categories,
            grant=float(guarded.grant),
            refuse=float(guarded.refuse),
            extra_audits=guarded.extra_audits,
        )
        return tuple(found)

    chosen = [float(licence.threshold)]
    return Outlook(
        evidence=evidence,
        policy=licence.policy,
        threshold=licence.threshold,
        curve=at(licence.policy, [float(threshold) for threshold in THRESHOLDS]),
        policies=tuple(one for policy in POLICIES for one in at(policy, chosen)),
    )


def assumed(rules: Rulebook) -> Evidence:
    """A typical contest, with as many audits of an institution as the rules ask for at least, and one per channel."""
    audits = max(rules.licence.min_audits, rules.ranked.min_audits, len(rules.channels))
    assumption = Assumption(audits=audits)
    made = assumed_contest(assumption, is_fair=rules.official_score != "raw")
    points = made.estimates if rules.official_score == "blup" else made.points
    count = assumption.institutions
    return Evidence(
        estimates=tuple(float(value) for value in made.estimates),
        errors=(made.se,) * count,
        points={rules.official_score: tuple(Fraction(float(value)) for value in points)},
        categories=("",) * count,
        source="",
        assumption=assumption,
    )
