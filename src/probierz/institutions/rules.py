"""May they? The office keeps the register; a representative keeps their own institution's contact data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.base import audiences
from probierz.base.actions import PLATFORM
from probierz.base.rules import YES, Verdict, no
from probierz.institutions.models import Institution, Representative


def can_keep_register(user: Any) -> Verdict:
    """Enter institutions, correct them, import, merge, decide who represents whom."""
    if user is PLATFORM or audiences.belongs(user, "office"):
        return YES
    return no("not-office", _("Rejestr instytucji prowadzi biuro konkursu."))


def can_edit(user: Any, institution: Institution) -> Verdict:
    """Change any field of an institution, its NIP included."""
    verdict = can_keep_register(user)
    return _not_merged(institution) if verdict else verdict


def can_edit_contact_data(user: Any, institution: Institution) -> Verdict:
    """Addresses, telephones, units and contacts: the office's and the representative's."""
    if can_keep_register(user) or has_part_in(user, institution):
        return _not_merged(institution)
    return no("not-representative", _("Dane instytucji zmieniają jej przedstawiciele i biuro konkursu."))


def can_invite_representative(user: Any, institution: Institution) -> Verdict:
    return can_edit_contact_data(user, institution)


def can_merge(user: Any, kept: Institution, merged: Institution) -> Verdict:
    verdict = can_keep_register(user)
    if not verdict:
        return verdict
    if kept.pk == merged.pk:
        return no("same-institution", _("To jest ta sama instytucja. Proszę wskazać dwie różne."))
    return _not_merged(kept) and _not_merged(merged)


def can_register(user: Any) -> Verdict:
    """Anybody signed in may bring their institution; the register refuses a NIP that it already has."""
    if user is not PLATFORM and not user.is_authenticated:
        return no("signed-out", _("Proszę się zalogować."))
    return YES


def can_request_representation(user: Any, institution: Institution) -> Verdict:
    known = Representative.objects.filter(user=user, institution=institution).first()
    if known is None:
        return _not_merged(institution)
    if known.is_active:
        return no("already-representative", _("Są już Państwo przedstawicielem tej instytucji."))
    if known.is_waiting:
        return no("already-waiting", _("Prośba została już wysłana i czeka na decyzję biura konkursu."))
    return no("refused", _("Biuro konkursu zakończyło to przedstawicielstwo. Proszę skontaktować się z biurem."))


def has_part_in(user: Any, institution: Institution) -> bool:
    if user is PLATFORM or not user.is_authenticated:
        return False
    return Representative.objects.filter(user=user, institution=institution, is_active=True).exists()


def _not_merged(institution: Institution) -> Verdict:
    if institution.merged_into_id is None:
        return YES
    return no("merged", _("Tę instytucję połączono z inną. Zmiany wprowadza się w tej, która została."))
