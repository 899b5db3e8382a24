"""Very many audits at once score as each alone does."""

import random

import numpy as np
import pytest

from assay.scorecards import MarksRefused, Scorecard, score, score_columns
from assay.scorecards.card import visible_items
from engine_samples import EMAIL, VISIT

CARDS = [Scorecard.from_definition(definition) for definition in (VISIT, EMAIL)]


def _mark(item, chance):
    named = item.scale.named_marks()
    if item.admits_not_applicable and chance.random() < 0.2:
        return "na"
    if named:
        return chance.choice(named)
    return {"count": "3/4", "text": "uwaga", "photo": "p1"}.get(item.kind, str(chance.randrange(0, 20)))


def _audit(card, chance):
    marks = {}
    for item in card.items:
        if item.key in visible_items(card, marks):
            marks[item.key] = _mark(item, chance)
    return {key: mark for key, mark in marks.items() if key in visible_items(card, marks)}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
@pytest.mark.parametrize("seed", range(5))
def test_columns_score_as_each_audit_alone(card, seed):
    chance = random.Random(seed)
    audits = [_audit(card, chance) for _ in range(200)]
    found = score_columns(card, {item.key: [marks.get(item.key) for marks in audits] for item in card.items})
    alone = [score(card, marks) for marks in audits]
    expected = [float("nan") if one.score is None else float(one.score) for one in alone]
    assert found.score == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert found.coverage == pytest.approx([float(one.coverage) for one in alone], rel=1e-12)
    assert found.has_failed_critical.tolist() == [bool(one.failed_critical) for one in alone]
    for place, section in enumerate(card.sections):
        wanted = [one.sections[place].score for one in alone]
        assert found.sections[section.key] == pytest.approx(
            [float("nan") if value is None else float(value) for value in wanted], rel=1e-12, nan_ok=True
        )


def test_missing_marks_leave_the_sum_only_when_partial():
    chance = random.Random(1)
    card = CARDS[0]
    audits = [_audit(card, chance) for _ in range(50)]
    for marks in audits[::3]:
        marks.pop("S1", None)
    columns = {item.key: np.array([marks.get(item.key) for marks in audits], dtype=object) for item in card.items}
    with pytest.raises(MarksRefused, match="S1: missing: audit 1: no mark was given"):
        score_columns(card, columns)
    alone = [score(card, marks, partial=True) for marks in audits]
    found = score_columns(card, columns, partial=True)
    assert found.score == pytest.approx([float(one.score) for one in alone], rel=1e-12)
    assert found.coverage == pytest.approx([float(one.coverage) for one in alone], rel=1e-12)


def test_wrong_columns_are_refused():
    card = CARDS[0]
    good = {key: [mark] for key, mark in _audit(card, random.Random(2)).items()}
    for columns, words in (
        ({}, "of one length"),
        (good | {"P1": ["yes", "no"]}, "of one length"),
        (good | {"X9": ["yes"]}, "X9: unknown-item"),
        (good | {"P1": ["maybe"]}, "P1: bad-mark: audit 1"),
        (good | {"P1": [1]}, "P1: bad-mark: audit 1"),
        (good | {"P1": ["na"]}, "P1: not-admitted: audit 1"),
    ):
        with pytest.raises(MarksRefused, match=words):
            score_columns(card, columns)


def test_no_audits_are_no_scores():
    card = CARDS[0]
    assert score_columns(card, {item.key: [] for item in card.items}).score.tolist() == []
