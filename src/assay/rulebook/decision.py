"""Whether an institution is classified, and whether the licence is granted: each condition named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.exact import RoundingRule, text
from assay.rulebook.outcome import Condition, InstitutionOutcome, Reason

if TYPE_CHECKING:
    from assay.rulebook.rules import Rulebook
    from assay.rulebook.schema import GuardedRule

_PROBABILITY: Final = RoundingRule(3)
_EVEN: Final = Fraction(1, 2)


def why_not_classified(rules: Rulebook, found: InstitutionOutcome) -> tuple[Reason, ...]:
    """Every reason that keeps the institution from a place; empty when it is classified."""
    scored = _scored_channels(found)
    counts = (
        ("audits", rules.ranked.min_audits, len(found.audits_used)),
        ("jurors", rules.ranked.min_jurors, found.jurors),
        ("channels", rules.ranked.min_channels, scored),
    )
    reasons = [Reason(code, str(least), str(got)) for code, least, got in counts if got < least]
    missing = [channel.channel for channel in found.channels if channel.state == "missing"]
    reasons += [Reason("required-channel", channel, "") for channel in missing]
    return tuple(reasons)


def decide(
    rules: Rulebook, drafts: Mapping[str, InstitutionOutcome], extra: Mapping[str, int]
) -> dict[str, InstitutionOutcome]:
    """Every institution with its licence conditions and decision; `extra`: extra audits made in the border zone."""
    means = category_means(drafts)
    return {
        key: decide_one(rules, found, means.get(found.category), extra.get(key, 0)) for key, found in drafts.items()
    }


def _scored_channels(found: InstitutionOutcome) -> int:
    return sum(1 for channel in found.channels if channel.state == "scored")


def category_means(drafts: Mapping[str, InstitutionOutcome]) -> dict[str, Fraction]:
    """Mean published points of the classified institutions of each category."""
    groups: dict[str, list[Fraction]] = {}
    for found in drafts.values():
        if found.is_classified and found.published is not None:
            groups.setdefault(found.category, []).append(Fraction(found.published))
    return {category: sum(values, Fraction(0)) / len(values) for category, values in groups.items()}


def decide_one(rules: Rulebook, found: InstitutionOutcome, mean: Fraction | None, extra: int) -> InstitutionOutcome:
    """One institution decided beside the mean of its category (published points of those classified)."""
    if not found.is_classified or found.published is None or mean is None:
        return replace(found, decision="not-classified")
    guarded = rules.licence.guarded
    others = _other_conditions(rules, found)
    if guarded is None:
        first = _points_conditions(rules, Fraction(found.published), mean)
        is_border = False
    else:
        condition, is_border = _guarded_condition(rules, guarded, found, extra)
        first = [condition]
    conditions = (*first, *others)
    decision = "grant" if all(condition.is_held for condition in conditions) else "refuse"
    if is_border and all(condition.is_held for condition in others):
        decision = "border"
    return replace(found, conditions=conditions, decision=decision)


def _guarded_condition(
    rules: Rulebook, guarded: GuardedRule, found: InstitutionOutcome, extra: int
) -> tuple[Condition, bool]:
    """How sure it is that the threshold is reached, and whether that is too unsure to decide yet.

    The probability is looked at with 3 decimals, as it is shown. Without an estimate nothing is sure, and after the
    extra audits points decide.
    """
    is_last = extra >= guarded.extra_audits
    if found.estimates is None:
        if is_last:
            return _points_condition(rules, Fraction(str(found.published))), False
        return Condition("p-threshold", False, text(guarded.grant), ""), True
    shown = _PROBABILITY.apply(found.estimates.p_threshold)
    chance = Fraction(shown)
    is_border = guarded.refuse < chance < guarded.grant
    wanted = _EVEN if is_border and is_last else guarded.grant
    return Condition("p-threshold", chance >= wanted, text(wanted), str(shown)), is_border and not is_last


def _points_condition(rules: Rulebook, points: Fraction) -> Condition:
    threshold = rules.licence.threshold
    return Condition("points", points >= threshold, text(threshold), str(rules.points.apply(points)))


def _points_conditions(rules: Rulebook, points: Fraction, mean: Fraction) -> list[Condition]:
    threshold = rules.licence.threshold
    got, wanted = str(rules.points.apply(points)), text(threshold)
    if rules.licence.policy == "simple":
        return [_points_condition(rules, points)]
    return [
        Condition("above-threshold", points > threshold, wanted, got),
        Condition("above-mean", points > mean, str(rules.points.apply(mean)), got),
    ]


def _other_conditions(rules: Rulebook, found: InstitutionOutcome) -> list[Condition]:
    licence = rules.licence
    audits, channels = len(found.audits_used), _scored_channels(found)
    conditions = [
        Condition("audits", audits >= licence.min_audits, str(licence.min_audits), str(audits)),
        Condition("channels", channels >= licence.min_channels, str(licence.min_channels), str(channels)),
    ]
    lowest = found.lowest_channel
    if licence.min_channel_score is not None and lowest is not None:
        shown = rules.points.apply(lowest)
        is_held = Fraction(shown) >= licence.min_channel_score
        conditions.append(Condition("lowest-channel", is_held, text(licence.min_channel_score), str(shown)))
    if licence.critical == "refuse":
        failed = len(found.failed_critical)
        conditions.append(Condition("critical-items", failed == 0, "0", str(failed)))
    return conditions
