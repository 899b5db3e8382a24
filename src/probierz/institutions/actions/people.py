"""Who acts for an institution: invited, asking, approved, ended."""

from __future__ import annotations

from django.utils.translation import gettext as _

from probierz.accounts import roles
from probierz.accounts.models import Invitation, User
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.institutions import mail, rules
from probierz.institutions.models import Institution, Representative
from probierz.institutions.representation import ROLE


@action
def invite_representative(
    *, actor: Actor, institution: Institution, email: str, name: str = "", capacity: str = ""
) -> Invitation:
    rules.can_invite_representative(actor, institution).require()
    invitation = roles.issue_invitation(
        role=ROLE,
        email=email,
        scope_key=str(institution.key),
        scope_name=institution.name,
        invited_by=actor if isinstance(actor, User) else None,
        name=name,
        details={"capacity": capacity},
    )
    record(actor=actor, verb="representative.invited", subject=institution, institution=institution)
    return invitation


@action
def revoke_representative_invitation(*, actor: Actor, institution: Institution, invitation: Invitation) -> Invitation:
    rules.can_invite_representative(actor, institution).require()
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk, role=ROLE, scope_key=str(institution.key))
    if not invitation.is_open(now()):
        raise NotAllowed("invitation-closed", _("To zaproszenie nie jest już otwarte."))
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    record(actor=actor, verb="representative.invitation-revoked", subject=institution, institution=institution)
    return invitation


@action
def request_representation(*, actor: User, institution: Institution, capacity: str) -> Representative:
    """Ask to act for an institution that the register already has; the office answers on its card."""
    rules.can_request_representation(actor, institution).require()
    representative = Representative.objects.create(
        user=actor, institution=institution, capacity=capacity, is_active=False, since=now()
    )
    mail.send_request_notice(representative)
    record(actor=actor, verb="representative.requested", subject=institution, institution=institution)
    return representative


@action
def decide_representation(*, actor: Actor, representative: Representative, is_approved: bool) -> Representative:
    representative = (
        Representative.objects.select_for_update().select_related("user", "institution").get(pk=representative.pk)
    )
    rules.can_keep_register(actor).require()
    if not representative.is_waiting:
        raise NotAllowed("already-decided", _("Ta prośba została już rozpatrzona."))
    representative.is_active, representative.decided_at = is_approved, now()
    representative.save(update_fields=["is_active", "decided_at"])
    mail.send_decision(representative)
    verb = "representative.approved" if is_approved else "representative.refused"
    record(actor=actor, verb=verb, subject=representative.institution, institution=representative.institution)
    return representative


@action
def end_representation(*, actor: Actor, representative: Representative) -> Representative:
    representative = Representative.objects.select_for_update().select_related("institution").get(pk=representative.pk)
    rules.can_keep_register(actor).require()
    representative.is_active, representative.decided_at = False, now()
    representative.save(update_fields=["is_active", "decided_at"])
    record(
        actor=actor,
        verb="representative.ended",
        subject=representative.institution,
        institution=representative.institution,
    )
    return representative
