"""Inviting jurors and keeping what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts import roles
from probierz.accounts.models import User
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Programme
from probierz.jury import bonds, joining, queries, rules
from probierz.jury.models import Juror

OFFICE_FIELDS = ("name", "email", "kind", "is_public", "bio", "min_audits", "max_audits")
PROFILE_FIELDS = ("kind", "city", "teryt", "employer_name", "employer_nip", "life_situations", "channels", "max_audits")


@action
def invite_juror(*, programme: Programme, name: str, email: str, kind: str, actor: User) -> Juror:
    """A new row under the next pseudonym, and a link by e-mail. Everything else the juror fills in."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_run_jury(actor, programme).require()
    email = email.strip().lower()
    if Juror.objects.filter(programme=programme, email=email).exists():
        raise NotAllowed("already-in-jury", _("Osoba z tym adresem jest już w jury tego konkursu."))
    juror = Juror.objects.create(
        programme=programme,
        name=name.strip(),
        email=email,
        kind=kind,
        pseudonym=queries.next_pseudonym(programme),
        created_at=now(),
    )
    _send_invitation(juror, actor)
    record(actor=actor, verb="juror.invited", subject=juror, pseudonym=juror.pseudonym)
    return juror


@action
def invite_again(*, juror: Juror, actor: User) -> Juror:
    """A new link; the old one stops working."""
    juror = _locked(juror)
    rules.can_invite_again(actor, juror).require()
    _send_invitation(juror, actor)
    record(actor=actor, verb="juror.invited-again", subject=juror, pseudonym=juror.pseudonym)
    return juror


def _send_invitation(juror: Juror, actor: User) -> None:
    roles.issue_invitation(
        role=joining.ROLE,
        email=juror.email,
        scope_key=str(juror.key),
        scope_name=juror.programme.name,
        invited_by=actor,
        name=juror.name,
    )


@action
def edit_juror(*, juror: Juror, changes: Mapping[str, Any], actor: User) -> Juror:
    """What the office keeps about a juror; the rest is the juror's own to say."""
    juror = _locked(juror)
    rules.can_run_jury(actor, juror.programme).require()
    address = changes.get("email", juror.email)
    if Juror.objects.filter(programme=juror.programme_id, email=address).exclude(pk=juror.pk).exists():
        raise NotAllowed("already-in-jury", _("Osoba z tym adresem jest już w jury tego konkursu."))
    changed = _apply(juror, changes, OFFICE_FIELDS)
    if "email" in changed:
        bonds.detect(juror.programme, [juror])
    record(actor=actor, verb="juror.edited", subject=juror, fields=changed)
    return juror


@action
def update_profile(*, juror: Juror, changes: Mapping[str, Any], actor: User) -> Juror:
    """The juror's own word about home, work, life and what they can do; conflicts are looked for again."""
    juror = _locked(juror)
    rules.can_edit_profile(actor, juror).require()
    changed = _apply(juror, changes, PROFILE_FIELDS)
    found = bonds.detect(juror.programme, [juror])
    record(actor=actor, verb="juror.profile-updated", subject=juror, fields=changed, conflicts=len(found))
    return juror


@action
def rest_juror(*, juror: Juror, actor: User) -> Juror:
    """The juror takes no more assignments for now; those they have stay theirs until the office moves them."""
    juror = _locked(juror)
    rules.can_rest(actor, juror).require()
    juror.state = Juror.State.RESTING
    juror.save(update_fields=["state"])
    record(actor=actor, verb="juror.rested", subject=juror)
    return juror


@action
def activate_juror(*, juror: Juror, actor: User) -> Juror:
    juror = _locked(juror)
    rules.can_activate(actor, juror).require()
    juror.state = Juror.State.ACTIVE
    juror.save(update_fields=["state"])
    record(actor=actor, verb="juror.activated", subject=juror)
    return juror


def _apply(juror: Juror, changes: Mapping[str, Any], allowed: tuple[str, ...]) -> list[str]:
    changed = [name for name in allowed if name in changes and getattr(juror, name) != changes[name]]
    for name in changed:
        setattr(juror, name, changes[name])
    if changed:
        juror.save(update_fields=changed)
    return changed


def _locked(juror: Juror) -> Juror:
    return Juror.objects.select_for_update(of=("self",)).select_related("programme").get(pk=juror.pk)
