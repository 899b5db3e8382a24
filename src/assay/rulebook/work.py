"""The calculation: audits are scored, gathered by institution, placed, and decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from assay.composite import weighted_mean
from assay.exact import FieldError
from assay.fields import Fields
from assay.ranking import standings
from assay.rulebook.decision import decide, why_not_classified
from assay.rulebook.estimates import Known, Model, RankEstimate
from assay.rulebook.outcome import AuditOutcome, ChannelOutcome, InstitutionOutcome, Outcome, Place
from assay.scorecards import AuditScore, MarksRefused, Scorecard, score

if TYPE_CHECKING:
    from assay.rulebook.rules import Rulebook

_AUDIT_FIELDS: Final = (*("key", "institution", "category", "juror", "channel", "instrument", "marks", "overrides"),)
_ZERO: Final = Fraction(0)
_FULL: Final = Fraction(100)


class InputError(FieldError):
    """Audits or institutions that the rules cannot compute on."""


@dataclass(frozen=True)
class _Case:
    """One institution's evidence."""

    key: str
    category: str
    audits: tuple[AuditOutcome, ...]
    without: frozenset[str]

    @property
    def counted(self) -> list[AuditOutcome]:
        return [audit for audit in self.audits if audit.left_out is None]


def compute(
    rules: Rulebook,
    audits: Iterable[Mapping[str, object]],
    scorecards: Mapping[str, Scorecard],
    *,
    institutions: Mapping[str, str] | None,
    without: Mapping[str, Sequence[str]],
    extra: Mapping[str, int],
    known: Known | None,
) -> Outcome:
    """See Rulebook.compute."""
    _check_scorecards(rules, scorecards)
    found, categories = _read_audits(rules, audits, scorecards, institutions)
    cases = _cases(found, categories, without)
    made = _extra_audits(extra, categories)
    model = Model(
        [
            (audit.institution, audit.juror, audit.score, audit.channel)
            for audit in found
            if audit.left_out is None and audit.score is not None
        ],
        rules.licence.threshold,
        known,
    )
    draft = {case.key: _institution(rules, case, model) for case in cases}
    decided = decide(rules, _placed(rules, draft, model), made)
    lacking = {case.key: tuple(sorted(case.without)) for case in cases if case.without}
    official = model.official(rules.official_score)
    return Outcome(rules, decided, {audit.key: audit for audit in found}, lacking, made, official, model)


def _extra_audits(extra: Mapping[str, int], categories: Mapping[str, str]) -> dict[str, int]:
    for key, count in sorted(extra.items()):
        if key not in categories:
            raise InputError(f"extra.{key}", "is not among the institutions")
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= 1000:
            raise InputError(f"extra.{key}", "must be a whole number from 0 to 1000")
    return {key: count for key, count in sorted(extra.items()) if count}


def _check_scorecards(rules: Rulebook, scorecards: Mapping[str, Scorecard]) -> None:
    for name, card in sorted(scorecards.items()):
        if card.channel not in rules.channels:
            raise InputError(f"scorecards.{name}", f"the rules have no channel {card.channel}")
        for item in card.items:
            if getattr(item.scale, "no_answer", None):
                raise InputError(f"scorecards.{name}.{item.key}", "the rules say that no answer earns 0 points")


def _read_audits(
    rules: Rulebook,
    audits: Iterable[Mapping[str, object]],
    scorecards: Mapping[str, Scorecard],
    institutions: Mapping[str, str] | None,
) -> tuple[list[AuditOutcome], dict[str, str]]:
    categories = dict(institutions or {})
    found: dict[str, AuditOutcome] = {}
    for index, entry in enumerate(audits):
        fields = Fields(entry, f"audits[{index}]", InputError).only(_AUDIT_FIELDS)
        audit = _audit(rules, fields, scorecards)
        if audit.key in found:
            raise fields.refuse("key", f"{audit.key} stands twice")
        category = fields.key("category")
        if institutions is not None and audit.institution not in categories:
            raise fields.refuse("institution", f"{audit.institution} is not among the institutions")
        if categories.setdefault(audit.institution, category) != category:
            raise fields.refuse("category", f"{audit.institution} is in another category")
        found[audit.key] = audit
    return [found[key] for key in sorted(found)], categories


def _audit(rules: Rulebook, fields: Fields, scorecards: Mapping[str, Scorecard]) -> AuditOutcome:
    instrument = fields.key("instrument")
    card = scorecards.get(instrument)
    if card is None:
        raise fields.refuse("instrument", f"{instrument} is not among the scorecards")
    channel = fields.key("channel")
    if channel != card.channel:
        raise fields.refuse("channel", f"the scorecard is for {card.channel}")
    marks = fields.object("marks").values
    try:
        detail = score(card, marks)
    except MarksRefused as refused:
        raise fields.refuse("marks", str(refused)) from None
    final, left_out = final_score(rules, detail)
    return AuditOutcome(
        key=fields.key("key"),
        institution=fields.key("institution"),
        channel=channel,
        juror=fields.key("juror"),
        instrument=instrument,
        detail=detail,
        score=final,
        left_out=left_out,
        overrides=_overrides(fields, marks) if fields.has("overrides") else {},
    )


def final_score(rules: Rulebook, detail: AuditScore) -> tuple[Fraction | None, str | None]:
    """The score an audit enters a calculation with, and why it is left out of it (None: it counts)."""
    final = detail.uncapped if rules.licence.critical == "ignore" else detail.score
    if final is None:
        return None, "nothing-applicable"
    return final, "coverage" if detail.coverage < rules.audit.min_coverage else None


def _overrides(fields: Fields, marks: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    changes = fields.object("overrides")
    found: dict[str, Mapping[str, str]] = {}
    for item in sorted(changes.values):
        change = changes.object(item).only(("from", "to", "reason"))
        if marks.get(item) != change.text("to"):
            raise change.refuse("to", "is not the mark that is scored")
        found[item] = {name: change.text(name) for name in ("from", "to", "reason")}
    return found


def _cases(
    audits: Sequence[AuditOutcome], categories: Mapping[str, str], without: Mapping[str, Sequence[str]]
) -> list[_Case]:
    by_institution: dict[str, list[AuditOutcome]] = {key: [] for key in sorted(categories)}
    for key in without:
        if key not in by_institution:
            raise InputError(f"without.{key}", "is not among the institutions")
    for audit in audits:
        by_institution[audit.institution].append(audit)
    return [
        _Case(key, categories[key], tuple(entries), frozenset(without.get(key, ())))
        for key, entries in by_institution.items()
    ]


def _institution(rules: Rulebook, case: _Case, model: Model) -> InstitutionOutcome:
    counted = case.counted
    channels = _channels(rules, case, model)
    scores = {entry.channel: entry.score if entry.raw is None else entry.raw for entry in channels}
    combined = weighted_mean(scores, {key: rule.weight for key, rule in rules.channels.items()})
    points = combined.value if counted else None
    shares = combined.effective_weights
    channels = [replace(entry, effective_weight=shares.get(entry.channel, _ZERO)) for entry in channels]
    estimates = None if points is None else model.estimates(case.key, points, channels)
    official = model.official(rules.official_score).used
    if estimates is not None and official != "raw":
        points = min(max(estimates.of(official), _ZERO), _FULL)
    draft = InstitutionOutcome(
        key=case.key,
        category=case.category,
        points=points,
        published=None if points is None else rules.points.apply(points),
        channels=tuple(channels),
        audits_used=tuple(audit.key for audit in counted),
        audits_left_out=tuple((audit.key, audit.left_out) for audit in case.audits if audit.left_out),
        jurors=len({audit.juror for audit in counted}),
        failed_critical=tuple((audit.key, item) for audit in counted for item in audit.detail.failed_critical),
        why_not_classified=(),
        places={},
        decision="",
        conditions=(),
        estimates=estimates,
    )
    return replace(draft, why_not_classified=why_not_classified(rules, draft))


def _channels(rules: Rulebook, case: _Case, model: Model) -> list[ChannelOutcome]:
    found = []
    is_raw = model.official(rules.official_score).used == "raw"
    for key, rule in rules.channels.items():
        audits = [audit for audit in case.counted if audit.channel == key]
        scores = [audit.score for audit in audits if audit.score is not None]
        value: Fraction | None = None
        raw: Fraction | None = None
        fair: Fraction | None = None
        if scores:
            raw, state = _mean(scores), "scored"
            fair = model.fair_mean(raw, (audit.juror for audit in audits))
            value = raw if is_raw else fair
        elif rule.is_required and key not in case.without:
            state = "missing"
        elif rule.absent == "zero":
            value, state = _ZERO, "zero"
        else:
            state = "excluded"
        keys = tuple(audit.key for audit in audits)
        found.append(ChannelOutcome(key, rule.weight, _ZERO, value, state, keys, raw, fair))
    return found


def _mean(scores: Sequence[Fraction]) -> Fraction:
    """The exact mean, over one denominator so that only one fraction is reduced."""
    common = lcm(*(score.denominator for score in scores))
    total = sum(score.numerator * (common // score.denominator) for score in scores)
    return Fraction(total, common * len(scores))


def _placed(rules: Rulebook, draft: Mapping[str, InstitutionOutcome], model: Model) -> dict[str, InstitutionOutcome]:
    places: dict[str, dict[str, Place]] = {key: {} for key in draft}
    ranks: dict[str, dict[str, RankEstimate]] = {key: {} for key in draft}
    classified = {key: found for key, found in draft.items() if found.is_classified}
    groups: list[tuple[str, list[str]]] = []
    if "category" in rules.standings.scopes:
        categories = sorted({found.category for found in classified.values()})
        groups += [
            ("category", [key for key, found in classified.items() if found.category == category])
            for category in categories
        ]
    if "overall" in rules.standings.scopes:
        groups.append(("overall", list(classified)))
    for scope, keys in groups:
        points = {key: classified[key].points for key in keys}
        entries = standings(points, published=rules.points, ties=rules.standings.ties).entries
        for entry in entries:
            places[entry.key][scope] = Place(scope, entry.place, len(keys), entry.sharing)
        for key, rank in model.ranks(scope, [(entry.key, entry.place) for entry in entries]).items():
            ranks[key][scope] = rank
    return {
        key: replace(
            found,
            places=places[key],
            estimates=replace(found.estimates, ranks=ranks[key]) if found.estimates and ranks[key] else found.estimates,
        )
        for key, found in draft.items()
    }
