"""A new edition: from a preset, or from last year's."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from probierz.base.actions import Actor, action, record
from probierz.base.clock import WARSAW, end_of, last_day_before, now, start_of
from probierz.base.polish import fold
from probierz.base.rules import NotAllowed
from probierz.editions import presets, rules
from probierz.editions.models import Category, Edition, EditionChannel, OfficeMember, Patron, Programme, Stage
from probierz.editions.queries import a_year_on
from probierz.instruments.queries import latest_published

CallDays = tuple[date, date]
Names = tuple[str, str]


@action
def create_edition_from_preset(
    *,
    preset_key: str,
    number: int,
    year: int,
    actor: Actor,
    call: CallDays | None = None,
    coordinator: Any = None,
    new_programme: Names | None = None,
) -> Edition:
    """An edition with everything its preset says. The programme is created with the first one.

    `new_programme` (name, short name) begins another contest after the preset's pattern.

    `call` moves the call for applications, and all later stages by as many days; without it the preset's dates hold.
    `coordinator` runs a new programme (the actor does, when it is a person).
    """
    preset = presets.all_presets()[preset_key]
    slug = slugify(fold(new_programme[0]))[:60] if new_programme else preset["programme"]["slug"]
    programme = Programme.objects.filter(slug=slug).first()
    if programme is not None and new_programme:
        raise NotAllowed("programme-taken", _("Konkurs o takiej nazwie już istnieje. Proszę podać inną."))
    rules.can_open_edition(actor, programme).require()
    programme = programme or _new_programme(slug, preset, coordinator or actor, new_programme)
    edition = _new_edition(programme, number, year, presets.edition_fields(preset))
    for position, entry in enumerate(preset["categories"]):
        Category.objects.create(
            edition=edition,
            key=entry["key"],
            name=entry["name"],
            name_en=entry.get("name_en", ""),
            institution_kinds=entry["kinds"],
            position=position,
        )
    _create_stages(edition, presets.stage_days(preset), call)
    _use_scorecards(edition, preset["channels"])
    for position, entry in enumerate(preset.get("patrons", [])):
        Patron.objects.create(
            edition=edition,
            kind=entry["kind"],
            name=entry["name"],
            website=entry.get("website", ""),
            position=position,
        )
    record(actor=actor, verb="edition.created", subject=edition, edition=edition, preset=preset_key)
    return edition


@action
def create_edition_from_last_year(
    *, source: Edition, number: int, year: int, actor: Actor, call: CallDays | None = None
) -> Edition:
    """Next year's edition: everything of the last one but its answers; dates a year on, rules open to change again."""
    rules.can_open_edition(actor, source.programme).require()
    names = ("preset", "who_may_enter", "who_may_enter_en", "form_definition", "declarations", "licence_scope")
    fields = {name: deepcopy(getattr(source, name)) for name in (*names, "rulebook", "texts")}
    edition = _new_edition(source.programme, number, year, fields)
    rows: list[Category | EditionChannel | Patron] = [
        *source.categories.all(),
        *source.channels.all(),
        *source.patrons.all(),
    ]
    for row in rows:
        row.pk, row.edition = None, edition
        row.save(force_insert=True)
    _create_stages(edition, [_a_year_on(stage, year - source.year) for stage in source.stages.all()], call)
    record(actor=actor, verb="edition.created", subject=edition, edition=edition, source=source.journal_key)
    return edition


def _new_programme(slug: str, preset: presets.Preset, coordinator: Any, names: Names | None) -> Programme:
    fields = presets.programme_fields(preset)
    if names:
        # Another contest borrows the pattern, not the other's words about itself.
        fields |= {"name": names[0], "name_en": "", "short_name": names[1], "licence_name": "Licencja Jakości"}
        fields |= dict.fromkeys(("tagline", "tagline_en", "idea", "idea_en", "website", "president_name"), "")
        fields |= {"benefits": [], "texts": {}}
    programme = Programme.objects.create(slug=slug, **fields)
    if getattr(coordinator, "pk", None):
        OfficeMember.objects.create(
            user=coordinator, programme=programme, role=OfficeMember.Role.COORDINATOR, since=now()
        )
    return programme


def _new_edition(programme: Programme, number: int, year: int, fields: dict[str, Any]) -> Edition:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    taken = set(locked.editions.values_list("slug", flat=True))
    if locked.editions.filter(number=number).exists():
        raise NotAllowed("number-taken", _("Edycja o tym numerze już istnieje. Proszę podać następny numer."))
    slug = str(year) if str(year) not in taken else f"{year}-{number}"
    return Edition.objects.create(programme=programme, slug=slug, number=number, year=year, created_at=now(), **fields)


def _create_stages(edition: Edition, days: list[dict[str, Any]], call: CallDays | None) -> None:
    first_call = next((entry for entry in days if entry["kind"] == Stage.Kind.CALL), None)
    shift = call[1] - first_call["last"] if call and first_call else timedelta(0)
    for entry in days:
        is_call = entry["kind"] == Stage.Kind.CALL
        first = call[0] if call and is_call else entry["first"] + shift
        Stage.objects.create(
            edition=edition,
            kind=entry["kind"],
            name=entry["name"],
            name_en=entry["name_en"],
            place=entry["place"],
            opens_at=start_of(first),
            closes_at=end_of(entry["last"] + shift),
        )


def _a_year_on(stage: Stage, years: int) -> dict[str, Any]:
    return {
        "kind": stage.kind,
        "name": stage.name,
        "name_en": stage.name_en,
        "place": "" if stage.kind == Stage.Kind.GALA else stage.place,
        "first": a_year_on(stage.opens_at.astimezone(WARSAW).date(), years),
        "last": a_year_on(last_day_before(stage.closes_at), years),
    }


def _use_scorecards(edition: Edition, keys: dict[str, str]) -> None:
    for channel, key in keys.items():
        version = latest_published(key)
        if version is None:
            raise NotAllowed(
                "no-scorecard",
                _("Nie ma jeszcze arkusza „%(key)s”. Proszę najpierw dodać arkusze dostarczone z programem.")
                % {"key": key},
            )
        EditionChannel.objects.create(edition=edition, channel=channel, version=version)
