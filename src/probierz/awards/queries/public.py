"""What anybody may see: laureates, and whether a licence holds. Nobody who did not win is here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet

from probierz.awards.models import Award, Licence, LicenceEvent
from probierz.awards.terms import normalised
from probierz.base.audiences import belongs
from probierz.base.polish import fold
from probierz.editions.models import Edition, Programme
from probierz.institutions.queries import institutions_represented_by


def public_licences(
    *,
    search: str = "",
    voivodeship: str = "",
    kind: str = "",
    edition: Edition | None = None,
    programme: Programme | None = None,
) -> QuerySet[Licence]:
    """The register of laureates, the newest edition first. The search forgives letters without their marks."""
    found = Licence.objects.filter(edition__is_public=True).select_related("edition__programme", "institution")
    number = normalised(search)
    words = Q()
    for word in fold(search).split():
        words &= Q(institution__search_text__contains=word)
    if search.strip():
        found = found.filter(words | Q(number=number)) if words else found.filter(number=number)
    if voivodeship:
        found = found.filter(institution__voivodeship=voivodeship)
    if kind:
        found = found.filter(institution__kind=kind)
    if edition is not None:
        found = found.filter(edition=edition)
    if programme is not None:
        found = found.filter(edition__programme=programme)
    return found.order_by("-edition__year", "-edition__number", "holder_name", "pk")


# What is said of one licence, and of whose it is: a wide row of an institution costs more than finding it.
_SAID_OF_ONE = (
    *("number", "edition_id", "application_id", "holder_name", "scope", "earned_from", "in_a_row", "state"),
    *("valid_from", "valid_until", "certificate_sha256", "institution__city", "institution__voivodeship"),
)


def licence_by_number(number: str) -> Licence | None:
    """A licence by its number, with whose it is: one light query, for anybody may ask and many do at once."""
    return (
        Licence.objects.filter(number=normalised(number), edition__is_public=True)
        .select_related("institution")
        .only(*_SAID_OF_ONE)
        .order_by("pk")
        .first()
    )


def edition_of(licence: Licence) -> Edition:
    """Where it was won, with the programme."""
    return Edition.objects.select_related("programme").get(pk=licence.edition_id)


def last_change(licence: Licence, kind: LicenceEvent.Kind) -> LicenceEvent | None:
    """The last time a licence was suspended, restored or withdrawn."""
    return licence.events.filter(kind=kind).last()


def public_awards(edition: Edition | None = None) -> QuerySet[Award]:
    """Statuettes and distinctions already told of."""
    found = Award.objects.filter(is_public=True, edition__is_public=True).select_related(
        "application__institution", "edition__programme"
    )
    return found.filter(edition=edition) if edition is not None else found


def licences_visible_to(user: Any) -> QuerySet[Licence]:
    """The licences of the institutions a user represents."""
    if not belongs(user, "institution"):
        return Licence.objects.none()
    return (
        Licence.objects.filter(institution__in=institutions_represented_by(user))
        .select_related("edition__programme", "institution")
        .prefetch_related("events")
        .order_by("-valid_from", "number")
    )


def awards_told_of(edition: Edition) -> dict[int | None, list[Award]]:
    """What was announced in an edition, by application; some ten rows."""
    told: dict[int | None, list[Award]] = defaultdict(list)
    for award in Award.objects.filter(is_public=True, edition=edition):
        told[award.application_id].append(award)
    return dict(told)


def awards_visible_to(user: Any) -> QuerySet[Award]:
    """Public statuettes of the institutions a user represents."""
    mine = institutions_represented_by(user)
    return public_awards().filter(application__institution__in=mine).order_by("-given_at", "pk")
