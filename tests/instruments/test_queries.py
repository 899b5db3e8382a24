from __future__ import annotations

from datetime import date

import pytest

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_instruments import InstrumentFactory, InstrumentVersionFactory, ModelAnswerFactory, ScenarioFactory
from probierz.instruments import queries

pytestmark = pytest.mark.django_db


def test_only_the_office_sees_scorecards_and_scenarios():
    version, scenario = InstrumentVersionFactory(), ScenarioFactory()
    office, stranger = office_user(), UserFactory()
    assert list(queries.instruments_visible_to(office)) == [version.instrument]
    assert list(queries.versions_visible_to(office)) == [version]
    assert list(queries.scenarios_visible_to(office)) == [scenario]
    assert queries.instruments_visible_to(stranger).count() == 0
    assert queries.versions_visible_to(stranger).count() == 0
    assert queries.scenarios_visible_to(stranger).count() == 0


def test_an_edition_may_use_published_versions_of_its_channel():
    phone = InstrumentVersionFactory()
    InstrumentVersionFactory(instrument=phone.instrument, number=2, draft=True)
    InstrumentVersionFactory(instrument__channel="visit")
    assert list(queries.published_versions("phone")) == [phone]
    assert queries.latest_published(phone.instrument.key) == phone


def test_a_copy_follows_the_scorecard_it_came_from():
    source = InstrumentVersionFactory()
    second = InstrumentVersionFactory(instrument=source.instrument, number=2)
    copy = InstrumentVersionFactory(instrument=InstrumentFactory(copied_from=source.instrument), draft=True)
    assert queries.version_before(second) == source
    assert queries.version_before(copy) == second
    assert queries.version_before(source) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), "stara"),
        (date(2025, 6, 30), "stara"),
        (date(2025, 7, 1), "nowa"),
        (date(2030, 1, 1), "nowa"),
    ],
)
def test_the_right_answer_is_that_of_the_day(day, expected):
    scenario = ScenarioFactory()
    ModelAnswerFactory(scenario=scenario, points=[{"point": "stara"}], valid_until=date(2025, 6, 30))
    ModelAnswerFactory(scenario=scenario, points=[{"point": "nowa"}], valid_from=date(2025, 7, 1))
    answer = queries.model_answer_on(scenario, day)
    assert (answer and answer.points[0]["point"]) == expected


def test_a_later_answer_takes_over_before_the_earlier_ends():
    scenario = ScenarioFactory()
    ModelAnswerFactory(scenario=scenario)
    later = ModelAnswerFactory(scenario=scenario, valid_from=date(2025, 7, 1))
    assert queries.model_answer_on(scenario, date(2025, 8, 1)) == later


def test_scenarios_fit_by_kind_channel_and_a_valid_answer():
    fitting = ModelAnswerFactory(scenario__institution_kinds=["gmina"]).scenario
    for_all = ModelAnswerFactory().scenario
    ModelAnswerFactory(scenario__institution_kinds=["biblioteka"])
    ModelAnswerFactory(scenario__channels=["web"])
    ModelAnswerFactory(scenario__is_active=False)
    ModelAnswerFactory(valid_until=date(2024, 12, 31))
    found = queries.scenarios_fitting("gmina", "phone", date(2025, 11, 12))
    assert {scenario.key for scenario in found} == {fitting.key, for_all.key}


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2025, 11, 22), ("ends", 10)),
        (date(2025, 12, 12), ("ends", 30)),
        (date(2025, 12, 13), ("good", 0)),
        (None, ("good", 0)),
        (date(2025, 11, 11), ("missing", 0)),
    ],
)
def test_an_answer_that_ends_soon_is_told_ahead(until, state):
    scenario = ModelAnswerFactory(valid_until=until).scenario
    assert queries.answer_state(scenario, date(2025, 11, 12)) == state


def test_an_answer_with_a_follower_does_not_end():
    scenario = ModelAnswerFactory(valid_until=date(2025, 11, 20)).scenario
    ModelAnswerFactory(scenario=scenario, valid_from=date(2025, 11, 21))
    assert queries.answer_state(scenario, date(2025, 11, 12)) == ("good", 0)


def test_scenarios_are_searched():
    user = office_user()
    dog = ScenarioFactory(title="Podatek od psa", channels=["email"])
    ScenarioFactory(title="Dowód dziecka", is_active=False)
    assert queries.scenarios_matching(user, text="psa") == [dog]
    assert queries.scenarios_matching(user, channel="email") == [dog]
    assert queries.scenarios_matching(user, active="tak") == [dog]


def test_facts_are_in_words():
    facts = queries.scenario_facts(ScenarioFactory(institution_kinds=["gmina"], life_situations=["kierowca"]))
    assert facts == {"channels": ["telefon", "wizyta"], "kinds": ["gmina"], "situations": ["Właściciel samochodu"]}


def test_the_list_in_the_order_of_channels():
    version = InstrumentVersionFactory()
    draft = InstrumentVersionFactory(instrument=version.instrument, number=2, draft=True)
    InstrumentVersionFactory(instrument__channel="visit")
    visit, phone = queries.rows_of(queries.instruments_visible_to(office_user()))
    assert visit["instrument"].channel == "visit"
    assert (phone["newest"], phone["draft"], phone["items"]) == (version, draft, 6)
