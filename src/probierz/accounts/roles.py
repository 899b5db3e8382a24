"""The registry of roles: a room that grants one says here what it is called, who may offer it and what acceptance does.

An upper room registers in its `AppConfig.ready`:

    roles.register("juror", _("juror"), on_accept=actions_of_mine, may_invite=rule_of_mine)

and inside an action of its own calls `roles.issue_invitation(...)`, which writes the invitation and its e-mail
but no journal entry: that belongs to the action. `on_accept(invitation, user)` likewise runs inside the action
that accepts, in its transaction, and leaves no entry.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from probierz.accounts import mail
from probierz.accounts.models import Invitation, User
from probierz.base.clock import now
from probierz.base.rules import Verdict, no

VALID_FOR = timedelta(days=14)

OnAccept = Callable[[Invitation, User], object]
MayInvite = Callable[[Any, str], Verdict]


@dataclass(frozen=True)
class Role:
    key: str
    label: str | Promise
    on_accept: OnAccept
    may_invite: MayInvite


_roles: dict[str, Role] = {}


def nobody_may(user: Any, scope_key: str) -> Verdict:
    """The rule of a role that registered none: its invitations come only from its own room's actions."""
    return no("invited-elsewhere", _("Zaproszenie do tej roli wysyła się z karty, której ono dotyczy."))


def register(role: str, label: str | Promise, on_accept: OnAccept, *, may_invite: MayInvite = nobody_may) -> None:
    _roles[role] = Role(role, label, on_accept, may_invite)


def get(role: str) -> Role:
    return _roles[role]


def label_of(role: str) -> str:
    return str(_roles[role].label) if role in _roles else role


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_invitation(
    *,
    role: str,
    email: str,
    scope_key: str,
    scope_name: str,
    invited_by: User | None,
    name: str = "",
    details: dict[str, Any] | None = None,
) -> Invitation:
    """Write an invitation and queue its e-mail. An open one to the same person for the same role is replaced."""
    moment = now()
    email = email.strip().lower()
    _open_ones(role, scope_key, email).update(revoked_at=moment)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_digest=digest_of(token),
        email=email,
        name=name,
        role=get(role).key,
        scope_key=scope_key,
        scope_name=scope_name[:300],
        details=details or {},
        invited_by=invited_by,
        created_at=moment,
        expires_at=moment + VALID_FOR,
    )
    mail.send_invitation(invitation, token=token, role_label=get(role).label)
    return invitation


def _open_ones(role: str, scope_key: str, email: str) -> Any:
    return Invitation.objects.filter(role=role, scope_key=scope_key, email=email, accepted_at=None, revoked_at=None)
