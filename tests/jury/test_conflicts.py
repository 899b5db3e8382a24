"""A juror's word, and conflicts declared, detected, entered and lifted."""

from __future__ import annotations

import pytest

from factories_applications import ApplicationFactory
from factories_editions import office_user
from factories_jury import (
    AssignmentFactory,
    JurorFactory,
)
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.jury import actions
from probierz.jury.models import Assignment, Conflict

pytestmark = pytest.mark.django_db


def last_entry():
    return JournalEntry.objects.order_by("-number").first()


def test_a_free_word_opens_and_says_nothing_to_the_institutions_journal():
    assignment = AssignmentFactory(declared=False)
    word = actions.declare(assignment=assignment, is_free=True, actor=assignment.juror.user)
    assert word.is_free_of_conflict
    assert (last_entry().verb, last_entry().institution_key) == ("impartiality.declared", "")
    with pytest.raises(NotAllowed, match="already-declared"):
        actions.declare(assignment=assignment, is_free=False, relation="x", actor=assignment.juror.user)


def test_a_conflict_cancels_every_assignment_there_and_tells_the_office():
    first = AssignmentFactory(declared=False)
    second = AssignmentFactory(declared=False, juror=first.juror, application=first.application, channel="visit")
    elsewhere = AssignmentFactory(declared=False, juror=first.juror)
    office = office_user(first.application.edition)
    actions.declare(assignment=first, is_free=False, relation="Pracuje tam brat.", actor=first.juror.user)
    for row in (first, second, elsewhere):
        row.refresh_from_db()
    assert [row.state for row in (first, second, elsewhere)] == ["cancelled", "cancelled", "open"]
    assert Conflict.objects.get().note == "Pracuje tam brat."
    mail = OutgoingMail.objects.get()
    assert (mail.to, "brat" in mail.body) == (office.email, False)


def test_a_conflict_the_office_knows_of_cancels_too():
    assignment = AssignmentFactory()
    office = office_user(assignment.application.edition)
    actions.add_conflict(
        juror=assignment.juror,
        institution=assignment.application.institution,
        reason="other",
        note="Doniesienie.",
        actor=office,
    )
    assignment.refresh_from_db()
    assert assignment.state == Assignment.State.CANCELLED


def test_a_lifted_conflict_is_kept_and_not_detected_again():
    application = ApplicationFactory(accepted=True, institution__teryt="2213011")
    edition = application.edition
    JurorFactory(programme=edition.programme, teryt="2213011")
    office = office_user(edition)
    (conflict,) = actions.detect_conflicts(edition=edition, actor=office)
    actions.lift_conflict(conflict=conflict, reason="To siedziba powiatu, nie gminy.", actor=office)
    assert actions.detect_conflicts(edition=edition, actor=office) == []
    conflict.refresh_from_db()
    assert conflict.lifted_reason == "To siedziba powiatu, nie gminy."
