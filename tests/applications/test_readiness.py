"""What an application lacks, step by step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_applications import ApplicationFactory, ready_application
from probierz.applications.models import Application
from probierz.applications.readiness import Readiness, completion_days, content_digest, sections_of
from probierz.base.clock import today

pytestmark = pytest.mark.django_db


def test_an_empty_draft_lacks_everything():
    readiness = Readiness(ApplicationFactory(answers={}))
    assert (readiness.is_form_done, readiness.missing_in_form, readiness.next_step) == (False, 2, 0)
    assert readiness.faults == [
        "Formularz, część „Instytucja”: brakuje lub wymaga poprawy 2.",
        "Brakuje podpisanego zgłoszenia.",
        "Nie złożono wszystkich oświadczeń.",
        "Brakuje daty, kiedy poinformowano pracowników.",
    ]
    assert [field.key for field, _messages in readiness.sections[0].faulty] == ["nazwa", "opis"]


def test_a_full_draft_lacks_nothing():
    readiness = Readiness(ready_application())
    assert (readiness.is_complete, readiness.faults, readiness.next_step) == (True, [], 3)
    assert (readiness.sections[0].filled, readiness.sections[0].total) == (2, 3)


def test_an_invalid_answer_counts_as_lacking_even_when_optional():
    readiness = Readiness(ready_application(answers={"nazwa": "A", "opis": "B", "www": "nie adres"}))
    assert readiness.missing_in_form == 1


def test_optional_declarations_are_optional():
    application = ready_application()
    application.edition.declarations = [*application.edition.declarations, {"key": "x", "text": "X", "required": False}]
    assert Readiness(application).missing_declarations == []


def test_the_form_may_ask_for_the_staff_date_itself():
    application = ApplicationFactory()
    assert Readiness(application).asks_staff_date is True
    application.edition.form_definition["sections"][0]["fields"].append(
        {"key": "staff_informed_on", "label": "Kiedy", "kind": "date"}
    )
    assert Readiness(application).asks_staff_date is False


def test_the_digest_is_of_what_is_signed():
    application = ApplicationFactory()
    before = content_digest(application)
    application.declarations = {"zasady": "2025-10-01"}
    assert content_digest(application) == before
    application.answers["opis"] = "inny"
    assert content_digest(application) != before


def test_the_term_of_completion_is_the_rulebooks():
    application = ApplicationFactory()
    assert completion_days(application) == 7
    application.edition.rulebook = {"fieldwork": {"completion_working_days": 3}}
    assert completion_days(application) == 3
    assert completion_days(Application(edition=type(application.edition)(rulebook={}))) == 7


def test_categories_are_offered_by_the_edition():
    application = ApplicationFactory()
    application.edition.form_definition["sections"][0]["fields"] = [
        {"key": "category", "label": "Kategoria", "kind": "choice", "choices_from": "edition.categories"}
    ]
    section = sections_of(application.edition)[0]
    assert section.fields[0].choices == ((application.category.key, application.category.name),)


def test_staff_cannot_have_been_told_tomorrow():
    application = ready_application()
    application.edition.form_definition["sections"][0]["fields"].append(
        {"key": "staff_informed_on", "label": "Kiedy", "kind": "date"}
    )
    for days, faulty in [(0, []), (1, ["staff_informed_on"])]:
        application.answers["staff_informed_on"] = (today() + timedelta(days=days)).isoformat()
        assert [field.key for field, _messages in Readiness(application).sections[0].faulty] == faulty
