"""May they? The clock and the office's roles decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from probierz.base import audiences
from probierz.base.actions import PLATFORM
from probierz.base.clock import WARSAW, now
from probierz.base.rules import YES, Verdict, no
from probierz.base.wording import clock_words, moment_words, until_words
from probierz.editions.models import Edition, OfficeMember, Programme, Stage


def stage_of(edition: Edition, kind: str) -> Stage | None:
    # Walks the prefetched stages, so that a list of editions costs no query each.
    return next((stage for stage in edition.stages.all() if stage.kind == kind), None)


def stage_is_open(edition: Edition, kind: str, moment: datetime | None = None) -> bool:
    stage = stage_of(edition, kind)
    return stage is not None and stage.is_open(moment or now())


def can_act_in(edition: Edition, kind: str, moment: datetime | None = None) -> Verdict:
    """Whether a stage is open, and if not, why: to the millisecond, by the server's clock."""
    moment, stage = moment or now(), stage_of(edition, kind)
    if stage is None:
        label = str(Stage.Kind(kind).label)
        return no("no-stage", _("Ta edycja nie ma jeszcze wyznaczonego etapu: %(stage)s.") % {"stage": label})
    words = {"stage": str(stage), "time": _to_the_millisecond(moment)}
    if moment < stage.opens_at:
        words["opens"] = moment_words(stage.opens_at)
        return no(
            "stage-not-open",
            _("Etap „%(stage)s” zacznie się %(opens)s. Na naszym serwerze jest teraz %(time)s.") % words,
        )
    if stage.is_over(moment):
        words["until"] = until_words(stage.closes_at)
        return no(
            "stage-closed",
            _("Etap „%(stage)s” trwał %(until)s. Serwer odebrał to %(time)s, czyli po terminie.") % words,
        )
    return YES


def require_stage(edition: Edition, kind: str, moment: datetime | None = None) -> None:
    """Refuse unless the stage is open."""
    can_act_in(edition, kind, moment).require()


def _to_the_millisecond(moment: datetime) -> str:
    local = moment.astimezone(WARSAW)
    return clock_words(local, f"{local:%H:%M:%S},{local.microsecond // 1000:03d}")


def can_see_office(user: Any, edition: Edition) -> Verdict:
    if user.offices.filter(programme=edition.programme_id).exists():
        return YES
    return no("not-office", _("Ta część jest dostępna dla biura konkursu."))


def can_run(user: Any, edition: Edition) -> Verdict:
    """Daily work of the office: everyone in it but an observer."""
    if user is PLATFORM:
        return YES
    member = user.offices.filter(programme=edition.programme_id).first()
    if member is None:
        return no("not-office", _("Ta część jest dostępna dla biura konkursu."))
    if member.role == OfficeMember.Role.OBSERVER:
        return no("observer", _("Obserwator ma tylko wgląd. Zmianę może wprowadzić pracownik biura."))
    return YES


def can_decide(user: Any, edition: Edition) -> Verdict:
    """What cannot be undone: freezing rules, sealing and publishing results, licences. The coordinator's."""
    return can_lead(user, edition.programme)


def can_lead(user: Any, programme: Programme) -> Verdict:
    """The programme itself: its editions, its brand, its office."""
    if user is PLATFORM or user.offices.filter(programme=programme, role=OfficeMember.Role.COORDINATOR).exists():
        return YES
    return no("not-coordinator", _("To może zrobić tylko koordynator konkursu."))


def can_open_edition(user: Any, programme: Programme | None) -> Verdict:
    """A coordinator opens an edition of an existing programme; anyone in an office may begin a new programme."""
    if user is PLATFORM or getattr(user, "is_superuser", False):
        return YES
    if programme is not None:
        return can_lead(user, programme)
    if audiences.belongs(user, "office"):
        return YES
    return no("not-office", _("Ta część jest dostępna dla biura konkursu."))


def is_rulebook_frozen(edition: Edition, moment: datetime | None = None) -> bool:
    """Frozen once fieldwork has opened, by the clock alone, whether or not anybody has looked since."""
    if edition.rulebook_frozen_at is not None:
        return True
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    return fieldwork is not None and (moment or now()) >= fieldwork.opens_at


def can_change_rulebook(user: Any, edition: Edition, moment: datetime | None = None) -> Verdict:
    if is_rulebook_frozen(edition, moment):
        return no(
            "rulebook-frozen",
            _("Zasady są zamrożone od początku audytów i już się nie zmienią. Ich sumę SHA-256 podano publicznie."),
        )
    return can_run(user, edition)


def can_change_stage(user: Any, edition: Edition, kind: str, moment: datetime | None = None) -> Verdict:
    """Dates may move, but not so as to thaw the rules: once fieldwork has opened its beginning stays."""
    allowed = can_run(user, edition)
    if not allowed:
        return allowed
    if kind == Stage.Kind.FIELDWORK and is_rulebook_frozen(edition, moment):
        return no("fieldwork-began", _("Audyty już się zaczęły, więc ich początku nie można przesunąć."))
    return YES
