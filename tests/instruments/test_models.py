from __future__ import annotations

from datetime import timedelta

import pytest

from factories_instruments import InstrumentVersionFactory, ScenarioFactory
from probierz.base.clock import now


@pytest.mark.django_db
def test_the_first_answer_freezes_a_version_for_good():
    version, first = InstrumentVersionFactory(), now()
    version.freeze(first)
    version.freeze(first + timedelta(hours=1))
    version.refresh_from_db()
    assert version.frozen_at == first


def test_a_scenario_names_its_channels():
    assert ScenarioFactory.build().channel_names == ["telefon", "wizyta"]
