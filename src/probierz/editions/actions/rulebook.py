"""The rules of an edition: saved while they may change, frozen when fieldwork opens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assay.rulebook import Rulebook, RulebookError
from probierz.base.actions import Actor, action, draft, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions import queries, rules
from probierz.editions.models import Edition, Stage


class RulebookRefused(NotAllowed):
    """Rules the engine cannot compute with; `field` is the path of what is wrong."""

    def __init__(self, refusal: RulebookError) -> None:
        super().__init__("rulebook-not-valid", f"{refusal.field}: {refusal.reason}")
        self.field = refusal.field
        self.reason = refusal.reason


@action
def save_rulebook(*, edition: Edition, rulebook: dict[str, Any], before: str, actor: Actor) -> Edition:
    """Replace the rules. `before` is the digest of those that were edited: another one means that two people edit."""
    locked = _locked(edition)
    rules.can_change_rulebook(actor, locked).require()
    if queries.rulebook_state(locked).digest != before:
        raise NotAllowed(
            "stale",
            _("Ktoś zmienił zasady w innej karcie. Proszę porównać je z wpisanymi niżej i zapisać jeszcze raz."),
        )
    try:
        checked = Rulebook.from_dict(rulebook)
    except RulebookError as refusal:
        raise RulebookRefused(refusal) from refusal
    locked.rulebook = checked.to_dict()
    locked.rulebook_digest = ""
    locked.save(update_fields=["rulebook", "rulebook_digest"])
    record(actor=actor, verb="rulebook.saved", subject=locked, edition=locked, before=before, digest=checked.digest())
    return locked


@action
def freeze_rulebook(*, edition: Edition, actor: Actor) -> Edition:
    """Freeze the rules now, before fieldwork does it by itself."""
    locked = _locked(edition)
    rules.can_decide(actor, locked).require()
    if locked.rulebook_frozen_at is not None:
        raise NotAllowed("already-frozen", _("Zasady są już zamrożone."))
    _write_freeze(locked, now())
    record(actor=actor, verb="rulebook.frozen", subject=locked, edition=locked, digest=locked.rulebook_digest)
    return locked


@draft
def ensure_rulebook_frozen(*, edition: Edition, moment: datetime, actor: Actor) -> Edition:
    """Part of the first action of fieldwork: write down what the clock has already decided.

    Nothing can have changed since fieldwork opened, so the digest is that of the opening. The action that calls
    this leaves the entry; the moment written is the opening itself, not the moment somebody came by.
    """
    if edition.rulebook_frozen_at is not None or not rules.is_rulebook_frozen(edition, moment):
        return edition
    locked = _locked(edition)
    if locked.rulebook_frozen_at is None:
        fieldwork = rules.stage_of(locked, Stage.Kind.FIELDWORK)
        _write_freeze(locked, fieldwork.opens_at if fieldwork else moment)
    edition.rulebook_frozen_at, edition.rulebook_digest = locked.rulebook_frozen_at, locked.rulebook_digest
    return edition


def _write_freeze(edition: Edition, moment: datetime) -> None:
    edition.rulebook_digest = queries.rulebook_of(edition).digest()
    edition.rulebook_frozen_at = moment
    edition.save(update_fields=["rulebook_digest", "rulebook_frozen_at"])


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
