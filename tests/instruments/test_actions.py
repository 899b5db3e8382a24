from __future__ import annotations

from datetime import date

import pytest

from factories_editions import office_user
from factories_instruments import InstrumentVersionFactory, ModelAnswerFactory, ScenarioFactory
from probierz.base.actions import PLATFORM
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.instruments import actions, definitions, loading
from probierz.instruments.models import Instrument, InstrumentVersion, Scenario

pytestmark = pytest.mark.django_db


def test_installing_twice_adds_nothing_the_second_time():
    first = actions.install_shipped_instruments(actor=PLATFORM)
    assert sorted(version.instrument.channel for version in first) == ["email", "phone", "social", "visit", "web"]
    assert Scenario.objects.count() == len(loading.scenarios())
    assert actions.install_shipped_instruments(actor=PLATFORM) == []
    assert InstrumentVersion.objects.count() == 5
    assert [entry.details["scenarios"] for entry in JournalEntry.objects.order_by("number")] == [
        len(loading.scenarios()),
        0,
    ]


def test_installing_leaves_the_offices_words_alone():
    actions.install_shipped_instruments(actor=PLATFORM)
    Scenario.objects.update(shipped_digest="0" * 64)
    Scenario.objects.filter(key=loading.scenarios()[0]["key"]).update(title="Nasz tytuł")
    actions.install_shipped_instruments(actor=PLATFORM)
    assert Scenario.objects.get(key=loading.scenarios()[0]["key"]).title == "Nasz tytuł"


def test_a_newer_shipped_wording_becomes_a_new_version_and_refreshes_untouched_scenarios():
    actions.install_shipped_instruments(actor=PLATFORM)
    scenario = Scenario.objects.get(key=loading.scenarios()[0]["key"])
    scenario.title = "Starszy tytuł"
    scenario.shipped_digest = actions._scenario_digest(scenario)
    scenario.save()
    InstrumentVersion.objects.filter(instrument__key="lzm-phone").update(digest="1" * 64)
    added = actions.install_shipped_instruments(actor=PLATFORM)
    assert [(version.instrument.key, version.number) for version in added] == [("lzm-phone", 2)]
    scenario.refresh_from_db()
    assert scenario.title == loading.scenarios()[0]["title"]


def test_a_copy_is_a_draft_under_its_own_key():
    source = InstrumentVersionFactory()
    draft = actions.copy_instrument(version=source, key="nasz-telefon", title="Nasz telefon", actor=office_user())
    assert (draft.is_draft, draft.definition["key"], draft.definition["title"]) == (
        True,
        "nasz-telefon",
        "Nasz telefon",
    )
    assert draft.instrument.copied_from == source.instrument


def test_a_draft_is_edited_and_published():
    user, source = office_user(), InstrumentVersionFactory()
    draft = actions.start_version(instrument=source.instrument, actor=user)
    changed = definitions.with_head(draft.definition, {"title": "Telefon 2026"})
    saved = actions.save_definition(version=draft, definition=changed, revision=0, change="nagłówek", actor=user)
    published = actions.publish_version(version=saved, revision=1, actor=user)
    assert (published.number, published.state) == (2, "published")
    assert published.digest != source.digest
    assert Instrument.objects.get().title == "Telefon 2026"
    verbs = list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["instrument-version.started", "instrument-version.edited", "instrument-version.published"]


def test_the_second_of_two_browsers_is_told():
    user, draft = office_user(), InstrumentVersionFactory(draft=True)
    actions.save_definition(version=draft, definition=draft.definition, revision=0, change="x", actor=user)
    with pytest.raises(actions.StaleRevision) as refusal:
        actions.save_definition(version=draft, definition=draft.definition, revision=0, change="y", actor=user)
    assert refusal.value.revision == 1


def test_a_published_version_never_changes():
    version = InstrumentVersionFactory()
    with pytest.raises(NotAllowed) as refusal:
        actions.save_definition(version=version, definition={}, revision=0, change="x", actor=office_user())
    assert refusal.value.code == "published"


def test_what_is_not_valid_or_not_new_is_not_published():
    user, source = office_user(), InstrumentVersionFactory()
    draft = actions.start_version(instrument=source.instrument, actor=user)
    actions.publish_version(
        version=actions.save_definition(
            version=draft,
            definition=definitions.with_head(draft.definition, {"title": "Nowa"}),
            revision=0,
            change="x",
            actor=user,
        ),
        revision=1,
        actor=user,
    )
    again = actions.start_version(instrument=source.instrument, actor=user)
    with pytest.raises(NotAllowed) as refusal:
        actions.publish_version(version=again, revision=0, actor=user)
    assert refusal.value.code == "no-change"
    broken = definitions.without_item(definitions.without_section(again.definition, "rozmowa"), "T1")
    actions.save_definition(version=again, definition=broken, revision=0, change="x", actor=user)
    with pytest.raises(NotAllowed) as refusal:
        actions.publish_version(version=again, revision=1, actor=user)
    assert refusal.value.code == "not-valid"


def test_an_observer_changes_nothing():
    version = InstrumentVersionFactory()
    with pytest.raises(NotAllowed):
        actions.start_version(instrument=version.instrument, actor=office_user(role="observer"))
    assert InstrumentVersion.objects.count() == 1


def test_a_discarded_first_draft_takes_its_scorecard_with_it():
    draft = InstrumentVersionFactory(draft=True)
    actions.discard_draft(version=draft, actor=office_user())
    assert Instrument.objects.count() == 0


def test_an_application_by_email_is_refused():
    values = {"title": "X", "channels": ["email"], "form": "application"}
    with pytest.raises(NotAllowed) as refusal:
        actions.save_scenario(scenario=None, key="x", values=values, revision=0, actor=office_user())
    assert refusal.value.code == "application-by-email"


def test_a_scenario_is_changed_by_one_browser_at_a_time():
    user, scenario = office_user(), ScenarioFactory()
    values = {"title": "Nowy tytuł", "channels": ["phone"], "form": "question"}
    actions.save_scenario(scenario=scenario, key=scenario.key, values=values, revision=0, actor=user)
    with pytest.raises(actions.StaleRevision):
        actions.save_scenario(scenario=scenario, key=scenario.key, values=values, revision=0, actor=user)
    scenario.refresh_from_db()
    assert (scenario.title, scenario.revision) == ("Nowy tytuł", 1)


def test_model_answers_come_and_go_but_one_stays():
    user, first = office_user(), ModelAnswerFactory()
    values = {"points": [{"point": "Bezpłatnie"}], "valid_from": date(2026, 1, 1), "valid_until": None}
    second = actions.save_model_answer(scenario=first.scenario, answer=None, values=values, actor=user)
    actions.remove_model_answer(answer=first, actor=user)
    with pytest.raises(NotAllowed) as refusal:
        actions.remove_model_answer(answer=second, actor=user)
    assert refusal.value.code == "last-answer"
