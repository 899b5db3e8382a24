"""The calculation: audits are scored, gathered by institution, placed, and decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.composite import weighted_mean
from assay.exact import FieldError
from assay.fields import Fields
from assay.ranking import standings
from assay.rulebook.decision import decide, why_not_classified
from assay.rulebook.outcome import AuditOutcome, ChannelOutcome, InstitutionOutcome, Outcome, Place
from assay.scorecards import MarksRefused, Scorecard, score

if TYPE_CHECKING:
    from assay.rulebook.rules import Rulebook

_AUDIT_FIELDS: Final = (*("key", "institution", "category", "juror", "channel", "instrument", "marks", "overrides"),)
_ZERO: Final = Fraction(0)


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
) -> Outcome:
    """See Rulebook.compute."""
    _check_scorecards(rules, scorecards)
    found, categories = _read_audits(rules, audits, scorecards, institutions)
    cases = _cases(found, categories, without)
    draft = {case.key: _institution(rules, case) for case in cases}
    placed = _placed(rules, draft)
    lacking = {case.key: tuple(sorted(case.without)) for case in cases if case.without}
    return Outcome(rules, decide(rules, placed), {audit.key: audit for audit in found}, lacking)


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
    final = detail.uncapped if rules.licence.critical == "ignore" else detail.score
    left_out = None
    if final is None:
        left_out = "nothing-applicable"
    elif detail.coverage < rules.audit.min_coverage:
        left_out = "coverage"
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


def _institution(rules: Rulebook, case: _Case) -> InstitutionOutcome:
    counted = case.counted
    channels = _channels(rules, case)
    scores = {entry.channel: entry.score for entry in channels}
    combined = weighted_mean(scores, {key: rule.weight for key, rule in rules.channels.items()})
    points = combined.value if counted else None
    shares = combined.effective_weights
    draft = InstitutionOutcome(
        key=case.key,
        category=case.category,
        points=points,
        published=None if points is None else rules.points.apply(points),
        channels=tuple(replace(entry, effective_weight=shares.get(entry.channel, _ZERO)) for entry in channels),
        audits_used=tuple(audit.key for audit in counted),
        audits_left_out=tuple((audit.key, audit.left_out) for audit in case.audits if audit.left_out),
        jurors=len({audit.juror for audit in counted}),
        failed_critical=tuple((audit.key, item) for audit in counted for item in audit.detail.failed_critical),
        why_not_classified=(),
        places={},
        decision="",
        conditions=(),
    )
    return replace(draft, why_not_classified=why_not_classified(rules, draft))


def _channels(rules: Rulebook, case: _Case) -> list[ChannelOutcome]:
    found = []
    for key, rule in rules.channels.items():
        audits = [audit for audit in case.counted if audit.channel == key]
        scores = [audit.score for audit in audits if audit.score is not None]
        value: Fraction | None = None
        if scores:
            value, state = sum(scores, _ZERO) / len(scores), "scored"
        elif rule.is_required and key not in case.without:
            state = "missing"
        elif rule.absent == "zero":
            value, state = _ZERO, "zero"
        else:
            state = "excluded"
        keys = tuple(audit.key for audit in audits)
        found.append(ChannelOutcome(key, rule.weight, _ZERO, value, state, keys))
    return found


def _placed(rules: Rulebook, draft: Mapping[str, InstitutionOutcome]) -> dict[str, InstitutionOutcome]:
    places: dict[str, dict[str, Place]] = {key: {} for key in draft}
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
        for entry in standings(points, published=rules.points, ties=rules.standings.ties).entries:
            places[entry.key][scope] = Place(scope, entry.place, len(keys), entry.sharing)
    return {key: replace(found, places=places[key]) for key, found in draft.items()}
