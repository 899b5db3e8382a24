"""What may happen to a licence afterwards, always with a reason, and the paper that proves it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.awards import mail, rules
from probierz.awards.models import Licence, LicenceEvent
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed, Verdict


@action
def suspend_licence(*, licence: Licence, reason: str, actor: User) -> Licence:
    return _change(licence, Licence.State.SUSPENDED, LicenceEvent.Kind.SUSPENDED, rules.can_suspend, reason, actor)


@action
def restore_licence(*, licence: Licence, reason: str, actor: User) -> Licence:
    return _change(licence, Licence.State.ACTIVE, LicenceEvent.Kind.RESTORED, rules.can_restore, reason, actor)


@action
def withdraw_licence(*, licence: Licence, reason: str, actor: User) -> Licence:
    return _change(licence, Licence.State.WITHDRAWN, LicenceEvent.Kind.WITHDRAWN, rules.can_withdraw, reason, actor)


def _change(
    licence: Licence, state: str, kind: str, rule: Callable[[Any, Licence], Verdict], reason: str, actor: User
) -> Licence:
    licence = _locked(licence)
    rule(actor, licence).require()
    if not reason.strip():
        raise NotAllowed("reason-needed", _("Proszę podać uzasadnienie: będzie je widać przy licencji."))
    licence.state = state
    licence.save(update_fields=["state"])
    LicenceEvent.objects.create(licence=licence, kind=kind, reason=reason.strip(), at=now(), by=actor)
    mail.tell_holder_of_change(licence, kind, reason.strip())
    record(
        actor=actor,
        verb=f"licence.{kind}",
        subject=licence,
        edition=licence.edition,
        institution=licence.institution,
        number=licence.number,
        reason=reason.strip(),
    )
    return licence


@action
def store_certificate(*, licence: Licence, content: bytes, actor: Actor) -> Licence:
    licence = _locked(licence)
    if licence.certificate:
        raise NotAllowed("certificate-ready", _("Ten dokument jest już gotowy."))
    _keep(licence, content)
    licence.certificate_sha256 = hashlib.sha256(content).hexdigest()
    licence.certificate_made_at = now()
    licence.save(update_fields=["certificate", "certificate_sha256", "certificate_made_at"])
    record(
        actor=actor,
        verb="certificate.made",
        subject=licence,
        edition=licence.edition,
        institution=licence.institution,
        sha256=licence.certificate_sha256,
    )
    return licence


def _keep(licence: Licence, content: bytes) -> None:
    """Under one name for good: what a killed worker left half written is overwritten, not doubled."""
    name = licence.certificate.field.generate_filename(licence, f"{licence.key}.pdf")
    storage = licence.certificate.storage
    if storage.exists(name):
        storage.delete(name)
    licence.certificate.save(f"{licence.key}.pdf", ContentFile(content), save=False)


def _locked(licence: Licence) -> Licence:
    return (
        Licence.objects.select_for_update(of=("self",))
        .select_related("edition__programme", "institution")
        .get(pk=licence.pk)
    )
