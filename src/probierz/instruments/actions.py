"""Changes of scorecards and scenarios."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assay.canonical import digest
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.base.wording import in_polish
from probierz.instruments import definitions, loading, queries, rules, wording
from probierz.instruments.models import Instrument, InstrumentVersion, ModelAnswer, Scenario

_SCENARIO_FIELDS = (
    *("title", "channels", "institution_kinds", "form", "role", "question", "steps", "do_not", "life_situations"),
)


@dataclass(frozen=True)
class ShippedSet:
    """What comes with the product, as the journal names it."""

    key: str = "shipped"

    def __str__(self) -> str:
        return "Arkusze i scenariusze dostarczone z programem"


class StaleRevision(NotAllowed):
    """Somebody else saved in the meantime."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            "stale",
            _(
                "Ktoś zmienił tę treść w innej karcie lub na innym komputerze. Nic z tego, co Państwo wpisali, nie "
                "przepadło: proszę porównać i zapisać jeszcze raz."
            ),
        )
        self.revision = revision


@action
def install_shipped_instruments(*, actor: Actor) -> list[InstrumentVersion]:
    """Install what comes with the product, or bring it up to date; what the office wrote itself is left alone."""
    rules.can_edit(actor).require()
    versions = [_install_scorecard(definition) for definition in loading.scorecards()]
    scenarios = sum(_install_scenario(entry) for entry in loading.scenarios())
    added = [version for version in versions if version is not None]
    record(
        actor=actor,
        verb="instruments.installed",
        subject=ShippedSet(),
        versions=[f"{version.instrument.key}/{version.number}" for version in added],
        scenarios=scenarios,
    )
    return added


def _install_scorecard(definition: dict[str, Any]) -> InstrumentVersion | None:
    instrument, _created = Instrument.objects.get_or_create(
        key=definition["key"],
        defaults={"title": definition["title"], "channel": definition["channel"], "created_at": now()},
    )
    if instrument.versions.filter(digest=digest(definition)).exists():
        return None
    version = InstrumentVersion(
        instrument=instrument, number=_next_number(instrument), definition=deepcopy(definition), created_at=now()
    )
    return _published(version)


def _install_scenario(entry: dict[str, Any]) -> bool:
    """True when the scenario was added or refreshed."""
    wording_now = {name: entry.get(name, []) for name in _SCENARIO_FIELDS}
    fresh = digest(wording_now)
    scenario = Scenario.objects.filter(key=entry["key"]).first()
    if scenario is None:
        scenario = Scenario(key=entry["key"])
    elif scenario.shipped_digest in {"", fresh} or _scenario_digest(scenario) != scenario.shipped_digest:
        return False
    for name, value in wording_now.items():
        setattr(scenario, name, value)
    scenario.shipped_digest = fresh
    scenario.save()
    ModelAnswer.objects.get_or_create(
        scenario=scenario,
        valid_from=entry["valid_from"],
        defaults={"points": entry["model_answer"], "valid_until": entry.get("valid_until")},
    )
    return True


def _scenario_digest(scenario: Scenario) -> str:
    return digest({name: getattr(scenario, name) for name in _SCENARIO_FIELDS})


@action
def copy_instrument(*, version: InstrumentVersion, key: str, title: str, actor: Actor) -> InstrumentVersion:
    """A new scorecard that begins as a draft with another's wording."""
    rules.can_edit(actor).require()
    instrument = Instrument.objects.create(
        key=key,
        title=title,
        channel=version.instrument.channel,
        copied_from=version.instrument,
        created_at=now(),
    )
    definition = definitions.with_head(version.definition, {"key": key, "title": title})
    draft = InstrumentVersion.objects.create(instrument=instrument, number=1, definition=definition, created_at=now())
    record(actor=actor, verb="instrument.copied", subject=instrument, source=in_polish(str)(version))
    return draft


@action
def start_version(*, instrument: Instrument, actor: Actor) -> InstrumentVersion:
    """A draft of the next version, with the words of the newest published one."""
    locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
    rules.can_start_version(actor, list(locked.versions.all())).require()
    newest = locked.versions.filter(state=InstrumentVersion.State.PUBLISHED).order_by("-number").first()
    if newest is None:
        raise NotAllowed("nothing-published", _("Ten arkusz nie ma jeszcze opublikowanej wersji."))
    draft = InstrumentVersion.objects.create(
        instrument=locked, number=_next_number(locked), definition=deepcopy(newest.definition), created_at=now()
    )
    record(actor=actor, verb="instrument-version.started", subject=draft)
    return draft


@action
def save_definition(
    *, version: InstrumentVersion, definition: dict[str, Any], revision: int, change: str, actor: Actor
) -> InstrumentVersion:
    """Keep a changed draft. `revision` is the one that was edited: a later one means that two people edit at once."""
    locked = _locked(version)
    rules.can_edit_version(actor, locked).require()
    if locked.revision != revision:
        raise StaleRevision(locked.revision)
    locked.definition = {**definition, "key": locked.instrument.key, "channel": locked.instrument.channel}
    locked.revision += 1
    locked.save(update_fields=["definition", "revision"])
    record(actor=actor, verb="instrument-version.edited", subject=locked, change=change, revision=locked.revision)
    return locked


@action
def publish_version(*, version: InstrumentVersion, revision: int, actor: Actor) -> InstrumentVersion:
    """Make a draft final. It can be used by editions from now on and never changes again."""
    locked = _locked(version)
    rules.can_edit_version(actor, locked).require()
    if locked.revision != revision:
        raise StaleRevision(locked.revision)
    problem = definitions.problem_of(locked.definition)
    if problem is not None:
        place = problem.item or problem.section
        raise NotAllowed("not-valid", f"{place}: {wording.refusal(problem.reason)}")
    before = queries.version_before(locked)
    if (
        before is not None
        and before.instrument_id == locked.instrument_id
        and before.digest == digest(locked.definition)
    ):
        raise NotAllowed("no-change", _("Ta wersja niczym się nie różni od poprzedniej. Nie ma czego publikować."))
    _published(locked)
    instrument = locked.instrument
    instrument.title = locked.definition["title"]
    instrument.save(update_fields=["title"])
    record(actor=actor, verb="instrument-version.published", subject=locked, digest=locked.digest)
    return locked


@action
def discard_draft(*, version: InstrumentVersion, actor: Actor) -> Instrument:
    """Throw a draft away; a scorecard that never had another version goes with it."""
    locked = _locked(version)
    rules.can_edit_version(actor, locked).require()
    instrument = locked.instrument
    record(actor=actor, verb="instrument-version.discarded", subject=locked)
    locked.delete()
    if not instrument.versions.exists():
        instrument.delete()
    return instrument


@action
def save_scenario(
    *, scenario: Scenario | None, key: str, values: dict[str, Any], revision: int, actor: Actor
) -> Scenario:
    """Create a scenario, or change one. What is unlawful in its channel is refused."""
    rules.can_edit(actor).require()
    rules.is_scenario_legal(values["form"], values["channels"]).require()
    if scenario is None:
        saved = Scenario(key=key)
    else:
        saved = Scenario.objects.select_for_update().get(pk=scenario.pk)
        if saved.revision != revision:
            raise StaleRevision(saved.revision)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.revision += 1
    saved.save()
    record(actor=actor, verb="scenario.edited" if scenario else "scenario.created", subject=saved)
    return saved


@action
def save_model_answer(
    *, scenario: Scenario, answer: ModelAnswer | None, values: dict[str, Any], actor: Actor
) -> ModelAnswer:
    """What a right answer says from a day to a day. The one that begins later takes over."""
    rules.can_edit(actor).require()
    saved = answer or ModelAnswer(scenario=scenario)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.save()
    record(
        actor=actor,
        verb="model-answer.saved",
        subject=scenario,
        valid_from=saved.valid_from.isoformat(),
        points=len(saved.points),
    )
    return saved


@action
def remove_model_answer(*, answer: ModelAnswer, actor: Actor) -> Scenario:
    rules.can_edit(actor).require()
    scenario = answer.scenario
    if scenario.model_answers.count() == 1:
        raise NotAllowed("last-answer", _("Scenariusz musi mieć przynajmniej jedną odpowiedź wzorcową."))
    record(actor=actor, verb="model-answer.removed", subject=scenario, valid_from=answer.valid_from.isoformat())
    answer.delete()
    return scenario


def _locked(version: InstrumentVersion) -> InstrumentVersion:
    return InstrumentVersion.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)


def _next_number(instrument: Instrument) -> int:
    newest = instrument.versions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _published(version: InstrumentVersion) -> InstrumentVersion:
    version.digest = digest(version.definition)
    version.state = InstrumentVersion.State.PUBLISHED
    version.published_at = now()
    version.save()
    return version
