from datetime import UTC, date, datetime

import pytest

from factories_base import Somebody, Thing
from probierz.base import clock, queries
from probierz.base.actions import action, record

pytestmark = pytest.mark.django_db


@action
def do(*, actor, verb):
    return record(actor=actor, verb=verb, subject=Thing())


@pytest.fixture
def two_days():
    with clock.held_at(datetime(2025, 10, 24, 21, 59, 59, tzinfo=UTC)):
        last = do(actor=Somebody(), verb="applications.submit")
    with clock.held_at(datetime(2025, 10, 24, 22, 0, tzinfo=UTC)):
        late = do(actor=Somebody(journal_name="Jan Inny"), verb="applications.withdraw")
    return last, late


def test_the_journal_is_filtered_by_polish_days(two_days):
    last, late = two_days
    assert list(queries.journal_entries(until=date(2025, 10, 24))) == [last]
    assert list(queries.journal_entries(since=date(2025, 10, 25))) == [late]


def test_the_journal_is_filtered_by_who_and_what(two_days):
    last, late = two_days
    assert list(queries.journal_entries(text="inny")) == [late]
    assert list(queries.journal_entries(verb="applications.s")) == [last]
    assert list(queries.journal_entries(text="rzecz")) == [late, last]


def test_the_life_of_one_thing(two_days):
    assert list(queries.entries_about(Thing())) == list(two_days)
