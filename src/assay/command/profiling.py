"""`agreement` of audits: the profile of every juror."""

from __future__ import annotations

from typing import Final

from assay.agreement import Audit, ItemMark, JurorProfile, juror_profiles
from assay.command.reading import CommandError
from assay.fields import Fields

_AUDIT: Final = ("key", "institution", "juror", "channel", "instrument", "score", "residual", "marks")
_AUDIT_EXTRAS: Final = ("not_applicable", "minutes")


def profiles_of(fields: Fields) -> dict[str, object]:
    """See docs/assay.md."""
    fields.only(("audits", "severities"))
    keys: set[str] = set()
    audits = []
    for entry in fields.objects("audits", least=1):
        audit = _audit(entry)
        if audit.key in keys:
            raise entry.refuse("key", f"{audit.key} stands twice")
        keys.add(audit.key)
        audits.append(audit)
    jurors = {audit.juror for audit in audits}
    return {"jurors": [_profile(profile) for profile in juror_profiles(audits, _severities(fields, jurors))]}


def _audit(entry: Fields) -> Audit:
    entry.only((*_AUDIT, *_AUDIT_EXTRAS))
    minutes = float(entry.exact("minutes", most=10**6)) if entry.has("minutes") else None
    if minutes == 0:
        raise entry.refuse("minutes", "must be above 0")
    return Audit(
        key=entry.key("key"),
        institution=entry.key("institution"),
        juror=entry.key("juror"),
        channel=entry.key("channel"),
        instrument=entry.key("instrument"),
        score=float(entry.exact("score", most=100)),
        residual=float(entry.exact("residual", least=None)) if entry.has("residual") else None,
        marks=tuple(_mark(mark) for mark in entry.objects("marks", optional=True)),
        not_applicable=float(entry.exact("not_applicable", most=1)) if entry.has("not_applicable") else None,
        minutes=minutes,
    )


def _mark(entry: Fields) -> ItemMark:
    entry.only(("section", "value", "scale"))
    return ItemMark(entry.key("section"), float(entry.exact("value", most=1)), entry.flag("scale", default=True))


def _severities(fields: Fields, jurors: set[str]) -> dict[str, tuple[float, float]]:
    if not fields.has("severities"):
        return {}
    given = fields.object("severities")
    found: dict[str, tuple[float, float]] = {}
    for juror in sorted(given.values):
        if juror not in jurors:
            raise CommandError(f"severities.{juror[:80]}", "has made no audit")
        entry = given.object(juror).only(("severity", "se"))
        found[juror] = float(entry.exact("severity", least=None)), float(entry.exact("se"))
    return found


def _profile(profile: JurorProfile) -> dict[str, object]:
    return {
        "key": profile.juror,
        "audits": profile.audits,
        "judged": profile.is_judged,
        "severity": profile.severity,
        "interval": None if profile.interval is None else list(profile.interval),
        "indices": {
            index.name: {
                "value": index.value,
                "reference": index.reference,
                "z": index.z,
                "probability": index.probability,
                "beyond": index.is_beyond,
            }
            for index in profile.indices
        },
        "flag": list(profile.flag),
    }
