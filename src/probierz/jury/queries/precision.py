"""How exactly a plan would measure: computed with each version of it, read by its pages; swaps that would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.base.clock import WARSAW, last_day_before
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of
from probierz.jury import legends, mending
from probierz.jury.models import AllocationPlan, Assignment, Juror
from probierz.jury.precision import Ground, Standing, judge
from probierz.jury.proposal import Proposal
from probierz.jury.queries.planning import seating_of
from probierz.jury.queries.reading import proposal_of
from probierz.jury.seating import gap_of, planning_days
from probierz.jury.solving import NOBODY, outcome_of
from probierz.jury.variances import Spread, spread_for
from probierz.jury.windows import Window, spread


@dataclass(frozen=True)
class Computed:
    inputs: dict[str, Any]
    outcome: dict[str, Any]
    precision: dict[str, Any]


def compute_plan(plan: AllocationPlan) -> Computed:
    """Load, then compute: the inputs of a plan, the engine's answer, how exact it is. Nothing is written."""
    seating = seating_of(plan)
    outcome = outcome_of(seating)
    return Computed(seating.inputs, outcome, precision_of(plan, seating.inputs, outcome))


def precision_of(plan: AllocationPlan, inputs: Mapping[str, Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The planned precision of one version of a plan, with what was published before it."""
    standing = _standing(plan)
    proposal = Proposal(inputs, outcome)
    calendar = _Calendar(plan, proposal, standing)
    accepted = Application.objects.filter(edition=plan.edition_id, state=Application.State.ACCEPTED)
    keys = accepted.order_by("institution__search_text", "pk").values_list("key", flat=True)
    absent = frozenset((one["application"], one["channel"]) for one in outcome["absent"])
    ground = Ground(
        proposal, standing, spread_for(plan.edition), [str(key) for key in keys], absent, room=calendar.room_at
    )
    return judge(ground)


def _standing(plan: AllocationPlan) -> list[Standing]:
    """Live assignments of the edition that are not of this plan."""
    rows = (
        Assignment.objects.filter(application__edition=plan.edition_id, application__state=Application.State.ACCEPTED)
        .exclude(state=Assignment.State.CANCELLED)
        .exclude(plan=plan)
        .order_by("pk")
        .values_list("application__key", "juror__pseudonym", "opens_at", "closes_at", "scenario__key")
    )
    return [
        Standing(str(key), name, (opens_at.astimezone(WARSAW).date(), last_day_before(closes_at)), str(scenario or ""))
        for key, name, opens_at, closes_at, scenario in rows
    ]


class _Calendar:
    """Days for one more contact with an institution, far enough from all the others."""

    def __init__(self, plan: AllocationPlan, proposal: Proposal, standing: list[Standing]) -> None:
        stage = stage_of(plan.edition, Stage.Kind.FIELDWORK)
        self._days = planning_days(stage) if stage else []
        self._gap, self._seed, self._proposal = gap_of(plan.edition), plan.seed, proposal
        self._taken: dict[str, list[Window]] = {}
        for one in standing:
            self._taken.setdefault(one.application, []).append(one.window)

    def room_at(self, application: str) -> Window | None:
        rows = self._proposal.rows_at(application)
        planned = [(date.fromisoformat(row["from"]), date.fromisoformat(row["until"])) for row in rows if row["from"]]
        taken = [*self._taken.get(application, []), *planned]
        found = spread(self._days, 1, self._gap, taken=taken, seed=self._seed, key=f"{application}-{len(rows)}")
        return next(iter(found), None)


def extra_row(plan: AllocationPlan, application: Application, channel: str) -> dict[str, Any]:
    """An empty seat for one more contact, with days of its own."""
    key, proposal, standing = str(application.key), Proposal(plan.inputs, plan.outcome), _standing(plan)
    window = _Calendar(plan, proposal, standing).room_at(key)
    if window is None:
        raise NotAllowed("no-window", _("W terminie audytów nie mieści się kolejny kontakt z tą instytucją."))
    alike = Assignment.objects.filter(application=application, channel=channel).count()
    number = 1 + alike + sum(1 for row in proposal.rows_at(key) if row["channel"] == channel)
    return {
        "id": f"{key}-{channel}-{number}",
        "application": key,
        "kind": application.institution.kind,
        "channel": channel,
        "from": window[0].isoformat(),
        "until": window[1].isoformat(),
        "juror": NOBODY,
        "cost": 0,
        "parts": {},
        "scenario": "",
        "by_hand": True,
        "why_not": {},
    }


@dataclass(frozen=True)
class Mending:
    """What swaps would change, by seat, and the worst planned variance before and after them."""

    changes: dict[str, dict[str, Any]]
    worst: tuple[float, float]
    mean: tuple[float, float]
    parts: tuple[int, int]


def mending_of(plan: AllocationPlan) -> Mending | None:
    """Swaps that would make a proposal hang together better; None where there is nothing to compare."""
    if plan.precision.get("state") != "judged" or not any(row["juror"] for row in plan.outcome["seats"]):
        return None
    people = {juror.pseudonym: juror for juror in Juror.objects.filter(programme=plan.edition.programme_id)}
    applications = Application.objects.filter(edition=plan.edition_id, state=Application.State.ACCEPTED)
    proposal = proposal_of(plan, people.values(), applications)
    standing, seed = _standing(plan), f"{plan.seed}-{plan.revision}"
    known = {name: plan.precision["variances"][name] for name in ("institution", "juror", "residual")}
    done = mending.mend(proposal, standing, Spread(**known), seed)
    first, last = _days_of(plan, proposal)
    places = {(row["channel"], row["kind"]) for row in proposal.rows}
    found = legends.legends_for(places, first, last)

    def roles(row: dict[str, Any], name: str) -> list[str]:
        fitting = found[row["channel"], row["kind"]]
        return [one.key for one in fitting if legends.is_true_for(one, people[name].life_situations)]

    used: dict[str, set[str]] = {}
    for one in standing:
        used.setdefault(one.application, set()).add(one.scenario)
    changes = mending.changed_rows(proposal, done.moved, roles, used, plan.seed)
    return Mending(changes, done.worst, done.mean, done.parts)


def _days_of(plan: AllocationPlan, proposal: Proposal) -> tuple[date, date]:
    days = [row[end] for row in proposal.rows if row["from"] for end in ("from", "until")]
    return date.fromisoformat(min(days)), date.fromisoformat(max(days))


def published_plan(edition: Edition) -> AllocationPlan | None:
    """The last plan that became assignments."""
    plans = AllocationPlan.objects.filter(edition=edition, state=AllocationPlan.State.PUBLISHED)
    return plans.defer("inputs", "outcome").order_by("-published_at", "-pk").first()
