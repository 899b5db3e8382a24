"""Reading a protocol back: everything recomputed from its inputs and compared with what it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from assay import VERSION
from assay.canonical import digest
from assay.exact import FieldError, number
from assay.fields import Fields
from assay.protocol.build import FORMAT, ProtocolError, digests
from assay.rulebook import Outcome, Rulebook
from assay.scorecards import CHANNELS, Scorecard

TOLERANCE: Final = Fraction(1, 1_000_000)
_WITHIN_TOLERANCE: Final = frozenset(
    {
        *("points", "score", "coverage", "effective_weight", "raw", "fair", "blup", "se", "p_threshold", "severity"),
        *("expected_rank", "institution", "juror", "residual"),
        *CHANNELS,
    }
)
_FIELDS: Final = ("format", "engine", "rulebook", "scorecards", "institutions", "audits", "outcome", "digests")
_AUDIT_FIELDS: Final = ("key", "institution", "juror", "channel", "instrument", "marks", "overrides")


@dataclass(frozen=True)
class Difference:
    """Where the protocol does not hold: the path, what it states, what was recomputed (short text each)."""

    field: str
    stated: str
    recomputed: str


@dataclass(frozen=True)
class Verification:
    """Whether the protocol holds, every difference, what was recomputed, and the digest of the whole file."""

    is_valid: bool
    differences: tuple[Difference, ...]
    institutions: int
    audits: int
    digest: str
    engine: str
    checked_with: str

    def as_dict(self) -> dict[str, object]:
        """The verification as the command line prints it."""
        return {
            "valid": self.is_valid,
            "institutions": self.institutions,
            "audits": self.audits,
            "sha256": self.digest,
            "engine": self.engine,
            "checked_with": self.checked_with,
            "differences": [
                {"field": found.field, "stated": found.stated, "recomputed": found.recomputed}
                for found in self.differences
            ],
        }


def verify(protocol: Mapping[str, Any]) -> Verification:
    """Recompute a protocol: scores to 1e-6, published points, places, decisions and digests exactly.

    Raises ProtocolError when it is not a protocol at all or its inputs cannot be computed.
    """
    fields = Fields(protocol, "", ProtocolError).only(_FIELDS)
    if fields.text("format") != FORMAT:
        raise fields.refuse("format", f"must be {FORMAT}")
    engine = fields.text("engine")
    stated, claimed = fields.object("outcome").values, fields.object("digests").values
    try:
        found = recompute(fields)
        whole = digest(protocol)
        parts = [fields.values[name] for name in ("rulebook", "scorecards", "institutions", "audits", "outcome")]
        expected = digests(*parts)
    except ProtocolError:
        raise
    except FieldError as problem:
        raise ProtocolError(problem.field, problem.reason) from None
    differences = [
        *_differences(stated, found.as_dict(with_estimates="severity" in stated), "outcome"),
        *_differences(claimed, expected, "digests"),
    ]
    return Verification(
        is_valid=not differences,
        differences=tuple(differences),
        institutions=len(found.institutions),
        audits=len(found.audits),
        digest=whole,
        engine=engine,
        checked_with=VERSION,
    )


def recompute(fields: Fields) -> Outcome:
    """The outcome of the protocol's inputs under its rules. Raises FieldError."""
    rules = Rulebook.from_dict(fields.object("rulebook").values)
    if rules.to_dict() != fields.values["rulebook"]:
        raise fields.refuse("rulebook", "is not in its canonical form")
    cards = fields.object("scorecards")
    scorecards = {name: Scorecard.from_definition(cards.object(name).values) for name in sorted(cards.values)}
    categories: dict[str, str] = {}
    without: dict[str, tuple[str, ...]] = {}
    extra: dict[str, int] = {}
    for entry in fields.objects("institutions"):
        key = entry.only(("key", "category", "without", "extra")).key("key")
        if key in categories:
            raise entry.refuse("key", f"{key} stands twice")
        categories[key] = entry.key("category")
        without[key] = entry.texts("without", optional=True)
        extra[key] = entry.whole("extra", most=1000, default=0)
    audits = [_audit(entry, categories) for entry in fields.objects("audits")]
    return rules.compute(audits, scorecards, institutions=categories, without=without, extra=extra)


def _audit(entry: Fields, categories: Mapping[str, str]) -> dict[str, Any]:
    institution = entry.only(_AUDIT_FIELDS).key("institution")
    if institution not in categories:
        raise entry.refuse("institution", f"{institution} is not among the institutions")
    audit = dict(entry.values) | {"category": categories[institution]}
    if entry.has("overrides"):
        changes = entry.object("overrides")
        audit["overrides"] = {
            item: dict(changes.object(item).only(("from", "to")).values) | {"reason": ""} for item in changes.values
        }
    return audit


def _differences(stated: object, found: object, path: str) -> Iterator[Difference]:
    if isinstance(stated, Mapping) and isinstance(found, Mapping):
        for key in sorted({*map(str, stated), *map(str, found)}):
            yield from _differences(stated.get(key), found.get(key), f"{path}.{key}")
    elif isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
        for index, (one, other) in enumerate(zip(stated, found, strict=True)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif not _same(stated, found, path.rpartition(".")[2]):
        yield Difference(path, _short(stated), _short(found))


def _same(stated: object, found: object, name: str) -> bool:
    if type(stated) is type(found) and stated == found:
        return True
    if name not in _WITHIN_TOLERANCE or not isinstance(stated, str) or not isinstance(found, str):
        return False
    try:
        return abs(number(stated) - number(found)) <= TOLERANCE
    except ValueError:
        return False


def _short(value: object) -> str:
    if isinstance(value, Mapping | list):
        return f"{type(value).__name__} of {len(value)}"
    return "nothing" if value is None else str(value)[:120]
