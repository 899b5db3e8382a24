"""A scorecard made ready for a page: the form a juror fills, the criteria the public reads, the score as a tree."""

from probierz.instruments.rendering.criteria import Criteria, Criterion, criteria_of
from probierz.instruments.rendering.form import Answer, Part, Question, asked_for, parts_of
from probierz.instruments.rendering.outline import outline_of
from probierz.instruments.rendering.tree import Branch, score_tree

__all__ = [
    "Answer",
    "Branch",
    "Criteria",
    "Criterion",
    "Part",
    "Question",
    "asked_for",
    "criteria_of",
    "outline_of",
    "parts_of",
    "score_tree",
]
