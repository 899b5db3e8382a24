"""What editions are there, and for whom; where in the year they are; what their rules are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from assay.rulebook import Rulebook
from probierz.accounts.models import Invitation
from probierz.base.clock import WARSAW, last_day_before, now
from probierz.editions import presets, rules
from probierz.editions.models import Category, Edition, EditionChannel, OfficeMember, Patron, Programme, Stage
from probierz.institutions.models import Kind
from probierz.instruments.models import Channel


def is_office(user: Any) -> bool:
    return bool(user.offices.exists())


def is_working_office(user: Any) -> bool:
    """In some office, and not only to look."""
    return bool(user.offices.exclude(role=OfficeMember.Role.OBSERVER).exists())


def programmes_visible_to(user: Any) -> QuerySet[Programme]:
    """The programmes a user runs."""
    return Programme.objects.filter(office_members__user=user)


def editions_visible_to(user: Any) -> QuerySet[Edition]:
    """The editions of the programmes a user runs."""
    return Edition.objects.filter(programme__office_members__user=user).select_related("programme")


def public_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(is_public=True).select_related("programme")


def programmes_with_editions(user: Any) -> QuerySet[Programme]:
    editions = Edition.objects.select_related("programme").prefetch_related("stages")
    return programmes_visible_to(user).prefetch_related(Prefetch("editions", editions))


def programme_by_slug(slug: str) -> Programme | None:
    return Programme.objects.filter(slug=slug).first()


def preset_programme(preset_key: str) -> Programme | None:
    """The programme a preset belongs to, when it is already here."""
    preset = presets.all_presets().get(preset_key)
    return programme_by_slug(preset["programme"]["slug"]) if preset else None


@dataclass(frozen=True)
class Step:
    """One stage on the road of the year."""

    stage: Stage
    label: str
    state: str  # done, current, todo
    note: str = ""


def stages_of(edition: Edition) -> list[Stage]:
    """In the order of the year."""
    return sorted(edition.stages.all(), key=lambda stage: (stage.opens_at, stage.pk))


def steps_of(edition: Edition, moment: datetime | None = None) -> list[Step]:
    moment = moment or now()
    return [
        Step(
            stage,
            str(stage),
            "done" if stage.is_over(moment) else "current" if stage.is_open(moment) else "todo",
        )
        for stage in stages_of(edition)
    ]


def open_stages(edition: Edition, moment: datetime | None = None) -> list[Stage]:
    moment = moment or now()
    return [stage for stage in stages_of(edition) if stage.is_open(moment)]


def next_stage(edition: Edition, moment: datetime | None = None) -> Stage | None:
    moment = moment or now()
    return next((stage for stage in stages_of(edition) if stage.opens_at > moment), None)


@dataclass(frozen=True)
class RulebookState:
    """The digest of the rules as they stand, and since when they cannot change (None: they still can)."""

    digest: str
    frozen_at: datetime | None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


def rulebook_of(edition: Edition) -> Rulebook:
    return Rulebook.from_dict(edition.rulebook)


def rulebook_state(edition: Edition, moment: datetime | None = None) -> RulebookState:
    """Frozen rules cannot change, so their digest is the same whether it was written down or is worked out now."""
    digest = edition.rulebook_digest or rulebook_of(edition).digest()
    if edition.rulebook_frozen_at is not None:
        return RulebookState(digest, edition.rulebook_frozen_at)
    fieldwork = rules.stage_of(edition, Stage.Kind.FIELDWORK)
    if fieldwork is not None and rules.is_rulebook_frozen(edition, moment):
        return RulebookState(digest, fieldwork.opens_at)
    return RulebookState(digest, None)


def rulebook_sentences(edition: Edition, language: str = "pl") -> list[tuple[str, list[str]]]:
    return rulebook_of(edition).sentences("en" if language.startswith("en") else "pl")


def channels_of(edition: Edition) -> list[EditionChannel]:
    """In the fixed order of channels, each with its scorecard version."""
    order = [channel for channel, _label in Channel.choices]
    found = edition.channels.select_related("version__instrument")
    return sorted(found, key=lambda entry: order.index(entry.channel))


def version_of(edition: Edition, channel: str) -> Any:
    """The scorecard version that an edition uses in a channel, or None."""
    entry = edition.channels.filter(channel=channel).select_related("version__instrument").first()
    return entry.version if entry else None


def category_for(edition: Edition, institution_kind: str) -> Category | None:
    """The category that an institution of a kind belongs to by default."""
    return next(
        (category for category in edition.categories.all() if institution_kind in category.institution_kinds), None
    )


def patrons_of(edition: Edition) -> list[tuple[str, list[Patron]]]:
    """By kind, in the order of precedence."""
    patrons = list(edition.patrons.all())
    groups = [
        (str(label), [patron for patron in patrons if patron.kind == kind]) for kind, label in Patron.Kind.choices
    ]
    return [(label, group) for label, group in groups if group]


def office_of(programme: Programme) -> QuerySet[OfficeMember]:
    return programme.office_members.select_related("user").order_by("role", "user__name")


def open_invitations(programme: Programme) -> list[Invitation]:
    """Invitations to the office that wait for an answer."""
    found = Invitation.objects.filter(role="office", scope_key=str(programme.key), accepted_at=None, revoked_at=None)
    return [invitation for invitation in found.order_by("created_at") if invitation.is_open(now())]


def scorecards_ready(preset_key: str) -> bool:
    """Whether the scorecards that a preset names are installed and published."""
    from probierz.instruments.queries import latest_published

    preset = presets.all_presets().get(preset_key, {})
    return all(latest_published(key) is not None for key in preset.get("channels", {}).values())


def categories_of(edition: Edition) -> list[tuple[Category, list[str]]]:
    """With the kinds of institutions by their Polish names."""
    labels = dict(Kind.choices)
    return [
        (category, [str(labels.get(kind, kind)) for kind in category.institution_kinds])
        for category in edition.categories.all()
    ]


def next_edition(editions: Iterable[Edition], day: date) -> dict[str, Any]:
    """What the form of a new edition begins with: the number after the newest, its call a year on."""
    newest = next(iter(editions), None)
    if newest is None:
        return {"year": day.year, "number": 1}
    found: dict[str, Any] = {"year": newest.year + 1, "number": newest.number + 1}
    call = rules.stage_of(newest, Stage.Kind.CALL)
    if call is not None:
        found["call_opens_on"] = a_year_on(call.opens_at.astimezone(WARSAW).date())
        found["call_closes_on"] = a_year_on(last_day_before(call.closes_at))
    return found


def a_year_on(day: date, years: int = 1) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
