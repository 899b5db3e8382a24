"""The plan of who audits whom: proposed, changed by hand, published once or put away."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.base.actions import Actor, action, record
from probierz.base.clock import end_of, now, start_of
from probierz.base.rules import NotAllowed
from probierz.editions.actions import ensure_rulebook_frozen
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of
from probierz.instruments.models import Scenario
from probierz.jury import bonds, mail, queries, rules, wording
from probierz.jury.models import AllocationPlan, Assignment, Juror
from probierz.jury.proposal import Proposal, digest_of
from probierz.jury.seating import Settings, exclusions
from probierz.jury.solving import NOBODY

# A larger plan is made in the background while the office watches.
MOST_AT_ONCE = 500


@action
def propose_plan(
    *, edition: Edition, per_channel: dict[str, int], repeat: int = 1, seed: str = "", actor: User
) -> AllocationPlan:
    """A dry run with a published seed. It replaces the proposal on the table and touches no assignment."""
    from probierz.jury.jobs import prepare_plan

    edition = Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
    rules.can_propose_plan(actor, edition).require()
    on_table = [AllocationPlan.State.DRAFT, AllocationPlan.State.PREPARING]
    AllocationPlan.objects.filter(edition=edition, state__in=on_table).update(state=AllocationPlan.State.DISCARDED)
    settings = Settings(per_channel, repeat, seed.strip() or secrets.token_hex(16))
    plan = AllocationPlan.objects.create(
        edition=edition,
        state=AllocationPlan.State.PREPARING,
        seed=settings.seed,
        parameters=settings.as_parameters(),
        made_by=actor,
        made_at=now(),
    )
    bonds.detect(edition.programme, Juror.objects.filter(programme=edition.programme_id))
    if queries.seats_wanted(edition, per_channel) > MOST_AT_ONCE:
        prepare_plan.enqueue(plan.pk)
        record(actor=actor, verb="allocation.ordered", subject=plan, edition=edition, seed=plan.seed)
        return plan
    _store(plan, queries.compute_plan(plan))
    _record_proposal(plan, actor)
    return plan


@action
def fill_plan(*, plan: AllocationPlan, computed: queries.Computed, actor: Actor) -> AllocationPlan:
    """Keep what was computed in the background, outside any transaction."""
    plan = _locked(plan)
    if plan.state != AllocationPlan.State.PREPARING:
        raise NotAllowed("plan-not-waiting", _("Ta propozycja nie czeka już na przygotowanie."))
    _store(plan, computed)
    _record_proposal(plan, actor)
    return plan


def _store(plan: AllocationPlan, computed: queries.Computed) -> None:
    plan.inputs, plan.outcome, plan.precision = computed.inputs, computed.outcome, computed.precision
    plan.digest = digest_of(plan.inputs, plan.outcome)
    plan.state = AllocationPlan.State.DRAFT
    plan.save(update_fields=["inputs", "outcome", "precision", "digest", "state"])


def _record_proposal(plan: AllocationPlan, actor: Actor) -> None:
    filled = sum(1 for row in plan.outcome["seats"] if row["juror"])
    record(
        actor=actor,
        verb="allocation.proposed",
        subject=plan,
        edition=plan.edition,
        seed=plan.seed,
        digest=plan.digest,
        seats=len(plan.outcome["seats"]),
        filled=filled,
    )


@action
def assign_seat(*, plan: AllocationPlan, seat: str, juror: Juror | None, revision: int, actor: User) -> AllocationPlan:
    """Put another juror on a seat, or take the juror off it. What stands against them is checked now."""
    plan = _locked(plan)
    rules.can_change_plan(actor, plan).require()
    _require_revision(plan, revision)
    row = next((row for row in plan.outcome["seats"] if row["id"] == seat), None)
    application = row and Application.objects.filter(key=row["application"]).first()
    if row is None or application is None:
        raise NotAllowed("unknown-seat", _("Tego miejsca nie ma w propozycji."))
    name = juror.pseudonym if juror else NOBODY
    proposal = queries.proposal_of(plan, [juror] if juror else [], [application])
    problems = proposal.problems(row, name) if juror else ()
    if problems:
        raise NotAllowed(problems[0], _("Nie można: %(why)s.") % {"why": wording.problem_in_words(problems[0])})
    proposal.place(row, name, queries.scenario_keys_for(plan, row, juror) if juror else [])
    _store_change(plan)
    record(actor=actor, verb="allocation.changed", subject=plan, edition=plan.edition, seat=seat, digest=plan.digest)
    return plan


@action
def add_seat(
    *, plan: AllocationPlan, application: Application, channel: str, juror: Juror, revision: int, actor: User
) -> AllocationPlan:
    """One more audit than was asked for, by a juror new to the institution; checked as any change by hand."""
    plan = _locked(plan)
    rules.can_change_plan(actor, plan).require()
    _require_revision(plan, revision)
    row = queries.extra_row(plan, application, channel)
    plan.outcome["seats"].append(row)
    proposal = queries.proposal_of(plan, [juror], [application])
    problems = proposal.problems(row, juror.pseudonym)
    if problems:
        raise NotAllowed(problems[0], _("Nie można: %(why)s.") % {"why": wording.problem_in_words(problems[0])})
    proposal.place(row, juror.pseudonym, queries.scenario_keys_for(plan, row, juror))
    _store_change(plan)
    record(
        actor=actor, verb="allocation.changed", subject=plan, edition=plan.edition, seat=row["id"], digest=plan.digest
    )
    return plan


@action
def repair_plan(*, plan: AllocationPlan, mending: queries.Mending, revision: int, actor: User) -> AllocationPlan:
    """Keep the swaps that were found for this very version of the proposal."""
    plan = _locked(plan)
    rules.can_change_plan(actor, plan).require()
    _require_revision(plan, revision)
    for row in plan.outcome["seats"]:
        row.update(mending.changes.get(row["id"], {}))
    _store_change(plan)
    record(
        actor=actor,
        verb="allocation.repaired",
        subject=plan,
        edition=plan.edition,
        seats=len(mending.changes),
        digest=plan.digest,
    )
    return plan


def _store_change(plan: AllocationPlan) -> None:
    plan.revision += 1
    plan.digest = digest_of(plan.inputs, plan.outcome)
    plan.precision = queries.precision_of(plan, plan.inputs, plan.outcome)
    plan.save(update_fields=["outcome", "precision", "digest", "revision"])


@action
def discard_plan(*, plan: AllocationPlan, actor: User) -> AllocationPlan:
    plan = _locked(plan)
    rules.can_discard_plan(actor, plan).require()
    plan.state = AllocationPlan.State.DISCARDED
    plan.save(update_fields=["state"])
    record(actor=actor, verb="allocation.discarded", subject=plan, edition=plan.edition)
    return plan


@action
def publish_plan(*, plan: AllocationPlan, revision: int, actor: User) -> AllocationPlan:
    """The plan becomes assignments and each juror is told, once. The seed and the digest stay in the journal."""
    plan = _locked(plan)
    rules.can_publish_plan(actor, plan).require()
    _require_revision(plan, revision)
    material = queries.material_for(plan.edition)
    applications = {str(row.key): row for row in material.applications}
    jurors = {juror.pseudonym: juror for juror in material.jurors}
    rows = [row for row in plan.outcome["seats"] if row["juror"]]
    ensure_rulebook_frozen(edition=plan.edition, moment=now(), actor=actor)
    _require_still_true(plan, exclusions(material), set(jurors), set(applications))
    scenarios = {
        scenario.key: scenario for scenario in Scenario.objects.filter(key__in={row["scenario"] for row in rows})
    }
    stage = stage_of(plan.edition, Stage.Kind.FIELDWORK)
    made = Assignment.objects.bulk_create(
        [_assignment(plan, stage, row, applications, jurors, scenarios) for row in rows]
    )
    plan.state, plan.published_at = AllocationPlan.State.PUBLISHED, now()
    plan.save(update_fields=["state", "published_at"])
    mail.tell_jurors_of_tasks(plan, [(jurors[name], n) for name, n in Counter(row["juror"] for row in rows).items()])
    record(
        actor=actor,
        verb="allocation.published",
        subject=plan,
        edition=plan.edition,
        seed=plan.seed,
        digest=plan.digest,
        assignments=len(made),
        unmet=len(plan.outcome["seats"]) - len(rows),
    )
    return plan


def _assignment(
    plan: AllocationPlan,
    stage: Stage | None,
    row: dict[str, str],
    applications: dict[str, Application],
    jurors: dict[str, Juror],
    scenarios: dict[str, Scenario],
) -> Assignment:
    opens_at, closes_at = start_of(date.fromisoformat(row["from"])), end_of(date.fromisoformat(row["until"]))
    return Assignment(
        plan=plan,
        application=applications[row["application"]],
        juror=jurors[row["juror"]],
        channel=row["channel"],
        scenario=scenarios.get(row["scenario"]),
        opens_at=max(opens_at, stage.opens_at) if stage else opens_at,
        closes_at=min(closes_at, stage.closes_at) if stage else closes_at,
        state=Assignment.State.OPEN,
        reason=wording.reason_in_words(row),
        created_at=now(),
    )


def _require_still_true(
    plan: AllocationPlan, excluded: list[list[str]], jurors: set[str], applications: set[str]
) -> None:
    """Between the proposal and its publication somebody may have declared a conflict, rested or withdrawn."""
    now_excluded = {(application, name) for application, name, _why in excluded}
    away = set(plan.inputs["jurors"]) - jurors
    broken = Proposal(plan.inputs, plan.outcome, bound=now_excluded, away=away).broken()
    gone = [row for row in plan.outcome["seats"] if row["juror"] and row["application"] not in applications]
    if not any(row["juror"] for row in plan.outcome["seats"]):
        raise NotAllowed("plan-empty", _("W tej propozycji nie ma ani jednego przydziału do opublikowania."))
    if broken or gone:
        message = _("Od przygotowania propozycji coś się zmieniło: zmian wymagają miejsca w liczbie %(n)s.")
        raise NotAllowed("plan-outdated", message % {"n": len(broken) + len(gone)})


def _require_revision(plan: AllocationPlan, revision: int) -> None:
    if plan.revision != revision:
        raise NotAllowed("plan-changed", _("Ktoś zmienił tę propozycję w innej karcie. Proszę ją otworzyć ponownie."))


def _locked(plan: AllocationPlan) -> AllocationPlan:
    return AllocationPlan.objects.select_for_update(of=("self",)).select_related("edition__programme").get(pk=plan.pk)
