"""What a plan is judged with: an earlier edition's spread when it is known, else the stated assumption."""

from __future__ import annotations

import pytest

from probierz.jury import variances
from probierz.jury.variances import ASSUMED, Spread, spread_for


@pytest.fixture
def sources(monkeypatch):
    known = []
    monkeypatch.setattr(variances, "_sources", known)
    return known


def test_the_assumption_is_nine_four_and_seven_points():
    assert (ASSUMED.institution, ASSUMED.juror, ASSUMED.residual, ASSUMED.source) == (9**2, 4**2, 7**2, "")
    assert ASSUMED.is_usable is True


def test_the_first_source_that_can_tell_is_believed(sources):
    found = Spread(36.0, 9.0, 64.0, "I edycja")
    for answer in (None, Spread(0.0, 9.0, 64.0, "na brzegu"), Spread(36.0, 9.0, 0.0, "bez reszty"), found):
        variances.register(lambda edition, answer=answer: answer)
    assert spread_for(None) == found
    assert found.as_dict() == {"institution": 36.0, "juror": 9.0, "residual": 64.0, "source": "I edycja"}


def test_without_a_source_the_assumption_holds(sources):
    assert spread_for(None) == ASSUMED
