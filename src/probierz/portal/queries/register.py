"""The public register of licences: laureates only, nothing about how others fared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from probierz.awards.models import Award, Licence, LicenceEvent
from probierz.base.polish import fold, sort_key
from probierz.editions.models import Edition, Programme
from probierz.institutions.models import Kind, Voivodeship

State = Licence.State


def laureates() -> QuerySet[Licence]:
    """Licences granted in public editions. Withdrawn ones leave the register; the verification page explains them."""
    return (
        Licence.objects.filter(edition__is_public=True)
        .exclude(state=State.WITHDRAWN)
        .select_related("institution", "edition__programme")
        .order_by("-edition__year", "-edition__number", "institution__sort_name", "pk")
    )


def search(
    *, text: str = "", voivodeship: str = "", kind: str = "", edition: str = "", programme: str = ""
) -> QuerySet[Licence]:
    """Every word of the text, without regard to diacritics, in the name, the place or the number."""
    found = laureates()
    for word in fold(text).split():
        found = found.filter(Q(institution__search_text__contains=word) | Q(number__icontains=word))
    chosen = {
        "institution__voivodeship": voivodeship,
        "institution__kind": kind,
        "edition__slug": edition,
        "edition__programme__slug": programme,
    }
    return found.filter(**{column: value for column, value in chosen.items() if value})


def with_awards(licences: QuerySet[Licence]) -> QuerySet[Licence]:
    """Each with the statuettes and distinctions announced for its application."""
    announced = Award.objects.filter(is_public=True)
    return licences.prefetch_related(Prefetch("application__awards", announced, to_attr="announced"))


def counts_by_voivodeship(licences: QuerySet[Licence]) -> dict[str, int]:
    rows = licences.order_by().values_list("institution__voivodeship").annotate(n=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Choices:
    """What the register can be narrowed to: only what it holds."""

    voivodeships: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    editions: list[tuple[str, str]]
    programmes: list[tuple[str, str]]


def choices() -> Choices:
    rows = set(
        laureates()
        .order_by()
        .values_list(
            "institution__voivodeship",
            "institution__kind",
            "edition__slug",
            "edition__year",
            "edition__programme__slug",
            "edition__programme__name",
        )
        .distinct()
    )
    regions, kinds = {row[0] for row in rows}, {row[1] for row in rows}
    return Choices(
        voivodeships=[(code, str(name)) for code, name in Voivodeship.choices if code in regions],
        kinds=[(key, str(name)) for key, name in Kind.choices if key in kinds],
        editions=[(slug, str(year)) for year, slug in sorted({(row[3], row[2]) for row in rows}, reverse=True)],
        programmes=sorted({(row[4], row[5]) for row in rows}, key=lambda pair: sort_key(pair[1])),
    )


def newest_laureates(edition: Edition | None = None, programme: Programme | None = None) -> QuerySet[Licence]:
    found = laureates()
    if edition is not None:
        found = found.filter(edition=edition)
    if programme is not None:
        found = found.filter(edition__programme=programme)
    return with_awards(found)


def tidy_number(text: str) -> str:
    """A number as it is kept, however it was typed: lzm/2025/001 is LZM-2025-001."""
    return re.sub(r"[\s/\\_.\u2010-\u2015-]+", "-", text.strip()).strip("-").upper()[:30]


def licence_by_number(number: str) -> Licence | None:
    """With its history and what it won, in three queries whatever they hold."""
    announced = Award.objects.filter(is_public=True)
    history = LicenceEvent.objects.only("licence", "kind", "reason", "at")
    return (
        Licence.objects.filter(number=tidy_number(number), edition__is_public=True)
        .select_related("institution", "edition__programme")
        .annotate(
            announced_at=F("edition__publication__published_at"),
            protocol_digest=F("edition__publication__calculation__protocol_digest"),
        )
        .prefetch_related(
            Prefetch("events", history, to_attr="history"),
            Prefetch("application__awards", announced, to_attr="announced"),
        )
        .first()
    )


@dataclass(frozen=True)
class Verdict:
    """A licence as of a day, in one word and one tone."""

    state: Licence.State
    tone: str
    is_valid: bool
    reason: str = ""
    since: Any = None


TONES = {State.ACTIVE: "good", State.SUSPENDED: "warn", State.WITHDRAWN: "bad", State.EXPIRED: "warn"}
_EVENTS = {
    State.SUSPENDED: LicenceEvent.Kind.SUSPENDED,
    State.WITHDRAWN: LicenceEvent.Kind.WITHDRAWN,
}


def verdict_on(licence: Licence, day: date) -> Verdict:
    """Needs the licence's `history`; the reason shown is that of the last change into the present state."""
    state = licence.state_on(day)
    if state == State.ACTIVE and day < licence.valid_from:
        return Verdict(state, "warn", False)
    changes = [event for event in licence.history if event.kind == _EVENTS.get(state)]
    last = changes[-1] if changes else None
    return Verdict(state, TONES[state], state == State.ACTIVE, last.reason if last else "", last.at if last else None)
