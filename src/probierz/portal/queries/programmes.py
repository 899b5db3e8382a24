"""What anybody may know about a programme and its editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from probierz.base.clock import now
from probierz.editions import queries as editions
from probierz.editions.models import Edition, Programme, Stage
from probierz.instruments.models import Channel
from probierz.jury.models import Juror
from probierz.results.models import Publication


def _public_editions() -> QuerySet[Edition]:
    """Each marked with whether its results were announced."""
    announced = Publication.objects.filter(edition=OuterRef("pk"), published_at__isnull=False)
    return editions.public_editions().annotate(is_announced=Exists(announced))


def public_programmes() -> list[Programme]:
    """Programmes with at least one public edition, each with its public editions and their stages."""
    return list(
        Programme.objects.filter(editions__is_public=True)
        .distinct()
        .prefetch_related(Prefetch("editions", _public_editions().prefetch_related("stages")))
    )


def public_programme(slug: str) -> Programme | None:
    return next((programme for programme in public_programmes() if programme.slug == slug), None)


def public_edition(programme: str, edition: str) -> Edition | None:
    found = _public_editions().prefetch_related("stages", "categories")
    return found.filter(programme__slug=programme, slug=edition).first()


def current_edition(programme: Programme, moment: datetime | None = None) -> Edition:
    """The newest with an open stage; else the newest with something ahead; else the newest."""
    moment, known = moment or now(), list(programme.editions.all())
    running = [edition for edition in known if editions.open_stages(edition, moment)]
    awaited = [edition for edition in known if editions.next_stage(edition, moment)]
    return (running or awaited or known)[0]


@dataclass(frozen=True)
class Milestone:
    """What the clock says of an edition. open: the stage ends at `at`; next: it begins then; over: nothing is left."""

    state: str
    stage: Stage | None = None
    at: datetime | None = None
    is_announced: bool = False

    @property
    def is_call(self) -> bool:
        return self.stage is not None and self.stage.kind == Stage.Kind.CALL

    @property
    def is_open_call(self) -> bool:
        return self.state == "open" and self.is_call


def milestone_of(edition: Edition, moment: datetime | None = None) -> Milestone:
    moment = moment or now()
    running = editions.open_stages(edition, moment)
    if running:
        stage = next((stage for stage in running if stage.kind == Stage.Kind.CALL), running[-1])
        return Milestone("open", stage, stage.closes_at)
    ahead = editions.next_stage(edition, moment)
    if ahead:
        return Milestone("next", ahead, ahead.opens_at)
    return Milestone("over", is_announced=getattr(edition, "is_announced", False))


@dataclass(frozen=True)
class ChannelShare:
    """A way of judging and its share of the whole, 0 to 1."""

    key: str
    name: str
    share: Fraction


def channel_shares(edition: Edition) -> list[ChannelShare]:
    """The heaviest first; empty while the edition has no rules."""
    if not edition.rulebook:
        return []
    rules = editions.rulebook_of(edition).channels
    whole = sum((rule.weight for rule in rules.values()), Fraction(0))
    names = dict(Channel.choices)
    shares = [ChannelShare(key, str(names[key]), Fraction(rule.weight) / whole) for key, rule in rules.items()]
    return sorted(shares, key=lambda entry: -entry.share)


@dataclass(frozen=True)
class PublicJuror:
    """A juror who agreed to be named. Nothing that could tell where they go."""

    name: str
    kind: str
    bio: str


def public_jury(programme: Programme) -> list[PublicJuror]:
    named = Juror.objects.filter(programme=programme, is_public=True, state=Juror.State.ACTIVE)
    kinds = dict(Juror.Kind.choices)
    rows = named.order_by("name").values_list("name", "kind", "bio")
    return [PublicJuror(name, str(kinds[kind]), bio) for name, kind, bio in rows]


@dataclass(frozen=True)
class PublishedResult:
    published_at: datetime
    protocol_digest: str


def published_result(edition: Edition) -> PublishedResult | None:
    """When the results were announced, and the digest of their protocol."""
    row = (
        Publication.objects.filter(edition=edition, published_at__isnull=False)
        .values_list("published_at", "calculation__protocol_digest")
        .first()
    )
    return PublishedResult(row[0], row[1]) if row and row[0] else None


def criteria_by_channel(edition: Edition, language: str) -> list[dict[str, Any]]:
    """Each channel's scorecard in the reader's words, with the channel's share of the result."""
    from probierz.instruments.queries import criteria_of

    shares = {entry.key: entry for entry in channel_shares(edition)}
    cards = [
        {"share": shares.get(entry.channel), "criteria": criteria_of(entry.version, language)}
        for entry in editions.channels_of(edition)
    ]
    return sorted(cards, key=lambda card: -(card["share"].share if card["share"] else 0))


def others_of(programme: Programme, edition: Edition) -> Sequence[Edition]:
    return [other for other in programme.editions.all() if other.pk != edition.pk]
