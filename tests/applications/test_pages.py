"""What the pages are put together from; the rest is tried through the pages themselves."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from factories_applications import ApplicationFactory
from factories_editions import EditionFactory
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.applications import pages
from probierz.base.clock import now

pytestmark = pytest.mark.django_db


def test_every_own_institution_is_offered_every_open_call():
    edition = EditionFactory(call_open=True)
    application = ApplicationFactory(edition=edition)
    free = InstitutionFactory()
    offers = pages.offers([edition], [application.institution, free])
    assert [(offer["institution"], offer["existing"]) for offer in offers] == [
        (application.institution, application),
        (free, None),
    ]


def test_autosave_ignores_what_is_not_in_the_form():
    representative = RepresentativeFactory()
    application = ApplicationFactory(institution=representative.institution)
    data = QueryDict("changed=f-obce&changed=state&f-obce=x&state=accepted&revision=0")
    status, answer = pages.autosave(application, data, representative.user, now())
    application.refresh_from_db()
    assert (status, answer["revision"], application.revision) == (200, "0", 0)
    assert application.state == "draft"


def test_a_ticked_box_in_conflict_is_shown_as_ticked():
    representative = RepresentativeFactory()
    application = ApplicationFactory(institution=representative.institution)
    application.edition.form_definition["sections"][0]["fields"].append(
        {"key": "zgoda", "label": "Zgoda", "kind": "checkbox"}
    )
    application.edition.save()
    on = QueryDict("changed=f-zgoda&f-zgoda=on&revision=0")
    pages.autosave(application, on, representative.user, now())
    off_from_an_old_page = QueryDict("changed=f-zgoda&revision=0")
    status, answer = pages.autosave(application, off_from_an_old_page, representative.user, now())
    assert status == 409
    assert answer["fields"] == {"f-zgoda": {"label": "Zgoda", "value": ["on"]}}


def test_answers_are_shown_in_the_order_of_the_form():
    application = ApplicationFactory()
    shown = pages.answers_in_words(application)
    assert [row["label"] for row in shown[0]["rows"]] == [
        "Pełna nazwa",
        "Jak obsługują Państwo mieszkańców",
        "Strona internetowa",
    ]
    assert shown[0]["rows"][0]["words"] == application.answers["nazwa"]
