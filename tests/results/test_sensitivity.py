"""A result under other weights, scores and methods: the engine's numbers, and pages for the office alone."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assay.composite import Weighing, sensitivity
from assay.ranking import threshold_probabilities
from assay.rulebook import Model
from assay.rulebook.decision import decide_one
from factories_accounts import UserFactory
from factories_editions import RULEBOOK, office_user
from factories_jury import JurorFactory
from factories_results import BEST, calculated, crossed, finished_edition, measured, representative_of
from probierz.results import queries, sensitivity_pages
from probierz.results.redeciding import Choices, Kept
from probierz.results.sensitivity import assess

pytestmark = pytest.mark.django_db


def rules(**licence):
    changed = deepcopy(RULEBOOK)
    changed["licence"] |= licence
    return changed


@pytest.fixture
def edition():
    return finished_edition()


@pytest.fixture
def calculation(edition):
    crossed(edition)
    return calculated(edition)


def here(edition, name="office-sensitivity", **more):
    return reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug, **more})


def test_places_and_shares_are_the_engine_s(calculation):
    found = assess(calculation.protocol)
    entries = {one["key"]: one for one in calculation.protocol["outcome"]["institutions"]}
    weights = {"visit": Fraction(40), "phone": Fraction(30), "email": Fraction(30)}
    values = {
        key: {channel: Fraction(kept["score"]) for channel, kept in one["channel_scores"].items()}
        for key, one in entries.items()
    }
    scores = {key: Weighing(weights).mean(own) for key, own in values.items()}
    expected = sensitivity(values, weights, scores, perturb=0.25, draws=1000, seed=2025)
    assert found.places == expected
    assert {line.key: line.spread for line in found.lines} == {spread.key: spread for spread in expected.spreads}
    for line in found.lines:
        assert line.low <= float(line.points) + 0.005
        assert line.high >= float(line.points) - 0.005
        without = found.without(line.key)
        own = values[line.key]
        assert without["visit"][0] == (own["phone"] + own["email"]) / 2
        assert without["visit"][1] == ("grant" if without["visit"][0] >= Fraction("74.995") else "refuse")


def test_other_methods_are_those_of_the_calculation_s_own_fit(calculation):
    found = assess(calculation.protocol)
    scores = {one["key"]: Fraction(one["score"]) for one in calculation.protocol["outcome"]["audits"]}
    rows = [
        (one["institution"], one["juror"], scores[one["key"]], one["channel"]) for one in calculation.protocol["audits"]
    ]
    fit = Model(rows, Fraction(75)).fit
    by_key = {line.key: line.methods for line in found.lines}
    for at, key in enumerate(fit.institutions.keys):
        assert by_key[key].fair == fit.institutions.fair[at]
        assert by_key[key].robust == fit.institutions.robust[at]
        assert by_key[key].fixed == fit.fixed()[at]
        assert by_key[key].is_fixed_apart == fit.apart()[at]


@pytest.mark.parametrize(
    "licence",
    [
        {"policy": "simple", "threshold": "62"},
        {"policy": "above-mean", "threshold": "55"},
        {"policy": "guarded", "threshold": "62", "guarded": {"grant": "0.8", "refuse": "0.2", "extra_audits": 2}},
        {"policy": "simple", "threshold": "62", "min_channel_score": "40"},
    ],
    ids=["simple", "above-mean", "guarded", "lowest-channel"],
)
def test_decisions_are_what_the_engine_would_decide(licence):
    edition = finished_edition(rulebook=rules(**licence))
    crossed(edition, 9)
    found = assess(calculated(edition).protocol)
    protocol = edition.calculations.get().protocol
    kept = {one["key"]: Kept(one, 0) for one in protocol["outcome"]["institutions"]}
    choices = Choices(found.rules, list(kept.values()))
    for line in found.lines:
        one = kept[line.key]
        for by in (-30.0, -8.0, -0.004, 0.0, 0.004, 8.0, 30.0):
            assert choices.moved(one, by) == decided(found.rules, one, choices, Fraction(one.entry["points"]), by)
        for score in ("raw", "fair", "blup"):
            shift = decided(found.rules, one, choices, one.exactly(score), 0.0, score)
            assert choices.by_score(one, score) == (one.decision if licence["policy"] == "guarded" else shift)


def decided(rules, one, choices, points, by, score="official"):
    """By the engine, without any shortcut."""
    (chance,) = threshold_probabilities([one.scores["blup"] + by], [one.se], float(rules.licence.threshold))
    points = min(max(points + Fraction(by), Fraction(0)), Fraction(100))
    estimates = replace(one.outcome.estimates, p_threshold=Fraction(float(chance)))
    moved = replace(one.outcome, published=rules.points.apply(points), estimates=estimates)
    return decide_one(rules, moved, choices._mean(score, one.category), 0).decision


def test_what_a_calculation_decided_is_decided_again(calculation):
    kept = [Kept(one, 0) for one in calculation.protocol["outcome"]["institutions"]]
    found = assess(calculation.protocol)
    choices = Choices(found.rules, kept)
    assert [choices._decide(one.outcome, choices._mean("official", one.category), 0) for one in kept] == [
        one.decision for one in kept
    ]
    assert [line.by_score["raw"] for line in found.lines] == [line.decision for line in found.lines]


def test_the_office_sees_the_pages(client, edition, calculation):
    client.force_login(office_user(edition))
    application = calculation.results.first().application
    answer = client.get(here(edition))
    assert [link["url"] for link in answer.context["nav"] if link["current"]] == [here(edition, "office-results")]
    page = answer.content.decode()
    found = queries.robustness_of(edition)[1]
    shift = sensitivity_pages.overview(found)["shift"]
    assert f"Przeciętna zmiana miejsca: {shift}." in page
    own = client.get(here(edition, "office-sensitivity-institution", application=application.key)).content.decode()
    assert "data-explanation" in own
    topics = [here(edition, "office-sensitivity-why", topic=topic) for topic in sensitivity_pages.TOPICS]
    assert [client.get(topic).status_code for topic in topics] == [200] * 4
    assert client.get(here(edition, "office-sensitivity-why", topic="pogoda")).status_code == 404
    for which in ("licencja", "metody", "nonsens"):
        assert client.get(here(edition), {"pokaz": which, "strona": "99"}).status_code == 200
    assert here(edition) in client.get(here(edition, "office-results")).content.decode()


def test_strangers_do_not(client, edition, calculation):
    application = calculation.results.first().application
    pages = [
        here(edition),
        here(edition, "office-sensitivity-institution", application=application.key),
        here(edition, "office-sensitivity-why", topic="miejsca"),
    ]
    assert {client.get(page).status_code for page in pages} == {302}
    strangers = [office_user(), representative_of(application), JurorFactory(programme=edition.programme).user]
    for user in [*strangers, UserFactory()]:
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {404}


def test_the_number_of_queries_does_not_grow(client):
    counts = []
    for institutions in (2, 5):
        edition = finished_edition()
        crossed(edition, institutions)
        calculated(edition)
        client.force_login(office_user(edition))
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            assert client.get(here(edition)).status_code == 200
        counts.append(len(queries_made))
        with CaptureQueriesContext(connection) as again:
            client.get(here(edition))
        assert len(again) == len(queries_made) - 1
    assert counts[0] == counts[1]


def test_nothing_calculated_is_said_kindly(client, edition):
    client.force_login(office_user(edition))
    assert "Nie ma jeszcze obliczenia" in client.get(here(edition)).content.decode()
    application = measured(edition)
    assert client.get(here(edition, "office-sensitivity-institution", application=application.key)).status_code == 404


def test_nobody_classified_is_said_kindly(client, edition):
    application = measured(edition, channels=("visit",))
    calculated(edition)
    client.force_login(office_user(edition))
    assert "Żadna instytucja nie jest jeszcze klasyfikowana" in client.get(here(edition)).content.decode()
    assert client.get(here(edition, "office-sensitivity-institution", application=application.key)).status_code == 404


def test_one_institution_has_nobody_to_be_compared_with(client, edition):
    application = measured(edition)
    calculated(edition)
    client.force_login(office_user(edition))
    page = client.get(here(edition)).content.decode()
    assert "Klasyfikowana jest jedna instytucja" in page
    assert "Innych metod nie da się jeszcze porównać" in page
    own = client.get(here(edition, "office-sensitivity-institution", application=application.key))
    assert own.status_code == 200


def test_one_channel_has_no_weights_to_change(client):
    one = rules(min_audits=1, min_channels=1)
    one["channels"] = {"visit": RULEBOOK["channels"]["visit"]}
    one["ranked"] = {"min_audits": 1, "min_jurors": 1, "min_channels": 1}
    edition = finished_edition(rulebook=one)
    for _ in range(3):
        measured(edition, BEST, channels=("visit",))
    calculated(edition)
    client.force_login(office_user(edition))
    page = client.get(here(edition)).content.decode()
    assert "Zasady mają jeden kanał" in page
    found = queries.robustness_of(edition)[1]
    assert found.without(found.lines[0].key) == {"visit": (None, "")}
