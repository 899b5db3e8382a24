from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from factories_editions import EditionFactory, StageFactory
from probierz.portal import wording


def test_texts_come_in_the_language_of_the_page():
    text = {"title": "Prestiż", "title_en": "Prestige", "text": "Tylko po polsku"}
    assert (wording.said(text, "title"), wording.said(text, "text")) == ("Prestiż", "Tylko po polsku")
    with override("en"):
        assert (wording.said(text, "title"), wording.said(text, "text")) == ("Prestige", "Tylko po polsku")
    assert wording.said(None, "title") == ""


def test_a_moment_written_down_is_read_as_a_polish_day():
    assert wording.day_of("2026-02-09T23:30:00+00:00") == date(2026, 2, 10)
    assert wording.day_of(None) is None


@pytest.mark.django_db
def test_a_stage_is_named_in_both_languages():
    named = StageFactory(name="Nabór zgłoszeń", name_en="Call for applications")
    assert wording.stage_name(named) == "Nabór zgłoszeń"
    with override("en"):
        assert wording.stage_name(named) == "Call for applications"


@pytest.mark.django_db
def test_a_licences_scope_is_translated_only_while_it_is_the_editions():
    edition = EditionFactory(
        texts={"licence": {"title": "Licencja", "title_en": "Licence", "scope": "obsługa", "scope_en": "service"}}
    )
    assert wording.licence_scope(edition, "obsługa") == "obsługa"
    with override("en"):
        assert wording.licence_scope(edition, "obsługa") == "service"
        assert wording.licence_scope(edition, "co innego") == "co innego"
        assert wording.licence_name(edition) == "Licence"


def test_the_filters_read_what_they_are_given():
    source = '{% load said %}{{ text|said:"title" }}, {{ key|channel_words }}, {{ day|day_words }}'
    context = {"text": {"title": "Prestiż"}, "key": "unknown", "day": date(2025, 10, 24)}
    assert engines["django"].from_string(source).render(context) == "Prestiż, , 24\xa0października 2025\xa0r."
