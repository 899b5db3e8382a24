"""Background work: one report at a time, safe to start again."""

from __future__ import annotations

from django_tasks import task

from probierz.base.actions import PLATFORM
from probierz.base.rules import NotAllowed


@task()
def make_report(report_id: int) -> bool:
    """True when this run made the report, False when it was there before."""
    from probierz.results import actions, printing, queries
    from probierz.results.models import RankingReport

    report = queries.report_to_make(report_id)
    if report is None or report.state == RankingReport.State.READY:
        return False
    content = printing.report_pdf(report)
    try:
        actions.store_report(report=report, content=content, actor=PLATFORM)
    except NotAllowed:
        return False
    return True
