"""A certificate is made once, however often it is asked for."""

from __future__ import annotations

import pytest

from factories_awards import LicenceFactory
from probierz.awards.jobs import make_certificate
from probierz.base.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_a_certificate_is_made_once():
    licence = LicenceFactory()
    assert [make_certificate.call(licence.pk) for _time in range(2)] == [True, False]
    assert JournalEntry.objects.filter(verb="certificate.made").count() == 1


def test_a_licence_that_is_gone_is_nobody_s_trouble():
    assert make_certificate.call(123456) is False
