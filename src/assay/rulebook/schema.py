"""The parts of a rulebook: frozen, each read strictly from its mapping and written back in one form."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assay.exact import FieldError, RoundingRule, text
from assay.fields import Fields
from assay.ranking import PRIZE_TIE_RULES, TIE_RULES
from assay.scorecards import CHANNELS

SCHEMA: Final = 1
ABSENT: Final = ("exclude", "zero")
SCOPES: Final = ("category", "overall")
CRITICAL: Final = ("refuse", "cap", "ignore")
POLICIES: Final = ("simple", "guarded", "above-mean")
OFFICIAL_SCORES: Final = ("raw", "fair", "blup")
AWARD_KINDS: Final = ("statuette", "distinction")


class RulebookError(FieldError):
    """Rules that cannot stand: `field` is the path in the rulebook, `reason` why."""


@dataclass(frozen=True)
class ChannelRule:
    """One channel: its weight, whether it must be audited, what an institution without it gets."""

    weight: Fraction
    is_required: bool
    absent: str

    @classmethod
    def read(cls, fields: Fields) -> ChannelRule:
        fields.only(("weight", "required", "absent"))
        weight = fields.exact("weight", most=1_000_000)
        if not weight:
            raise fields.refuse("weight", "must be above 0")
        return cls(weight, fields.flag("required"), fields.choice("absent", ABSENT))

    def as_dict(self) -> dict[str, object]:
        return {"weight": text(self.weight), "required": self.is_required, "absent": self.absent}


@dataclass(frozen=True)
class AuditRule:
    """The least coverage (0-1) with which an audit counts, and what no answer within the window is worth."""

    min_coverage: Fraction
    no_answer: str

    @classmethod
    def read(cls, fields: Fields) -> AuditRule:
        fields.only(("min_coverage", "no_answer"))
        return cls(fields.exact("min_coverage", most=1), fields.choice("no_answer", ("zero",)))

    def as_dict(self) -> dict[str, object]:
        return {"min_coverage": text(self.min_coverage), "no_answer": self.no_answer}


@dataclass(frozen=True)
class RankedRule:
    """The least evidence with which an institution is classified."""

    min_audits: int
    min_jurors: int
    min_channels: int

    @classmethod
    def read(cls, fields: Fields, channels: int) -> RankedRule:
        fields.only(("min_audits", "min_jurors", "min_channels"))
        return cls(
            fields.whole("min_audits", least=1, most=1000),
            fields.whole("min_jurors", least=1, most=1000),
            fields.whole("min_channels", least=1, most=channels),
        )

    def as_dict(self) -> dict[str, object]:
        return {
            "min_audits": self.min_audits,
            "min_jurors": self.min_jurors,
            "min_channels": self.min_channels,
        }


@dataclass(frozen=True)
class GuardedRule:
    """How sure a guarded licence must be: P(quality >= the threshold) to grant, to refuse, and audits between."""

    grant: Fraction = Fraction(19, 20)
    refuse: Fraction = Fraction(1, 20)
    extra_audits: int = 2

    @classmethod
    def read(cls, fields: Fields) -> GuardedRule:
        fields.only(("grant", "refuse", "extra_audits"))
        grant = fields.exact("grant", most=1, default=cls.grant)
        refuse = fields.exact("refuse", most=1, default=cls.refuse)
        for name, value in (("grant", grant), ("refuse", refuse)):
            if (value * 1000).denominator != 1:
                raise fields.refuse(name, "must have at most 3 decimals")
        if not Fraction(1, 2) < grant < 1:
            raise fields.refuse("grant", "must be above 0.5 and below 1")
        if not 0 < refuse < Fraction(1, 2):
            raise fields.refuse("refuse", "must be above 0 and below 0.5")
        return cls(grant, refuse, fields.whole("extra_audits", least=1, most=20, default=cls.extra_audits))

    def as_dict(self) -> dict[str, object]:
        return {"grant": text(self.grant), "refuse": text(self.refuse), "extra_audits": self.extra_audits}


@dataclass(frozen=True)
class LicenceRule:
    """When the licence is granted: policy, threshold (0-100) and the conditions beside it.

    `guarded` is there when the policy is guarded, and only then.
    """

    policy: str
    threshold: Fraction
    min_audits: int
    min_channels: int
    min_channel_score: Fraction | None
    critical: str
    guarded: GuardedRule | None = None

    @classmethod
    def read(cls, fields: Fields, channels: int) -> LicenceRule:
        fields.only(("policy", "threshold", "min_audits", "min_channels", "min_channel_score", "critical", "guarded"))
        policy = fields.choice("policy", POLICIES)
        if fields.has("guarded") and policy != "guarded":
            raise fields.refuse("guarded", "belongs to the guarded policy only")
        guarded = GuardedRule.read(fields.object("guarded")) if fields.has("guarded") else GuardedRule()
        lowest = fields.exact("min_channel_score", most=100) if fields.has("min_channel_score") else None
        return cls(
            policy=policy,
            threshold=fields.exact("threshold", most=100),
            min_audits=fields.whole("min_audits", least=1, most=1000),
            min_channels=fields.whole("min_channels", least=1, most=channels),
            min_channel_score=lowest,
            critical=fields.choice("critical", CRITICAL),
            guarded=guarded if policy == "guarded" else None,
        )

    def as_dict(self) -> dict[str, object]:
        lowest = self.min_channel_score
        found: dict[str, object] = {
            "policy": self.policy,
            "threshold": text(self.threshold),
            "min_audits": self.min_audits,
            "min_channels": self.min_channels,
            "min_channel_score": None if lowest is None else text(lowest),
            "critical": self.critical,
        }
        return found if self.guarded is None else found | {"guarded": self.guarded.as_dict()}


@dataclass(frozen=True)
class StandingsRule:
    """Where places are given, how ties share them, and what decides a prize that cannot be shared."""

    scopes: tuple[str, ...]
    ties: tuple[str, ...]
    prize_ties: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields) -> StandingsRule:
        fields.only(("scopes", "ties", "prize_ties"))
        found = cls(fields.texts("scopes"), fields.texts("ties"), fields.texts("prize_ties"))
        for name, values, known in (
            ("scopes", found.scopes, SCOPES),
            ("ties", found.ties, TIE_RULES),
            ("prize_ties", found.prize_ties, PRIZE_TIE_RULES),
        ):
            if any(value not in known for value in values):
                raise fields.refuse(name, "must be of: " + ", ".join(known))
        if not found.ties:
            raise fields.refuse("ties", "must be: share")
        if "lot" in found.prize_ties[:-1]:
            raise fields.refuse("prize_ties", "nothing can come after lot")
        return cls(tuple(scope for scope in SCOPES if scope in found.scopes), found.ties, found.prize_ties)

    def as_dict(self) -> dict[str, object]:
        return {"scopes": list(self.scopes), "ties": list(self.ties), "prize_ties": list(self.prize_ties)}


@dataclass(frozen=True)
class PublishedRule:
    """What is shown to whom."""

    points_to_institution: bool
    place_to_institution: bool
    points_public: bool
    places_public: bool
    only_laureates: bool

    @classmethod
    def read(cls, fields: Fields) -> PublishedRule:
        fields.only(cls.__dataclass_fields__)
        return cls(**{name: fields.flag(name) for name in cls.__dataclass_fields__})

    def as_dict(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class FieldworkRule:
    """How audits are made: terms, days between audits, shares of one juror and of second scoring."""

    report_hours: int
    min_working_days_between: int
    max_share_of_juror: Fraction
    double_scored_share: Fraction
    completion_working_days: int

    @classmethod
    def read(cls, fields: Fields) -> FieldworkRule:
        fields.only(cls.__dataclass_fields__)
        share = fields.exact("max_share_of_juror", most=1)
        if not share:
            raise fields.refuse("max_share_of_juror", "must be above 0")
        return cls(
            report_hours=fields.whole("report_hours", least=1, most=8760),
            min_working_days_between=fields.whole("min_working_days_between", most=365),
            max_share_of_juror=share,
            double_scored_share=fields.exact("double_scored_share", most=1),
            completion_working_days=fields.whole("completion_working_days", least=1, most=365),
        )

    def as_dict(self) -> dict[str, object]:
        return {
            "report_hours": self.report_hours,
            "min_working_days_between": self.min_working_days_between,
            "max_share_of_juror": text(self.max_share_of_juror),
            "double_scored_share": text(self.double_scored_share),
            "completion_working_days": self.completion_working_days,
        }


@dataclass(frozen=True)
class FeeBand:
    """One row of the fee table: headcount up to (None: any) and the net fee in zlotys."""

    up_to: int | None
    net: Fraction

    def as_dict(self) -> dict[str, object]:
        return {"up_to": self.up_to, "net": text(self.net)}


@dataclass(frozen=True)
class LicenceTerms:
    """How long a licence lasts and what a laureate pays (nothing when the table is empty)."""

    months: int
    fee: tuple[FeeBand, ...]

    @classmethod
    def read(cls, fields: Fields) -> LicenceTerms:
        fields.only(("months", "fee"))
        rows = fields.objects("fee", optional=True)
        bands: list[FeeBand] = []
        for index, row in enumerate(rows):
            row.only(("up_to", "net"))
            is_last = index == len(rows) - 1
            if row.has("up_to") == is_last:
                raise row.refuse("up_to", "every row but the last needs it, and the last must not have it")
            upper = None if is_last else row.whole("up_to", least=1)
            if upper is not None and bands and upper <= (bands[-1].up_to or 0):
                raise row.refuse("up_to", "must be above the row before")
            net = row.exact("net")
            if (net * 100).denominator != 1:
                raise row.refuse("net", "must have at most 2 decimals")
            bands.append(FeeBand(upper, net))
        return cls(fields.whole("months", least=1, most=120), tuple(bands))

    def as_dict(self) -> dict[str, object]:
        return {"months": self.months, "fee": [band.as_dict() for band in self.fee]}


@dataclass(frozen=True)
class AwardRule:
    """A prize beside the licence; `most` is how many may be given (None: any number)."""

    key: str
    title: str
    kind: str
    most: int | None

    @classmethod
    def read(cls, fields: Fields) -> AwardRule:
        fields.only(("key", "title", "kind", "max"))
        most = fields.whole("max", least=1, most=10_000) if fields.has("max") else None
        title = fields.text("title")
        if not title.strip():
            raise fields.refuse("title", "must not be empty")
        return cls(fields.key("key", pattern=r"[a-z0-9-]{1,60}"), title, fields.choice("kind", AWARD_KINDS), most)

    def as_dict(self) -> dict[str, object]:
        return {"key": self.key, "title": self.title, "kind": self.kind, "max": self.most}


def read_points(fields: Fields) -> RoundingRule:
    """The rounding of published points."""
    fields.only(("scale", "decimals", "rounding"))
    fields.choice("scale", ("0-100",))
    return RoundingRule(fields.whole("decimals", most=6), fields.choice("rounding", ("half-up", "half-even")))


def read_channels(fields: Fields) -> dict[str, ChannelRule]:
    """The channels by key, in their fixed order."""
    fields.only(CHANNELS)
    found = {key: ChannelRule.read(fields.object(key)) for key in CHANNELS if fields.has(key)}
    if not found:
        raise fields.error(fields.path, "must have at least one channel")
    return found


def read_official_score(fields: Fields) -> str:
    """Which score is official."""
    return fields.choice("official_score", OFFICIAL_SCORES)


def read_awards(fields: Fields) -> tuple[AwardRule, ...]:
    """The awards, keys different."""
    awards = tuple(AwardRule.read(entry) for entry in fields.objects("awards", optional=True))
    keys = [award.key for award in awards]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise fields.refuse(f"awards[{index}].key", f"{key} stands twice")
    return awards
