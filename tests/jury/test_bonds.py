from __future__ import annotations

import pytest

from factories_applications import ApplicationFactory
from factories_jury import AssignmentFactory, JurorFactory
from probierz.base.models import OutgoingMail
from probierz.jury import bonds
from probierz.jury.models import Assignment, Conflict

pytestmark = pytest.mark.django_db


def test_a_conflict_found_late_cancels_what_was_published():
    assignment = AssignmentFactory(application__institution__teryt="2213011")
    juror = assignment.juror
    juror.teryt = "2213012"
    juror.save()
    found = bonds.detect(juror.programme, [juror])
    assignment.refresh_from_db()
    assert [conflict.reason for conflict in found] == ["home"]
    assert assignment.state == Assignment.State.CANCELLED
    assert bonds.detect(juror.programme, [juror]) == []


def test_work_already_done_stays():
    assignment = AssignmentFactory(state=Assignment.State.DONE)
    conflict = Conflict.objects.create(
        juror=assignment.juror,
        institution=assignment.application.institution,
        source="office",
        reason="other",
        created_at=assignment.created_at,
    )
    assert bonds.cancel_assignments(conflict) == []
    assert OutgoingMail.objects.count() == 0


def test_institutions_out_of_play_are_not_searched():
    application = ApplicationFactory(withdrawn=True, institution__teryt="2213011")
    juror = JurorFactory(programme=application.edition.programme, teryt="2213011")
    assert bonds.detect(juror.programme, [juror]) == []
