"""The declared rules of an edition, validated; the same object computes and explains itself in words."""

from assay.exact import RoundingRule
from assay.rulebook.estimates import Estimates, JurorEffect, Known, Model, Official, RankEstimate, Severity
from assay.rulebook.outcome import (
    AuditOutcome,
    ChannelOutcome,
    Condition,
    InstitutionOutcome,
    Outcome,
    Place,
    Reason,
)
from assay.rulebook.rules import Rulebook
from assay.rulebook.schema import RulebookError
from assay.rulebook.work import InputError, final_score

__all__ = [
    "AuditOutcome",
    "ChannelOutcome",
    "Condition",
    "Estimates",
    "InputError",
    "InstitutionOutcome",
    "JurorEffect",
    "Known",
    "Model",
    "Official",
    "Outcome",
    "Place",
    "RankEstimate",
    "Reason",
    "RoundingRule",
    "Rulebook",
    "RulebookError",
    "Severity",
    "final_score",
]
