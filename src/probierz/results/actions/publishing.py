"""Sealed first, so that the digest is known; then published by one act, and never changed again."""

from __future__ import annotations

from probierz.accounts.models import User
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.editions.models import Edition
from probierz.results import jobs, mail, rules
from probierz.results.models import Calculation, Publication, RankingReport


@action
def seal(*, calculation: Calculation, actor: User) -> Publication:
    """Choose the calculation that will be the result; the journal keeps its digest."""
    edition = _locked(calculation.edition)
    rules.can_seal(actor, calculation).require()
    publication, _created = Publication.objects.update_or_create(
        edition=edition, defaults={"calculation": calculation, "sealed_at": now(), "sealed_by": actor}
    )
    record(
        actor=actor,
        verb="results.sealed",
        subject=calculation,
        edition=edition,
        protocol=calculation.protocol_digest,
        rulebook=calculation.rulebook_digest,
    )
    return publication


@action
def publish(*, edition: Edition, actor: User) -> Publication:
    """Open the sealed result: institutions are told, their reports begin to be made, the protocol is public."""
    edition = _locked(edition)
    rules.can_publish(actor, edition).require()
    publication = Publication.objects.select_related("calculation").get(edition=edition)
    publication.published_at, publication.published_by = now(), actor
    publication.save(update_fields=["published_at", "published_by"])
    applications = [result.application for result in publication.calculation.results.select_related("application")]
    RankingReport.objects.bulk_create(
        [RankingReport(publication=publication, application=entry) for entry in applications], batch_size=500
    )
    waiting = _queue_waiting(publication)
    mail.tell_institutions(publication)
    record(
        actor=actor,
        verb="results.published",
        subject=publication.calculation,
        edition=edition,
        protocol=publication.calculation.protocol_digest,
        reports=waiting,
    )
    return publication


@action
def queue_reports(*, edition: Edition, actor: User) -> int:
    """Ask again for the reports that are not there yet; those that are stay untouched."""
    rules.can_queue_reports(actor, edition).require()
    publication = Publication.objects.get(edition=edition)
    waiting = _queue_waiting(publication)
    record(actor=actor, verb="ranking-reports.queued", subject=edition, edition=edition, reports=waiting)
    return waiting


def _queue_waiting(publication: Publication) -> int:
    waiting = publication.reports.filter(state=RankingReport.State.WAITING).values_list("pk", flat=True)
    for report_id in waiting:
        jobs.make_report.enqueue(report_id)
    return len(waiting)


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
