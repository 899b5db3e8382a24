"""May they? The clock and the office's roles decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from probierz.base.clock import now
from probierz.base.rules import YES, Verdict, no
from probierz.editions.models import Edition, OfficeMember, Stage


def stage_of(edition: Edition, kind: str) -> Stage | None:
    # Walks the prefetched stages, so that a list of editions costs no query each.
    return next((stage for stage in edition.stages.all() if stage.kind == kind), None)


def stage_is_open(edition: Edition, kind: str, moment: datetime | None = None) -> bool:
    stage = stage_of(edition, kind)
    return stage is not None and stage.is_open(moment or now())


def can_see_office(user: Any, edition: Edition) -> Verdict:
    if user.offices.filter(programme=edition.programme_id).exists():
        return YES
    return no("not-office", _("Ta część jest dostępna dla biura konkursu."))


def can_run(user: Any, edition: Edition) -> Verdict:
    """Daily work of the office: everyone in it but an observer."""
    member = user.offices.filter(programme=edition.programme_id).first()
    if member is None:
        return no("not-office", _("Ta część jest dostępna dla biura konkursu."))
    if member.role == OfficeMember.Role.OBSERVER:
        return no("observer", _("Obserwator ma tylko wgląd. Zmianę może wprowadzić pracownik biura."))
    return YES


def can_decide(user: Any, edition: Edition) -> Verdict:
    """What cannot be undone: freezing rules, sealing and publishing results, licences. The coordinator's."""
    if user.offices.filter(programme=edition.programme_id, role=OfficeMember.Role.COORDINATOR).exists():
        return YES
    return no("not-coordinator", _("To może zrobić tylko koordynator konkursu."))
