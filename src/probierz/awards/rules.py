"""May they? Only the coordinator grants, stops and gives back; only an active licence carries the mark."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from probierz.applications.models import Application
from probierz.awards.models import Award, Licence
from probierz.base.clock import today
from probierz.base.rules import YES, Verdict, no
from probierz.base.wording import day_words
from probierz.editions.models import Edition
from probierz.editions.rules import can_decide
from probierz.results.models import Publication

State = Licence.State


def _is_published(edition: Edition) -> bool:
    return Publication.objects.filter(edition=edition, published_at__isnull=False).exists()


def can_grant(user: Any, edition: Edition) -> Verdict:
    allowed = can_decide(user, edition)
    if not allowed:
        return allowed
    if not _is_published(edition):
        return no("not-published", _("Licencje przyznaje się po ogłoszeniu wyników."))
    return YES


def can_suspend(user: Any, licence: Licence) -> Verdict:
    return _may_change(user, licence, {State.ACTIVE}, _("Zawiesić można tylko ważną licencję."))


def can_restore(user: Any, licence: Licence) -> Verdict:
    return _may_change(user, licence, {State.SUSPENDED}, _("Przywrócić można tylko zawieszoną licencję."))


def can_withdraw(user: Any, licence: Licence) -> Verdict:
    states = {State.ACTIVE, State.SUSPENDED}
    return _may_change(user, licence, states, _("Cofnąć można tylko licencję ważną albo zawieszoną."))


def _may_change(user: Any, licence: Licence, states: set[State], words: str) -> Verdict:
    allowed = can_decide(user, licence.edition)
    if not allowed:
        return allowed
    if licence.state_on(today()) not in states:
        return no("licence-state", words)
    return YES


def can_use_mark(licence: Licence) -> Verdict:
    """The mark goes with the right to show it, and with nothing else."""
    state = licence.state_on(today())
    if state == State.ACTIVE:
        if today() < licence.valid_from:
            words = _("Licencja jest ważna od %(day)s. Znak będzie można pobrać od tego dnia.")
            return no("licence-not-yet", words % {"day": day_words(licence.valid_from)})
        return YES
    reasons = {
        State.SUSPENDED: _("Licencja jest zawieszona. Do czasu jej przywrócenia znaku nie wolno używać."),
        State.WITHDRAWN: _("Licencję cofnięto. Znak trzeba usunąć z materiałów i nie można go już pobrać."),
    }
    expired = _("Licencja wygasła %(day)s i znak trzeba usunąć z materiałów; nową licencję daje kolejna edycja.")
    words = reasons.get(state, expired % {"day": day_words(licence.valid_until)})
    return no(f"licence-{state}", words)


def can_have_certificate(licence: Licence) -> Verdict:
    """The paper stays with whoever earned it, unless the licence was stopped."""
    state = licence.state_on(today())
    if state in {State.ACTIVE, State.EXPIRED}:
        return YES
    words = {
        State.SUSPENDED: _("Licencja jest zawieszona, więc jej dokumentu nie można teraz pobrać."),
        State.WITHDRAWN: _("Licencję cofnięto, więc jej dokumentu nie można pobrać."),
    }
    return no(f"licence-{state}", words[state])


def can_give_award(user: Any, edition: Edition) -> Verdict:
    return can_decide(user, edition)


def can_take_back(user: Any, award: Award) -> Verdict:
    allowed = can_decide(user, award.edition)
    if not allowed:
        return allowed
    if award.is_public:
        return no("award-public", _("Ogłoszonej nagrody nie można cofnąć."))
    return YES


def can_publish_awards(user: Any, edition: Edition) -> Verdict:
    return can_grant(user, edition)


def is_eligible(application: Application, edition: Edition) -> Verdict:
    """Who may get a statuette: an accepted application of the same edition."""
    if application.edition_id == edition.pk and application.state == Application.State.ACCEPTED:
        return YES
    return no("not-in-edition", _("Nagrodę może dostać tylko instytucja przyjęta do tej edycji."))
