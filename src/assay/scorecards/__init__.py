"""What score do these marks give: weights, not applicable, hidden, informational and critical items.

A section's score is points earned over points possible, over its applicable scored items; a section with
nothing applicable is empty and the other section weights are renormalised; the audit's score is 100 times the
weighted mean of its sections. Everything is an exact fraction.
"""

from assay.scorecards.card import MarkProblem, MarksRefused, Scorecard, check_marks, visible_items
from assay.scorecards.columns import ColumnScores, score_columns
from assay.scorecards.definition import CHANNELS, KINDS, TIMERS, DefinitionError, Item, Section
from assay.scorecards.scoring import STATES, AuditScore, ItemScore, SectionScore, score

__all__ = [
    "CHANNELS",
    "KINDS",
    "STATES",
    "TIMERS",
    "AuditScore",
    "ColumnScores",
    "DefinitionError",
    "Item",
    "ItemScore",
    "MarkProblem",
    "MarksRefused",
    "Scorecard",
    "Section",
    "SectionScore",
    "check_marks",
    "score",
    "score_columns",
    "visible_items",
]
