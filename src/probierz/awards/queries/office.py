"""What the office sees: licences in every state, statuettes, and who still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.awards.models import Award, Licence
from probierz.base.clock import today
from probierz.base.polish import fold
from probierz.editions.models import Edition
from probierz.editions.queries import programmes_visible_to
from probierz.results.models import Result
from probierz.results.queries import published_results

State = Licence.State


def licences_of_office(user: Any) -> QuerySet[Licence]:
    return Licence.objects.filter(edition__programme__in=programmes_visible_to(user)).select_related(
        "edition__programme", "institution", "application"
    )


def in_state(state: str, day: date) -> Q:
    """A state as of a day: "expired" follows from the calendar."""
    if state == State.EXPIRED:
        return Q(state=State.ACTIVE, valid_until__lt=day)
    if state == State.ACTIVE:
        return Q(state=State.ACTIVE, valid_until__gte=day)
    return Q(state=state)


def licences_in(edition: Edition, *, text: str = "", state: str = "") -> QuerySet[Licence]:
    found = Licence.objects.filter(edition=edition).select_related("institution", "edition")
    for word in fold(text).split():
        found = found.filter(institution__search_text__contains=word)
    if state:
        found = found.filter(in_state(state, today()))
    return found.order_by("number")


def awards_of(edition: Edition) -> QuerySet[Award]:
    return Award.objects.filter(edition=edition).select_related("application__institution", "edition__programme")


def awards_of_office(user: Any) -> QuerySet[Award]:
    return Award.objects.filter(edition__programme__in=programmes_visible_to(user)).select_related(
        "application__institution", "edition__programme"
    )


def candidates_of(edition: Edition) -> QuerySet[Application]:
    """Who may get a statuette."""
    return (
        Application.objects.filter(edition=edition, state=Application.State.ACCEPTED)
        .select_related("institution")
        .order_by("institution__name", "pk")
    )


def waiting_for_licence(edition: Edition) -> list[Result]:
    granted = published_results(edition).filter(decision=Result.Decision.GRANT)
    alive = granted.filter(application__state=Application.State.ACCEPTED)
    return list(alive.filter(application__licence=None))


def numbers_in(edition: Edition) -> list[str]:
    """Every number given under this programme and year, so that none is given twice."""
    prefix = f"{edition.programme.short_name.upper()}-{edition.year}-"
    return list(Licence.objects.filter(number__startswith=prefix).values_list("number", flat=True))


def streaks_before(edition: Edition) -> dict[int, int]:
    """How many times in a row each institution had the licence, up to the edition before this one."""
    before = Licence.objects.filter(
        edition__programme=edition.programme_id, edition__number=edition.number - 1
    ).exclude(state=State.WITHDRAWN)
    return dict(before.values_list("institution", "in_a_row"))


@dataclass(frozen=True)
class Counts:
    total: int
    active: int
    suspended: int
    withdrawn: int
    expired: int
    certificates: int

    @property
    def is_printed(self) -> bool:
        return self.certificates == self.total


def counts_of(edition: Edition) -> Counts:
    day = today()
    numbers = Licence.objects.filter(edition=edition).aggregate(
        total=Count("pk"),
        certificates=Count("pk", filter=~Q(certificate="")),
        **{str(state): Count("pk", filter=in_state(state, day)) for state in State},
    )
    return Counts(**numbers)


def licence_to_print(licence_id: int) -> Licence | None:
    return Licence.objects.select_related("edition__programme", "institution").filter(pk=licence_id).first()


def overview_cards(edition: Edition, user: Any) -> list[dict[str, Any]]:
    """What the overview of an edition says about its licences."""
    counts = counts_of(edition)
    waiting = len(waiting_for_licence(edition))
    if not counts.total and not waiting:
        return []
    return [
        {
            "title": _("Licencje"),
            "value": counts.total,
            "note": _("czeka na przyznanie: %(waiting)s, zawieszone: %(suspended)s")
            % {"waiting": waiting, "suspended": counts.suspended},
            "url": reverse("office-awards", kwargs={"programme": edition.programme.slug, "edition": edition.slug}),
            "tone": "warn" if waiting else "good",
        }
    ]
