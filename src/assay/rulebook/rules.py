"""The rulebook: one frozen object that validates, prints and computes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assay.canonical import digest
from assay.exact import RoundingRule
from assay.fields import Fields
from assay.rulebook.schema import (
    SCHEMA,
    AuditRule,
    AwardRule,
    ChannelRule,
    FieldworkRule,
    LicenceRule,
    LicenceTerms,
    PublishedRule,
    RankedRule,
    RulebookError,
    StandingsRule,
    read_awards,
    read_channels,
    read_official_score,
    read_points,
)
from assay.scorecards import Scorecard

if TYPE_CHECKING:
    from assay.rulebook.estimates import Known
    from assay.rulebook.outcome import Outcome

_FIELDS: Final = (
    *("schema", "points", "channels", "audit", "official_score", "ranked", "licence", "standings"),
    *("published", "fieldwork", "licence_terms", "awards"),
)


@dataclass(frozen=True)
class Rulebook:
    """The rules of one edition. Equal rules have equal digests, however they were written down."""

    points: RoundingRule
    channels: Mapping[str, ChannelRule]
    audit: AuditRule
    official_score: str
    ranked: RankedRule
    licence: LicenceRule
    standings: StandingsRule
    published: PublishedRule
    fieldwork: FieldworkRule
    licence_terms: LicenceTerms
    awards: tuple[AwardRule, ...]

    @classmethod
    def from_dict(cls, rules: Mapping[str, object]) -> Rulebook:
        """Read a rulebook strictly; numbers are decimal text or whole. Raises RulebookError."""
        fields = Fields(rules, "", RulebookError).only(_FIELDS)
        if fields.whole("schema") != SCHEMA:
            raise fields.refuse("schema", f"must be {SCHEMA}")
        channels = read_channels(fields.object("channels"))
        return cls(
            points=read_points(fields.object("points")),
            channels=channels,
            audit=AuditRule.read(fields.object("audit")),
            official_score=read_official_score(fields),
            ranked=RankedRule.read(fields.object("ranked"), len(channels)),
            licence=LicenceRule.read(fields.object("licence"), len(channels)),
            standings=StandingsRule.read(fields.object("standings")),
            published=PublishedRule.read(fields.object("published")),
            fieldwork=FieldworkRule.read(fields.object("fieldwork")),
            licence_terms=LicenceTerms.read(fields.object("licence_terms")),
            awards=read_awards(fields),
        )

    def to_dict(self) -> dict[str, object]:
        """The rules in their one canonical form, JSON-able; `from_dict` reads it back."""
        return {
            "schema": SCHEMA,
            "points": {"scale": "0-100", "decimals": self.points.decimals, "rounding": self.points.mode},
            "channels": {key: rule.as_dict() for key, rule in self.channels.items()},
            "audit": self.audit.as_dict(),
            "official_score": self.official_score,
            "ranked": self.ranked.as_dict(),
            "licence": self.licence.as_dict(),
            "standings": self.standings.as_dict(),
            "published": self.published.as_dict(),
            "fieldwork": self.fieldwork.as_dict(),
            "licence_terms": self.licence_terms.as_dict(),
            "awards": [award.as_dict() for award in self.awards],
        }

    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON (RFC 8785) of `to_dict()`."""
        return digest(self.to_dict())

    def sentences(self, language: str) -> list[tuple[str, list[str]]]:
        """The rules in plain words, as (heading, sentences), in Polish ("pl") or English ("en")."""
        if language == "pl":
            from assay.rulebook.words_pl import sentences
        elif language == "en":
            from assay.rulebook.words_en import sentences
        else:
            raise RulebookError("language", "must be one of: pl, en")
        return sentences(self)

    def compute(
        self,
        audits: Iterable[Mapping[str, object]],
        scorecards: Mapping[str, Scorecard],
        *,
        institutions: Mapping[str, str] | None = None,
        without: Mapping[str, Sequence[str]] | None = None,
        extra: Mapping[str, int] | None = None,
        known: Known | None = None,
    ) -> Outcome:
        """Audits to points, places and licence decisions, in any order of the input.

        `audits`: mappings with key, institution, category, juror, channel, instrument (key of a scorecard),
        marks {item: mark}, optionally overrides {item: {"from", "to", "reason"}} folded into marks.
        `institutions`: category by institution, to list also those never audited. `without`: channels an
        institution does not have, so that a required one is not missed there. `extra`: how many of its audits were
        made because it stood in the border zone of a guarded licence. `known`: what the whole edition's calculation
        found, to compute one institution again without the others; nothing is fitted then, and places are not given.
        Raises InputError naming the audit and field, also for marks that cannot be scored.
        """
        from assay.rulebook.work import compute

        return compute(
            self, audits, scorecards, institutions=institutions, without=without or {}, extra=extra or {}, known=known
        )
