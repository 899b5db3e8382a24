"""The role of a representative, as the registry of roles asks about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts.models import Invitation, User
from probierz.base.clock import now
from probierz.base.rules import NotAllowed, Verdict, no
from probierz.institutions import rules
from probierz.institutions.models import Institution, Representative

ROLE = "representative"


def take_up(invitation: Invitation, user: User) -> None:
    """What acceptance of an invitation does; it runs inside the action that accepts."""
    institution = _living(invitation.scope_key)
    if institution is None:
        raise NotAllowed("unknown-institution", _("Tej instytucji nie ma już w rejestrze."))
    moment = now()
    active = {"is_active": True, "decided_at": moment, "capacity": invitation.details.get("capacity", "")}
    Representative.objects.update_or_create(
        user=user, institution=institution, defaults=active, create_defaults={**active, "since": moment}
    )


def may_invite(user: Any, scope_key: str) -> Verdict:
    institution = _living(scope_key)
    if institution is None:
        return no("unknown-institution", _("Tej instytucji nie ma już w rejestrze."))
    return rules.can_invite_representative(user, institution)


def _living(key: str) -> Institution | None:
    """The institution of a key, or the one that it was merged into."""
    institution = Institution.objects.select_related("merged_into").filter(key=key).first()
    while institution is not None and institution.merged_into is not None:
        institution = institution.merged_into
    return institution
