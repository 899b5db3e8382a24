"""The news goes to those who represent, or to the general address."""

from __future__ import annotations

import pytest

from factories_institutions import RepresentativeFactory
from factories_results import finished_edition, measured, published, representative_of
from probierz.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_each_representative_is_told_once_and_one_who_left_is_not():
    edition = finished_edition()
    application = measured(edition, email="ogolny@gmina.example")
    users = [representative_of(application), representative_of(application)]
    RepresentativeFactory(institution=application.institution, is_active=False)
    published(edition)
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(user.email for user in users)


def test_an_institution_without_any_address_stops_nothing():
    edition = finished_edition()
    measured(edition, email="")
    assert published(edition).is_public
    assert OutgoingMail.objects.count() == 0
