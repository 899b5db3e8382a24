"""May they? An invitation is accepted by the person it names, while it is open."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts import roles
from probierz.accounts.models import Invitation
from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no


def can_invite(user: Any, role: str, scope_key: str) -> Verdict:
    return roles.get(role).may_invite(user, scope_key)


def can_revoke(user: Any, invitation: Invitation) -> Verdict:
    if invitation.invited_by_id is not None and invitation.invited_by_id == user.pk:
        return YES
    return can_invite(user, invitation.role, invitation.scope_key)


def is_invitation_open(invitation: Invitation) -> Verdict:
    if invitation.accepted_at is not None:
        return no("accepted", _("To zaproszenie zostało już przyjęte. Wystarczy się zalogować."))
    if invitation.revoked_at is not None:
        message = _("To zaproszenie zostało odwołane albo zastąpione nowszym. Proszę otworzyć najnowszą wiadomość.")
        return no("revoked", message)
    if now() >= invitation.expires_at:
        message = _("To zaproszenie straciło ważność. Proszę poprosić osobę, która je wysłała, o nowe.")
        return no("expired", message)
    return YES


def can_accept(user: Any, invitation: Invitation) -> Verdict:
    is_open = is_invitation_open(invitation)
    if not is_open:
        return is_open
    if user.email.lower() != invitation.email.lower():
        message = _(
            "Zaproszenie wysłano na inny adres niż adres tego konta. Proszę się wylogować i otworzyć je ponownie."
        )
        return no("other-address", message)
    return YES
