"""What breaks a tie for a prize that cannot be shared: rule by rule, in the published order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Final

from assay.ledger import draw
from assay.ranking.places import RankingError

PRIZE_TIE_RULES: Final = ("p-better", "lowest-channel", "audits", "lot")
CLEARLY_BETTER: Final = Fraction(3, 5)


@dataclass(frozen=True)
class TieStep:
    """One rule as applied: whether its evidence was there, and the groups it left."""

    rule: str
    is_available: bool
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TieBreak:
    """The order of keys that could not share, best first, and the steps that made it."""

    order: tuple[tuple[str, ...], ...]
    steps: tuple[TieStep, ...]


@dataclass(frozen=True)
class TieEvidence:
    """What the tie rules look at; `better` is P(first better than second). Absent evidence skips its rule."""

    lowest_channel: Mapping[str, Fraction] | None = None
    audits: Mapping[str, int] | None = None
    better: Mapping[tuple[str, str], Fraction] | None = None
    lot_seed: bytes | None = None
    lot_tag: str = ""


def break_tie(keys: Iterable[str], rules: Sequence[str], evidence: TieEvidence) -> TieBreak:
    """Order keys for a prize that cannot be shared, rule by rule, each looking only at what is still tied.

    `p-better`: a key that beats every other of its group with a probability above 0.60 goes first;
    `lowest-channel`: the higher lowest channel score; `audits`: more audits; `lot`: the verifiable draw.
    Raises RankingError for an unknown rule or evidence that lacks a key.
    """
    groups: tuple[tuple[str, ...], ...] = (tuple(sorted(set(keys))),)
    steps: list[TieStep] = []
    for rule in rules:
        if rule not in PRIZE_TIE_RULES:
            raise RankingError("prize_ties", "must be of: " + ", ".join(PRIZE_TIE_RULES))
        separate = _separator(rule, evidence)
        if separate is not None:
            try:
                groups = tuple(part for group in groups for part in _parts(group, separate))
            except KeyError as missing:
                raise RankingError(rule, f"has no evidence for {missing.args[0]}") from None
        steps.append(TieStep(rule, separate is not None, groups))
        if all(len(group) == 1 for group in groups):
            break
    return TieBreak(groups, tuple(steps))


_Separator = Callable[[tuple[str, ...]], Sequence[tuple[str, ...]]]


def _parts(group: tuple[str, ...], separate: _Separator) -> Sequence[tuple[str, ...]]:
    return (group,) if len(group) == 1 else separate(group)


def _separator(rule: str, evidence: TieEvidence) -> _Separator | None:
    if rule == "p-better":
        better = evidence.better
        return None if better is None else lambda group: _clearly_first(group, better)
    if rule == "lot":
        seed = evidence.lot_seed
        return None if seed is None else lambda group: [(key,) for key in draw(group, tag=evidence.lot_tag, seed=seed)]
    values: Mapping[str, Fraction] | Mapping[str, int] | None
    values = evidence.lowest_channel if rule == "lowest-channel" else evidence.audits
    return None if values is None else lambda group: _descending(group, values)


def _descending(
    group: tuple[str, ...], values: Mapping[str, Fraction] | Mapping[str, int]
) -> Sequence[tuple[str, ...]]:
    ordered = sorted(group, key=lambda key: (-values[key], key))
    return [tuple(keys) for _, keys in groupby(ordered, key=lambda key: values[key])]


def _clearly_first(group: tuple[str, ...], better: Mapping[tuple[str, str], Fraction]) -> Sequence[tuple[str, ...]]:
    for key in group:
        others = tuple(other for other in group if other != key)
        if all(better[key, other] > CLEARLY_BETTER for other in others):
            return ((key,), *_parts(others, lambda rest: _clearly_first(rest, better)))
    return (group,)
