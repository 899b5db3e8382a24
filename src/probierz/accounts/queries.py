"""What is there: invitations and whether an address has an account."""

from __future__ import annotations

from django.db.models import QuerySet

from probierz.accounts import roles
from probierz.accounts.models import Invitation, User
from probierz.base.clock import now


def invitation_by_token(token: str) -> Invitation | None:
    """Only who holds the link finds the invitation."""
    return Invitation.objects.select_related("invited_by").filter(token_digest=roles.digest_of(token)).first()


def open_invitations(role: str, scope_key: str) -> QuerySet[Invitation]:
    """Those of one scope that still wait for an answer, the newest first."""
    return Invitation.objects.filter(
        role=role, scope_key=scope_key, accepted_at=None, revoked_at=None, expires_at__gt=now()
    ).order_by("-created_at", "-pk")


def has_account(email: str) -> bool:
    return User.objects.filter(email=email.strip().lower()).exists()


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()
