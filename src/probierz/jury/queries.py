"""What jurors and the office see of the jury."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from probierz.editions.queries import programmes_visible_to
from probierz.jury.models import Assignment, Declaration, Juror


def is_juror(user: Any) -> bool:
    return user.juries.exclude(state=Juror.State.INVITED).exists()


def juries_of(user: Any) -> QuerySet[Juror]:
    """The jurors that a user is, one a programme."""
    return Juror.objects.filter(user=user).exclude(state=Juror.State.INVITED).select_related("programme")


def assignments_visible_to(user: Any) -> QuerySet[Assignment]:
    """A juror sees their own once they are published; the office those of its programmes; nobody else any."""
    own = Q(juror__user=user) & ~Q(juror__state=Juror.State.INVITED) & ~Q(state=Assignment.State.PLANNED)
    office = Q(application__edition__programme__in=programmes_visible_to(user))
    return Assignment.objects.filter(own | office).select_related(
        "juror", "scenario", "application__institution", "application__edition__programme"
    )


def declared_assignments(juror: Juror) -> QuerySet[Assignment]:
    """The juror's published assignments at institutions for which they have declared and nothing binds them."""
    words = Declaration.objects.filter(juror=juror, is_free_of_conflict=True)
    pairs = Q(
        application__institution__juror_declarations__in=words,
        application__institution__juror_declarations__edition=F("application__edition"),
    )
    bound = juror.conflicts.filter(lifted_at=None).values("institution")
    return (
        Assignment.objects.filter(pairs, juror=juror)
        .exclude(state=Assignment.State.PLANNED)
        .exclude(application__institution__in=bound)
        .select_related("juror", "scenario", "application__institution", "application__edition__programme")
    )
