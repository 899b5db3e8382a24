"""`agreement` of variance components and of estimates: how many audits are enough, how many levels differ."""

from __future__ import annotations

from assay.agreement import AgreementError, Variances, audits_needed, d_study, separation
from assay.agreement.generalizability import MOST_AUDITS, MOST_ROWS, TARGET
from assay.command.reading import CommandError
from assay.fields import Fields

_COMPONENTS = ("institution", "juror", "residual")


def d_study_of(fields: Fields) -> dict[str, object]:
    """See docs/assay.md."""
    fields.only(("variances", "target", "most"))
    given = fields.object("variances").only(_COMPONENTS)
    institution, juror, residual = (float(given.exact(name)) for name in _COMPONENTS)
    variances = Variances(institution, juror, residual)
    target = float(fields.exact("target")) if fields.has("target") else TARGET
    most = fields.whole("most", least=1, most=MOST_ROWS, default=MOST_AUDITS)
    try:
        raw = audits_needed(variances, target=target)
        fair = audits_needed(variances, target=target, corrected=True)
    except AgreementError as problem:
        raise CommandError(problem.field, problem.reason) from None
    return {
        "target": target,
        "needed": {"raw": raw, "fair": fair},
        "designs": [
            {
                "audits": row.audits,
                "relative": row.relative,
                "absolute": row.absolute,
                "raw_error": row.raw_error,
                "fair_error": row.fair_error,
            }
            for row in d_study(variances, most=most)
        ],
    }


def separation_of(fields: Fields) -> dict[str, object]:
    """See docs/assay.md."""
    fields.only(("estimates",))
    keys: set[str] = set()
    values: list[float] = []
    errors: list[float] = []
    for entry in fields.objects("estimates", least=2):
        key = entry.only(("key", "value", "se")).key("key")
        if key in keys:
            raise entry.refuse("key", f"{key} stands twice")
        keys.add(key)
        values.append(float(entry.exact("value", least=None)))
        errors.append(float(entry.exact("se")))
    found = separation(values, errors)
    return {
        "n": found.n,
        "observed": found.observed,
        "error": found.error,
        "separation": found.separation,
        "strata": found.strata,
        "reliability": found.reliability,
    }
