"""Who sees which assignments."""

from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_editions import EditionFactory, office_user
from factories_institutions import RepresentativeFactory
from factories_jury import AssignmentFactory, ConflictFactory, JurorFactory
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
