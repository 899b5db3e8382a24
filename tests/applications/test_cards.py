"""The office's checklist says by itself what the platform can tell."""

from __future__ import annotations

import pytest
from django.utils.functional import Promise

from factories_applications import ApplicationFactory, ready_application
from factories_editions import EditionFactory, office_user
from probierz.applications import actions, cards
from probierz.applications.models import Application
from probierz.applications.readiness import Readiness
from probierz.base.clock import today

pytestmark = pytest.mark.django_db


def hints(application: Application) -> dict[str, str]:
    return {point["key"]: point["hint"] for point in cards.points(Readiness(application), None)}


def test_hints_of_a_complete_application():
    application = ready_application(submitted=True)
    told = hints(application)
    assert told["in-time"] == "w terminie"
    assert told["complete"] == "brak uwag"
    assert told["declared"] == "komplet"
    assert told["staff"] == f"{today():%d.%m.%Y}"
    assert told["same"] == "dokumentu nie pobrano z systemu: proszę porównać"
    assert told["signed"] == "Bez podpisu elektronicznego (skan lub zwykły plik)"


def test_hints_of_one_that_lacks_everything():
    told = hints(ApplicationFactory(answers={}))
    assert (told["in-time"], told["same"], told["staff"]) == ("–", "–", "–")
    assert (told["complete"], told["signed"]) == ("są braki", "brak podpisanego zgłoszenia")


def test_hints_of_a_changed_and_of_a_paper_one():
    application = ready_application()
    application.files.update(form_digest="0" * 64)
    assert hints(application)["same"] == "formularz zmieniono po pobraniu dokumentu do podpisu"
    paper = ready_application(is_entered_by_office=True, received_on=today())
    assert hints(paper)["in-time"] == f"na papierze, wpłynęło {today():%d.%m.%Y}"


def test_the_request_is_proposed_from_unmet_points():
    application = ready_application(submitted=True)
    office = office_user(application.edition)
    assert cards.proposed_request(application) == ""
    actions.mark_formal_point(application=application, point="declared", verdict="unmet", actor=office)
    proposed = cards.proposed_request(application)
    assert not isinstance(proposed, Promise)
    assert proposed == "– Proszę złożyć brakujące oświadczenia."


def test_the_numbers_over_the_list_lead_to_it():
    edition = EditionFactory(call_open=True)
    ApplicationFactory(edition=edition, submitted=True)
    ApplicationFactory(edition=edition, in_completion=True).completion_requests.update(due_at="2020-01-01T00:00Z")
    stats = cards.stats(edition)
    assert [(stat["value"], stat["url"]) for stat in stats] == [
        (1, "?state=submitted"),
        (1, "?state=completion"),
        (1, "?state=overdue"),
        (0, "?state=accepted"),
        (0, "?state=draft"),
        (0, ""),
    ]
