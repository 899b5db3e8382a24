"""Units and contacts of an institution."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from probierz.base.actions import Actor, action, record
from probierz.base.rules import NotAllowed
from probierz.institutions import rules
from probierz.institutions.models import Contact, Institution, Unit

Row = TypeVar("Row", Unit, Contact)


@action
def save_unit(*, actor: Actor, institution: Institution, data: dict[str, Any], unit: Unit | None = None) -> Unit:
    rules.can_edit_contact_data(actor, institution).require()
    saved = _saved(unit or Unit(institution=institution), data)
    verb = "unit.changed" if unit else "unit.added"
    record(actor=actor, verb=verb, subject=saved, institution=institution)
    return saved


@action
def remove_unit(*, actor: Actor, unit: Unit) -> None:
    institution = unit.institution
    rules.can_edit_contact_data(actor, institution).require()
    record(actor=actor, verb="unit.removed", subject=unit, institution=institution)
    try:
        unit.delete()
    except ProtectedError as fault:
        message = _("Ten punkt obsługi bierze udział w konkursie, więc nie można go usunąć. Można zmienić jego dane.")
        raise NotAllowed("unit-in-use", message) from fault


@action
def save_contact(
    *, actor: Actor, institution: Institution, data: dict[str, Any], contact: Contact | None = None
) -> Contact:
    rules.can_edit_contact_data(actor, institution).require()
    saved = _saved(contact or Contact(institution=institution), data)
    verb = "contact.changed" if contact else "contact.added"
    record(actor=actor, verb=verb, subject=institution, institution=institution, contact=saved.pk)
    return saved


@action
def remove_contact(*, actor: Actor, contact: Contact) -> None:
    institution = contact.institution
    rules.can_edit_contact_data(actor, institution).require()
    record(actor=actor, verb="contact.removed", subject=institution, institution=institution, contact=contact.pk)
    contact.delete()


def _saved(row: Row, data: dict[str, Any]) -> Row:
    for name, value in data.items():
        setattr(row, name, value)
    row.save()
    return row
