"""A mystery client is nobody to everyone but the office: with data present that could leak."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from factories_accounts import UserFactory
from factories_editions import office_user
from factories_institutions import RepresentativeFactory
from factories_jury import planned_edition, proposed_plan
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.jury import actions
from probierz.jury.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    edition = planned_edition(institutions=2, jurors=3)
    plan = proposed_plan(edition)
    actions.publish_plan(plan=plan, revision=0, actor=office_user(edition))
    for row in Assignment.objects.all():
        if not row.juror.declarations.filter(institution=row.application.institution).exists():
            actions.declare(assignment=row, is_free=True, actor=row.juror.user)
    return edition


def secrets_of(edition):
    rows = Assignment.objects.filter(application__edition=edition).select_related("juror__user")
    return {text for row in rows for text in (row.juror.name, row.juror.email, row.juror.pseudonym, str(row.key))}


def plain_pages(prefix):
    """The pages of an audience that need no key."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == prefix:
            for entry in pattern.url_patterns:
                if getattr(entry, "name", None) and "<" not in str(entry.pattern):
                    yield "/" + prefix + str(entry.pattern)


def test_no_page_of_an_institution_betrays_its_jurors(client, published):
    secrets = secrets_of(published)
    application = published.applications.first()
    client.force_login(RepresentativeFactory(institution=application.institution).user)
    pages = [*plain_pages("panel/"), reverse("panel-application", kwargs={"key": application.key})]
    assert len(pages) > 2
    for url in pages:
        text = client.get(url, follow=True).content.decode()
        assert [secret for secret in secrets if secret in text] == []


def test_mail_to_jurors_names_no_institution_and_mail_to_institutions_no_juror(published):
    jurors = set(published.programme.jurors.values_list("email", flat=True))
    places = {row.institution.name for row in published.applications.select_related("institution")}
    for mail in OutgoingMail.objects.all():
        words = mail.subject + mail.body
        if mail.to in jurors:
            assert [name for name in places if name in words] == []
        else:
            assert [secret for secret in secrets_of(published) if secret in words] == []


def test_the_journal_ties_no_entry_of_the_jury_to_an_institution(published):
    entries = JournalEntry.objects.filter(verb__regex=r"^(juror|impartiality|conflict|allocation)\.")
    assert entries.count() > 3
    assert set(entries.values_list("institution_key", flat=True)) == {""}


def test_a_juror_sees_neither_another_jurors_work_nor_the_undeclared(client, published):
    mine = Assignment.objects.first()
    theirs = Assignment.objects.exclude(juror=mine.juror).exclude(
        application__in=Assignment.objects.filter(juror=mine.juror).values("application")
    )
    client.force_login(mine.juror.user)
    text = client.get(reverse("jury-declarations")).content.decode()
    others = {juror.name for juror in published.programme.jurors.exclude(pk=mine.juror_id)}
    assert [name for name in others if name in text] == []
    assert [row for row in theirs if row.application.institution.name in text] == []


def test_somebody_without_a_role_sees_nothing(client, published):
    client.force_login(UserFactory())
    assert client.get(reverse("jury-declarations")).status_code == 404
    assert client.get(reverse("office-jurors")).status_code == 404
