"""What the office sees: every assignment of an edition with its audit, counted, filtered, sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.audits.models import Audit, Evidence, Obstacle
from probierz.base.clock import now, today
from probierz.base.polish import fold
from probierz.editions.models import Edition
from probierz.editions.queries import programmes_visible_to
from probierz.institutions.models import Institution
from probierz.instruments.models import ModelAnswer, Scenario
from probierz.instruments.queries import model_answer_on, scenarios_fitting
from probierz.jury.models import Assignment, Juror
from probierz.jury.queries import unreplaced

NOT_STARTED, TO_REPLACE = "not-started", "to-replace"
SORTS = {
    "okno": ("closes_at", "pk"),
    "instytucja": ("application__institution__name", "pk"),
    "juror": ("juror__pseudonym", "pk"),
    "kontakt": ("audit__contact_at", "pk"),
}
_RELATED = (
    "version__instrument",
    "assignment__scenario",
    "assignment__juror",
    "assignment__application__institution",
    "assignment__application__edition__programme",
)


# Prefetched, not joined: an edition is sorted without what only the fifty rows of a page show.
_SHOWN = (
    Prefetch("juror", Juror.objects.only("pseudonym", "name")),
    Prefetch("application", Application.objects.only("number", "institution")),
    Prefetch("application__institution", Institution.objects.only("name", "short_name")),
    Prefetch("audit", Audit.objects.only("assignment", "key", "state", "flag_count", "submitted_at", "contact_at")),
    Prefetch("obstacle", Obstacle.objects.only("assignment", "kind")),
)


def audits_visible_to(user: Any) -> QuerySet[Audit]:
    """The office sees its programmes' audits, a juror their own; an institution none."""
    office = Q(assignment__application__edition__programme__in=programmes_visible_to(user))
    return Audit.objects.filter(office | Q(assignment__juror__user=user)).select_related(*_RELATED)


def assignments_visible_to(user: Any) -> QuerySet[Assignment]:
    """The assignments of the programmes a user runs."""
    return Assignment.objects.filter(application__edition__programme__in=programmes_visible_to(user)).select_related(
        "juror", "scenario", "application__institution", "application__edition__programme"
    )


def evidence_visible_to(user: Any) -> QuerySet[Evidence]:
    """Photos open to the juror who took them and to the office of the programme."""
    office = Q(audit__assignment__application__edition__programme__in=programmes_visible_to(user))
    return Evidence.objects.filter(office | Q(audit__assignment__juror__user=user)).select_related(
        *(f"audit__{path}" for path in _RELATED)
    )


def _lost(edition: Edition) -> list[int]:
    """Assignments that wait for a successor: a handful, so they are named, not looked for at every row."""
    return list(unreplaced(edition).order_by().values_list("pk", flat=True))


def _spent(edition: Edition) -> list[int]:
    """Cancelled assignments whose audit was begun: it stays to be read."""
    cancelled = Assignment.objects.filter(application__edition=edition, state=Assignment.State.CANCELLED)
    return list(cancelled.exclude(audit=None).order_by().values_list("pk", flat=True))


def _late(moment: datetime) -> Q:
    unsent = Q(audit=None) | Q(audit__submitted_at=None)
    return (
        Q(audit__submitted_at__gte=F("audit__due_at"))
        | Q(audit__submitted_at=None, audit__due_at__lte=moment)
        | (unsent & Q(audit__contact_at=None, closes_at__lte=moment))
    ) & ~Q(state=Assignment.State.CANCELLED)


def _in_state(state: str, lost: list[int]) -> Q:
    if state == TO_REPLACE:
        return Q(pk__in=lost)
    if state == NOT_STARTED:
        return Q(audit=None, state=Assignment.State.OPEN)
    return Q(audit__state=state)


def rows_of(
    edition: Edition,
    *,
    text: str = "",
    state: str = "",
    channel: str = "",
    late: bool = False,
    flagged: bool = False,
    sort: str = "",
) -> QuerySet[Assignment]:
    """Assignments with what became of them; a cancelled one only while it waits for a successor or was rejected."""
    lost = _lost(edition)
    alive = ~Q(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED]) | Q(pk__in=[*lost, *_spent(edition)])
    rows = Assignment.objects.filter(alive, application__edition=edition).prefetch_related(*_SHOWN)
    rows = rows.annotate(is_lost=Case(When(pk__in=lost, then=True), default=False))
    if text:
        found = Q(application__institution__search_text__contains=fold(text)) | Q(juror__pseudonym__iexact=text)
        rows = rows.filter(found | Q(application__number__iexact=text))
    if state:
        rows = rows.filter(_in_state(state, lost))
    if channel:
        rows = rows.filter(channel=channel)
    if late:
        rows = rows.filter(_late(now()))
    if flagged:
        rows = rows.filter(audit__flag_count__gt=0)
    order = SORTS.get(sort.removeprefix("-"), SORTS["okno"])
    return rows.order_by(*(f"-{name}" if sort.startswith("-") else name for name in order))


@dataclass(frozen=True)
class Counts:
    total: int
    not_started: int
    filling: int
    submitted: int
    approved: int
    late: int
    to_replace: int

    @property
    def of_total(self) -> str:
        return _("z %(total)s przydzielonych") % {"total": self.total}

    @property
    def submitted_tone(self) -> str:
        return "info" if self.submitted else ""

    @property
    def late_tone(self) -> str:
        return "warn" if self.late else ""

    @property
    def replace_tone(self) -> str:
        return "bad" if self.to_replace else ""


def counts_of(edition: Edition) -> Counts:
    """How far the fieldwork is, in two queries. Cancelled assignments count only while they wait for a successor."""
    alive = ~Q(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
    numbers = Assignment.objects.filter(application__edition=edition).aggregate(
        total=Count("pk", filter=alive),
        not_started=Count("pk", filter=_in_state(NOT_STARTED, [])),
        filling=Count("pk", filter=Q(audit__state__in=[Audit.State.FILLING, Audit.State.RETURNED])),
        submitted=Count("pk", filter=Q(audit__state=Audit.State.SUBMITTED)),
        approved=Count("pk", filter=Q(audit__state=Audit.State.APPROVED)),
        late=Count("pk", filter=_late(now()) & alive),
    )
    return Counts(**numbers, to_replace=unreplaced(edition).count())


def chosen_audits(user: Any, edition: Edition, keys: list[str]) -> list[Audit]:
    """The audits a form named; what is no key of an audit names none."""
    known = [key for key in keys if _is_key(key)]
    return list(audits_visible_to(user).filter(assignment__application__edition=edition, key__in=known).order_by("pk"))


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def scenarios_for(assignment: Assignment) -> list[Scenario]:
    """Scenarios in use that fit the channel and the kind of the institution, with a right answer for today."""
    return scenarios_fitting(assignment.application.institution.kind, assignment.channel, today())


def model_answer_for(assignment: Assignment, day: date | None = None) -> ModelAnswer | None:
    """What a right answer was on the day of the contact, or is today before it."""
    return model_answer_on(assignment.scenario, day or today()) if assignment.scenario else None


def overview_cards(edition: Edition, user: Any) -> list[dict[str, Any]]:
    """What the overview of an edition says about its fieldwork."""
    counts = counts_of(edition)
    url = reverse("office-audits", kwargs={"programme": edition.programme.slug, "edition": edition.slug})
    done = {
        "title": _("Audyty zatwierdzone"),
        "value": counts.approved,
        "note": _("z %(total)s przydzielonych") % {"total": counts.total},
        "url": url,
        "tone": "good" if counts.total and counts.approved == counts.total else "neutral",
    }
    waiting = {
        "title": _("Audyty do sprawdzenia"),
        "value": counts.submitted,
        "note": _("spóźnionych: %(late)s, bez następcy: %(lost)s") % {"late": counts.late, "lost": counts.to_replace},
        "url": f"{url}?stan=submitted",
        "tone": "warn" if counts.submitted or counts.late or counts.to_replace else "neutral",
    }
    return [done, waiting]
