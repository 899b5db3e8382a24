"""The demo's mystery clients fill a scorecard as its items let them."""

from __future__ import annotations

import random

import pytest

from assay.scorecards import Scorecard, check_marks, score
from probierz.config.demo.marks import fill
from probierz.instruments.loading import scorecards

REMARK = "Rozmowa rzeczowa, bez pośpiechu."


@pytest.mark.parametrize("definition", scorecards(), ids=lambda definition: definition["key"])
@pytest.mark.parametrize("quality", [0.35, 0.7, 0.95])
def test_a_filled_scorecard_can_be_sent(definition, quality):
    card = Scorecard.from_definition(definition)
    for seed in range(10):
        marks, comments = fill(definition, quality, random.Random(seed), REMARK)
        assert check_marks(card, marks) == ()
        assert set(comments) <= set(marks)


@pytest.mark.parametrize("definition", scorecards(), ids=lambda definition: definition["key"])
def test_a_better_institution_earns_more(definition):
    card = Scorecard.from_definition(definition)

    def mean(quality: float) -> float:
        scores = [score(card, fill(definition, quality, random.Random(seed), "")[0]).score for seed in range(20)]
        return float(sum(found or 0 for found in scores) / len(scores))

    assert mean(0.4) + 10 < mean(0.9)


def test_the_same_chance_gives_the_same_marks():
    definition = scorecards()[0]
    assert fill(definition, 0.7, random.Random(5), REMARK) == fill(definition, 0.7, random.Random(5), REMARK)


def test_the_remark_stands_in_one_item_only():
    for definition in scorecards():
        marks, _comments = fill(definition, 0.8, random.Random(1), REMARK)
        assert list(marks.values()).count(REMARK) <= 1
