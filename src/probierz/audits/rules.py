"""May they? The juror's own audit, declared for and in its window; the office in its programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.audits import scorecard
from probierz.audits.models import Audit, Evidence
from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no
from probierz.editions import rules as editions
from probierz.editions.models import Stage
from probierz.jury.models import Assignment, Conflict, Juror
from probierz.jury.rules import can_open_institution

MOST_PHOTOS = 15


def can_open_assignment(user: Any, assignment: Assignment) -> Verdict:
    if assignment.juror.user_id != user.pk:
        return no("not-yours", _("Ten przydział należy do innej osoby."))
    if assignment.juror.state != Juror.State.ACTIVE:
        return no("juror-resting", _("Nie biorą Państwo teraz udziału w pracach jury. Prosimy o kontakt z biurem."))
    return can_open_institution(assignment.juror, assignment.application)


def can_start_audit(user: Any, assignment: Assignment) -> Verdict:
    opened = can_open_assignment(user, assignment)
    if not opened:
        return opened
    if assignment.state != Assignment.State.OPEN:
        return no("assignment-closed", _("Ten przydział nie czeka już na wykonanie."))
    if now() < assignment.opens_at:
        return no("window-ahead", _("Okno tego audytu jeszcze się nie zaczęło."))
    return is_before_announcement(assignment)


def is_before_announcement(assignment: Assignment) -> Verdict:
    """What is announced is never changed: from that moment nothing new comes from the field."""
    announcement = editions.stage_of(assignment.application.edition, Stage.Kind.ANNOUNCEMENT)
    if announcement is not None and now() >= announcement.opens_at:
        return no("announced", _("Wyniki tej edycji zostały ogłoszone. Audytów nie można już zmieniać."))
    return YES


def can_fill(user: Any, audit: Audit) -> Verdict:
    opened = can_open_assignment(user, audit.assignment)
    if not opened:
        return opened
    if not audit.is_open_to_juror:
        return no("audit-closed", _("Ten audyt został już przesłany i nie można go zmieniać."))
    return is_before_announcement(audit.assignment)


def can_set_contact(user: Any, audit: Audit, contact_at: datetime) -> Verdict:
    """The contact lies in the window and has already happened."""
    filled = can_fill(user, audit)
    if not filled:
        return filled
    if contact_at > now():
        return no("contact-ahead", _("Ta chwila jeszcze nie nadeszła. Proszę podać, kiedy kontakt się odbył."))
    if not audit.assignment.window_is_open(contact_at):
        return no("contact-outside-window", _("Kontakt musi się odbyć w wyznaczonym oknie."))
    return YES


def can_add_photo(user: Any, audit: Audit) -> Verdict:
    filled = can_fill(user, audit)
    if filled and audit.evidence.count() >= MOST_PHOTOS:
        message = _("Do audytu można dodać najwyżej %(most)s zdjęć. Proszę usunąć niepotrzebne.")
        return no("too-many-photos", message % {"most": MOST_PHOTOS})
    return filled


def can_see_evidence(user: Any, evidence: Evidence) -> Verdict:
    """A photo opens to the juror who took it and to the office; to nobody else."""
    assignment = evidence.audit.assignment
    if assignment.juror.user_id == user.pk:
        return can_open_institution(assignment.juror, assignment.application)
    return editions.can_see_office(user, assignment.application.edition)


def can_submit(user: Any, audit: Audit) -> Verdict:
    """Only what is missing stands in the way; late is accepted and marked as late."""
    filled = can_fill(user, audit)
    if filled and scorecard.gaps(audit):
        return no("incomplete", _("Arkusz nie jest jeszcze pełny. Lista braków prowadzi do każdego z nich."))
    return filled


def can_report_obstacle(user: Any, assignment: Assignment) -> Verdict:
    """A juror may step back from an assignment until its audit has been decided."""
    if assignment.juror.user_id != user.pk:
        return no("not-yours", _("Ten przydział należy do innej osoby."))
    audit = getattr(assignment, "audit", None)
    if assignment.state not in {Assignment.State.OPEN, Assignment.State.PLANNED} and audit is None:
        return no("assignment-closed", _("Ten przydział nie czeka już na wykonanie."))
    if audit is not None and not audit.may_become(Audit.State.COVER_BLOWN):
        return no("audit-decided", _("Ten audyt został już rozstrzygnięty."))
    return YES


def can_decline(user: Any, assignment: Assignment) -> Verdict:
    """What is already sent is withdrawn by the office, not by the juror."""
    reported = can_report_obstacle(user, assignment)
    audit = getattr(assignment, "audit", None)
    if reported and audit is not None and not audit.is_open_to_juror:
        return no("audit-sent", _("Audyt został już przesłany. Prosimy o kontakt z biurem."))
    return reported


def can_validate(user: Any, audit: Audit) -> Verdict:
    """Return, approve or reject: the office's work on an audit that was sent."""
    runs = editions.can_run(user, audit.assignment.application.edition)
    if not runs:
        return runs
    if audit.state != Audit.State.SUBMITTED:
        return no("not-submitted", _("Ten audyt nie czeka na sprawdzenie."))
    if audit.assignment.juror.user_id == user.pk:
        return no("own-audit", _("Własnego audytu nie można sprawdzać. Proszę przekazać go innej osobie z biura."))
    return YES


def can_override(user: Any, audit: Audit) -> Verdict:
    """A mark may be changed, with a reason, while the audit is checked and after it was approved."""
    if audit.state == Audit.State.APPROVED:
        return editions.can_run(user, audit.assignment.application.edition)
    return can_validate(user, audit)


def can_replace(user: Any, assignment: Assignment) -> Verdict:
    """Another juror is sent where the assignment was cancelled and nobody has been sent yet."""
    runs = editions.can_run(user, assignment.application.edition)
    if not runs:
        return runs
    if assignment.state != Assignment.State.CANCELLED:
        return no("assignment-alive", _("Ten przydział nadal ma swojego jurora."))
    if assignment.replaced_by.exists():
        return no("already-replaced", _("Ten przydział ma już następcę."))
    return YES


def can_send_extra(user: Any, application: Application, *, ordered: int, waiting: int, most: int) -> Verdict:
    """One more audit: one at a time, `most` altogether, while its outcome can still count."""
    runs = editions.can_run(user, application.edition)
    if not runs:
        return runs
    if application.state != Application.State.ACCEPTED:
        return no("not-accepted", _("Ta instytucja nie bierze już udziału w edycji."))
    announced = is_before_announcement(Assignment(application=application))
    if not announced:
        return announced
    if waiting:
        return no("already-ordered", _("Dodatkowy audyt tej instytucji jest już zlecony. Najpierw musi się zakończyć."))
    if ordered >= most:
        words = _("Dodatkowych audytów może być najwyżej %(most)s i tyle już było.")
        return no("enough", words % {"most": most})
    return YES


def can_audit_instead(juror: Juror, assignment: Assignment) -> Verdict:
    """Whether a juror may take over: active, does this channel, no conflict, not at this institution already."""
    application = assignment.application
    if juror.state != Juror.State.ACTIVE or juror.programme_id != application.edition.programme_id:
        return no("not-active", _("Ta osoba nie jest aktywnym jurorem tego konkursu."))
    if assignment.channel not in juror.channels:
        return no("channel", _("Ta osoba nie prowadzi audytów w tym kanale."))
    if Conflict.objects.filter(juror=juror, institution=application.institution_id, lifted_at=None).exists():
        return no("conflict", _("Ta osoba jest w konflikcie interesów z tą instytucją."))
    if Assignment.objects.filter(juror=juror, application=application).exists():
        return no("already-there", _("Ta osoba ma lub miała już przydział w tej instytucji."))
    return YES
