"""Jurors, their words and their work: each sees their own, the office those of its programmes, nobody else any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from probierz.base.polish import fold, sort_key
from probierz.editions.models import Programme
from probierz.editions.queries import programmes_visible_to
from probierz.instruments.models import Channel
from probierz.instruments.queries import life_situations
from probierz.jury.models import Assignment, Conflict, Declaration, Juror

_CONTEXT = ("juror", "scenario", "application__institution", "application__edition__programme")


def is_juror(user: Any) -> bool:
    return user.juries.exclude(state=Juror.State.INVITED).exists()


def juries_of(user: Any) -> QuerySet[Juror]:
    """The jurors that a user is, one a programme."""
    return Juror.objects.filter(user=user).exclude(state=Juror.State.INVITED).select_related("programme")


def jurors_visible_to(user: Any) -> QuerySet[Juror]:
    """The office's register: the jurors of the programmes it runs."""
    return Juror.objects.filter(programme__in=programmes_visible_to(user)).select_related("programme", "user")


def conflicts_visible_to(user: Any) -> QuerySet[Conflict]:
    return Conflict.objects.filter(juror__programme__in=programmes_visible_to(user)).select_related(
        "juror__programme", "institution"
    )


def jurors_matching(
    user: Any, *, text: str = "", kind: str = "", state: str = "", channel: str = "", programme: str = ""
) -> list[Juror]:
    """Jurors with how much they have to do and have done, in Polish order."""
    alive = ~Q(assignments__state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
    jurors = jurors_visible_to(user).annotate(
        load=Count("assignments", filter=alive, distinct=True),
        done=Count("assignments", filter=Q(assignments__state=Assignment.State.DONE), distinct=True),
        bound=Count("conflicts", filter=Q(conflicts__lifted_at=None), distinct=True),
    )
    for field, value in {"kind": kind, "state": state, "programme__slug": programme}.items():
        if value:
            jurors = jurors.filter(**{field: value})
    words = fold(text).split()
    found = [
        juror
        for juror in jurors
        if (not channel or channel in juror.channels) and all(word in _searched(juror) for word in words)
    ]
    return sorted(found, key=lambda juror: sort_key(juror.name))


def _searched(juror: Juror) -> str:
    return fold(" ".join([juror.name, juror.pseudonym, juror.email, juror.city, juror.employer_name]))


def next_pseudonym(programme: Programme) -> str:
    """The next of J-01, J-02... in a programme; a number is never given twice."""
    taken = Juror.objects.filter(programme=programme).values_list("pseudonym", flat=True)
    numbers = [int(found.group(1)) for name in taken if (found := re.fullmatch(r"J-(\d+)", name))]
    return f"J-{max(numbers, default=0) + 1:02}"


def public_jury(programme: Programme) -> QuerySet[Juror]:
    """Those who agreed to be named. Never read anything but the name, the kind and who they are."""
    return Juror.objects.filter(programme=programme, is_public=True, state=Juror.State.ACTIVE).only(
        "name", "kind", "bio"
    )


def assignments_visible_to(user: Any) -> QuerySet[Assignment]:
    """A juror sees their own once they are published; the office those of its programmes; nobody else any."""
    own = Q(juror__user=user) & ~Q(juror__state=Juror.State.INVITED) & ~Q(state=Assignment.State.PLANNED)
    office = Q(application__edition__programme__in=programmes_visible_to(user))
    return Assignment.objects.filter(own | office).select_related(*_CONTEXT)


def declared_assignments(juror: Juror) -> QuerySet[Assignment]:
    """The juror's published assignments at institutions for which they have declared and nothing binds them."""
    word = Declaration.objects.filter(
        juror=juror,
        is_free_of_conflict=True,
        institution=OuterRef("application__institution"),
        edition=OuterRef("application__edition"),
    )
    bound = juror.conflicts.filter(lifted_at=None).values("institution")
    return (
        Assignment.objects.filter(Exists(word), juror=juror)
        .exclude(state=Assignment.State.PLANNED)
        .exclude(application__institution__in=bound)
        .select_related(*_CONTEXT)
    )


def waiting_words(user: Any) -> list[Assignment]:
    """One assignment for each institution that still waits for the juror's word, the soonest first."""
    given = Declaration.objects.filter(
        juror=OuterRef("juror"),
        institution=OuterRef("application__institution"),
        edition=OuterRef("application__edition"),
    )
    bound = Conflict.objects.filter(
        juror=OuterRef("juror"), institution=OuterRef("application__institution"), lifted_at=None
    )
    rows = (
        Assignment.objects.filter(~Exists(given), ~Exists(bound), juror__user=user)
        .exclude(juror__state=Juror.State.INVITED)
        .exclude(state__in=[Assignment.State.PLANNED, Assignment.State.CANCELLED])
        .select_related(*_CONTEXT)
        .order_by("opens_at", "pk")
    )
    first: dict[tuple[int, int, int], Assignment] = {}
    for row in rows:
        first.setdefault((row.juror_id, row.application.institution_id, row.application.edition_id), row)
    return list(first.values())


def given_words(user: Any) -> QuerySet[Declaration]:
    return (
        Declaration.objects.filter(juror__user=user)
        .exclude(juror__state=Juror.State.INVITED)
        .select_related("institution", "edition__programme")
        .order_by("-declared_at", "-pk")
    )


def work_of(juror: Juror) -> QuerySet[Assignment]:
    """Everything a juror was given, for the office's card; what was only planned is left out."""
    return (
        Assignment.objects.filter(juror=juror)
        .exclude(state=Assignment.State.PLANNED)
        .select_related(*_CONTEXT)
        .order_by(F("closes_at").desc(), "-pk")
    )


@dataclass(frozen=True)
class JurorCard:
    """What the office's card of one juror shows."""

    channels: list[str]
    situations: list[str]
    work: list[Assignment]
    conflicts: list[Conflict]
    words: list[Declaration]

    @property
    def alive(self) -> int:
        return sum(1 for row in self.work if row.state != Assignment.State.CANCELLED)

    @property
    def done(self) -> int:
        return sum(1 for row in self.work if row.state == Assignment.State.DONE)


def card_of(user: Any, juror: Juror) -> JurorCard:
    labels = life_situations()
    words = Declaration.objects.filter(juror=juror).select_related("institution", "edition")
    return JurorCard(
        channels=[str(channel.label) for channel in Channel if channel.value in juror.channels],
        situations=[labels.get(key, key) for key in juror.life_situations],
        work=list(work_of(juror)),
        conflicts=list(conflicts_visible_to(user).filter(juror=juror).order_by("lifted_at", "institution__name")),
        words=list(words.order_by("-declared_at", "-pk")),
    )
