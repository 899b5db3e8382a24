"""`severity`: fair jurors."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from assay.command.reading import CommandError
from assay.fields import Fields
from assay.ranking import posterior_ranks, threshold_probabilities
from assay.severity import Ratings, SeverityError, SeverityFit, fit

_MOST_CELLS: Final = 100_000_000
_COLUMNS: Final = ("raw", "fair", "blup", "se", "se_blup", "ols", "robust")
_SOME: Final = ("channel", "scenario", "weight")
_ROW: Final = ("institution", "juror", "score", *_SOME)


def severity_command(data: Any) -> dict[str, object]:
    """See docs/assay.md."""
    fields = Fields(data, "", CommandError).only(("ratings", "threshold", "draws", "seed", "level", "prior"))
    prior = fields.choice("prior", ("none", "weak"), default="none")
    threshold = float(fields.exact("threshold", least=None)) if fields.has("threshold") else None
    draws = fields.whole("draws", least=1, most=100_000) if fields.has("draws") else None
    seed = fields.whole("seed", most=2**63 - 1, default=0)
    level = _level(fields)
    ratings = _ratings(fields)
    if draws is not None and draws * len(ratings.institutions) > _MOST_CELLS:
        raise fields.refuse("draws", f"times institutions must be at most {_MOST_CELLS}")
    try:
        found = fit(ratings, prior=prior, seed=seed)
    except SeverityError as problem:
        raise CommandError(problem.field, problem.reason) from None
    return _answer(found, threshold, _intervals(found, draws, seed, level))


def _level(fields: Fields) -> float:
    level = fields.exact("level", default=Fraction(9, 10))
    if not 0 < level < 1:
        raise fields.refuse("level", "must be between 0 and 1")
    return float(level)


def _ratings(fields: Fields) -> Ratings:
    entries = fields.objects("ratings", least=1)
    given = {name: entries[0].has(name) for name in _SOME}
    columns: dict[str, list[Any]] = {name: [] for name in _ROW}
    for entry in entries:
        entry.only(_ROW)
        columns["institution"].append(entry.key("institution"))
        columns["juror"].append(entry.key("juror"))
        columns["score"].append(entry.real("score"))
        for name, wanted in given.items():
            if entry.has(name) != wanted:
                raise entry.refuse(name, "must be there for all ratings or for none")
            if wanted:
                columns[name].append(_weight(entry) if name == "weight" else entry.key(name))
    return Ratings.from_columns(
        columns["institution"],
        columns["juror"],
        columns["score"],
        channels=columns["channel"] or None,
        scenarios=columns["scenario"] or None,
        weights=columns["weight"] or None,
    )


def _weight(entry: Fields) -> float:
    weight = entry.exact("weight")
    if not Fraction(1, 10**6) <= weight <= 10**6:
        raise entry.refuse("weight", "must be from 0.000001 to 1000000")
    return float(weight)


def _intervals(found: SeverityFit, draws: int | None, seed: int, level: float) -> list[list[int]] | None:
    if draws is None:
        return None
    ranks = posterior_ranks(found.draws(draws, seed=seed), level=level, alike=found.alike)
    return [[int(low), int(high)] for low, high in zip(ranks.low, ranks.high, strict=True)]


def _answer(found: SeverityFit, threshold: float | None, intervals: list[list[int]] | None) -> dict[str, object]:
    places, people = found.institutions, found.jurors
    reach = None if threshold is None else threshold_probabilities(places.blup, places.se, threshold)
    institutions: list[dict[str, object]] = []
    for row, key in enumerate(places.keys):
        entry: dict[str, object] = {"key": key, "n": int(places.n[row])}
        entry |= {name: float(getattr(places, name)[row]) for name in _COLUMNS}
        if reach is not None:
            entry["p_threshold"] = float(reach[row])
        if intervals is not None:
            entry["rank_interval"] = intervals[row]
        institutions.append(entry)
    jurors = [
        {"key": key, "n": int(people.n[row]), "severity": float(people.severity[row]), "se": float(people.se[row])}
        for row, key in enumerate(people.keys)
    ]
    variances = found.variances
    return {
        "mu": found.mean,
        **({"means": found.means} if found.means else {}),
        "variances": {
            "institution": variances.institution,
            "juror": variances.juror,
            "residual": variances.residual,
        },
        "reml": found.reml,
        "prior": found.prior,
        "method": found.method,
        "institutions": institutions,
        "jurors": jurors,
        "warnings": [str(caution) for caution in found.warnings],
    }
