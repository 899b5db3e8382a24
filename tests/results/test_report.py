"""The facts of a report: means, strengths, and what mending would bring."""

from __future__ import annotations

from fractions import Fraction

import pytest

from factories_results import BEST, MIDDLING, POOR, add_audit, calculated, finished_edition, measured, published
from probierz.results import computing, queries
from probierz.results.models import RankingReport, Result
from probierz.results.report import definitions_of, outcome_of, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def facts_of(application):
    return report_of(Result.objects.get(application=application))


def test_means_are_of_the_category(edition):
    one = measured(edition, BEST)
    measured(edition, POOR)
    calculated(edition)
    facts = facts_of(one)
    poor = Result.objects.exclude(application=one).get()
    assert facts.mean == (Fraction(100) + Fraction(str(poor.points))) / 2
    assert facts.in_category == 2
    assert [channel.score for channel in facts.channels] == [100, 100, 100]
    assert sum((channel.weight for channel in facts.channels), Fraction(0)) == 1


def test_improvements_stand_in_order_of_gain_and_lead_to_full_marks(edition):
    application = measured(edition, MIDDLING)
    calculated(edition)
    facts = facts_of(application)
    gains = [fact.gain for fact in facts.improvements]
    points = Fraction(str(Result.objects.get().points))
    assert gains == sorted(gains, reverse=True)
    assert points + sum(gains) == 100


def test_a_gain_is_what_the_points_would_be(edition):
    application = measured(edition, {**BEST, "T3": "1"})
    calculated(edition)
    by_channel = {fact.channel: fact.gain for fact in facts_of(application).improvements}
    Result.objects.all().delete()
    for assignment in application.assignments.filter(channel="visit"):
        assignment.audit.marks["T3"] = "3"
        assignment.audit.save()
    before = 100 - sum(by_channel.values())
    calculated(edition)
    assert Fraction(str(Result.objects.get().points)) - before == by_channel["visit"]


def test_strengths_are_high_and_not_below_the_category(edition):
    best = measured(edition, BEST)
    poor = measured(edition, POOR)
    calculated(edition)
    assert {fact.score for fact in facts_of(best).strengths} == {100}
    assert all((fact.difference or 0) >= 0 for fact in facts_of(poor).strengths)


def test_one_institution_is_computed_again_as_it_was_with_the_others(edition):
    application = measured(edition, MIDDLING)
    add_audit(application, "visit", POOR)
    measured(edition, BEST, channels=("visit", "phone"))
    calculated(edition)
    for result in Result.objects.all():
        outcome = outcome_of(result, definitions_of(result.detail))
        own = outcome.institutions[result.pseudonym]
        assert str(own.published) == result.detail["summary"]["published"]
        states = {channel.channel: channel.state for channel in own.channels}
        stated = result.detail["summary"]["channel_scores"]
        assert states == {channel: found["state"] for channel, found in stated.items()}


def test_what_is_kept_of_an_institution_has_no_juror(edition):
    measured(edition)
    calculation = calculated(edition)
    kept = str(Result.objects.get().detail["audits"])
    assert [entry["juror"] in kept for entry in calculation.protocol["audits"]] == [False] * 3


def test_details_keep_the_channels_an_institution_lacks(edition):
    application = measured(edition, channels=("visit", "phone"))
    application.answers["channels"] = ["visit", "phone"]
    application.save()
    inputs = queries.inputs_of(edition, [application])
    found = computing.details(computing.compute(inputs, b"salt"), {})
    assert found[str(application.key)]["without"] == ["email"]


def test_a_report_speaks_of_the_published_calculation(edition):
    application = measured(edition, BEST)
    publication = published(edition)
    add_audit(application, "visit", POOR)
    calculated(edition)
    report = queries.report_to_make(RankingReport.objects.get().pk)
    assert queries.result_of_report(report).calculation == publication.calculation
