"""What is there in the register, and who may see it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from probierz.base.models import JournalEntry
from probierz.base.polish import fold, skeleton
from probierz.institutions import rules
from probierz.institutions.models import Contact, ImportBatch, Institution, Representative, Territory, Unit

SORTS = ("name", "-name", "voivodeship", "-voivodeship", "created", "-created")
_COLUMNS = {"name": "sort_name", "voivodeship": "voivodeship", "created": "created_at"}
_WAITING = Q(representatives__is_active=False, representatives__decided_at=None)


def is_representative(user: Any) -> bool:
    return bool(user.representations.filter(is_active=True).exists())


def institutions_represented_by(user: Any) -> QuerySet[Institution]:
    return Institution.objects.filter(
        representatives__user=user, representatives__is_active=True, merged_into=None
    ).distinct()


def institutions_visible_to(user: Any) -> QuerySet[Institution]:
    """The office sees the whole register, a representative their own institutions; merged ones are gone."""
    if rules.can_keep_register(user):
        return Institution.objects.filter(merged_into=None)
    if not user.is_authenticated:
        return Institution.objects.none()
    return institutions_represented_by(user)


def institutions_with_merged_visible_to(user: Any) -> QuerySet[Institution]:
    """The office's cards, those of merged institutions included: old links must lead somewhere."""
    return Institution.objects.all() if rules.can_keep_register(user) else Institution.objects.none()


def search(institutions: QuerySet[Institution], text: str) -> QuerySet[Institution]:
    """Every word of the text, or the beginning of one, without regard to diacritics; or a whole NIP or REGON."""
    digits = re.sub(r"[\s\-]", "", text)
    if digits.isdigit() and len(digits) >= 9:
        return institutions.filter(Q(nip=digits) | Q(regon__startswith=digits))
    for word in fold(text).split():
        institutions = institutions.filter(search_text__contains=word)
    return institutions


def register(
    user: Any, *, text: str = "", kind: str = "", voivodeship: str = "", waiting: bool = False, sort: str = "name"
) -> QuerySet[Institution]:
    """The office's list: filtered, sorted, with the counts that the list shows."""
    institutions = search(institutions_visible_to(user), text)
    if kind:
        institutions = institutions.filter(kind=kind)
    if voivodeship:
        institutions = institutions.filter(voivodeship=voivodeship)
    institutions = institutions.annotate(
        active_representatives=Count("representatives", filter=Q(representatives__is_active=True), distinct=True),
        waiting_representatives=Count("representatives", filter=_WAITING, distinct=True),
    )
    if waiting:
        institutions = institutions.filter(waiting_representatives__gt=0)
    column = _COLUMNS[sort.removeprefix("-")] if sort in SORTS else "sort_name"
    return institutions.order_by(f"-{column}" if sort.startswith("-") else column, "sort_name", "pk")


def institution_by_nip(nip: str) -> Institution | None:
    """The living institution behind a NIP: a merged one answers for the one it went into."""
    found = Institution.objects.select_related("merged_into").filter(nip=nip).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return found


def institution_by_key(user: Any, key: str) -> Institution | None:
    return institutions_visible_to(user).filter(key=key).first()


def units_of(institution: Institution) -> QuerySet[Unit]:
    return Unit.objects.filter(institution=institution)


def contacts_of(institution: Institution) -> QuerySet[Contact]:
    return Contact.objects.filter(institution=institution)


def representatives_of(institution: Institution) -> QuerySet[Representative]:
    """Active and waiting, with their users; those who ended are history."""
    return (
        Representative.objects.filter(institution=institution)
        .filter(Q(is_active=True) | Q(decided_at=None))
        .select_related("user")
        .order_by("is_active", "since", "pk")
    )


def representations_of(user: Any) -> QuerySet[Representative]:
    return (
        Representative.objects.filter(user=user)
        .filter(Q(is_active=True) | Q(decided_at=None))
        .select_related("institution")
        .order_by("-is_active", "institution__sort_name")
    )


def waiting_requests() -> int:
    return Representative.objects.filter(is_active=False, decided_at=None, institution__merged_into=None).count()


def entries_about(institution: Institution, *, verbs: list[str], limit: int = 20) -> list[JournalEntry]:
    """The newest journal entries of the named kinds about one institution."""
    entries = JournalEntry.objects.filter(institution_key=str(institution.key), verb__in=verbs)
    return list(entries.order_by("-number")[:limit])


def import_batches_visible_to(user: Any) -> QuerySet[ImportBatch]:
    if not rules.can_keep_register(user):
        return ImportBatch.objects.none()
    return ImportBatch.objects.select_related("created_by").order_by("-created_at", "-pk")


def known_nips(nips: Iterable[str]) -> dict[str, str]:
    """Which of these the register has: NIP to name."""
    return dict(Institution.objects.filter(nip__in=list(nips)).values_list("nip", "name"))


def likeness_key(name: str, city: str) -> str:
    """Equal for names that a careless reader takes for one; numbers must be the same (schools no. 1 and no. 11)."""
    numbers = re.findall(r"\b\d+\b", name)
    return "|".join([skeleton(name), skeleton(city), *numbers])


def names_by_likeness() -> dict[str, list[tuple[str, str]]]:
    """The register by the skeleton of name and city, so that a misread name finds its right one: (nip, name)."""
    alike: dict[str, list[tuple[str, str]]] = defaultdict(list)
    living = Institution.objects.filter(merged_into=None).values_list("nip", "name", "city")
    for nip, name, city in living:
        alike[likeness_key(name, city)].append((nip, name))
    return alike


@dataclass(frozen=True)
class Likeness:
    """Institutions that may be one, and why we think so."""

    reason: str
    institutions: tuple[Institution, ...]


def likely_duplicates(user: Any) -> list[Likeness]:
    """Proposals only: the same REGON, or a name and city that a careless reader would take for the same."""
    groups: dict[tuple[str, ...], list[Institution]] = defaultdict(list)
    # The oldest comes first: it is the one that most likely stays.
    for institution in institutions_visible_to(user).order_by("pk"):
        if institution.regon:
            groups["regon", institution.regon[:9]].append(institution)
        groups["name", likeness_key(institution.name, institution.city)].append(institution)
    found: dict[tuple[int, ...], Likeness] = {}
    for key, members in groups.items():
        if len(members) > 1:
            found.setdefault(tuple(member.pk for member in members), Likeness(key[0], tuple(members)))
    return sorted(found.values(), key=lambda likeness: likeness.institutions[0].sort_name)


def territory_codes() -> frozenset[str]:
    """Every code of the newest official register; empty when none was loaded."""
    valid_on = territories_valid_on()
    if valid_on is None:
        return frozenset()
    return frozenset(Territory.objects.filter(valid_on=valid_on).values_list("code", flat=True))


def territories_valid_on() -> date | None:
    return Territory.objects.order_by("-valid_on").values_list("valid_on", flat=True).first()
