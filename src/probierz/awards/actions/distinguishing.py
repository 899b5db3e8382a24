"""Statuettes and extraordinary distinctions: each with a written reason, told to the public together."""

from __future__ import annotations

from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.awards import queries, rules
from probierz.awards.models import Award
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition


@action
def give_award(*, edition: Edition, application: Application, award_key: str, reason: str, actor: User) -> Award:
    edition = _locked(edition)
    rules.can_give_award(actor, edition).require()
    rules.is_eligible(application, edition).require()
    offered = {one["key"]: one for one in edition.rulebook["awards"]}.get(award_key)
    if offered is None:
        raise NotAllowed("unknown-award", _("Takiej nagrody nie ma w zasadach edycji."))
    if not reason.strip():
        raise NotAllowed("reason-needed", _("Nagroda wymaga pisemnego uzasadnienia."))
    given = edition.awards.filter(title=offered["title"])
    if given.filter(application=application).exists():
        raise NotAllowed("award-given", _("Ta instytucja już ma tę nagrodę."))
    if offered["max"] is not None and given.count() >= offered["max"]:
        words = _("Zasady przewidują najwyżej tyle takich nagród: %(most)s.")
        raise NotAllowed("too-many", words % {"most": offered["max"]})
    award = Award.objects.create(
        edition=edition,
        application=application,
        kind=offered["kind"],
        title=offered["title"],
        reason=reason.strip(),
        given_at=now(),
        given_by=actor,
    )
    record(
        actor=actor,
        verb="award.given",
        subject=award,
        edition=edition,
        institution=application.institution,
        title=award.title,
        reason=award.reason,
    )
    return award


@action
def take_back_award(*, award: Award, actor: User) -> None:
    """Undo a statuette before anybody was told of it."""
    rules.can_take_back(actor, award).require()
    record(
        actor=actor,
        verb="award.taken-back",
        subject=award,
        edition=award.edition,
        institution=award.application.institution,
        title=award.title,
    )
    award.delete()


@action
def publish_awards(*, edition: Edition, actor: User) -> list[Award]:
    """Tell the public of every statuette given so far."""
    edition = _locked(edition)
    rules.can_publish_awards(actor, edition).require()
    hidden = list(queries.awards_of(edition).filter(is_public=False))
    if not hidden:
        raise NotAllowed("nothing-to-publish", _("Nie ma nagród czekających na ogłoszenie."))
    edition.awards.filter(is_public=False).update(is_public=True)
    record(
        actor=actor,
        verb="awards.published",
        subject=edition,
        edition=edition,
        awards=[f"{award.title}: {award.application.institution.name}" for award in hidden],
    )
    return hidden


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
