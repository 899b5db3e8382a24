"""The border zone: seen, one more audit in one click, then decided."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assay import protocol as protocols
from factories_accounts import UserFactory
from factories_audits import AuditFactory
from factories_editions import office_user
from factories_jury import JurorFactory
from factories_results import MIDDLING, calculated, crossed, guarded_edition, representative_of
from probierz.awards.queries import waiting_for_licence
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.jury.models import Assignment, Juror
from probierz.results import actions, queries, rules
from probierz.results.models import Calculation, Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    found = guarded_edition()
    crossed(found)
    return found


def here(edition, name, **more):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **more})


def first(calculation):
    return calculation.results.select_related("application").first()


def click(client, edition, calculation, result):
    url = here(edition, "office-extra-audit", key=calculation.key, application=result.application.key)
    return client.post(url)


def test_the_border_is_a_state_of_its_own(client, edition):
    calculated(edition)
    client.force_login(office_user(edition))
    page = client.get(here(edition, "office-results") + "?rozstrzygniecie=border")
    assert (page.context["summary"].border, page.context["summary"].granted) == (8, 0)
    assert {row["result"].decision for row in page.context["rows"]} == {"border"}
    assert page.content.decode().count("Zleć dodatkowy audyt") == 8


def test_one_click_sends_a_juror_who_has_not_been_there(client, edition, run_jobs):
    calculation = calculated(edition)
    result = first(calculation)
    been = set(result.application.assignments.values_list("juror", flat=True))
    client.force_login(office_user(edition))
    outbox.outbox.clear()
    assert click(client, edition, calculation, result).status_code == 302
    run_jobs()
    made = Assignment.objects.get(is_extra=True)
    assert (made.application, made.juror_id in been, made.state) == (result.application, False, "open")
    assert made.channel == "visit"
    assert [message.to for message in outbox.outbox] == [[made.juror.email]]
    assert result.application.institution.name not in outbox.outbox[0].body
    entry = JournalEntry.objects.latest("pk")
    assert (entry.verb, str(made.juror.name) in str(entry.details)) == ("audit.extra-ordered", False)


def test_a_second_click_changes_nothing(client, edition):
    calculation = calculated(edition)
    client.force_login(office_user(edition))
    answers = [click(client, edition, calculation, first(calculation)).status_code for _ in range(2)]
    assert (answers, Assignment.objects.filter(is_extra=True).count()) == ([302, 409], 1)


def test_strangers_and_observers_send_nobody(client, edition):
    calculation = calculated(edition)
    result = first(calculation)
    strangers = [office_user(), representative_of(result.application), Juror.objects.first().user, UserFactory()]
    for user in strangers:
        client.force_login(user)
        assert click(client, edition, calculation, result).status_code == 404
    client.force_login(office_user(edition, role="observer"))
    assert click(client, edition, calculation, result).status_code == 409
    assert Assignment.objects.filter(is_extra=True).count() == 0


def finish(application):
    made = Assignment.objects.get(application=application, is_extra=True, audit=None)
    return AuditFactory(assignment=made, approved=True, marks=MIDDLING, comments={})


def test_from_the_border_to_a_decision(client):
    edition = guarded_edition(guarded={"grant": "0.95", "refuse": "0.05", "extra_audits": 1})
    crossed(edition)
    office = office_user(edition)
    client.force_login(office)
    before = calculated(edition, office)
    application = first(before).application
    assert click(client, edition, before, first(before)).status_code == 302
    finish(application)
    after = actions.calculate(edition=edition, actor=office)
    result = Result.objects.get(calculation=after, application=application)
    condition = result.detail["summary"]["conditions"][0]
    chance = Fraction(result.detail["summary"]["estimates"]["p_threshold"])
    assert (result.detail["extra"], result.audits, condition["required"]) == (1, 4, "0.5")
    assert result.decision == ("grant" if chance >= Fraction(1, 2) else "refuse")
    assert protocols.verify(after.protocol).is_valid
    kept = {entry["key"]: entry.get("extra") for entry in after.protocol["institutions"]}
    assert [one for one in kept.values() if one] == [kept[result.pseudonym]] == [1]
    others = after.results.exclude(pk=result.pk).values_list("decision", flat=True)
    assert set(others) == {"border"}
    page = client.get(here(edition, "office-result", key=after.key, application=application.key))
    assert "border" not in page.context


def test_an_approved_extra_audit_asks_to_be_counted(edition):
    office = office_user(edition)
    calculation = calculated(edition, office)
    result = first(calculation)
    assert queries.border_of(result).verdict
    juror = JurorFactory(programme=edition.programme)
    AuditFactory(
        assignment=Assignment.objects.create(
            application=result.application,
            juror=juror,
            channel="phone",
            opens_at=calculation.made_at,
            closes_at=calculation.made_at,
            created_at=calculation.made_at,
            is_extra=True,
        ),
        approved=True,
        marks=MIDDLING,
        comments={},
    )
    assert queries.border_of(result).verdict.code == "not-counted"


def test_only_the_newest_calculation_sends_anybody(edition):
    office = office_user(edition)
    old = calculated(edition, office)
    calculated(edition, office)
    assert rules.can_order_extra(office, old).code == "old-calculation"


def test_without_a_free_juror_it_says_what_would_mend_it(client, edition):
    calculation = calculated(edition)
    Juror.objects.update(max_audits=1)
    client.force_login(office_user(edition))
    result = first(calculation)
    page = click(client, edition, calculation, result)
    answer = client.get(page.url).content.decode()
    assert ("Nikt z jury nie może teraz pójść" in answer, "z pełnym obciążeniem" in answer) == (True, True)
    assert ("Pomoże większa liczba audytów" in answer, Assignment.objects.filter(is_extra=True).exists()) == (
        True,
        False,
    )


def test_border_never_becomes_a_licence(edition):
    office = office_user(edition)
    calculation = calculated(edition, office)
    actions.seal(calculation=calculation, actor=office)
    edition.stages.filter(kind="announcement").update(opens_at=calculation.made_at)
    actions.publish(edition=edition, actor=office)
    assert waiting_for_licence(edition) == []
    with pytest.raises(NotAllowed):
        rules.can_order_extra(office, calculation).require()


def test_channels_go_from_the_least_audited_to_the_heaviest(edition):
    result = first(calculated(edition))
    assert queries.channels_for_extra(result) == ["visit", "email", "phone"]
    result.detail["audits"] = [entry for entry in result.detail["audits"] if entry["channel"] != "phone"]
    assert queries.channels_for_extra(result) == ["phone", "visit", "email"]
    result.detail["without"] = ["phone"]
    assert queries.channels_for_extra(result) == ["visit", "email"]


def test_the_list_costs_the_same_for_one_and_for_many(client):
    counts = []
    for institutions in (3, 9):
        found = guarded_edition()
        crossed(found, institutions)
        calculated(found)
        client.force_login(office_user(found))
        client.get(here(found, "office-results"))
        with CaptureQueriesContext(connection) as caught:
            client.get(here(found, "office-results"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_office_sees_who_was_there_and_how_strict(client, edition):
    calculation = calculated(edition)
    result = first(calculation)
    client.force_login(office_user(edition))
    page = client.get(here(edition, "office-result", key=calculation.key, application=result.application.key))
    lines = page.context["explanation"].jurors
    stated = {entry["key"]: entry for entry in calculation.protocol["outcome"]["severity"]["jurors"]}
    mine = [entry for entry in calculation.protocol["audits"] if entry["institution"] == result.pseudonym]
    expected = sorted(float(stated[entry["juror"]]["severity"]) for entry in mine)
    assert [float(line.severity) for line in lines] == pytest.approx(expected, abs=1e-9)
    assert all(line.juror.name in page.content.decode() for line in lines)


def test_an_old_calculation_opens_without_estimates(client, edition):
    calculation = calculated(edition)
    for one in calculation.results.all():
        one.detail["summary"].pop("estimates")
        one.detail.pop("official")
        one.detail.pop("extra")
        one.save()
    Calculation.objects.update(certainty={})
    client.force_login(office_user(edition))
    pages = [
        here(edition, "office-results"),
        here(edition, "office-result", key=calculation.key, application=first(calculation).application.key),
    ]
    for url in pages:
        page = client.get(url)
        assert "Tego obliczenia nie objęto analizą niepewności" in page.content.decode()
        assert "chart" not in page.context
