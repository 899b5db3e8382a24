"""Which audits are there, and who may see them. An institution sees none of them."""

from probierz.audits.queries.calculation import ApprovedAudit, approved_audits
from probierz.audits.queries.day import Task, assignments_of, tasks_of
from probierz.audits.queries.extra import ExtraCount, extra_counts
from probierz.audits.queries.office import (
    Counts,
    assignments_visible_to,
    audits_visible_to,
    chosen_audits,
    counts_of,
    evidence_visible_to,
    model_answer_for,
    overview_cards,
    rows_of,
    scenarios_for,
)

__all__ = [
    "ApprovedAudit",
    "Counts",
    "ExtraCount",
    "Task",
    "approved_audits",
    "assignments_of",
    "assignments_visible_to",
    "audits_visible_to",
    "chosen_audits",
    "counts_of",
    "evidence_visible_to",
    "extra_counts",
    "model_answer_for",
    "overview_cards",
    "rows_of",
    "scenarios_for",
    "tasks_of",
]
