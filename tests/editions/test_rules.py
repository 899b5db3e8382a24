from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factories_accounts import UserFactory
from factories_editions import EditionFactory, office_user
from probierz.base.actions import PLATFORM
from probierz.base.rules import NotAllowed
from probierz.editions import rules

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "closes_at",
    [
        datetime(2024, 9, 27, 22, 0, tzinfo=UTC),  # 27 September 2024, 24.00 in Warsaw
        datetime(2025, 10, 24, 22, 0, tzinfo=UTC),  # 24 October 2025, 24.00 in Warsaw
    ],
)
def test_the_last_millisecond_is_in_and_the_next_is_late(closes_at):
    edition = EditionFactory(calendar=True)
    edition.stages.filter(kind="call").update(opens_at=closes_at - timedelta(days=30), closes_at=closes_at)
    edition = type(edition).objects.get(pk=edition.pk)
    assert rules.can_act_in(edition, "call", closes_at - MILLISECOND).allowed is True
    assert rules.can_act_in(edition, "call", closes_at).code == "stage-closed"


def test_lateness_is_told_to_the_millisecond():
    edition = EditionFactory(calendar=True)
    with pytest.raises(NotAllowed) as refusal:
        rules.require_stage(edition, "call", datetime(2025, 10, 24, 22, 0, 0, 7000, tzinfo=UTC))
    message = str(refusal.value.message).replace("\u00a0", " ")
    assert message == (
        "Etap „nabór zgłoszeń” trwał do 24 października 2025 r., godz. 24.00. "
        "Serwer odebrał to 25 października 2025 r., godz. 00:00:00,007, czyli po terminie."
    )


def test_before_the_opening_one_is_told_when():
    edition = EditionFactory(calendar=True)
    verdict = rules.can_act_in(edition, "fieldwork", datetime(2025, 10, 1, tzinfo=UTC))
    assert verdict.code == "stage-not-open"
    assert "10\u00a0listopada 2025" in str(verdict.message)


def test_a_stage_that_is_not_there_is_not_open():
    assert rules.can_act_in(EditionFactory(), "call").code == "no-stage"


def test_who_may_do_what():
    edition = EditionFactory()
    coordinator, operator, observer = (office_user(edition, role) for role in ("coordinator", "operator", "observer"))
    other = office_user(EditionFactory())
    assert [rules.can_run(user, edition).code for user in (coordinator, operator, observer, other)] == [
        "",
        "",
        "observer",
        "not-office",
    ]
    assert [rules.can_decide(user, edition).allowed for user in (coordinator, operator, observer, other)] == [
        True,
        False,
        False,
        False,
    ]
    assert rules.can_see_office(observer, edition).allowed is True
    assert rules.can_see_office(other, edition).allowed is False
    assert rules.can_run(PLATFORM, edition).allowed is True


def test_who_may_open_an_edition():
    edition = EditionFactory()
    assert rules.can_open_edition(office_user(edition), edition.programme).allowed is True
    assert rules.can_open_edition(office_user(edition, "operator"), edition.programme).allowed is False
    assert rules.can_open_edition(office_user(), None).allowed is True
    assert rules.can_open_edition(UserFactory(), None).code == "not-office"
    assert rules.can_open_edition(UserFactory(is_superuser=True), None).allowed is True


def test_the_rules_freeze_by_the_clock_when_fieldwork_opens():
    edition = EditionFactory(calendar=True)
    opening = edition.stages.get(kind="fieldwork").opens_at
    user = office_user(edition)
    assert rules.is_rulebook_frozen(edition, opening - MILLISECOND) is False
    assert rules.is_rulebook_frozen(edition, opening) is True
    assert rules.can_change_rulebook(user, edition, opening - MILLISECOND).allowed is True
    assert rules.can_change_rulebook(user, edition, opening).code == "rulebook-frozen"


def test_the_beginning_of_fieldwork_does_not_move_once_it_has_come():
    edition = EditionFactory(calendar=True)
    opening = edition.stages.get(kind="fieldwork").opens_at
    user = office_user(edition)
    assert rules.can_change_stage(user, edition, "fieldwork", opening - MILLISECOND).allowed is True
    assert rules.can_change_stage(user, edition, "fieldwork", opening).code == "fieldwork-began"
    assert rules.can_change_stage(user, edition, "gala", opening).allowed is True
    assert rules.can_change_stage(office_user(edition, "observer"), edition, "gala").code == "observer"
