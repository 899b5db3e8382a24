"""The tree that answers „skąd to?”."""

from __future__ import annotations

import pytest

from factories_audits import OverrideFactory
from factories_results import BEST, MIDDLING, POOR, calculated, finished_edition, measured
from probierz.results.explaining import explain
from probierz.results.models import Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def explained(edition):
    calculated(edition)
    return explain(Result.objects.get())


def test_what_channels_bring_adds_up_to_the_points(edition):
    measured(edition, MIDDLING)
    found = explained(edition)
    assert round(sum(channel.brings for channel in found.channels), 2) == float(found.result.points)


def test_every_audit_leads_to_its_page_and_its_items(edition):
    application = measured(edition, BEST)
    found = explained(edition)
    keys = {audit.key for channel in found.channels for audit in channel.audits}
    assert keys == {str(one.audit.key) for one in application.assignments.all()}
    leaves = [leaf.key for leaf in found.channels[0].audits[0].tree[0].branches]
    assert leaves == ["T1", "T2"]


def test_changed_marks_and_failed_critical_items_are_named(edition):
    application = measured(edition, POOR)
    audit = application.assignments.get(channel="phone").audit
    OverrideFactory(audit=audit, item_key="T3", was="1", now_is="2")
    phone = next(channel for channel in explained(edition).channels if channel.channel == "phone")
    assert (phone.audits[0].overridden, phone.audits[0].failed_critical) == (("T3",), ("T4",))


def test_an_institution_without_a_place_is_told_why(edition):
    measured(edition, BEST, channels=("phone",))
    found = explained(edition)
    assert (len(found.reasons), found.conditions, found.tone) == (4, [], "warn")
