"""What an institution is told of how sure its result is: its own numbers, as far as the rules tell them."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.urls import reverse

from factories_editions import RULEBOOK
from factories_results import crossed, finished_edition, published, representative_of
from probierz.jury.models import Juror
from probierz.results.models import Calculation, Result
from probierz.results.report import report_of
from probierz.results.sureness import sureness_words

pytestmark = pytest.mark.django_db


def told(**shown):
    rules = deepcopy(RULEBOOK)
    rules["published"] |= shown
    edition = finished_edition(rulebook=rules)
    applications = crossed(edition)
    published(edition)
    return applications, [Result.objects.get(application=one) for one in applications]


def test_points_and_places_in_words():
    _applications, results = told()
    words = sureness_words(report_of(results[0]))
    summary = results[0].detail["summary"]
    low, high = summary["estimates"]["ranks"]["category"]["interval"]
    place = summary["places"]["category"]["place"]
    assert words[0] == "Punkty wynikają wprost z ocen w arkuszach, bez poprawki na surowość jurorów."
    assert f"W kategorii: miejsce {place}., z dużą pewnością między {low}. a {high}. miejscem." in words
    assert len(words) == 4


def test_a_place_by_points_that_chance_made():
    _applications, results = told()
    facts = report_of(results[0])
    facts.places["category"]["place"] = 99
    low, high = results[0].detail["summary"]["estimates"]["ranks"]["category"]["interval"]
    sure = f"z dużą pewnością między {low}. a {high}. miejscem."
    words = f"W kategorii: miejsce 99. według punktów; bez surowości jurorów i przypadku {sure}"
    assert sureness_words(facts)[2] == words


def test_no_more_than_the_rules_publish():
    _applications, results = told(points_to_institution=False, place_to_institution=False)
    assert sureness_words(report_of(results[0])) == []


def test_places_alone():
    _applications, results = told(points_to_institution=False)
    assert [words.split(":")[0] for words in sureness_words(report_of(results[0]))] == ["W kategorii", "W całej edycji"]


def test_an_older_result_still_opens(client):
    applications, results = told()
    for one in results:
        one.detail["summary"].pop("estimates")
        one.detail.pop("official")
        one.save()
    Calculation.objects.update(certainty={})
    client.force_login(representative_of(applications[0]))
    page = client.get(reverse("panel-result", kwargs={"key": applications[0].key}))
    assert page.status_code == 200
    assert page.context["sureness"] == ["Punkty wynikają wprost z ocen w arkuszach, bez poprawki na surowość jurorów."]


def test_an_institution_learns_nothing_of_others_or_of_jurors(client):
    applications, results = told()
    client.force_login(representative_of(applications[0]))
    page = client.get(reverse("panel-result", kwargs={"key": applications[0].key})).content.decode()
    names = [juror.name for juror in Juror.objects.all()] + [juror.pseudonym for juror in Juror.objects.all()]
    others = [one.application.institution.name for one in results[1:]] + [one.pseudonym for one in results[1:]]
    assert [word for word in names + others if word in page] == []
    assert client.get(reverse("panel-result", kwargs={"key": applications[1].key})).status_code == 404
