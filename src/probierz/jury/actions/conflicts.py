"""A juror's word, and conflicts declared, detected, entered and lifted."""

from __future__ import annotations

from probierz.accounts.models import User
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.editions import rules as editions
from probierz.editions.models import Edition
from probierz.institutions.models import Institution
from probierz.jury import bonds, rules
from probierz.jury.models import Assignment, Conflict, Declaration, Juror


@action
def declare(*, assignment: Assignment, is_free: bool, relation: str = "", actor: User) -> Declaration:
    """The juror's word about an institution. A conflict cancels their assignments there and tells the office."""
    assignment = _locked(assignment)
    rules.can_declare(actor, assignment).require()
    application, juror = assignment.application, assignment.juror
    word = Declaration.objects.create(
        juror=juror,
        institution=application.institution,
        edition=application.edition,
        is_free_of_conflict=is_free,
        relation="" if is_free else relation[:300],
        declared_at=now(),
    )
    if not is_free:
        bonds.cancel_assignments(_bind(juror, application.institution, relation))
    # Not tied to the institution: what it may read of its own journal must not betray who judges it.
    verb = "impartiality.declared" if is_free else "conflict.declared"
    record(actor=actor, verb=verb, subject=assignment, edition=application.edition)
    return word


def _bind(juror: Juror, institution: Institution, relation: str) -> Conflict:
    conflict, _new = Conflict.objects.get_or_create(
        juror=juror,
        institution=institution,
        reason=Conflict.Reason.RELATION,
        lifted_at=None,
        defaults={"source": Conflict.Source.DECLARED, "note": relation[:300], "created_at": now()},
    )
    return conflict


@action
def add_conflict(*, juror: Juror, institution: Institution, reason: str, note: str, actor: User) -> Conflict:
    """The office knows of a bond that nobody declared or detected."""
    rules.can_run_jury(actor, juror.programme).require()
    conflict, _new = Conflict.objects.get_or_create(
        juror=juror,
        institution=institution,
        reason=reason,
        lifted_at=None,
        defaults={"source": Conflict.Source.OFFICE, "note": note, "created_at": now()},
    )
    cancelled = bonds.cancel_assignments(conflict)
    record(actor=actor, verb="conflict.added", subject=juror, reason=reason, cancelled=len(cancelled))
    return conflict


@action
def lift_conflict(*, conflict: Conflict, reason: str, actor: User) -> Conflict:
    """The office explains why a bond is none; it is kept, lifted, and not detected again."""
    conflict = Conflict.objects.select_for_update(of=("self",)).select_related("juror__programme").get(pk=conflict.pk)
    rules.can_lift_conflict(actor, conflict).require()
    conflict.lifted_at, conflict.lifted_reason = now(), reason[:300]
    conflict.save(update_fields=["lifted_at", "lifted_reason"])
    record(actor=actor, verb="conflict.lifted", subject=conflict.juror, reason=conflict.reason)
    return conflict


@action
def detect_conflicts(*, edition: Edition, actor: User) -> list[Conflict]:
    """Look for bonds between the jury and the institutions in play."""
    editions.can_run(actor, edition).require()
    jurors = Juror.objects.filter(programme=edition.programme_id)
    written = bonds.detect(edition.programme, jurors)
    record(actor=actor, verb="conflict.detected", subject=edition, edition=edition, found=len(written))
    return written


def _locked(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("juror", "application__institution", "application__edition__programme")
        .get(pk=assignment.pk)
    )
