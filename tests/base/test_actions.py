import pytest

from factories_base import Somebody, Thing
from probierz.base.actions import JournalBroken, action, draft, record
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed, no

pytestmark = pytest.mark.django_db


@action
def touch(*, actor, times: int = 1):
    for _ in range(times):
        record(actor=actor, verb="things.touch", subject=Thing())
    return "touched"


@action
def touch_within(*, actor):
    record(actor=actor, verb="things.outer", subject=Thing())
    return touch(actor=actor)


@action
def refuse(*, actor):
    record(actor=actor, verb="things.refuse", subject=Thing())
    no("closed", "Zamknięte.").require()


@draft
def keep(*, actor):
    return "kept"


def test_an_action_returns_its_object_and_leaves_one_entry():
    assert touch(actor=Somebody()) == "touched"
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize("times", [0, 2])
def test_an_action_with_no_entry_or_two_is_rolled_back(times):
    with pytest.raises(JournalBroken):
        touch(actor=Somebody(), times=times)
    assert JournalEntry.objects.count() == 0


def test_an_action_inside_an_action_is_refused_and_nothing_stays():
    with pytest.raises(JournalBroken):
        touch_within(actor=Somebody())
    assert JournalEntry.objects.count() == 0


def test_a_refusal_rolls_back_and_names_its_code():
    with pytest.raises(NotAllowed) as refusal:
        refuse(actor=Somebody())
    assert refusal.value.code == "closed"
    assert JournalEntry.objects.count() == 0


def test_an_entry_outside_an_action_is_refused():
    with pytest.raises(JournalBroken):
        record(actor=Somebody(), verb="things.touch", subject=Thing())


def test_a_draft_leaves_no_entry():
    assert keep(actor=Somebody()) == "kept"
    assert JournalEntry.objects.count() == 0


def test_actions_take_keywords_only():
    with pytest.raises(TypeError):
        touch(Somebody())
