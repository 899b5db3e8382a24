"""Who sees which applications, and what is found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories_accounts import UserFactory
from factories_applications import ApplicationFactory, ApplicationFileFactory, CompletionRequestFactory
from factories_editions import CategoryFactory, EditionFactory, office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from probierz.applications import queries
from probierz.base.clock import now

pytestmark = pytest.mark.django_db


def test_applications_are_visible_to_their_office_and_their_institution():
    application = ApplicationFactory()
    ApplicationFactory()
    representative = RepresentativeFactory(institution=application.institution)
    lapsed = RepresentativeFactory(institution=application.institution, is_active=False)
    office = office_user(application.edition)
    assert list(queries.applications_visible_to(representative.user)) == [application]
    assert list(queries.applications_visible_to(office)) == [application]
    assert list(queries.applications_visible_to(lapsed.user)) == []
    assert list(queries.applications_visible_to(UserFactory())) == []
    assert list(queries.applications_of_representative(office)) == []
    assert list(queries.applications_in_office(office, application.edition)) == [application]
    assert list(queries.applications_in_office(representative.user, application.edition)) == []


def test_who_competes():
    edition = EditionFactory(call_open=True)
    accepted = ApplicationFactory(edition=edition, accepted=True)
    ApplicationFactory(edition=edition, submitted=True)
    ApplicationFactory(accepted=True)
    assert list(queries.accepted_applications(edition)) == [accepted]


def test_overdue_is_by_the_clock():
    application = ApplicationFactory(in_completion=True)
    due_at = application.completion_requests.get().due_at
    mine = queries.applications_in_office(office_user(application.edition), application.edition)
    assert list(queries.overdue_applications(mine, due_at - timedelta(milliseconds=1))) == []
    assert len(queries.overdue_applications(mine, due_at)) == 1
    CompletionRequestFactory(application=application, due_at=now() - timedelta(days=1))
    assert queries.overdue_count(application.edition) == 1
    assert list(queries.matching(mine, state="overdue")) == [application]


def test_counts_by_state():
    edition = EditionFactory(call_open=True)
    ApplicationFactory.create_batch(2, edition=edition)
    ApplicationFactory(edition=edition, rejected=True)
    ApplicationFactory()
    counted = queries.counts_by_state(edition)
    assert (counted["draft"], counted["rejected"], counted["accepted"]) == (2, 1, 0)


def test_who_is_written_to():
    application = ApplicationFactory(institution__email="urzad@gmina.example")
    assert queries.contact_addresses(application) == ["urzad@gmina.example"]
    RepresentativeFactory(institution=application.institution, user__email="anna@gmina.example")
    RepresentativeFactory(institution=application.institution, is_active=False)
    application.edition.form_definition["sections"][0]["fields"] += [
        {"key": "contact_email", "label": "E-mail", "kind": "email"},
        {"key": "email_kontakt", "label": "E-mail", "kind": "email"},
        {"key": "email", "label": "Ogólny", "kind": "email"},
    ]
    application.answers |= {"contact_email": "Jan@gmina.example", "email_kontakt": "zly@", "email": "o@gmina.example"}
    assert queries.contact_addresses(application) == ["anna@gmina.example", "jan@gmina.example"]


def test_the_category_is_suggested_by_the_institutions_kind():
    edition = EditionFactory(call_open=True)
    CategoryFactory(edition=edition, institution_kinds=["powiat"])
    everyone = CategoryFactory(edition=edition, institution_kinds=[])
    gminy = CategoryFactory(edition=edition, institution_kinds=["gmina"])
    assert queries.suggested_category(edition, InstitutionFactory(kind="gmina")) == gminy
    assert queries.suggested_category(edition, InstitutionFactory(kind="tbs")) == everyone
    assert queries.suggested_category(EditionFactory(), InstitutionFactory()) is None


def test_only_open_public_calls_are_offered():
    open_now = EditionFactory(call_open=True)
    EditionFactory(calendar=True)
    EditionFactory(call_open=True, is_public=False)
    assert queries.editions_open_for_entry() == [open_now]


def test_a_live_application_takes_the_institutions_place():
    application = ApplicationFactory()
    edition, institution = application.edition, application.institution
    free = InstitutionFactory()
    assert queries.live_application(edition, institution) == application
    assert list(queries.institutions_without_application(edition)) == [free]
    gone = ApplicationFactory(edition=edition, rejected=True)
    assert queries.live_application(edition, gone.institution) is None


def test_files_now_and_before():
    application = ApplicationFactory()
    old = ApplicationFileFactory(application=application, replaced_at=now())
    new = ApplicationFileFactory(application=application)
    attached = ApplicationFileFactory(application=application, kind="attachment")
    assert queries.signed_files(application) == [new, old]
    assert {file.pk for file in queries.current_files(application)} == {new.pk, attached.pk}


def test_there_is_something_to_confirm_only_after_sending():
    application = ApplicationFactory()
    sent = ApplicationFactory(submitted=True)
    user = RepresentativeFactory(institution=application.institution).user
    RepresentativeFactory(institution=sent.institution, user=user)
    assert list(queries.numbered_of_representative(user)) == [sent]
    assert queries.submitted_by(sent) == ""
    assert queries.last_change(sent.edition) == sent
    assert queries.formal_check_of(sent) is None
