"""The mark goes with an active licence only, and says why not otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_awards import AwardFactory, LicenceFactory, expired_licence
from factories_editions import office_user
from probierz.awards import rules
from probierz.awards.models import Licence
from probierz.base.clock import end_of, held_at, start_of, today

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "mark", "paper"),
    [
        ("active", "", ""),
        ("suspended", "licence-suspended", "licence-suspended"),
        ("withdrawn", "licence-withdrawn", "licence-withdrawn"),
    ],
)
def test_what_a_state_allows(state, mark, paper):
    licence = LicenceFactory(state=state)
    assert (rules.can_use_mark(licence).code, rules.can_have_certificate(licence).code) == (mark, paper)


def test_an_expired_licence_keeps_its_paper_and_loses_its_mark():
    licence = expired_licence()
    assert (rules.can_use_mark(licence).code, rules.can_have_certificate(licence).code) == ("licence-expired", "")


def test_the_mark_waits_for_the_first_day():
    licence = LicenceFactory(valid_from=today() + timedelta(days=1))
    assert rules.can_use_mark(licence).code == "licence-not-yet"


def test_a_licence_holds_to_the_end_of_its_last_day():
    licence = LicenceFactory()
    with held_at(end_of(licence.valid_until) - timedelta(milliseconds=1)):
        assert rules.can_use_mark(licence)
    with held_at(start_of(licence.valid_until + timedelta(days=1))):
        assert rules.can_use_mark(licence).code == "licence-expired"


@pytest.mark.parametrize("role", ["operator", "observer"])
def test_only_the_coordinator_changes_a_licence(role):
    licence = LicenceFactory()
    user = office_user(licence.edition, role=role)
    verdicts = [rules.can_suspend(user, licence), rules.can_withdraw(user, licence)]
    assert [verdict.code for verdict in verdicts] == ["not-coordinator"] * 2
    assert rules.can_take_back(user, AwardFactory(application__edition=licence.edition)).code == "not-coordinator"


def test_what_may_follow_what():
    licence = LicenceFactory(state=Licence.State.SUSPENDED)
    user = office_user(licence.edition)
    allowed = [bool(rule(user, licence)) for rule in (rules.can_suspend, rules.can_restore, rules.can_withdraw)]
    assert allowed == [False, True, True]
