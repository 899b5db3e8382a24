"""What a plan is made of, how far the assignments are, and who could take over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.base.clock import WARSAW, last_day_before, today
from probierz.base.rules import NotAllowed
from probierz.base.wording import span_words
from probierz.editions.models import Edition, Programme, Stage
from probierz.editions.queries import programmes_visible_to
from probierz.editions.rules import stage_of
from probierz.institutions.models import Institution, Representative
from probierz.instruments.models import Channel, Scenario
from probierz.jury import legends
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Declaration, Juror
from probierz.jury.seating import Material, Seating, Settings, gap_of, planning_days, seat_everybody, share_of
from probierz.jury.travel import travel_cost
from probierz.jury.windows import most_windows

ROTATION = 2  # editions
# What a page that only names a plan does not open.
HEAVY = ("inputs", "outcome", "precision")


def plans_visible_to(user: Any) -> QuerySet[AllocationPlan]:
    return AllocationPlan.objects.filter(edition__programme__in=programmes_visible_to(user)).select_related(
        "edition__programme", "made_by"
    )


def plan_figures_visible_to(user: Any) -> QuerySet[AllocationPlan]:
    """Plans with their precision, without the thousands of seats."""
    return plans_visible_to(user).defer("inputs", "outcome")


def current_plan(edition: Edition) -> AllocationPlan | None:
    """The proposal on the table, or being prepared."""
    on_table = [AllocationPlan.State.DRAFT, AllocationPlan.State.PREPARING]
    plans = AllocationPlan.objects.filter(edition=edition, state__in=on_table).defer(*HEAVY)
    return plans.order_by("-made_at", "-pk").first()


def accepted_count(edition: Edition) -> int:
    return Application.objects.filter(edition=edition, state=Application.State.ACCEPTED).count()


def seats_wanted(edition: Edition, per_channel: Mapping[str, int]) -> int:
    """At most so many seats: whether a plan is worth a background job."""
    return accepted_count(edition) * sum(per_channel.values())


def channels_of(edition: Edition) -> list[str]:
    """The channels of an edition in the order people think of them."""
    declared = set(edition.rulebook.get("channels", {})) | {row.channel for row in edition.channels.all()}
    return [channel for channel in Channel.values if channel in declared]


def material_for(edition: Edition) -> Material:
    """Everything a plan is made of, in a constant number of queries."""
    applications = list(
        Application.objects.filter(edition=edition, state=Application.State.ACCEPTED)
        .select_related("institution")
        .order_by("institution__search_text", "pk")
    )
    jurors = list(Juror.objects.filter(programme=edition.programme_id, state=Juror.State.ACTIVE).order_by("pseudonym"))
    assignments = Assignment.objects.filter(application__edition=edition).select_related("application", "scenario")
    recent, earlier = _history(edition)
    return Material(
        edition=edition,
        applications=applications,
        jurors=jurors,
        conflicts=live_conflicts(edition.programme),
        assignments=list(assignments.order_by("pk")),
        recent=recent,
        earlier=earlier,
    )


def seating_of(plan: AllocationPlan) -> Seating:
    """Everything a plan is to seat, loaded."""
    stage = stage_of(plan.edition, Stage.Kind.FIELDWORK)
    if stage is None:
        raise NotAllowed("no-fieldwork", _("Edycja nie ma jeszcze terminu audytów."))
    settings = Settings(plan.parameters["per_channel"], plan.parameters["repeat"], plan.seed)
    return seat_everybody(material_for(plan.edition), settings, stage)


def live_conflicts(programme: Programme) -> frozenset[tuple[int, int]]:
    """Pairs (juror, institution) that a live conflict or a refused word keeps apart."""
    rows = Conflict.objects.filter(juror__programme=programme, lifted_at=None)
    words = Declaration.objects.filter(juror__programme=programme, is_free_of_conflict=False)
    return frozenset([*rows.values_list("juror", "institution"), *words.values_list("juror", "institution")])


def _history(edition: Edition) -> tuple[frozenset[tuple[int, int]], dict[tuple[int, int], int]]:
    """Who audited whom in the last two editions, and how often before them."""
    before = Edition.objects.filter(programme=edition.programme_id).exclude(pk=edition.pk)
    before = before.filter(Q(year__lt=edition.year) | Q(year=edition.year, number__lt=edition.number))
    order = list(before.order_by("-year", "-number").values_list("pk", flat=True))
    rows = (
        Assignment.objects.filter(application__edition__in=order)
        .exclude(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
        .values_list("juror", "application__institution", "application__edition")
    )
    recent: set[tuple[int, int]] = set()
    earlier: Counter[tuple[int, int]] = Counter()
    for juror, institution, when in set(rows):
        if when in order[:ROTATION]:
            recent.add((juror, institution))
        else:
            earlier[juror, institution] += 1
    return frozenset(recent), dict(earlier)


def institutions_in_play(programme: Programme) -> QuerySet[Institution]:
    """Institutions with a live application in any edition of a programme."""
    live = Application.objects.filter(institution=OuterRef("pk"), edition__programme=programme).exclude(
        state__in=[Application.State.REJECTED, Application.State.WITHDRAWN]
    )
    return Institution.objects.filter(Exists(live))


def representatives_among(users: Iterable[int]) -> set[tuple[int, int]]:
    return set(Representative.objects.filter(user__in=list(users), is_active=True).values_list("user", "institution"))


def published_assignments(edition: Edition) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(application__edition=edition)
        .exclude(state=Assignment.State.PLANNED)
        .select_related("juror", "scenario", "application__institution")
        .order_by("application__institution__search_text", "opens_at", "pk")
    )


def unreplaced(edition: Edition) -> QuerySet[Assignment]:
    """Cancelled assignments after which nobody was sent yet: neither by name nor by a later plan for the channel."""
    again = Assignment.objects.filter(
        application=OuterRef("application"),
        channel=OuterRef("channel"),
        is_extra=OuterRef("is_extra"),
        created_at__gt=OuterRef("created_at"),
        replaces=None,
    ).exclude(state=Assignment.State.CANCELLED)
    return published_assignments(edition).filter(
        ~Exists(again), state=Assignment.State.CANCELLED, replaced_by=None, application__state="accepted"
    )


def unreplaced_with_suggestions(edition: Edition) -> list[tuple[Assignment, Juror | None]]:
    rows = list(unreplaced(edition)[:50])
    understudies = Understudies(edition) if rows else None
    return [(row, next(iter(understudies.of(row)), None) if understudies else None) for row in rows]


# Prefetched, not joined: a page shows the same few jurors and roles on a hundred rows.
_SHOWN = (
    Prefetch("juror", Juror.objects.only("key", "pseudonym", "name")),
    Prefetch("scenario", Scenario.objects.only("title")),
)


def published_by_place(edition: Edition) -> QuerySet[Application]:
    """Institutions with published assignments, each with its `published`; cancelled ones are left out."""
    alive = Assignment.objects.exclude(state__in=[Assignment.State.PLANNED, Assignment.State.CANCELLED])
    rows = alive.order_by("opens_at", "pk").defer("reason", "created_at").prefetch_related(*_SHOWN)
    return (
        Application.objects.filter(Exists(alive.filter(application=OuterRef("pk")).order_by()), edition=edition)
        .only("institution")
        .prefetch_related(Prefetch("institution", Institution.objects.only("name")))
        .prefetch_related(Prefetch("assignments", queryset=rows, to_attr="published"))
        .order_by("institution__search_text", "pk")
    )


@dataclass(frozen=True)
class PlanningFacts:
    """What the office should know before asking for a plan."""

    accepted: int
    active: int
    capacity: int
    assigned: int
    silent: int
    days: int
    gap: int
    most: int
    share: Fraction
    stage: Stage | None

    @property
    def room_note(self) -> str:
        return _("razem mogą wykonać: %(room)s") % {"room": self.capacity}

    @property
    def room_tone(self) -> str:
        return "neutral" if self.capacity >= self.accepted else "warn"

    @property
    def days_note(self) -> str:
        if self.stage is None:
            return _("etap audytów nie ma jeszcze terminu")
        return span_words(self.stage.opens_at.astimezone(WARSAW).date(), last_day_before(self.stage.closes_at))

    @property
    def most_note(self) -> str:
        if self.stage is None:
            return ""
        words = _("W pozostałym terminie mieści się najwyżej tyle audytów jednej instytucji: %(most)s.")
        return words % {"most": self.most}


def planning_facts(edition: Edition) -> PlanningFacts:
    stage = stage_of(edition, Stage.Kind.FIELDWORK)
    days = len(planning_days(stage)) if stage else 0
    active = Juror.objects.filter(programme=edition.programme_id, state=Juror.State.ACTIVE)
    numbers = active.aggregate(people=Count("pk"), room=Sum("max_audits"), silent=Count("pk", filter=Q(channels=[])))
    alive = ~Q(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
    gap = gap_of(edition)
    return PlanningFacts(
        accepted=accepted_count(edition),
        active=numbers["people"],
        capacity=numbers["room"] or 0,
        assigned=Assignment.objects.filter(alive, application__edition=edition).count(),
        silent=numbers["silent"],
        days=days,
        gap=gap,
        most=most_windows(days, gap),
        share=share_of(edition),
        stage=stage,
    )


class Understudies:
    """Who could take over in an edition: everything that does not depend on the assignment is read once."""

    def __init__(self, edition: Edition) -> None:
        alive = ~Q(assignments__state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
        mine = alive & Q(assignments__application__edition=edition)
        jurors = Juror.objects.filter(programme=edition.programme_id, state=Juror.State.ACTIVE)
        self._jurors = list(jurors)
        loads = jurors.annotate(n=Count("assignments", filter=mine)).values_list("pk", "n")
        self._loads: dict[int, int] = dict(loads)
        self._recent = _history(edition)[0]
        self._bound = live_conflicts(edition.programme) | self._recent
        been = Assignment.objects.filter(application__edition=edition).values_list("juror", "application")
        self._been = set(been)
        self._roles: dict[tuple[str, str], list[Scenario]] = {}
        stage = stage_of(edition, Stage.Kind.FIELDWORK)
        self._day = max(today(), stage.opens_at.astimezone(WARSAW).date()) if stage else today()

    def of(self, assignment: Assignment) -> list[Juror]:
        """Those who may take over, the most suitable first: near, little to do, nothing against them."""
        is_visit = assignment.channel == Channel.VISIT
        place = assignment.application.institution.teryt[:4]
        fitting = [juror for juror in self._jurors if not self.problem(juror, assignment)]
        return sorted(
            fitting,
            key=lambda juror: (
                travel_cost(juror.teryt[:4], place) if is_visit else 0,
                self._loads[juror.pk],
                juror.pseudonym,
            ),
        )

    def problems(self, assignment: Assignment) -> Counter[str]:
        """What stands in the way, over the whole jury; the codes are those of a plan."""
        return Counter(self.problem(juror, assignment) for juror in self._jurors)

    def problem(self, juror: Juror, assignment: Assignment) -> str:
        """The gravest thing against a juror here; "" when there is none."""
        application = assignment.application
        here = (juror.pk, application.institution_id)
        checks = (
            ("been", (juror.pk, application.pk) in self._been),
            ("conflict", here in self._bound and here not in self._recent),
            ("recent", here in self._recent),
            ("full", self._loads[juror.pk] >= juror.max_audits),
            ("channel", assignment.channel not in juror.channels),
            ("legend", not legends.may_play(self.roles_at(assignment), juror.life_situations)),
        )
        return next((code for code, stands in checks if stands), "")

    def roles_at(self, assignment: Assignment) -> list[Scenario]:
        place = (assignment.channel, assignment.application.institution.kind)
        if place not in self._roles:
            self._roles |= legends.legends_for([place], self._day, self._day)
        return self._roles[place]


def replacements_for(assignment: Assignment) -> list[Juror]:
    return Understudies(assignment.application.edition).of(assignment)


def suggest_replacement(assignment: Assignment) -> Juror | None:
    return next(iter(replacements_for(assignment)), None)


def overview_cards(edition: Edition, user: Any) -> list[dict[str, Any]]:
    """What the overview of an edition says about its jury and assignments."""
    jurors = Juror.objects.filter(programme=edition.programme_id).aggregate(
        active=Count("pk", filter=Q(state=Juror.State.ACTIVE)), invited=Count("pk", filter=Q(state=Juror.State.INVITED))
    )
    alive = ~Q(state__in=[Assignment.State.CANCELLED, Assignment.State.PLANNED])
    made = Assignment.objects.filter(alive, application__edition=edition).count()
    lost = unreplaced(edition).count()
    here = {"programme": edition.programme.slug, "edition": edition.slug}
    return [
        {
            "title": _("Jurorzy"),
            "value": jurors["active"],
            "note": _("aktywni; zaproszeni, jeszcze bez odpowiedzi: %(n)s") % {"n": jurors["invited"]},
            "url": reverse("office-jurors"),
            "tone": "neutral" if jurors["active"] else "warn",
        },
        {
            "title": _("Przydziały"),
            "value": made,
            "note": _("do zastąpienia: %(n)s") % {"n": lost} if lost else _("opublikowane jurorom"),
            "url": reverse("office-allocation", kwargs=here),
            "tone": "warn" if lost else "neutral",
        },
    ]
