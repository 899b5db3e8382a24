from __future__ import annotations

from fractions import Fraction

import pytest

from assay import scorecards
from factories_instruments import InstrumentVersionFactory, scorecard_definition
from probierz.instruments import definitions, loading
from probierz.instruments.rendering import criteria_of, outline_of, parts_of, score_tree


def questions(**options):
    return {
        question.key: question for part in parts_of(scorecard_definition(), **options) for question in part.questions
    }


def test_questions_have_their_answers_in_words():
    found = questions()
    assert [answer.label for answer in found["T3"].answers] == ["Nieuprzejma", "Obojętna", "Uprzejma"]
    assert [(answer.mark, answer.label, answer.asks) for answer in found["T5"].answers] == [
        ("yes", "Tak", ""),
        ("no", "Nie", ""),
        ("na", "Nie dotyczy", "comment"),
    ]
    assert found["T6"].is_optional is True


def test_answers_so_far_are_shown():
    found = questions(marks={"T1": "no", "T2": "12.5"}, comments={"T1": "cisza"}, visible=["T1"])
    assert (found["T1"].mark, found["T1"].comment, found["T1"].asks) == ("no", "cisza", "comment")
    assert found["T2"].typed == "12,5"
    assert [key for key, question in found.items() if question.hidden] == ["T2", "T3", "T4", "T5", "T6"]


@pytest.mark.django_db
def test_criteria_say_shares_and_points():
    criteria = criteria_of(InstrumentVersionFactory())
    assert [section.share for section in criteria.sections] == [Fraction(2, 5), Fraction(3, 5)]
    assert [section.share_in_words for section in criteria.sections] == ["40\u00a0%", "60\u00a0%"]
    waiting = criteria.sections[0].criteria[1]
    assert waiting.answers == (("do 20 s", "3 punkty"), ("do 60 s", "1 punkt"), ("więcej", "0 punktów"))
    assert waiting.notes == ("Pytamy, gdy w pozycji T1 padło: tak.",)
    right = criteria.sections[1].criteria[1]
    assert right.possible == 2
    assert right.notes == ("Pozycja krytyczna: przy zerze punktów wynik audytu nie przekroczy 50.",)
    assert (criteria.items, criteria.scored_items) == (6, 5)


@pytest.mark.django_db
def test_criteria_in_english():
    criteria = criteria_of(InstrumentVersionFactory(), "en")
    assert criteria.title == "A phone call"
    assert criteria.sections[0].criteria[1].answers[0][1] == "3 points"


@pytest.mark.parametrize("definition", loading.scorecards(), ids=lambda definition: definition["key"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_shipped_scorecard_can_be_shown(definition, language):
    version = InstrumentVersionFactory.build(definition=definition)
    assert criteria_of(version, language).items == len(list(definitions.items_of(definition)))
    assert len(outline_of(definition)) == len(definition["sections"])
    assert len(parts_of(definition, language=language)) == len(definition["sections"])


def test_the_score_as_a_tree():
    definition = scorecard_definition()
    marks = {"T1": "yes", "T2": "15", "T3": "2", "T4": "yes", "T5": "na"}
    score = scorecards.score(definitions.card_of(definition), marks)
    tree = score_tree(definition, score)
    assert [(branch.label, branch.score) for branch in tree] == [("Dostępność", 100), ("Rozmowa", 75)]
    assert [(leaf.key, leaf.answer, leaf.state) for leaf in tree[1].branches] == [
        ("T3", "obojętna", "value"),
        ("T4", "tak", "value"),
        ("T5", "Nie dotyczy", "not-applicable"),
        ("T6", "", "informational"),
    ]


def test_an_unfinished_draft_has_an_outline():
    definition = definitions.with_section(scorecard_definition(), "nowa", {"title": "Nowa", "weight": "?"})
    outline = outline_of(definition)
    assert [section.share for section in outline] == ["40\u00a0%", "60\u00a0%", "0\u00a0%"]
    assert outline[1].items[1].points == "2 punkty"
    assert outline[1].items[1].badges == (("bad", "krytyczna"),)
