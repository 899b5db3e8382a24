"""Enter institutions and correct them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.institutions import rules
from probierz.institutions.models import Institution, Representative

# What a representative may correct by themselves: how to reach the institution, never who it is.
CONTACT_FIELDS = (
    *("short_name", "street", "postal_code", "city", "email", "phone", "website", "bip", "social", "ade"),
    *("headcount", "population", "invoice_name", "invoice_nip", "invoice_address"),
)


@action
def create_institution(*, actor: Actor, data: dict[str, Any]) -> Institution:
    rules.can_keep_register(actor).require()
    institution = _new_institution(data)
    record(actor=actor, verb="institution.created", subject=institution, institution=institution)
    return institution


@action
def update_institution(*, actor: Actor, institution: Institution, data: dict[str, Any]) -> Institution:
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    rules.can_edit(actor, institution).require()
    changed = _change(institution, data)
    record(actor=actor, verb="institution.changed", subject=institution, institution=institution, fields=changed)
    return institution


@action
def update_contact_data(*, actor: Actor, institution: Institution, data: dict[str, Any]) -> Institution:
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    rules.can_edit_contact_data(actor, institution).require()
    changed = _change(institution, {name: value for name, value in data.items() if name in CONTACT_FIELDS})
    record(actor=actor, verb="institution.changed", subject=institution, institution=institution, fields=changed)
    return institution


@action
def register_institution(*, actor: User, data: dict[str, Any], capacity: str) -> Institution:
    """A body new to the register, entered by the person who acts for it. A known NIP is never taken over."""
    rules.can_register(actor).require()
    institution = _new_institution(data)
    moment = now()
    Representative.objects.create(
        user=actor, institution=institution, capacity=capacity, is_active=True, since=moment, decided_at=moment
    )
    record(actor=actor, verb="institution.registered", subject=institution, institution=institution)
    return institution


def _new_institution(data: dict[str, Any]) -> Institution:
    try:
        with transaction.atomic():
            return Institution.objects.create(**data, created_at=now())
    except IntegrityError as fault:
        message = _("Instytucja o tym NIP właśnie pojawiła się w rejestrze. Nic nie zostało zmienione.")
        raise NotAllowed("known-nip", message) from fault


def _change(institution: Institution, data: dict[str, Any]) -> list[str]:
    changed = sorted(name for name, value in data.items() if getattr(institution, name) != value)
    for name in changed:
        setattr(institution, name, data[name])
    try:
        with transaction.atomic():
            institution.save()
    except IntegrityError as fault:
        message = _("Inna instytucja ma już ten NIP. Zmiany nie zostały zapisane.")
        raise NotAllowed("known-nip", message) from fault
    return changed
