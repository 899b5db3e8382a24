from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_instruments import InstrumentVersionFactory, ScenarioFactory
from probierz.base.actions import PLATFORM
from probierz.instruments import rules


@pytest.mark.parametrize(
    ("form", "channels", "code"),
    [
        ("question", ["email"], ""),
        ("public-information-request", ["email"], ""),
        ("application", ["email"], "application-by-email"),
        ("application", ["visit", "email"], "application-by-email"),
        ("application", ["visit"], ""),
    ],
)
def test_a_formal_application_does_not_go_by_email(form, channels, code):
    verdict = rules.is_scenario_legal(form, channels)
    assert (verdict.allowed, verdict.code) == (code == "", code)
    if code:
        assert "art. 63" in str(verdict.message)


@pytest.mark.django_db
def test_the_office_edits_and_an_observer_only_looks():
    assert rules.can_edit(office_user()).allowed is True
    assert rules.can_edit(office_user(role="operator")).allowed is True
    assert rules.can_edit(office_user(role="observer")).code == "observer"
    assert rules.can_see(office_user(role="observer")).allowed is True
    assert rules.can_edit(UserFactory()).code == "not-office"
    assert rules.can_edit(PLATFORM).allowed is True


@pytest.mark.django_db
def test_a_published_version_is_final():
    user = office_user()
    assert rules.can_edit_version(user, InstrumentVersionFactory()).code == "published"
    assert rules.can_edit_version(user, InstrumentVersionFactory(draft=True)).allowed is True


@pytest.mark.django_db
def test_one_draft_at_a_time():
    draft = InstrumentVersionFactory(draft=True)
    assert rules.can_start_version(office_user(), [draft]).code == "draft-exists"
    assert rules.can_start_version(office_user(), []).allowed is True


@pytest.mark.django_db
def test_a_scenario_of_the_factory_is_legal():
    scenario = ScenarioFactory()
    assert rules.is_scenario_legal(scenario.form, scenario.channels).allowed is True
