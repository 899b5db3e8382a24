"""May they? A juror opens an institution only after their word; the office runs the jury of its programme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no
from probierz.editions import rules as editions
from probierz.editions.models import Edition, OfficeMember, Programme, Stage
from probierz.jury.models import AllocationPlan, Assignment, Conflict, Declaration, Juror


def can_open_institution(juror: Juror, application: Application) -> Verdict:
    """The gate: a word of freedom from conflict for this edition, and no live conflict from any source."""
    word = Declaration.objects.filter(
        juror=juror, institution=application.institution_id, edition=application.edition_id
    ).first()
    if word is None:
        return no("not-declared", _("Najpierw prosimy o oświadczenie, że nic Państwa z tą instytucją nie łączy."))
    bound = Conflict.objects.filter(juror=juror, institution=application.institution_id, lifted_at=None).exists()
    if bound or not word.is_free_of_conflict:
        return no("conflict", _("Zachodzi konflikt interesów, dlatego tą instytucją zajmie się inna osoba."))
    return YES


def can_declare(user: Any, assignment: Assignment) -> Verdict:
    """A juror gives their word once for each institution of an edition, while the assignment is theirs."""
    if assignment.juror.user_id != user.pk:
        return no("not-yours", _("Ten przydział należy do innej osoby."))
    if assignment.state in {Assignment.State.PLANNED, Assignment.State.CANCELLED}:
        return no("assignment-closed", _("Ten przydział nie czeka już na wykonanie."))
    if Declaration.objects.filter(
        juror=assignment.juror,
        institution=assignment.application.institution_id,
        edition=assignment.application.edition_id,
    ).exists():
        return no(
            "already-declared",
            _("Oświadczenie dla tej instytucji zostało już złożone. Zmianę zgłaszają Państwo biuru."),
        )
    return YES


def can_edit_profile(user: Any, juror: Juror) -> Verdict:
    if juror.user_id == user.pk and juror.state != Juror.State.INVITED:
        return YES
    return no("not-yours", _("Ten profil należy do innej osoby."))


def can_run_jury(user: Any, programme: Programme) -> Verdict:
    """Inviting, editing, conflicts: everyone in the programme's office but an observer."""
    member = user.offices.filter(programme=programme).first()
    if member is None:
        return no("not-office", _("Ta część jest dostępna dla biura konkursu."))
    if member.role == OfficeMember.Role.OBSERVER:
        return no("observer", _("Obserwator ma tylko wgląd. Zmianę może wprowadzić pracownik biura."))
    return YES


def can_invite_again(user: Any, juror: Juror) -> Verdict:
    runs = can_run_jury(user, juror.programme)
    if runs and juror.state != Juror.State.INVITED:
        return no("already-joined", _("Ta osoba przyjęła już zaproszenie."))
    return runs


def can_rest(user: Any, juror: Juror) -> Verdict:
    runs = can_run_jury(user, juror.programme)
    if runs and juror.state != Juror.State.ACTIVE:
        return no("not-active", _("Ta osoba nie jest aktywnym jurorem."))
    return runs


def can_activate(user: Any, juror: Juror) -> Verdict:
    runs = can_run_jury(user, juror.programme)
    if runs and juror.state != Juror.State.RESTING:
        return no("not-resting", _("Przywrócić można tylko osobę, która przerwała udział."))
    return runs


def can_lift_conflict(user: Any, conflict: Conflict) -> Verdict:
    """A juror's own declaration stands: only what was detected or entered by the office can be lifted by it."""
    runs = can_run_jury(user, conflict.juror.programme)
    if not runs:
        return runs
    if conflict.lifted_at is not None:
        return no("already-lifted", _("Ten konflikt został już zniesiony."))
    if conflict.source == Conflict.Source.DECLARED:
        return no("declared", _("Konfliktu, który zgłosił sam juror, biuro nie może znieść."))
    return YES


def can_propose_plan(user: Any, edition: Edition) -> Verdict:
    runs = editions.can_run(user, edition)
    return has_fieldwork_ahead(edition) if runs else runs


def can_change_plan(user: Any, plan: AllocationPlan) -> Verdict:
    runs = editions.can_run(user, plan.edition)
    if runs and plan.state != AllocationPlan.State.DRAFT:
        return no("plan-closed", _("Ta propozycja została już opublikowana albo odrzucona."))
    return runs


def can_discard_plan(user: Any, plan: AllocationPlan) -> Verdict:
    runs = editions.can_run(user, plan.edition)
    if runs and plan.state not in {AllocationPlan.State.DRAFT, AllocationPlan.State.PREPARING}:
        return no("plan-closed", _("Ta propozycja została już opublikowana albo odrzucona."))
    return runs


def can_publish_plan(user: Any, plan: AllocationPlan) -> Verdict:
    """Jurors are told at once, so it is the coordinator's decision and cannot be taken back."""
    decides = editions.can_decide(user, plan.edition)
    if not decides:
        return decides
    if plan.state != AllocationPlan.State.DRAFT:
        return no("plan-closed", _("Ta propozycja została już opublikowana albo odrzucona."))
    return has_fieldwork_ahead(plan.edition)


def has_fieldwork_ahead(edition: Edition) -> Verdict:
    """Audits can still be planned: the fieldwork has its dates and is not over."""
    stage = editions.stage_of(edition, Stage.Kind.FIELDWORK)
    if stage is None:
        return no("no-fieldwork", _("Edycja nie ma jeszcze terminu audytów. Proszę go ustawić w zasadach i terminach."))
    if stage.is_over(now()):
        return no("fieldwork-over", _("Termin audytów tej edycji już minął, dlatego nie można planować kolejnych."))
    return YES
