"""`score`: instruments and marks to audit scores, channel scores and institution points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.command.reading import CommandError
from assay.composite import weighted_mean
from assay.fields import Fields
from assay.scales import NOT_APPLICABLE, NamedMarks, Scale, Unscored
from assay.scorecards import AuditScore, Item, Scorecard, Section, score

_ITEM_FIELDS = ("key", "points", "not_applicable", "scored", "critical", "weight")
_MOST_BITS = 65_536


@dataclass(frozen=True)
class _Instrument:
    """A scorecard whose own marks carry a "=" before them, so that none can be taken for "not applicable".

    `kept`: by item, what each mark it admits is kept as.
    """

    card: Scorecard
    kept: Mapping[str, Mapping[str, str]]

    def marks(self, fields: Fields, *, partial: bool) -> dict[str, str]:
        given = fields.object("marks")
        found: dict[str, str] = {}
        for key, mark in sorted(given.values.items()):
            if key not in self.kept:
                raise given.refuse(key[:80], "is not an item of the instrument")
            kept = self.kept[key].get(mark) if isinstance(mark, str) else None
            if kept is not None:
                found[key] = kept
            elif mark is not None or not partial:
                found[key] = self._free(key, given.text(key), given)
        if not partial and len(found) < len(self.kept):
            raise given.refuse(next(item.key for item in self.card.items if item.key not in found), "is missing")
        return found

    def _free(self, key: str, mark: str, given: Fields) -> str:
        if self.card.items_by_key[key].scale.named_marks() is not None:
            raise given.refuse(key, f"{mark[:80]} is not a mark of this item")
        return f"={mark}"


def score_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("instruments", "audits", "channels", "partial", "critical_cap"))
    cap = fields.exact("critical_cap", most=100) if fields.has("critical_cap") else None
    entries = fields.object("instruments")
    instruments = {key: _instrument(entries.object(key), key, cap) for key in sorted(entries.values)}
    if sum(_bits(instrument.card) for instrument in instruments.values()) > _MOST_BITS:
        raise fields.refuse("instruments", "have too many digits together")
    weights = _weights(fields) if fields.has("channels") else None
    everywhere = fields.flag("partial", default=False)
    audits: dict[str, AuditScore] = {}
    places: dict[str, dict[str, list[Fraction]]] = {}
    for entry in fields.objects("audits"):
        _audit(entry, instruments, everywhere, weights, audits, places)
    return {
        "audits": [_audit_answer(key, audits[key]) for key in sorted(audits)],
        "institutions": [_institution(key, places[key], weights) for key in sorted(places)],
    }


def _bits(card: Scorecard) -> int:
    """How many bits the exact denominator of a score may take."""
    scaling = card.tally.scaling
    possible = (sum((item.possible for item in section.items), Fraction(0)) for section in card.sections)
    return sum(int(most * scaling).bit_length() for most in possible)


def _audit(
    entry: Fields,
    instruments: Mapping[str, _Instrument],
    everywhere: bool,
    weights: Mapping[str, Fraction] | None,
    audits: dict[str, AuditScore],
    places: dict[str, dict[str, list[Fraction]]],
) -> None:
    entry.only(("key", "institution", "juror", "channel", "instrument", "marks", "partial"))
    key, channel, name = entry.key("key"), entry.key("channel"), entry.key("instrument")
    if key in audits:
        raise entry.refuse("key", f"{key} stands twice")
    if name not in instruments:
        raise entry.refuse("instrument", f"{name} is not among the instruments")
    if weights is not None and channel not in weights:
        raise entry.refuse("channel", f"{channel} is not among the channels")
    if entry.has("juror"):
        entry.key("juror")
    partial = entry.flag("partial", default=everywhere)
    marks = instruments[name].marks(entry, partial=partial)
    found = score(instruments[name].card, marks, partial=True)
    audits[key] = found
    scores = places.setdefault(entry.key("institution"), {}).setdefault(channel, [])
    if found.score is not None:
        scores.append(found.score)


def _weights(fields: Fields) -> dict[str, Fraction]:
    channels = fields.object("channels")
    weights = {key: channels.exact(key) for key in channels.values}
    if not any(weights.values()):
        raise fields.refuse("channels", "must have at least one weight above 0")
    return weights


def _audit_answer(key: str, found: AuditScore) -> dict[str, object]:
    card = found.card
    scores = card.tally.section_scores(found.marks)
    return {
        "key": key,
        "score": _float(found.score),
        "coverage": float(found.coverage),
        "sections": {section.key: _float(one) for section, one in zip(card.sections, scores, strict=True)},
        "capped": found.capped,
        "failed_critical": list(found.failed_critical),
    }


def _institution(
    key: str, channels: Mapping[str, list[Fraction]], weights: Mapping[str, Fraction] | None
) -> dict[str, object]:
    means = {
        channel: sum(scores, Fraction(0)) / len(scores) if scores else None
        for channel, scores in sorted(channels.items())
    }
    points = weighted_mean(means, weights or dict.fromkeys(means, Fraction(1))).value
    return {
        "key": key,
        "points": _float(points),
        "channels": {channel: _float(mean) for channel, mean in means.items()},
        "audits": sum(len(scores) for scores in channels.values()),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _instrument(fields: Fields, key: str, cap: Fraction | None) -> _Instrument:
    fields.only(("sections", "critical_cap"))
    sections: dict[str, Section] = {}
    kept: dict[str, Mapping[str, str]] = {}
    for entry in fields.objects("sections", least=1):
        entry.only(("key", "weight", "items"))
        items = tuple(_item(item, kept) for item in entry.objects("items", least=1))
        section = Section(entry.key("key"), "", entry.exact("weight"), items)
        if section.key in sections:
            raise entry.refuse("key", f"{section.key} stands twice")
        sections[section.key] = section
    if not any(section.weight for section in sections.values()):
        raise fields.refuse("sections", "must have at least one weight above 0")
    own = fields.exact("critical_cap", most=100) if fields.has("critical_cap") else cap
    return _Instrument(Scorecard(key, "", "", tuple(sections.values()), own), kept)


def _item(fields: Fields, kept: dict[str, Mapping[str, str]]) -> Item:
    key = fields.only(_ITEM_FIELDS).key("key")
    if key in kept:
        raise fields.refuse("key", f"{key} stands twice")
    is_scored = fields.flag("scored", default=True)
    points = fields.object("points")
    scale = _scale(points)
    without = fields.texts("not_applicable", optional=True)
    for mark in without:
        if mark in points.values:
            raise fields.refuse("not_applicable", f"{mark[:80]} has points too")
    kept[key] = {mark: f"={mark}" for mark in points.values} | dict.fromkeys(without, NOT_APPLICABLE)
    weight = fields.exact("weight", default=Fraction(1))
    is_critical = fields.flag("critical", default=False)
    if is_scored and scale.maximum <= 0:
        raise fields.refuse("points", "no mark earns points; set scored to false")
    if is_scored and not weight:
        raise fields.refuse("weight", "must be above 0; set scored to false instead")
    kind = "choice" if points.values else "free"
    return Item(key, "", kind, scale, weight, is_scored, is_critical and is_scored, bool(without))


def _scale(points: Fields) -> Scale:
    if not points.values:
        return Unscored("free")
    table = tuple((f"={mark}", points.exact(mark) if points.has(mark) else None) for mark in sorted(points.values))
    return NamedMarks("choice", table)
