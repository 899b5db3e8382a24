"""Do it: calculate, seal, publish, keep the reports."""

from probierz.results.actions.calculating import calculate
from probierz.results.actions.publishing import publish, queue_reports, seal
from probierz.results.actions.reporting import store_report

__all__ = ["calculate", "publish", "queue_reports", "seal", "store_report"]
