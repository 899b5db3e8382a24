"""The declared rules of an edition, validated; the same object computes and explains itself in words."""

from assay.exact import RoundingRule
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
from assay.rulebook.work import InputError

__all__ = [
    "AuditOutcome",
    "ChannelOutcome",
    "Condition",
    "InputError",
    "InstitutionOutcome",
    "Outcome",
    "Place",
    "Reason",
    "RoundingRule",
    "Rulebook",
    "RulebookError",
]
