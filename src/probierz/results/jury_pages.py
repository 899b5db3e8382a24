"""What the pages of the jury's quality show: the engine's numbers beside their words and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from assay.agreement import Alpha, JurorProfile
from assay.agreement.profile import LEAST_AUDITS, LEAST_JURORS
from probierz.applications.models import Application
from probierz.base import charts
from probierz.base.polish import sort_key
from probierz.jury.models import Juror
from probierz.results import jury_charts, jury_wording, wording
from probierz.results.jury_quality import TARGET, Judged, JuryQuality


@dataclass(frozen=True)
class Line:
    """One juror in the table of jurors."""

    juror: Juror
    profile: JurorProfile
    words: str
    interval: str
    picture: SafeString
    flags: list[str]
    missing: str


@dataclass(frozen=True)
class Figure:
    """A number with its words and its tone."""

    value: str
    words: str
    tone: str


def overview(quality: JuryQuality, jurors: Mapping[int, Juror]) -> dict[str, Any]:
    """The page of the whole jury."""
    lines = lines_of(quality, jurors)
    found: dict[str, Any] = {
        "quality": quality,
        "lines": lines,
        "flagged": [line for line in lines if line.flags],
        "judged": sum(line.profile.is_judged for line in lines),
        "least_jurors": LEAST_JURORS,
        "absent": jury_wording.absent_words(quality.absent) if quality.absent else "",
        "alphas": alphas(quality),
    }
    if quality.fit is not None:
        codes = dict.fromkeys(one.code for one in quality.fit.warnings)
        found["cautions"] = [words for words in map(jury_wording.caution_words, codes) if words]
        found |= _reliability(quality)
    return found


def _reliability(quality: JuryQuality) -> dict[str, Any]:
    found = quality.reliability
    if found is None:
        return {}
    return {
        "reliability": found,
        "mean_audits": jury_wording.number(float(found.mean_audits)),
        "raw": figure(found.now.absolute),
        "fair": figure(found.now.relative),
        "strata": jury_wording.strata_words(found.separation),
        "needed_raw": jury_wording.needed_words(found.needed_raw, found.now.audits),
        "needed_fair": jury_wording.needed_words(found.needed_fair, found.now.audits),
        "curve": charts.for_page(
            lambda width, key: jury_charts.reliability_curve(
                f"rzetelnosc{key}", found.designs, now=found.now.audits, target=TARGET, width=width
            )
        ),
        "curve_table": jury_charts.reliability_table(found.designs),
    }


def figure(value: float | None) -> Figure:
    tone, words = jury_wording.coefficient_words(value)
    return Figure(jury_wording.number(value, 2), words, tone)


def alphas(quality: JuryQuality) -> dict[str, Figure]:
    """Agreement of scores, of scales and of the other items; empty words where nothing was seen twice."""
    found = quality.agreement
    return {name: _alpha(getattr(found, name)) for name in ("scores", "scales", "choices")}


def _alpha(found: Alpha) -> Figure:
    tone, words = jury_wording.alpha_words(found)
    return Figure(jury_wording.number(found.alpha, 2), words, tone)


def lines_of(quality: JuryQuality, jurors: Mapping[int, Juror]) -> list[Line]:
    """Jurors from the strictest to the most lenient; those whose severity is not known last, by name."""
    intervals = [profile.interval for profile in quality.profiles if profile.interval]
    most = jury_charts.severity_range(intervals)
    lines = [line_of(profile, jurors[int(profile.juror)], most) for profile in quality.profiles]
    return sorted(lines, key=_order)


def _order(line: Line) -> tuple[Any, ...]:
    severity = line.profile.severity
    return (severity is None, severity or 0.0, sort_key(line.juror.name), line.juror.pk)


def line_of(profile: JurorProfile, juror: Juror, most: int) -> Line:
    words, interval = jury_wording.severity_words(profile), jury_wording.interval_words(profile)
    picture = SafeString()
    if profile.severity is not None and profile.interval is not None:
        said = f"{words}; {interval}"
        key = f"surowosc-{juror.pk}"
        picture = jury_charts.severity_row(key, profile.severity, profile.interval, most, said)
    missing = "" if profile.is_judged else jury_wording.audits_missing(profile, LEAST_AUDITS)
    return Line(juror, profile, words, interval, picture, jury_wording.flags(profile), missing)


def one_juror(quality: JuryQuality, juror: Juror, applications: Mapping[int, Application]) -> dict[str, Any]:
    """The page of one juror."""
    profile = quality.profile_of(juror.pk)
    if profile is None:
        return {"juror": juror, "line": None}
    intervals = [one.interval for one in quality.profiles if one.interval]
    return {
        "juror": juror,
        "line": line_of(profile, juror, jury_charts.severity_range(intervals)),
        "indices": [_index(index) for index in profile.indices],
        "audits": [_audit(one, applications) for one in quality.audits_of(juror.pk)],
        "has_model": quality.fit is not None,
        "judged": sum(one.is_judged for one in quality.profiles),
        "least_jurors": LEAST_JURORS,
    }


def _index(index: Any) -> dict[str, Any]:
    tone, verdict = jury_wording.index_verdict(index)
    return {
        "name": jury_wording.index_name(index.name),
        "meaning": jury_wording.index_meaning(index.name),
        "value": jury_wording.index_value(index.name, index.value),
        "reference": jury_wording.index_value(index.name, index.reference),
        "tone": tone,
        "verdict": verdict,
    }


def _audit(one: Judged, applications: Mapping[int, Application]) -> dict[str, Any]:
    application = applications[one.facts.application]
    return {
        "key": one.facts.key,
        "institution": application.institution.display_name,
        "category": str(application.category),
        "channel": one.facts.channel,
        "channel_name": wording.channel_name(one.facts.channel),
        "score": jury_wording.number(one.score),
        "fair": jury_wording.number(one.fair),
        "residual": "–" if one.residual is None else jury_wording.plus_or_minus(one.residual),
    }
