"""Audits in every state for tests, filled with the small scorecard of the instruments' factories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from factories_editions import EditionChannelFactory
from factories_jury import AssignmentFactory
from probierz.audits.models import Audit, Override
from probierz.base.clock import now
from probierz.editions.models import Edition
from probierz.jury.models import Assignment

FULL = {"T1": "yes", "T2": "12", "T3": "3", "T4": "yes", "T5": "na", "T6": "Rozmowa rzeczowa."}
COMMENTS = {"T5": "Sprawę załatwiono bez przełączania."}


def open_assignment(edition: Edition, **fields: Any) -> Assignment:
    """An assignment of the edition whose channel has its scorecard."""
    channel = fields.setdefault("channel", "phone")
    if not edition.channels.filter(channel=channel).exists():
        EditionChannelFactory(edition=edition, channel=channel)
    return AssignmentFactory(application__edition=edition, juror__programme=edition.programme, **fields)


class AuditFactory(DjangoModelFactory):
    """Being filled, nothing marked yet. Traits: `filled`, `submitted`, `returned`, `approved`."""

    class Meta:
        model = Audit

    class Params:
        filled = factory.Trait(
            marks=factory.LazyFunction(lambda: dict(FULL)),
            comments=factory.LazyFunction(lambda: dict(COMMENTS)),
            item_revisions=factory.LazyFunction(lambda: dict.fromkeys(FULL, 1)),
            revision=len(FULL),
            contact_at=factory.LazyFunction(lambda: now() - timedelta(hours=5)),
            due_at=factory.LazyFunction(lambda: now() + timedelta(hours=43)),
        )
        submitted = factory.Trait(
            filled=True,
            state=Audit.State.SUBMITTED,
            submitted_at=factory.LazyFunction(now),
            filling_seconds=240,
            assignment__state=Assignment.State.DONE,
        )
        returned = factory.Trait(filled=True, state=Audit.State.RETURNED, return_reason="Proszę opisać rozmowę.")
        approved = factory.Trait(submitted=True, state=Audit.State.APPROVED, decided_at=factory.LazyFunction(now))

    assignment = factory.SubFactory(AssignmentFactory)
    version = factory.LazyAttribute(lambda audit: _version(audit.assignment))
    started_at = factory.LazyFunction(lambda: now() - timedelta(hours=4))
    saved_at = factory.LazyFunction(lambda: now() - timedelta(hours=4))


class OverrideFactory(DjangoModelFactory):
    class Meta:
        model = Override

    audit = factory.SubFactory(AuditFactory, submitted=True)
    item_key = "T4"
    was = "yes"
    now_is = "no"
    reason = "Wzorzec mówi inaczej."
    made_at = factory.LazyFunction(now)


def _version(assignment: Assignment) -> Any:
    edition = assignment.application.edition
    used = edition.channels.filter(channel=assignment.channel).first()
    return (used or EditionChannelFactory(edition=edition, channel=assignment.channel)).version
