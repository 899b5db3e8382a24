"""The role of a juror, as the registry of roles asks about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from probierz.accounts.models import Invitation, User
from probierz.base.rules import NotAllowed
from probierz.jury.models import Juror

ROLE = "juror"


def take_up(invitation: Invitation, user: User) -> None:
    """What acceptance does: the account is the juror's. It runs inside the action that accepts."""
    juror = Juror.objects.select_for_update(of=("self",)).filter(key=invitation.scope_key).first()
    if juror is None:
        raise NotAllowed("unknown-juror", _("Tego jurora nie ma już w rejestrze."))
    if juror.state != Juror.State.INVITED:
        raise NotAllowed("already-joined", _("To zaproszenie zostało już przyjęte."))
    if Juror.objects.filter(programme=juror.programme_id, user=user).exclude(pk=juror.pk).exists():
        raise NotAllowed("already-juror", _("Z tego konta ktoś już należy do jury tego konkursu."))
    juror.user, juror.state = user, Juror.State.ACTIVE
    juror.save(update_fields=["user", "state"])
