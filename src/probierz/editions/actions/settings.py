"""The edition's dates, categories, channels, patrons and words."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from PIL import Image

from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions import queries, rules
from probierz.editions.models import Category, Edition, EditionChannel, Patron, Stage
from probierz.instruments.models import InstrumentVersion

LOGO_MAX_SIDE = 800
# What a channel begins with when an edition takes it in; the organiser then sets it among the rules.
NEW_CHANNEL = {"weight": "10", "required": False, "absent": "exclude"}


@action
def update_edition(*, edition: Edition, values: dict[str, Any], actor: Actor) -> Edition:
    locked = _locked(edition)
    rules.can_run(actor, locked).require()
    siblings = Edition.objects.filter(programme=locked.programme_id).exclude(pk=locked.pk)
    if siblings.filter(number=values.get("number", 0)).exists():
        raise NotAllowed("number-taken", _("Edycja o tym numerze już istnieje. Proszę podać inny numer."))
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    record(actor=actor, verb="edition.changed", subject=locked, edition=locked, changed=changed)
    return locked


@action
def change_stage(
    *, edition: Edition, kind: str, opens_at: datetime, closes_at: datetime, place: str, actor: Actor
) -> Stage:
    """Set the dates of a stage; a kind the edition did not have is added."""
    locked = _locked(edition)
    rules.can_run(actor, locked).require()
    stage = rules.stage_of(locked, kind) or Stage(edition=locked, kind=kind)
    if stage.opens_at != opens_at:
        rules.can_change_stage(actor, locked, kind).require()
        _refuse_past_fieldwork(stage, opens_at)
    if closes_at <= opens_at:
        raise NotAllowed("ends-before-it-begins", _("Koniec etapu wypada przed jego początkiem."))
    before = [moment.isoformat() if moment else "" for moment in (stage.opens_at, stage.closes_at)]
    stage.opens_at, stage.closes_at, stage.place = opens_at, closes_at, place
    stage.save()
    record(
        actor=actor,
        verb="stage.changed",
        subject=stage,
        edition=locked,
        stage=kind,
        before=before,
        after=[opens_at.isoformat(), closes_at.isoformat()],
    )
    return stage


def _refuse_past_fieldwork(stage: Stage, opens_at: datetime) -> None:
    """Moving the opening of fieldwork into the past would freeze the rules behind everybody's back."""
    if stage.kind == Stage.Kind.FIELDWORK and opens_at <= now():
        raise NotAllowed(
            "fieldwork-in-the-past", _("Audyty nie mogą zacząć się w przeszłości: ich początek zamraża zasady.")
        )


@action
def save_category(*, edition: Edition, category: Category | None, values: dict[str, Any], actor: Actor) -> Category:
    rules.can_run(actor, edition).require()
    saved = category or Category(edition=edition)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.save()
    verb = "category.changed" if category else "category.created"
    record(actor=actor, verb=verb, subject=saved, edition=edition, category=saved.key)
    return saved


@action
def remove_category(*, category: Category, actor: Actor) -> Edition:
    edition = category.edition
    rules.can_run(actor, edition).require()
    record(actor=actor, verb="category.removed", subject=category, edition=edition, category=category.key)
    try:
        category.delete()
    except ProtectedError as refusal:
        raise NotAllowed(
            "category-in-use", _("W tej kategorii są już zgłoszenia. Proszę najpierw przenieść je do innej.")
        ) from refusal
    return edition


@action
def save_channels(*, edition: Edition, versions: dict[str, InstrumentVersion], actor: Actor) -> Edition:
    """Which channels are audited, and with which scorecards. The rules follow: a new channel gets a first weight."""
    locked = _locked(edition)
    rules.can_change_rulebook(actor, locked).require()
    if not versions:
        raise NotAllowed("no-channel", _("Edycja musi mieć przynajmniej jeden kanał."))
    locked.channels.exclude(channel__in=versions).delete()
    for channel, version in versions.items():
        EditionChannel.objects.update_or_create(edition=locked, channel=channel, defaults={"version": version})
    kept = locked.rulebook.get("channels", {})
    channels = {channel: kept.get(channel, dict(NEW_CHANNEL)) for channel in versions}
    locked.rulebook = {**locked.rulebook, "channels": channels}
    for part in ("ranked", "licence"):
        least = min(locked.rulebook[part]["min_channels"], len(channels))
        locked.rulebook[part] = {**locked.rulebook[part], "min_channels": least}
    locked.save(update_fields=["rulebook"])
    chosen = {channel: f"{version.instrument.key}/{version.number}" for channel, version in versions.items()}
    digest = queries.rulebook_of(locked).digest()
    record(actor=actor, verb="channels.saved", subject=locked, edition=locked, channels=chosen, digest=digest)
    return locked


@action
def save_patron(
    *, edition: Edition, patron: Patron | None, values: dict[str, Any], logo: bytes | None, actor: Actor
) -> Patron:
    """`logo` is the checked upload: a PNG or a JPEG by content. It is drawn anew, so that nothing hides in it."""
    rules.can_run(actor, edition).require()
    saved = patron or Patron(edition=edition)
    for name, value in values.items():
        setattr(saved, name, value)
    if logo is not None:
        saved.logo.save("logo.png", ContentFile(_redrawn(logo)), save=False)
    saved.save()
    record(actor=actor, verb="patron.saved", subject=saved, edition=edition, kind=saved.kind, logo=logo is not None)
    return saved


@action
def remove_patron(*, patron: Patron, actor: Actor) -> Edition:
    edition = patron.edition
    rules.can_run(actor, edition).require()
    record(actor=actor, verb="patron.removed", subject=patron, edition=edition, kind=patron.kind)
    patron.delete()
    return edition


def _redrawn(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        copy = picture.convert("RGBA")
    copy.thumbnail((LOGO_MAX_SIDE, LOGO_MAX_SIDE))
    bare = Image.frombytes("RGBA", copy.size, copy.tobytes())
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
