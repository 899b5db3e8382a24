"""The journal says its verbs in words, and one it does not know as it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from factories_editions import office_user
from probierz.base import verbs
from probierz.base.actions import PLATFORM, action, record


@pytest.fixture
def kettle(monkeypatch):
    monkeypatch.setattr(verbs, "VERBS", {})
    verbs.register({"kettle.boiled": "Zagotowano wodę"})


def test_a_named_verb_and_an_unnamed_one(kettle):
    assert [verbs.in_words(verb) for verb in ("kettle.boiled", "kettle.lost")] == ["Zagotowano wodę", "kettle.lost"]


@pytest.mark.django_db
def test_the_journals_page_says_it(client, kettle):
    @action
    def boil(*, actor):
        record(actor=actor, verb="kettle.boiled", subject=PLATFORM)

    boil(actor=PLATFORM)
    client.force_login(office_user())
    assert "Zagotowano wodę" in client.get(reverse("office-journal")).content.decode()
