"""Load, compute, store: the same inputs give the same outcome; the salt alone changes the names."""

from __future__ import annotations

import pytest

from assay import protocol as protocols
from factories_results import MIDDLING, POOR, finished_edition, measured
from probierz.results import computing, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def inputs():
    edition = finished_edition()
    measured(edition, MIDDLING)
    measured(edition, POOR)
    return queries.inputs_of(edition, queries.applications_in(edition))


def test_the_same_inputs_and_salt_give_the_same_protocol(inputs):
    one, other = computing.compute(inputs, b"sol"), computing.compute(inputs, b"sol")
    assert protocols.canonical(one.protocol) == protocols.canonical(other.protocol)
    assert one.digest == protocols.digest(one.protocol)


def test_the_order_of_audits_does_not_matter(inputs):
    turned = computing.Inputs(
        inputs.rulebook, inputs.scorecards, inputs.audits[::-1], inputs.categories, inputs.without, inputs.extra
    )
    assert computing.compute(inputs, b"sol").digest == computing.compute(turned, b"sol").digest


def test_another_salt_changes_names_and_no_number(inputs):
    one, other = computing.compute(inputs, b"sol"), computing.compute(inputs, b"pieprz")
    points = [
        {key: found.outcome.institutions[name].published for key, name in found.pseudonyms.items()}
        for found in (one, other)
    ]
    assert points[0] == points[1]
    assert set(one.pseudonyms.values()) & set(other.pseudonyms.values()) == set()


def test_the_way_back_leads_to_every_audit(inputs):
    found = computing.compute(inputs, b"sol")
    assert sorted(found.audit_keys.values()) == sorted(audit["key"] for audit in inputs.audits)
