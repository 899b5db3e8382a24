"""The jury's quality: what is read, and that every number is the engine's own."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assay import agreement
from assay.scorecards import Scorecard
from assay.severity import Ratings, fit
from factories_audits import OverrideFactory
from factories_editions import office_user
from factories_instruments import scorecard_definition
from factories_jury import JurorFactory
from factories_jury_quality import judged_by, judged_edition
from factories_results import BEST, MIDDLING, POOR, add_audit, finished_edition, measured
from probierz.applications.models import Application
from probierz.audits.models import Audit
from probierz.results import queries
from probierz.results.habits import Habits
from probierz.results.jury_quality import TARGET


@pytest.fixture
def edition(db):
    return finished_edition()


def test_severity_is_the_weak_fit_of_the_counted_scores(edition):
    jurors = judged_edition(edition)
    quality = queries.jury_quality_of(edition)
    rows = [(str(one.facts.application), str(one.facts.juror), one.score, one.facts.channel) for one in quality.audits]
    found = fit(Ratings.of(rows), prior="weak")
    expected = {
        key: (float(severity), float(se))
        for key, severity, se in zip(found.jurors.keys, found.jurors.severity, found.jurors.se, strict=True)
    }
    profiles = {profile.juror: profile for profile in quality.profiles}
    assert {key: one.severity for key, one in profiles.items()} == pytest.approx(
        {key: severity for key, (severity, _) in expected.items()}
    )
    assert min(profiles, key=lambda key: profiles[key].severity) == str(jurors[0].pk)
    strict = quality.audits_of(jurors[0].pk)[0]
    assert strict.fair == pytest.approx(strict.score - expected[str(jurors[0].pk)][0])


def test_reliability_is_the_d_study_of_the_fitted_variances(edition):
    judged_edition(edition)
    quality = queries.jury_quality_of(edition)
    parts = quality.fit.variances
    variances = agreement.Variances(parts.institution, parts.juror, parts.residual)
    found = quality.reliability
    assert found.mean_audits == Fraction(5)
    assert found.now == agreement.design(variances, 5)
    assert found.designs == agreement.d_study(variances, most=12)
    assert found.needed_raw == agreement.audits_needed(variances, target=TARGET)
    assert found.needed_fair == agreement.audits_needed(variances, target=TARGET, corrected=True)
    estimates = quality.fit.institutions
    assert found.separation == agreement.separation(estimates.blup.tolist(), estimates.se.tolist(), shrunken=True)


def test_alpha_takes_only_places_seen_by_two_jurors(edition):
    category = measured(edition, channels=("visit",)).category
    first = measured(edition, channels=(), category=category)
    second = measured(edition, channels=(), category=category)
    for application, marks in ((first, (BEST, BEST)), (second, (POOR, MIDDLING))):
        for one in marks:
            judged_by(JurorFactory(programme=edition.programme), application, "phone", one)
    quality = queries.jury_quality_of(edition)
    scores = {one.facts.application: [] for one in quality.audits if one.facts.channel == "phone"}
    for one in quality.audits:
        if one.facts.channel == "phone":
            scores[one.facts.application].append(one.score)
    (a, b), (c, d) = scores[first.pk], scores[second.pk]
    assert quality.agreement.scores == agreement.alpha_of_table([[a, c], [b, d]], metric="interval")
    assert (quality.agreement.scales.units, quality.agreement.scales.metric) == (2, "ordinal")
    assert (quality.agreement.choices.units, quality.agreement.choices.metric) == (8, "nominal")


def test_without_second_jurors_alpha_is_not_defined(edition):
    measured(edition)
    assert queries.jury_quality_of(edition).agreement.scores.undefined == "no-pairs"


def test_only_approved_audits_of_accepted_applications_count(edition):
    kept, left = measured(edition), measured(edition)
    left.state = Application.State.WITHDRAWN
    left.save()
    waiting = kept.assignments.first().audit
    waiting.state = Audit.State.SUBMITTED
    waiting.save()
    made = queries.jury_quality_of(edition).audits
    assert {one.facts.application for one in made} == {kept.pk}
    assert len(made) == 2


def test_the_score_counts_what_the_office_changed_and_habits_what_the_juror_marked(edition):
    application = measured(edition, channels=("phone",))
    other = add_audit(application, "phone", BEST)
    before = queries.jury_quality_of(edition)
    OverrideFactory(audit=other, item_key="T3", was="3", now_is="1")
    after = queries.jury_quality_of(edition)
    assert [one.score for one in before.audits] == [100, 100]
    assert sorted(one.score < 100 for one in after.audits) == [False, True]
    assert before.agreement.scales == after.agreement.scales


def test_nothing_is_measured_twice(edition):
    application = measured(edition)
    before = queries.jury_quality_of(edition)
    assert queries.jury_quality_of(edition) is before
    edition.rulebook = {**edition.rulebook, "audit": {"min_coverage": "0.9", "no_answer": "zero"}}
    edition.save()
    other_rules = queries.jury_quality_of(edition)
    assert other_rules is not before
    add_audit(application, "phone", BEST)
    assert len(queries.jury_quality_of(edition).audits) == len(other_rules.audits) + 1


@pytest.mark.parametrize(
    ("institutions", "jurors", "absent"), [(0, 0, "institutions"), (1, 3, "institutions"), (2, 1, "jurors")]
)
def test_why_there_is_no_model_yet(edition, institutions, jurors, absent):
    judged_edition(edition, institutions=institutions, jurors=jurors)
    quality = queries.jury_quality_of(edition)
    assert (quality.absent, quality.fit, quality.reliability) == (absent, None, None)


def test_one_audit_by_each_juror_is_too_little(edition):
    measured(edition)
    measured(edition)
    quality = queries.jury_quality_of(edition)
    assert quality.absent == "audits"
    assert {(one.severity, one.is_judged) for one in quality.profiles} == {(None, False)}
    assert {(one.fair, one.residual) for one in quality.audits} == {(None, None)}


def test_as_many_queries_for_many_as_for_few(edition, django_assert_num_queries):
    judged_edition(edition, institutions=2, jurors=2)
    with CaptureQueriesContext(connection) as few:
        queries.jury_quality_of(edition)
    judged_edition(edition, institutions=4, jurors=5)
    with django_assert_num_queries(len(few)):
        queries.jury_quality_of(edition)


def test_jurors_are_those_of_the_programme_and_seen_by_its_office(edition):
    juror = JurorFactory(programme=edition.programme)
    JurorFactory()
    assert set(queries.jurors_of(edition)) == {juror.pk}
    assert list(queries.jurors_in(office_user(edition), edition)) == [juror]
    assert list(queries.jurors_in(office_user(), edition)) == []


def test_habits_read_what_was_asked_and_answered():
    habits = Habits(Scorecard.from_definition(scorecard_definition()))
    marks, left_out = habits.read({"T1": "yes", "T2": "40", "T3": "2", "T4": "yes", "T5": "na", "T6": "Uwaga."})
    assert {key: (mark.value, mark.is_scale) for key, mark in marks.items()} == {
        "T1": (1.0, False),
        "T2": (pytest.approx(1 / 3), False),
        "T3": (0.5, True),
        "T4": (1.0, False),
    }
    assert left_out == 1 / 5
    assert habits.read({}) == ({}, None)


def test_habits_leave_out_what_was_hidden():
    habits = Habits(Scorecard.from_definition(scorecard_definition()))
    marks, left_out = habits.read({"T1": "no", "T2": "40", "T3": "2", "T5": "na"})
    assert (list(marks), left_out) == (["T1"], 0.0)
