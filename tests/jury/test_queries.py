"""Who sees which assignments."""

from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory, proposed_plan
from probierz.jury import queries
from probierz.jury.models import Assignment, Juror

pytestmark = pytest.mark.django_db


def test_a_juror_sees_their_own_published_assignments_only():
    mine = AssignmentFactory()
    AssignmentFactory(juror=mine.juror, application=AssignmentFactory().application, state=Assignment.State.PLANNED)
    assert list(queries.assignments_visible_to(mine.juror.user)) == [mine]


def test_the_office_sees_the_assignments_of_its_programmes():
    here, _elsewhere = AssignmentFactory(), AssignmentFactory()
    office = office_user(here.application.edition)
    assert list(queries.assignments_visible_to(office)) == [here]


def test_an_institution_sees_no_assignment_of_itself():
    assignment = AssignmentFactory()
    representative = RepresentativeFactory(institution=assignment.application.institution)
    assert list(queries.assignments_visible_to(representative.user)) == []
    assert list(queries.assignments_visible_to(UserFactory())) == []


def test_declared_assignments_leave_out_the_undeclared_and_the_conflicted():
    open_one = AssignmentFactory()
    juror, edition = open_one.juror, open_one.application.edition
    AssignmentFactory(juror=juror, application__edition=edition, declared=False)
    bound = AssignmentFactory(juror=juror, application__edition=edition)
    ConflictFactory(juror=juror, institution=bound.application.institution)
    assert list(queries.declared_assignments(juror)) == [open_one]


def test_a_user_is_a_juror_once_the_invitation_is_accepted():
    juror = JurorFactory(state=Juror.State.INVITED)
    assert not queries.is_juror(juror.user)
    juror.state = Juror.State.ACTIVE
    juror.save()
    assert queries.is_juror(juror.user)
    assert list(queries.juries_of(juror.user)) == [juror]
    assert list(queries.juries_of(office_user(EditionFactory()))) == []


def test_pseudonyms_follow_each_other_and_are_never_given_twice():
    programme = EditionFactory().programme
    assert queries.next_pseudonym(programme) == "J-01"
    JurorFactory(programme=programme, pseudonym="J-09")
    JurorFactory(programme=programme, pseudonym="Wrona")
    JurorFactory(pseudonym="J-55")
    assert queries.next_pseudonym(programme) == "J-10"


def test_one_institution_waits_for_one_word():
    first = AssignmentFactory(declared=False)
    AssignmentFactory(juror=first.juror, application=first.application, channel="visit", declared=False)
    given = AssignmentFactory(juror=first.juror)
    bound = AssignmentFactory(juror=first.juror, declared=False)
    ConflictFactory(juror=first.juror, institution=bound.application.institution)
    AssignmentFactory(juror=first.juror, declared=False, state=Assignment.State.CANCELLED)
    assert queries.waiting_words(first.juror.user) == [first]
    assert [word.institution for word in queries.given_words(first.juror.user)] == [given.application.institution]


def test_the_public_jury_is_those_who_agreed():
    named = JurorFactory(is_public=True)
    JurorFactory(programme=named.programme)
    JurorFactory(programme=named.programme, is_public=True, state=Juror.State.RESTING)
    assert list(queries.public_jury(named.programme)) == [named]


def test_only_the_office_sees_plans_and_jurors():
    plan = proposed_plan()
    juror = plan.edition.programme.jurors.first()
    assert list(queries.plans_visible_to(juror.user)) == []
    assert list(queries.jurors_visible_to(juror.user)) == []
    office = office_user(plan.edition)
    assert list(queries.plans_visible_to(office)) == [plan]
    assert queries.current_plan(plan.edition) == plan
