"""The public register of licences: laureates only, nothing about how others fared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, QuerySet

from probierz.awards.models import Award, Licence, LicenceEvent
from probierz.awards.queries import awards_told_of, edition_of, last_change, licence_by_number, public_licences
from probierz.base.polish import sort_key
from probierz.editions.models import Edition, Programme
from probierz.institutions.models import Kind, Voivodeship
from probierz.portal.queries.kept import kept

State = Licence.State


def search(
    *, text: str = "", voivodeship: str = "", kind: str = "", edition: str = "", programme: str = ""
) -> QuerySet[Licence]:
    """The newest edition first. Withdrawn licences leave the register; their own page explains them."""
    found = public_licences(search=text, voivodeship=voivodeship, kind=kind).exclude(state=State.WITHDRAWN)
    if edition:
        found = found.filter(edition__slug=edition)
    if programme:
        found = found.filter(edition__programme__slug=programme)
    return found.order_by("-edition__year", "-edition__number", "institution__sort_name", "pk")


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
        search()
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


def newest_laureates(*, edition: Edition | None = None, programme: Programme | None = None) -> QuerySet[Licence]:
    found = search()
    if edition is not None:
        found = found.filter(edition=edition)
    if programme is not None:
        found = found.filter(edition__programme=programme)
    return with_awards(found)


@dataclass(frozen=True)
class Verdict:
    """A licence as of a day, in one word and one tone; the reason is that of the last change into the state."""

    state: Licence.State
    tone: str
    is_valid: bool
    reason: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Word:
    """All that the street may know of one licence."""

    licence: Licence
    verdict: Verdict
    awards: list[Award]


TONES = {State.ACTIVE: "good", State.SUSPENDED: "warn", State.WITHDRAWN: "bad", State.EXPIRED: "warn"}
CHANGES = {State.SUSPENDED: LicenceEvent.Kind.SUSPENDED, State.WITHDRAWN: LicenceEvent.Kind.WITHDRAWN}


def word_on(number: str, day: date) -> Word | None:
    """A query for the licence, one for the reason where it does not hold; the edition's are kept for all of its."""
    licence = licence_by_number(number)
    if licence is None:
        return None
    licence.edition = kept(f"edition:{licence.edition_id}", lambda: edition_of(licence))
    told = kept(f"told:{licence.edition_id}", lambda: awards_told_of(licence.edition))
    return Word(licence, verdict_on(licence, day), told.get(licence.application_id, []))


def verdict_on(licence: Licence, day: date) -> Verdict:
    state = licence.state_on(day)
    if state == State.ACTIVE and day < licence.valid_from:
        return Verdict(state, "warn", False)
    change = last_change(licence, CHANGES[state]) if state in CHANGES else None
    reason, since = (change.reason, change.at) if change else ("", None)
    return Verdict(state, TONES[state], state == State.ACTIVE, reason, since)
