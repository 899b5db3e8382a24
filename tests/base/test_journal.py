from datetime import datetime

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories_base import Somebody, Thing
from probierz.base import clock, journal
from probierz.base.actions import action, record
from probierz.base.models import JournalEntry

pytestmark = pytest.mark.django_db


@action
def write(*, actor, **details):
    return record(actor=actor, verb="things.write", subject=Thing(), **details)


def fill(n: int) -> None:
    for number in range(n):
        write(actor=Somebody(), count=number, note="zażółć gęślą jaźń")


def test_an_empty_journal_is_whole():
    assert journal.verify_chain().is_whole


def test_entries_are_numbered_and_chained():
    fill(3)
    report = journal.verify_chain()
    assert (report.entries, report.broken_at, report.head) == (3, None, journal.head())
    assert list(JournalEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("verb", "things.other", "content"),
        ("actor_name", "Ktoś Inny", "content"),
        ("details", {"count": 99}, "content"),
        ("content_digest", "f" * 64, "content"),
        ("digest", "f" * 64, "link"),
    ],
)
def test_a_changed_entry_is_the_first_named(field, value, reason):
    fill(4)
    JournalEntry.objects.filter(number=2).update(**{field: value})
    report = journal.verify_chain()
    assert (report.broken_at, report.reason) == (2, reason)


def test_the_chain_holds_whatever_zone_the_clock_speaks():
    with clock.held_at(datetime(2025, 10, 24, 23, 59, 59, 5, tzinfo=clock.WARSAW)):
        fill(1)
    assert journal.verify_chain().is_whole


def test_a_removed_entry_is_missed():
    fill(4)
    JournalEntry.objects.filter(number=3).delete()
    report = journal.verify_chain()
    assert (report.broken_at, report.reason) == (3, "missing")


def test_an_erased_entry_leaves_the_chain_whole():
    fill(3)
    JournalEntry.objects.filter(number=2).update(salt="", actor_name="", actor_key="", subject_name="", details={})
    assert journal.verify_chain().is_whole


def test_the_command_says_whole_or_names_the_entry(capsys):
    fill(2)
    call_command("journal", "verify")
    assert capsys.readouterr().out == f"Dziennik jest cały: 2 wpisów, skrót ostatniego {journal.head()}.\n"
    JournalEntry.objects.filter(number=1).update(subject_name="Inna rzecz")
    with pytest.raises(SystemExit) as end:
        call_command("journal", "verify")
    assert end.value.code == 1
    assert (
        capsys.readouterr().err
        == "Dziennik jest przerwany na wpisie nr 1: treść wpisu nie zgadza się z jego skrótem.\n"
    )


class AnyChange(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(number=st.integers(1, 5), name=st.text(min_size=1, max_size=20))
    def test_any_change_of_a_name_is_found(self, number, name):
        JournalEntry.objects.all().delete()
        fill(5)
        entry = JournalEntry.objects.get(number=number)
        changed = name.replace("\x00", "") != entry.subject_name
        JournalEntry.objects.filter(number=number).update(subject_name=name.replace("\x00", ""))
        assert journal.verify_chain().is_whole is not changed
