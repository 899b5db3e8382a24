from __future__ import annotations

from datetime import timedelta

import pytest

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory, office_user
from probierz.applications.overview import overview_cards
from probierz.base.clock import now

pytestmark = pytest.mark.django_db


def test_the_organiser_sees_what_came_what_waits_and_what_is_late():
    edition = EditionFactory(call_open=True)
    user = office_user(edition)
    ApplicationFactory(edition=edition)
    ApplicationFactory(edition=edition, submitted=True)
    late = ApplicationFactory(edition=edition, in_completion=True)
    assert [card["value"] for card in overview_cards(edition, user)] == [2, 1]
    late.completion_requests.update(due_at=now() - timedelta(hours=1))
    cards = overview_cards(edition, user)
    assert [(card["title"], card["value"]) for card in cards] == [
        ("Zgłoszenia", 2),
        ("Do oceny formalnej", 1),
        ("Po terminie", 1),
    ]
    assert cards[2]["url"].endswith("/zgloszenia/?state=overdue")
