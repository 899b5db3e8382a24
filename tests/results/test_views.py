"""The room's pages: for the right people only, and never a word before its time."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pikepdf
import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assay import protocol as protocols
from factories_accounts import UserFactory
from factories_editions import office_user
from factories_jury import JurorFactory
from factories_results import (
    BEST,
    MIDDLING,
    POOR,
    add_audit,
    calculated,
    finished_edition,
    measured,
    published,
    representative_of,
)
from probierz.base.clock import now
from probierz.results import actions
from probierz.results.models import Calculation

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def here(edition, name, **more):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **more})


def entered(client, user):
    client.force_login(user)
    return client


def office_pages(edition, calculation, application):
    key = calculation.key
    return [
        here(edition, "office-results"),
        here(edition, "office-calculation", key=key),
        here(edition, "office-reports"),
        here(edition, "office-result", key=key, application=application.key),
        here(edition, "office-protocol", key=key),
        here(edition, "office-compare", key=key, other=key),
    ]


def test_the_office_sees_its_pages(client, edition):
    application = measured(edition)
    entered(client, office_user(edition))
    pages = office_pages(edition, calculated(edition), application)
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


def test_strangers_do_not(client, edition):
    application = measured(edition)
    pages = office_pages(edition, calculated(edition), application)
    strangers = [
        office_user(),
        representative_of(application),
        JurorFactory(programme=edition.programme).user,
        UserFactory(),
    ]
    for user in strangers:
        entered(client, user)
        assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302] * len(pages)


def test_an_empty_edition_says_what_to_do(client, edition):
    entered(client, office_user(edition))
    page = client.get(here(edition, "office-results"))
    assert "Nie ma jeszcze obliczenia" in page.content.decode()


def test_the_office_calculates_seals_and_publishes_in_the_browser(client, edition):
    measured(edition)
    entered(client, office_user(edition))
    client.post(here(edition, "office-calculate"), {"note": "pierwsze"})
    calculation = Calculation.objects.get()
    client.post(here(edition, "office-seal", key=calculation.key))
    sealed = client.get(here(edition, "office-results")).content.decode()
    assert ("Wyniki są zapieczętowane" in sealed, calculation.protocol_digest in sealed) == (True, True)
    client.post(here(edition, "office-publish"))
    calculation.refresh_from_db()
    page = client.get(here(edition, "office-results")).content.decode()
    assert (calculation.note, calculation.publication.is_public, "Gotowe: 0 z 1." in page) == ("pierwsze", True, True)
    assert client.post(here(edition, "office-reports-queue")).status_code == 302


def test_a_second_publication_is_refused(client, edition):
    measured(edition)
    coordinator = office_user(edition)
    published(edition, coordinator)
    entered(client, coordinator)
    assert client.post(here(edition, "office-publish")).status_code == 409


def test_an_observer_looks_and_changes_nothing(client, edition):
    measured(edition)
    calculation = calculated(edition)
    entered(client, office_user(edition, role="observer"))
    assert client.get(here(edition, "office-results")).status_code == 200
    assert client.post(here(edition, "office-calculate")).status_code == 409
    assert client.post(here(edition, "office-seal", key=calculation.key)).status_code == 409


def test_the_table_filters_and_sorts(client, edition):
    measured(edition, BEST, name="Gmina Żary")
    measured(edition, POOR, name="Gmina Łask")
    calculated(edition)
    entered(client, office_user(edition))

    def names(query):
        page = client.get(here(edition, "office-results") + query)
        return [row["result"].application.institution.name for row in page.context["rows"]]

    assert names("") == ["Gmina Żary", "Gmina Łask"]
    assert names("?sort=-miejsce") == ["Gmina Łask", "Gmina Żary"]
    assert names("?q=lask") == ["Gmina Łask"]
    assert names("?rozstrzygniecie=grant") == ["Gmina Żary"]
    assert names("?kategoria=nie-ma") == ["Gmina Żary", "Gmina Łask"]
    assert names("?q=nieznana") == []


def test_unapproved_audits_are_warned_of(client, edition):
    application = measured(edition)
    audit = application.assignments.first().audit
    audit.state = "submitted"
    audit.save()
    entered(client, office_user(edition))
    page = client.get(here(edition, "office-results")).content.decode()
    assert "Nie wszystkie audyty są zatwierdzone" in page


def test_a_result_explains_itself_down_to_the_item(client, edition):
    application = measured(edition, POOR)
    calculation = calculated(edition)
    entered(client, office_user(edition))
    page = client.get(here(edition, "office-result", key=calculation.key, application=application.key))
    text = re.sub(r"\s+", " ", page.content.decode())
    for words in (
        "Skąd te punkty",
        "Jak uprzejma była rozmowa?",
        "nieuprzejma",
        "Warunki licencji",
        "Punkty rankingowe",
    ):
        assert words in text


def test_two_calculations_are_compared_by_name(client, edition):
    application = measured(edition, BEST, name="Gmina Zmieniona")
    measured(edition, BEST, name="Gmina Stała")
    before = calculated(edition)
    add_audit(application, "visit", POOR)
    after = calculated(edition)
    entered(client, office_user(edition))
    page = client.get(here(edition, "office-compare", key=before.key, other=after.key))
    rows = {row["application"].institution.name: row["reasons"] for row in page.context["comparison"].rows}
    assert rows["Gmina Zmieniona"] == ["doszedł audyt"]
    same = client.get(here(edition, "office-compare", key=after.key, other=after.key))
    assert same.context["comparison"].difference["same"] is True


def test_the_downloaded_protocol_has_the_digest_it_promises(client, edition):
    measured(edition)
    calculation = calculated(edition)
    entered(client, office_user(edition))
    answer = client.get(here(edition, "office-protocol", key=calculation.key))
    found = protocols.verify(json.loads(answer.content))
    assert (found.is_valid, found.digest) == (True, calculation.protocol_digest)
    assert protocols.canonical(json.loads(answer.content)) == answer.content


def queries_of(client, page):
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_the_standings_cost_the_same_however_long(client, edition):
    measured(edition)
    entered(client, office_user(edition))
    one = calculated(edition)
    few = queries_of(client, here(edition, "office-calculation", key=one.key))
    for _more in range(2):
        measured(edition)
    three = calculated(edition)
    one.delete()
    assert queries_of(client, here(edition, "office-calculation", key=three.key)) == few


def test_my_results_cost_the_same_however_many(client, edition):
    application = measured(edition)
    user = representative_of(application)
    published(edition)
    entered(client, user)
    few = queries_of(client, reverse("panel-results"))
    for _more in range(2):
        other = finished_edition()
        again = measured(other)
        again.institution.representatives.create(user=user, since=now())
        published(other)
    assert queries_of(client, reverse("panel-results")) == few


def panel_pages(application):
    return [reverse(name, kwargs={"key": application.key}) for name in ("panel-result", "panel-report")]


@pytest.mark.parametrize("stage", ["nothing", "calculated", "sealed"])
def test_before_publication_an_institution_learns_nothing(client, edition, stage, run_jobs):
    application = measured(edition, BEST)
    user = representative_of(application)
    entered(client, user)
    empty = client.get(reverse("panel-results")).content
    coordinator = office_user(edition)
    if stage != "nothing":
        calculation = calculated(edition, coordinator)
    if stage == "sealed":
        actions.seal(calculation=calculation, actor=coordinator)
    run_jobs()
    assert [client.get(page).status_code for page in panel_pages(application)] == [404, 404]
    without_nonce = re.compile(rb'(nonce|content|datetime|value|data-[a-z-]+)="[^"]*"')
    seen = client.get(reverse("panel-results")).content
    assert without_nonce.sub(b"", seen) == without_nonce.sub(b"", empty)
    client.logout()
    assert client.get(here(edition, "public-protocol")).status_code == 404


def test_after_publication_an_institution_sees_its_own_result_only(client, edition, run_jobs):
    mine, other = measured(edition, MIDDLING, name="Gmina Moja"), measured(edition, BEST, name="Gmina Cudza")
    entered(client, representative_of(mine))
    published(edition)
    run_jobs()
    assert [client.get(page).status_code for page in panel_pages(mine)] == [200, 200]
    assert [client.get(page).status_code for page in panel_pages(other)] == [404, 404]
    pages = [client.get(reverse("panel-results")), client.get(panel_pages(mine)[0])]
    assert ["Gmina Cudza" in page.content.decode() for page in pages] == [False, False]


def secrets_of(application):
    """Everything an institution must not read about who came, and when."""
    found = []
    for assignment in application.assignments.select_related("juror__user", "audit", "scenario"):
        juror, audit = assignment.juror, assignment.audit
        found += [juror.name, juror.email, juror.pseudonym, str(juror.key), juror.user.name, juror.user.email]
        found += [str(audit.key), str(assignment.key), assignment.scenario.title, assignment.scenario.key]
        local = audit.contact_at
        found += [f"{local:%H:%M}", f"{local:%H.%M}", f"{local + timedelta(hours=1):%H:%M}"]
        found += [f"{local + timedelta(hours=2):%H:%M}"]
    return found


def test_neither_page_nor_file_says_who_came_or_when(client, edition, run_jobs):
    application = measured(edition, MIDDLING, remark="Byłem 14 listopada o godz. 10.15, pisał Jan.")
    for assignment in application.assignments.all():
        # Early, so that the hour of contact is not the hour of the test.
        assignment.audit.contact_at = now().replace(hour=3, minute=7) - timedelta(days=20)
        assignment.audit.save()
    published(edition)
    run_jobs()
    entered(client, representative_of(application))
    page = client.get(panel_pages(application)[0]).content.decode()
    answer = client.get(panel_pages(application)[1])
    heading = answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        written = " ".join(str(value) for value in document.docinfo.values()) + str(document.open_metadata())
    everything = page + heading + written
    assert [secret for secret in secrets_of(application) if secret in everything] == []
    assert [words for words in ("14 listopada", "10.15") if words in page] == []


@pytest.mark.parametrize(("told", "shown"), [(True, True), (False, False)])
def test_points_and_places_are_told_as_the_rules_allow(client, edition, told, shown):
    edition.rulebook["published"]["points_to_institution"] = told
    edition.rulebook["published"]["place_to_institution"] = told
    edition.save()
    application = measured(edition, BEST)
    published(edition)
    entered(client, representative_of(application))
    page = client.get(panel_pages(application)[0]).content.decode()
    assert ["punktów rankingowych" in page, "miejsce w\u00a0kategorii" in page] == [shown, shown]


def test_a_report_is_not_there_before_it_is_made(client, edition):
    application = measured(edition)
    published(edition)
    entered(client, representative_of(application))
    assert client.get(panel_pages(application)[1]).status_code == 404
    assert "właśnie powstaje" in client.get(panel_pages(application)[0]).content.decode()


def test_the_panel_is_closed_to_others(client, edition):
    application = measured(edition)
    published(edition)
    pages = [reverse("panel-results"), *panel_pages(application)]
    for user in (office_user(edition), JurorFactory(programme=edition.programme).user, UserFactory()):
        entered(client, user)
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


def test_anybody_downloads_the_published_protocol_and_verifies_it(client, edition):
    application = measured(edition, name="Gmina Poznawalna")
    publication = published(edition)
    answer = client.get(here(edition, "public-protocol"))
    assert protocols.verify(json.loads(answer.content)).is_valid
    assert answer["ETag"] == f'"{publication.calculation.protocol_digest}"'
    assert "Poznawalna" not in answer.content.decode()
    assert [secret for secret in secrets_of(application) if secret in answer.content.decode()] == []
    again = client.get(here(edition, "public-protocol"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_hidden_edition_publishes_no_protocol(client, edition):
    measured(edition)
    published(edition)
    edition.is_public = False
    edition.save()
    assert client.get(here(edition, "public-protocol")).status_code == 404
