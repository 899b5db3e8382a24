"""`opinion` and `rake`: what residents say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.command.reading import CommandError
from assay.fields import Fields
from assay.opinion import OpinionError, Source, Summary, pool, rake, summarise

_MOST_ANSWERS = 10**9


def opinion_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError)
    try:
        if "counts" in fields.values:
            return _counted(fields.only(("counts", "no_opinion")))
        return _pooled(fields.only(("sources", "web_cap")))
    except OpinionError as problem:
        raise CommandError(problem.field, problem.reason) from None


def _pooled(fields: Fields) -> dict[str, object]:
    sources = [
        Source(
            entry.only(("source", "mean", "sd", "n", "bias_sd")).key("source"),
            float(entry.exact("mean", least=None)),
            float(entry.exact("sd")),
            entry.whole("n", least=1, most=_MOST_ANSWERS),
            float(entry.exact("bias_sd")),
        )
        for entry in fields.objects("sources", least=1)
    ]
    cap = {"web_cap": float(fields.exact("web_cap", most=1))} if fields.has("web_cap") else {}
    found = pool(sources, **cap)
    return {"pooled": {"mean": found.mean, "se": found.se, "weights": dict(found.weights)}}


def _counted(fields: Fields) -> dict[str, object]:
    named = fields.object("counts")
    found = summarise({option: named.whole(option, most=_MOST_ANSWERS) for option in named.values})
    answer = _summary(found)
    if fields.has("no_opinion"):
        none = fields.whole("no_opinion", most=_MOST_ANSWERS)
        answer["no_opinion"] = none / (none + found.n) if none + found.n else None
    return answer


def _summary(found: Summary) -> dict[str, object]:
    answer: dict[str, object] = {
        "n": found.n,
        "mean": found.mean,
        "median": found.median,
        "top2": found.top2,
        "wilson": None if found.wilson is None else list(found.wilson),
    }
    if found.is_nps:
        answer["nps"] = found.nps
        answer["nps_interval"] = None if found.nps_interval is None else list(found.nps_interval)
    return answer


def rake_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("rows", "margins", "trim", "collapse"))
    rows = fields.items("rows", least=1)
    try:
        found = rake(
            rows,
            _margins(fields.object("margins")),
            trim=float(fields.exact("trim", least=1)) if fields.has("trim") else None,
            collapse=fields.whole("collapse", least=1) if fields.has("collapse") else None,
        )
    except OpinionError as problem:
        raise CommandError(problem.field, problem.reason) from None
    answer: dict[str, object] = {"weights": list(found.weights), "n_eff": found.n_eff}
    if fields.has("collapse"):
        answer["collapsed"] = {name: [list(group) for group in groups] for name, groups in found.collapsed.items()}
    if fields.has("trim"):
        answer["trimmed"] = found.trimmed
    return answer


def _margins(named: Fields) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for variable in named.values:
        levels = _named(named, variable).object(variable)
        found[variable] = {level: float(_named(levels, level).exact(level)) for level in levels.values}
    return found


def _named(fields: Fields, key: str) -> Fields:
    """The same fields, once it is sure that this name can be printed."""
    if not key.isprintable() or not 1 <= len(key) <= 200:
        raise fields.refuse(key[:80], "must be named in 1 to 200 printable characters")
    return fields
