"""The rules in English, sentence by sentence, saying the same as the Polish ones."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assay.exact import RoundingRule, text

if TYPE_CHECKING:
    from assay.rulebook.rules import Rulebook
    from assay.rulebook.schema import ChannelRule, GuardedRule

CHANNEL_NAMES: Final = {
    "visit": "Visit",
    "phone": "Telephone",
    "email": "E-mail",
    "web": "Website",
    "social": "Social media",
}
_AWARD_KINDS: Final = {"statuette": "statuette", "distinction": "extraordinary distinction"}
_PRIZE_TIES: Final = {
    "p-better": "more than 60% certainty that one institution is better (where uncertainty was computed)",
    "lowest-channel": "the higher score in the weakest channel",
    "audits": "the larger number of audits",
    "lot": "an open draw that anyone can check",
}


_NEEDS: Final = (
    "The correction needs at least 8 jurors and enough audits; where they are lacking, points follow directly from "
    "the marks. Which of the two was used is announced."
)
_OFFICIAL: Final = {
    "raw": [
        "Points follow directly from the marks on the scorecards, without correction for strict jurors.",
        "A channel's score is the mean of its audits; points are the weighted mean of the channels.",
    ],
    "fair": [
        "Every audit's score is corrected for its juror's severity, estimated from all audits of the edition.",
        "A channel's score is the mean of its corrected audits; points are the weighted mean of the channels, "
        "not below 0 and not above 100.",
        _NEEDS,
    ],
    "blup": [
        "Every audit's score is corrected for its juror's severity, estimated from all audits of the edition.",
        "Points are the best estimate of an institution's quality: the less is known of it, the closer to the mean "
        "of the edition; not below 0 and not above 100.",
        _NEEDS,
    ],
}


def sentences(rules: Rulebook) -> list[tuple[str, list[str]]]:
    """All rules as (heading, sentences)."""
    return [
        ("Ranking points", _points(rules)),
        ("Channels", [_channel(rules, key, rule) for key, rule in rules.channels.items()]),
        ("When an audit counts", _audit(rules)),
        ("Classification", _ranked(rules)),
        ("Quality Licence", _licence(rules)),
        ("Places and ties", _standings(rules)),
        ("What is published", _published(rules)),
        ("How audits are made", _fieldwork(rules)),
        ("Validity and fee", _terms(rules)),
        ("Awards", _awards(rules)),
    ]


def _percent(share: Fraction) -> str:
    return f"{text(share * 100)}%"


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _points(rules: Rulebook) -> list[str]:
    decimals = rules.points.decimals
    half = "up" if rules.points.mode == "half-up" else "to the even digit"
    precision = f"with {_many(decimals, 'decimal place')}" if decimals else "in whole points"
    return [
        f"An institution's result is given in ranking points from 0 to 100, {precision}.",
        f"Points are rounded once, when they are announced; halves go {half}.",
        *_OFFICIAL[rules.official_score],
    ]


def _channel(rules: Rulebook, key: str, rule: ChannelRule) -> str:
    total = sum((other.weight for other in rules.channels.values()), Fraction(0))
    exact = 100 * rule.weight / total
    share = Fraction(RoundingRule(1).apply(exact))
    about = "" if share == exact else "about "
    name = f"{CHANNEL_NAMES[key]}: weight {text(rule.weight)} ({about}{text(share)}% of the result)"
    if rule.is_required:
        need = "required, without an audit in it nobody is classified; where an institution does not have it"
    else:
        need = "not required; where an audit in it is lacking"
    if rule.absent == "zero":
        lack = "the institution gets 0 points in it"
    else:
        lack = "it is left out and the other weights grow in proportion"
    return f"{name}; {need}, {lack}."


def _audit(rules: Rulebook) -> list[str]:
    least = _percent(rules.audit.min_coverage)
    return [
        f"An audit counts when at least {least} of the scorecard's weight was marked; “not applicable” is not a mark.",
        "Items that do not apply to an institution neither help nor harm it.",
        "No answer within the time given is 0 points, not “not applicable”.",
    ]


def _ranked(rules: Rulebook) -> list[str]:
    ranked = rules.ranked
    return [
        f"An institution is classified with at least {_many(ranked.min_audits, 'audit')}, made by at least "
        f"{_many(ranked.min_jurors, 'juror')} in at least {_many(ranked.min_channels, 'channel')}.",
        "The others are not classified for want of data; missing results are never guessed.",
    ]


def _licence(rules: Rulebook) -> list[str]:
    licence = rules.licence
    threshold = f"{text(licence.threshold)} points"
    if licence.guarded is not None:
        first = _guarded(licence.guarded, threshold)
    elif licence.policy == "simple":
        first = [f"The licence goes to an institution with at least {threshold}."]
    else:
        first = [f"The licence takes more than {threshold} and more than the mean of the category."]
    found = [
        *first,
        f"It also takes at least {_many(licence.min_audits, 'audit')} and results from at least "
        f"{_many(licence.min_channels, 'channel')}.",
    ]
    if licence.min_channel_score is None:
        found.append("No lowest score is required in a single channel.")
    else:
        found.append(f"In no channel may the score be below {text(licence.min_channel_score)} points.")
    found.append(
        {
            "refuse": "A failed critical item caps the audit's score as the scorecard says and rules out the licence.",
            "cap": "A failed critical item caps the audit's score as the scorecard says, "
            "but does not by itself rule out the licence.",
            "ignore": "A failed critical item is noted in the report; it changes neither the score nor the licence.",
        }[licence.critical]
    )
    return found


def _guarded(rule: GuardedRule, threshold: str) -> list[str]:
    return [
        f"The licence goes to an institution that deserves at least {threshold} with a certainty of at least "
        f"{_percent(rule.grant)}; at a certainty of {_percent(rule.refuse)} or less it is refused.",
        f"Between lies the border zone: at most {_many(rule.extra_audits, 'extra audit')} by jurors who have not been "
        "there, and then a certainty of at least 50% decides.",
    ]


def _standings(rules: Rulebook) -> list[str]:
    names = {"category": "in each category", "overall": "in the overall classification"}
    scopes = [names[scope] for scope in rules.standings.scopes]
    first = f"Places are given {_listed(scopes)}." if scopes else "No places are given."
    found = [first, "Institutions with equal announced points share a place: 1, 2, 2, 4."]
    ties = [_PRIZE_TIES[rule] for rule in rules.standings.prize_ties]
    if ties:
        found.append("A prize that cannot be shared is decided in this order: " + "; ".join(ties) + ".")
    else:
        found.append("A prize won by several institutions with equal points goes to all of them.")
    return found


def _published(rules: Rulebook) -> list[str]:
    shown = rules.published
    return [
        f"An institution {'learns' if shown.points_to_institution else 'does not learn'} its points.",
        f"An institution {'learns' if shown.place_to_institution else 'does not learn'} its place.",
        f"Points are {'made' if shown.points_public else 'not made'} public.",
        f"Places are {'made' if shown.places_public else 'not made'} public.",
        f"{'Only laureates' if shown.only_laureates else 'All participants'} are named in public.",
    ]


def _fieldwork(rules: Rulebook) -> list[str]:
    work = rules.fieldwork
    gap = work.min_working_days_between
    return [
        f"A juror hands in the report within {_many(work.report_hours, 'hour')} of the audit.",
        f"At least {_many(gap, 'working day')} pass between two audits of one institution."
        if gap
        else "No gap is set between audits of one institution.",
        f"One juror makes at most {_percent(work.max_share_of_juror)} of an institution's audits.",
        f"{_percent(work.double_scored_share)} of audits are scored independently a second time."
        if work.double_scored_share
        else "Audits are not scored a second time.",
        f"An application may be completed within {_many(work.completion_working_days, 'working day')}.",
    ]


def _terms(rules: Rulebook) -> list[str]:
    terms = rules.licence_terms
    found = [f"The licence is valid for {_many(terms.months, 'month')} from the day it is granted."]
    if not terms.fee:
        return [*found, "Taking part and the licence are free."]
    if len(terms.fee) == 1:
        return [*found, f"Only laureates pay a fee; it is {_money(terms.fee[0].net)} net."]
    found.append("Only laureates pay a fee, by number of employees; amounts are net.")
    for band in terms.fee:
        who = "More employees" if band.up_to is None else f"Up to {_many(band.up_to, 'employee')}"
        found.append(f"{who}: {_money(band.net)}.")
    return found


def _money(amount: Fraction) -> str:
    shown = text(amount) if amount.denominator == 1 else str(RoundingRule(2).apply(amount))
    return f"PLN {shown}"


def _awards(rules: Rulebook) -> list[str]:
    if not rules.awards:
        return ["There are no awards beside the licence."]
    found = []
    for award in rules.awards:
        count = "any number" if award.most is None else f"at most {award.most}"
        kind = _AWARD_KINDS[award.kind]
        name = award.title if award.title.casefold().startswith(kind) else f"{award.title} ({kind})"
        found.append(f"{name}: {count}, with a written reason.")
    return found
