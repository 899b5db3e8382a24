"""A report becomes a file once, whatever happens to the worker in the meantime."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from probierz.base.actions import Actor, action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.results.models import RankingReport


@action
def store_report(*, report: RankingReport, content: bytes, actor: Actor) -> RankingReport:
    report = RankingReport.objects.select_for_update().get(pk=report.pk)
    if report.state == RankingReport.State.READY:
        raise NotAllowed("report-ready", _("Ten raport jest już gotowy."))
    _keep(report, content)
    report.state, report.made_at = RankingReport.State.READY, now()
    report.sha256 = hashlib.sha256(content).hexdigest()
    report.save()
    edition, institution = report.publication.edition, report.application.institution
    record(
        actor=actor,
        verb="ranking-report.made",
        subject=report,
        edition=edition,
        institution=institution,
        sha256=report.sha256,
    )
    return report


def _keep(report: RankingReport, content: bytes) -> None:
    """Under one name for good: what a killed worker left half written is overwritten, not doubled."""
    field = report.file.field
    name = field.generate_filename(report, f"{report.key}.pdf")
    storage = report.file.storage
    if storage.exists(name):
        storage.delete(name)
    report.file.save(f"{report.key}.pdf", ContentFile(content), save=False)
