"""The messages of the room; those of sign-in itself are written by allauth from our templates."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from probierz.accounts.models import Invitation
from probierz.base import mail
from probierz.base.models import OutgoingMail


def send_invitation(invitation: Invitation, *, token: str, role_label: str | Promise) -> OutgoingMail:
    return mail.queue(
        to=invitation.email,
        template="accounts/mail/invitation",
        context={
            "invitation": invitation,
            "role_label": role_label,
            "link": settings.SITE_URL + reverse("invitation", args=[token]),
        },
    )
