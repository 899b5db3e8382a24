"""Calculate, seal, publish: once, in order, and never undone."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from assay import protocol as protocols
from factories_audits import OverrideFactory
from factories_editions import CategoryFactory, StageFactory, office_user
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
from probierz.base.clock import held_at, now
from probierz.base.models import JournalEntry, OutgoingMail
from probierz.base.rules import NotAllowed
from probierz.results.actions import calculating, publishing, reporting
from probierz.results.models import Calculation, Publication, RankingReport, Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def test_a_calculation_places_and_decides(edition):
    best = measured(edition, BEST)
    poor = measured(edition, POOR)
    middling = measured(edition, MIDDLING, category=CategoryFactory(edition=edition))
    measured(edition, BEST, channels=("phone",))
    found = calculated(edition)
    rows = {row.application_id: row for row in found.results.all()}
    assert [rows[one.pk].place for one in (best, middling, poor)] == [1, 2, 3]
    assert [rows[one.pk].category_place for one in (best, middling, poor)] == [1, 1, 2]
    assert rows[best.pk].points == Decimal(100)
    assert [rows[one.pk].decision for one in (best, poor)] == ["grant", "refuse"]
    assert sorted(row.decision for row in rows.values()).count("not-classified") == 1
    assert (found.audits_used, rows[best.pk].audits) == (10, 3)


def test_a_calculation_can_be_verified_by_anyone(edition):
    measured(edition, BEST)
    measured(edition, MIDDLING)
    found = Calculation.objects.get(pk=calculated(edition).pk)
    written = protocols.canonical(found.protocol)
    checked = protocols.verify(json.loads(written))
    assert (checked.is_valid, checked.differences, checked.digest) == (True, (), found.protocol_digest)


def test_the_protocol_names_nobody_and_knows_no_moment(edition):
    application = measured(edition, BEST, name="Gmina Poznawalna", remark="Napisałem to ja.")
    written = protocols.canonical(calculated(edition).protocol).decode()
    juror = application.assignments.first().juror
    audit = application.assignments.first().audit
    secrets = ["Poznawalna", str(application.key), application.number, juror.pseudonym, juror.name, str(juror.key)]
    secrets += [str(audit.key), "Napisałem", f"{audit.contact_at:%Y-%m-%d}", application.institution.nip]
    assert [secret for secret in secrets if secret in written] == []


def test_pseudonyms_are_new_in_every_calculation(edition):
    measured(edition, BEST)
    one, other = calculated(edition), calculated(edition)
    assert one.results.get().pseudonym != other.results.get().pseudonym
    jurors = [{entry["juror"] for entry in each.protocol["audits"]} for each in (one, other)]
    assert jurors[0] & jurors[1] == set()


def test_a_changed_mark_counts_and_both_stay_in_the_protocol(edition):
    application = measured(edition, BEST)
    audit = application.assignments.get(channel="phone").audit
    OverrideFactory(audit=audit, item_key="T4", was="yes", now_is="no", reason="Wzorzec mówi inaczej.")
    found = calculated(edition)
    changed = [entry for entry in found.protocol["audits"] if entry.get("overrides")]
    assert [entry["overrides"] for entry in changed] == [{"T4": {"from": "yes", "to": "no"}}]
    assert found.results.get().points < 100


def test_nothing_is_calculated_from_nothing(edition):
    with pytest.raises(NotAllowed) as refusal:
        calculated(edition)
    assert refusal.value.code == "no-audits"


def test_an_observer_does_not_calculate(edition):
    measured(edition)
    with pytest.raises(NotAllowed):
        calculating.calculate(edition=edition, actor=office_user(edition, role="observer"))


def test_frozen_rules_other_than_those_at_hand_are_refused(edition):
    measured(edition)
    edition.rulebook_digest, edition.rulebook_frozen_at = "0" * 64, now()
    edition.save()
    with pytest.raises(NotAllowed) as refusal:
        calculated(edition)
    assert refusal.value.code == "rules-changed"


def test_a_calculation_never_changes(edition):
    measured(edition)
    found = calculated(edition)
    found.note = "inna"
    with pytest.raises(RuntimeError):
        found.save()


def test_a_second_calculation_never_changes_a_published_one(edition):
    application = measured(edition, MIDDLING)
    coordinator = office_user(edition)
    publication = published(edition, coordinator)
    before = (publication.calculation_id, publication.calculation.protocol_digest, list(Result.objects.values()))
    add_audit(application, "visit", POOR)
    second = calculated(edition, coordinator)
    publication.refresh_from_db()
    after = list(Result.objects.filter(calculation=publication.calculation).values())
    assert (publication.calculation_id, publication.calculation.protocol_digest, after) == before
    assert second.results.get().points < publication.calculation.results.get().points
    with pytest.raises(NotAllowed) as refusal:
        publishing.seal(calculation=second, actor=coordinator)
    assert refusal.value.code == "published"
    with pytest.raises(NotAllowed):
        publishing.publish(edition=edition, actor=coordinator)


def test_before_publication_another_calculation_may_be_sealed(edition):
    measured(edition)
    coordinator = office_user(edition)
    first, second = calculated(edition, coordinator), calculated(edition, coordinator)
    publishing.seal(calculation=first, actor=coordinator)
    publishing.seal(calculation=second, actor=coordinator)
    assert Publication.objects.get().calculation == second
    digests = [
        entry.details["protocol"] for entry in JournalEntry.objects.filter(verb="results.sealed").order_by("number")
    ]
    assert digests == [first.protocol_digest, second.protocol_digest]


def test_results_are_sealed_only_after_the_fieldwork():
    edition = finished_edition()
    stage = edition.stages.get(kind="fieldwork")
    measured(edition)
    coordinator = office_user(edition)
    calculation = calculated(edition, coordinator)
    with held_at(stage.closes_at - timedelta(milliseconds=1)), pytest.raises(NotAllowed) as refusal:
        publishing.seal(calculation=calculation, actor=coordinator)
    assert refusal.value.code == "fieldwork-open"
    with held_at(stage.closes_at):
        publishing.seal(calculation=calculation, actor=coordinator)


def test_results_are_published_only_when_the_announcement_opens(edition):
    measured(edition)
    coordinator = office_user(edition)
    publishing.seal(calculation=calculated(edition, coordinator), actor=coordinator)
    opens_at = edition.stages.get(kind="announcement").opens_at
    with held_at(opens_at - timedelta(milliseconds=1)), pytest.raises(NotAllowed) as refusal:
        publishing.publish(edition=edition, actor=coordinator)
    assert refusal.value.code == "too-early"
    with held_at(opens_at):
        assert publishing.publish(edition=edition, actor=coordinator).is_public


@pytest.mark.parametrize("role", ["operator", "observer"])
def test_only_the_coordinator_seals_and_publishes(edition, role):
    measured(edition)
    calculation = calculated(edition)
    with pytest.raises(NotAllowed) as refusal:
        publishing.seal(calculation=calculation, actor=office_user(edition, role=role))
    assert refusal.value.code == "not-coordinator"


def test_publication_tells_every_institution_and_nothing_of_the_result(edition):
    application = measured(edition, POOR, name="Gmina Pierwsza")
    silent = measured(edition, BEST, name="Gmina Druga", email="sekretariat@druga.example")
    user = representative_of(application)
    published(edition)
    mails = OutgoingMail.objects.filter(kind="results/mail/published").order_by("to")
    assert sorted(mail.to for mail in mails) == sorted([user.email, silent.institution.email])
    for mail in mails:
        assert [word for word in ("przyznana", "punkt", "miejsce", "100,00") if word in mail.body] == []


def test_publication_journals_its_digest(edition):
    measured(edition)
    publication = published(edition)
    entry = JournalEntry.objects.get(verb="results.published")
    assert entry.details["protocol"] == publication.calculation.protocol_digest


def test_reports_asked_for_twice_are_made_once(edition, run_jobs):
    measured(edition)
    coordinator = office_user(edition)
    published(edition, coordinator)
    publishing.queue_reports(edition=edition, actor=coordinator)
    run_jobs()
    report = RankingReport.objects.get()
    assert (report.state, JournalEntry.objects.filter(verb="ranking-report.made").count()) == ("ready", 1)
    with pytest.raises(NotAllowed) as refusal:
        reporting.store_report(report=report, content=b"inna", actor=coordinator)
    assert refusal.value.code == "report-ready"


def test_reports_are_not_made_before_publication(edition):
    with pytest.raises(NotAllowed) as refusal:
        publishing.queue_reports(edition=edition, actor=office_user(edition))
    assert refusal.value.code == "not-published"


def test_a_closed_stage_of_another_edition_does_not_matter(edition):
    StageFactory(kind="fieldwork")
    measured(edition)
    coordinator = office_user(edition)
    assert publishing.seal(calculation=calculated(edition, coordinator), actor=coordinator)
