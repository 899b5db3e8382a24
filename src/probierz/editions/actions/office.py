"""The programme itself: its words and colours, and the people who run it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts import roles
from probierz.accounts.models import Invitation, User
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions import brand, queries, rules
from probierz.editions.models import OfficeMember, Programme


@action
def update_programme(*, programme: Programme, values: dict[str, Any], actor: Actor) -> Programme:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_lead(actor, locked).require()
    accent = values.get("accent", locked.accent)
    unreadable = brand.problems(accent, values.get("accent_ink", locked.accent_ink))
    if unreadable:
        raise NotAllowed("contrast", next(iter(unreadable.values())))
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    record(actor=actor, verb="programme.changed", subject=locked, changed=changed)
    return locked


@action
def invite_office_member(*, programme: Programme, email: str, name: str, role: str, actor: User) -> Invitation:
    """A link that makes its receiver a member of the office."""
    rules.can_lead(actor, programme).require()
    if programme.office_members.filter(user__email=email.strip().lower()).exists():
        raise NotAllowed("already-there", _("Ta osoba już należy do biura."))
    invitation = roles.issue_invitation(
        role="office",
        email=email,
        name=name,
        scope_key=str(programme.key),
        scope_name=programme.name,
        invited_by=actor,
        details={"role": role},
    )
    record(actor=actor, verb="office-member.invited", subject=programme, role=role)
    return invitation


def _join_office(invitation: Invitation, user: User) -> OfficeMember:
    """What accepting an invitation does; part of the action that accepts."""
    programme = Programme.objects.get(key=invitation.scope_key)
    member, _created = OfficeMember.objects.update_or_create(
        user=user,
        programme=programme,
        defaults={"role": invitation.details.get("role", OfficeMember.Role.OPERATOR), "since": now()},
    )
    return member


@action
def revoke_office_invitation(*, programme: Programme, invitation: Invitation, actor: Actor) -> Invitation:
    rules.can_lead(actor, programme).require()
    if invitation not in queries.open_invitations(programme):
        raise NotAllowed("not-open", _("To zaproszenie nie czeka już na odpowiedź."))
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    record(actor=actor, verb="office-invitation.revoked", subject=programme)
    return invitation


@action
def change_member_role(*, member: OfficeMember, role: str, actor: Actor) -> OfficeMember:
    rules.can_lead(actor, member.programme).require()
    if role != OfficeMember.Role.COORDINATOR:
        _keep_a_coordinator(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    record(actor=actor, verb="office-member.role-changed", subject=member, before=before, after=role)
    return member


@action
def remove_office_member(*, member: OfficeMember, actor: Actor) -> Programme:
    programme = member.programme
    rules.can_lead(actor, programme).require()
    _keep_a_coordinator(member)
    record(actor=actor, verb="office-member.removed", subject=member, role=member.role)
    member.delete()
    return programme


def _keep_a_coordinator(member: OfficeMember) -> None:
    coordinators = OfficeMember.objects.select_for_update().filter(
        programme=member.programme_id, role=OfficeMember.Role.COORDINATOR
    )
    if not [other for other in coordinators if other.pk != member.pk]:
        raise NotAllowed("last-coordinator", _("Konkurs musi mieć przynajmniej jednego koordynatora."))
