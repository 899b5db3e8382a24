"""Calculating is daily work; sealing and publishing are not."""

from __future__ import annotations

import pytest

from factories_editions import office_user
from factories_results import calculated, finished_edition, measured
from probierz.results import actions, rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "codes"), [("coordinator", ["", ""]), ("operator", ["", "not-coordinator"])])
def test_roles(role, codes):
    edition = finished_edition()
    measured(edition)
    calculation = calculated(edition)
    user = office_user(edition, role=role)
    assert [rules.can_calculate(user, edition).code, rules.can_seal(user, calculation).code] == codes


def test_the_order_of_the_acts():
    edition = finished_edition()
    measured(edition)
    coordinator = office_user(edition)
    calculation = calculated(edition, coordinator)
    assert rules.can_publish(coordinator, edition).code == "not-sealed"
    actions.seal(calculation=calculation, actor=coordinator)
    assert rules.can_seal(coordinator, calculation).code == "sealed"
    actions.publish(edition=edition, actor=coordinator)
    assert rules.can_publish(coordinator, edition).code == "published"
    assert rules.can_seal(coordinator, calculation).code == "published"
    assert rules.can_queue_reports(coordinator, edition).code == ""
    assert rules.can_queue_reports(office_user(edition, role="observer"), edition).code == "observer"
