from __future__ import annotations

import pytest

from factories_applications import ApplicationFactory
from probierz.applications import exports
from probierz.applications.models import Application

pytestmark = pytest.mark.django_db


def test_no_cell_is_a_live_formula():
    ApplicationFactory(institution__name='=HYPERLINK("https://zly.example")')
    head, line = exports.applications_csv(Application.objects.all()).decode("utf-8-sig").splitlines()
    assert head.startswith("Numer;Instytucja;Rodzaj;NIP")
    assert line.split(";")[1].startswith("\"'=HYPERLINK")


def test_a_completion_term_is_in_polish_time():
    application = ApplicationFactory(in_completion=True)
    application.completion_requests.update(due_at="2025-11-04T23:00:00+00:00")
    line = exports.applications_csv(Application.objects.all()).decode("utf-8-sig").splitlines()[1]
    assert line.split(";")[9] == "2025-11-05 00:00:00"
