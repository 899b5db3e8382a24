"""May they? Who edits scorecards and scenarios, and which scenario is lawful in which channel."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from probierz.base import audiences
from probierz.base.actions import PLATFORM
from probierz.base.rules import YES, Verdict, no
from probierz.instruments import editors
from probierz.instruments.models import Channel, InstrumentVersion, Scenario


def can_see(user: Any) -> Verdict:
    if audiences.belongs(user, "office"):
        return YES
    return no("not-office", _("Ta część jest dostępna dla biura konkursu."))


def can_edit(user: Any) -> Verdict:
    if user is PLATFORM:
        return YES
    seen = can_see(user)
    if not seen:
        return seen
    if not editors.admit(user):
        return no("observer", _("Obserwator ma tylko wgląd. Zmianę może wprowadzić pracownik biura."))
    return YES


def can_edit_version(user: Any, version: InstrumentVersion) -> Verdict:
    if not version.is_draft:
        return no(
            "published",
            _("Ta wersja jest opublikowana i już się nie zmieni. Zmiany wprowadza się w nowej wersji roboczej."),
        )
    return can_edit(user)


def can_start_version(user: Any, versions: Collection[InstrumentVersion]) -> Verdict:
    if any(version.is_draft for version in versions):
        return no("draft-exists", _("Ten arkusz ma już wersję roboczą. Proszę dokończyć ją albo porzucić."))
    return can_edit(user)


def is_scenario_legal(form: str, channels: Collection[str]) -> Verdict:
    """A *podanie* by plain e-mail is left without consideration, so it measures nothing and troubles the office."""
    if form == Scenario.Form.APPLICATION and Channel.EMAIL in channels:
        return no(
            "application-by-email",
            _(
                "Podania nie można wysłać zwykłym e-mailem: zgodnie z art. 63 § 1 KPA urząd pozostawi je bez "
                "rozpoznania. E-mailem można zadać pytanie o informację albo złożyć wniosek o informację publiczną."
            ),
        )
    return YES
