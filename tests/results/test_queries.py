"""What a calculation takes, and what each audience finds."""

from __future__ import annotations

import pytest

from assay.rulebook import Rulebook
from factories_applications import ApplicationFactory
from factories_audits import OverrideFactory
from factories_editions import EditionFactory, office_user
from factories_results import (
    BEST,
    POOR,
    calculated,
    crossed,
    finished_edition,
    guarded_edition,
    measured,
    published,
    representative_of,
)
from probierz.jury.variances import ASSUMED, Spread, spread_for
from probierz.results.models import RankingReport
from probierz.results.queries import inputs, office
from probierz.results.queries import published as shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition()


def test_only_accepted_applications_are_measured(edition):
    kept = measured(edition)
    gone = measured(edition)
    gone.state = "withdrawn"
    gone.save()
    ApplicationFactory(edition=edition, submitted=True)
    found = inputs.applications_in(edition)
    assert found == [kept]
    assert {audit["institution"] for audit in inputs.inputs_of(edition, found).audits} == {str(kept.key)}


def test_a_mark_changed_twice_keeps_the_first_and_the_last(edition):
    application = measured(edition, channels=("phone",))
    audit = application.assignments.get().audit
    OverrideFactory(audit=audit, item_key="T3", was="3", now_is="2")
    OverrideFactory(audit=audit, item_key="T3", was="2", now_is="1", reason="Ostatecznie.")
    entry = inputs.inputs_of(edition, [application]).audits[0]
    assert entry["overrides"] == {"T3": {"from": "3", "to": "1", "reason": "Ostatecznie."}}
    assert entry["marks"]["T3"] == "1"


@pytest.mark.parametrize(
    ("answers", "social", "lacking"),
    [
        ({}, "", ()),
        ({"channels": ["visit", "phone"]}, "", ("email",)),
        ({"channels": []}, "", ()),
    ],
)
def test_a_channel_the_institution_does_not_have_is_named(edition, answers, social, lacking):
    application = ApplicationFactory(accepted=True, edition=edition, answers=answers, institution__social=social)
    assert inputs.channels_lacking(application, Rulebook.from_dict(edition.rulebook)) == lacking


def test_no_profile_is_no_social_channel(edition):
    edition.rulebook["channels"]["social"] = {"weight": "10", "required": False, "absent": "exclude"}
    rulebook = Rulebook.from_dict(edition.rulebook)
    with_profile = ApplicationFactory(accepted=True, institution__social="https://example.org/gmina")
    without = ApplicationFactory(accepted=True, institution__social="")
    assert inputs.channels_lacking(with_profile, rulebook) == ()
    assert inputs.channels_lacking(without, rulebook) == ("social",)


def test_remarks_belong_to_their_application(edition):
    one, other = measured(edition, remark="Miło."), measured(edition, remark="Chłodno.")
    found = inputs.remarks_of(edition)
    assert {remark["text"] for remark in found[str(one.key)]} == {"Miło."}
    assert {remark["text"] for remark in found[str(other.key)]} == {"Chłodno."}


def test_readiness_counts_what_would_be_left_out(edition):
    measured(edition)
    waiting = measured(edition, channels=("phone",))
    waiting.assignments.get().audit.__class__.objects.filter(assignment__application=waiting).update(state="submitted")
    found = office.readiness_of(edition)
    assert (found.approved, found.without_audits, found.total) == (3, 1, 2)


def test_the_summary_and_the_cards(edition):
    assert office.overview_cards(edition, None) == []
    measured(edition, BEST)
    measured(edition, POOR)
    calculation = calculated(edition)
    found = office.summary_of(calculation)
    assert (found.institutions, found.granted, found.refused, found.not_classified) == (2, 1, 1, 0)
    assert [(card["value"], card["tone"]) for card in office.overview_cards(edition, None)] == [(1, "warn")]
    published(edition)
    cards = office.overview_cards(edition, None)
    assert [(card["value"], card["tone"]) for card in cards] == [(1, "good"), (0, "info")]


def test_an_earlier_edition_that_can_tell_says_how_far_apart_audits_lie():
    past = guarded_edition()
    crossed(past)
    kept = {name: float(value) for name, value in calculated(past).certainty["variances"].items()}
    silent = finished_edition(programme=past.programme, year=past.year + 1)
    measured(silent)
    calculated(silent)
    planned = EditionFactory(programme=past.programme, year=past.year + 2)
    assert office.last_spread(planned) == Spread(**kept, source=str(past))
    assert spread_for(planned) == (office.last_spread(planned) if Spread(**kept).is_usable else ASSUMED)
    assert [office.last_spread(edition) for edition in (past, EditionFactory())] == [None, None]


def test_offices_see_their_own_calculations(edition):
    measured(edition)
    calculation = calculated(edition)
    assert list(office.calculations_visible_to(office_user(edition))) == [calculation]
    assert list(office.calculations_visible_to(office_user())) == []


def test_reports_are_seen_by_their_institution_after_publication(edition):
    application = measured(edition)
    user, stranger = representative_of(application), representative_of(measured(edition))
    published(edition)
    report = RankingReport.objects.get(application=application)
    assert list(shown.reports_visible_to(user)) == [report]
    assert report not in shown.reports_visible_to(stranger)


def test_published_results_are_none_before_publication(edition):
    measured(edition)
    calculated(edition)
    assert list(shown.published_results(edition)) == []
    published(edition)
    assert shown.published_results(edition).count() == 1


def test_a_representative_who_left_sees_nothing(edition):
    application = measured(edition)
    user = representative_of(application)
    published(edition)
    user.representations.update(is_active=False)
    assert list(shown.results_visible_to(user)) == []
