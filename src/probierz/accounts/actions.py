"""Do it: invite, accept, revoke, and keep one's own profile."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from probierz.accounts import roles, rules
from probierz.accounts.models import Invitation, User
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed


@action
def invite(
    *,
    actor: User,
    role: str,
    email: str,
    scope_key: str,
    scope_name: str,
    name: str = "",
    details: dict[str, Any] | None = None,
) -> Invitation:
    """Invite to a role whose room registered who may offer it."""
    rules.can_invite(actor, role, scope_key).require()
    invitation = roles.issue_invitation(
        role=role,
        email=email,
        scope_key=scope_key,
        scope_name=scope_name,
        invited_by=actor,
        name=name,
        details=details,
    )
    record(actor=actor, verb="invitation.sent", subject=invitation, role=role, scope=scope_key)
    return invitation


@action
def revoke_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    invitation = _locked(invitation.token_digest)
    rules.can_revoke(actor, invitation).require()
    rules.is_invitation_open(invitation).require()
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    record(actor=actor, verb="invitation.revoked", subject=invitation, role=invitation.role)
    return invitation


@action
def accept_invitation(*, actor: User, token: str) -> Invitation:
    """The signed-in person takes the role."""
    invitation = _locked(roles.digest_of(token))
    rules.can_accept(actor, invitation).require()
    _take(invitation, actor)
    record(actor=actor, verb="invitation.accepted", subject=invitation, role=invitation.role)
    return invitation


@action
def open_account_by_invitation(*, actor: Actor, token: str, name: str, password: str) -> User:
    """The invited person has no account yet: the link proves the address, so the account is ready at once."""
    invitation = _locked(roles.digest_of(token))
    rules.is_invitation_open(invitation).require()
    if User.objects.filter(email=invitation.email).exists():
        raise NotAllowed(
            "account-exists", _("Konto z tym adresem już istnieje. Proszę się zalogować i przyjąć zaproszenie.")
        )
    user = User.objects.create_user(invitation.email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _take(invitation, user)
    record(actor=user, verb="invitation.accepted", subject=invitation, role=invitation.role, account="new")
    return user


@action
def change_profile(*, actor: User, name: str, language: str) -> User:
    user = User.objects.select_for_update().get(pk=actor.pk)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    record(actor=user, verb="profile.changed", subject=user, language=language)
    return user


def _locked(token_digest: str) -> Invitation:
    found = Invitation.objects.select_for_update().filter(token_digest=token_digest).first()
    if found is None:
        raise NotAllowed(
            "unknown-invitation", _("Nie ma takiego zaproszenia. Proszę sprawdzić, czy odnośnik jest cały.")
        )
    return found


def _take(invitation: Invitation, user: User) -> None:
    roles.get(invitation.role).on_accept(invitation, user)
    invitation.accepted_at, invitation.accepted_by = now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
