"""The planned precision of a plan: the engine's own figures, weak links that keep every rule, little data."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import isclose, sqrt
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assay.design import Design, VarianceComponents, weak_links
from factories_editions import office_user
from factories_jury import AssignmentFactory, ConflictFactory, planned_edition, proposed_plan
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.jury import actions, queries
from probierz.jury.precision import Ground, half_width, judge
from probierz.jury.proposal import Proposal, digest_of
from probierz.jury.variances import ASSUMED

KNOWN = VarianceComponents(81.0, 16.0, 49.0)


def pairs_of(plan):
    return [(row["application"], row["juror"]) for row in plan.outcome["seats"] if row["juror"]]


def ground(pairs, *, most=9, empty=(), **options):
    """A plan of web audits by hand: every juror may do everything that is not forbidden."""
    rows = [
        {
            "id": f"s{number}",
            "application": application,
            "kind": "gmina",
            "channel": "web",
            "juror": name,
            "from": "2025-11-10",
            "until": "2025-11-14",
            "by_hand": False,
            "scenario": "",
        }
        for number, (application, name) in enumerate([*pairs, *((key, "") for key in empty)])
    ]
    person = {"county": "1465", "channels": ["web"], "offers": ["web/gmina"], "most": most}
    inputs = {
        "jurors": {name: person for _, name in pairs},
        "excluded": options.pop("excluded", []),
        "seen": [],
        "counties": {},
        "seed": "s",
        "chance": 20,
        "max_share": "1",
        "repeat": 1,
    }
    places = sorted({row["application"] for row in rows})
    days = (date(2025, 11, 24), date(2025, 11, 28))
    proposal = Proposal(inputs, {"seats": rows})
    return Ground(proposal, [], ASSUMED, places, room=lambda _: days, **options)


RING = [(f"i{n}", f"j{(n + step) % 6}") for n in range(6) for step in (0, 1, 2)]


def test_the_interval_covers_nine_in_ten():
    assert isclose(half_width(16.0), 4 * 1.6448536269514722)


def test_the_figures_are_the_engines():
    found = judge(ground(RING))
    planned = Design.of(RING).planned_pev(KNOWN)
    assert (found["state"], found["institutions"], found["jurors"], found["audits"]) == ("judged", 6, 6, 18)
    assert (found["typical"], found["worst"]) == (median(planned.values()), max(planned.values()))
    assert found["fiedler"] == Design.of(RING).fiedler()
    assert sum(found["tenths"].values()) == 6
    links = weak_links(Design.of(RING), KNOWN, most=30)
    known = [(link.institution, link.juror, link.worst) for link in links]
    shown = [(row["application"], row["juror"], row["worst"]) for row in found["links"]]
    assert (shown[:2], len(shown)) == (known[:2], 6)
    assert set(shown) <= set(known)
    assert (found["wide"], found["parts"], found["alone"], found["unseen"]) == (0, [], [], 0)


def test_an_institution_with_few_audits_is_named_with_why():
    pairs = [(f"i{n}", f"j{step}") for n in range(6) for step in range(6)] + [("poor", "j9"), ("i0", "j9")]
    found = judge(ground(pairs, empty=["poor"]))
    (place,) = found["wide_places"]
    assert (place["application"], place["audits"], place["why"][0]) == ("poor", 1, "few-audits")
    assert place["pev"] > 1.5 * found["typical"]
    assert found["alone"] == ["j9"]
    beyond = sum(count for width, count in found["tenths"].items() if int(width) >= found["edge"])
    assert (beyond, sum(found["tenths"].values())) == (found["wide"], 7)


def test_two_parts_say_what_joins_them():
    apart = [(f"{side}{n}", f"{side}{(n + step) % 3}") for side in "pq" for n in range(3) for step in (0, 1)]
    found = judge(ground(apart))
    assert (found["parts_count"], [part["institutions"] for part in found["parts"]]) == (2, [3, 3])
    assert [part["applications"] for part in found["parts"]] == [["p0", "p1", "p2"], ["q0", "q1", "q2"]]
    (join,) = found["joins"]
    assert len(Design.of([*apart, (join["application"], join["juror"])]).components()) == 1
    assert (join["channel"], join["from"], join["until"]) == ("web", "2025-11-24", "2025-11-28")
    everyone = [
        [key, f"{side}{n}", "conflict"] for side in "pq" for n in range(3) for key, _ in apart if key[0] != side
    ]
    assert judge(ground(apart, excluded=everyone))["joins"] == []


def test_links_keep_conflicts_and_loads_and_use_empty_seats():
    barred = [[f"i{n}", f"j{m}", "conflict"] for n in range(6) for m in range(6) if m != 4]
    assert {row["juror"] for row in judge(ground(RING, excluded=barred))["links"]} == {"j4"}
    one = [[f"i{n}", f"j{m}", "conflict"] for n in range(1, 6) for m in range(6)]
    assert Counter(row["application"] for row in judge(ground(RING, excluded=one))["links"]) == {"i0": 2}
    assert judge(ground(RING, most=3))["links"] == []
    filled = judge(ground(RING, empty=["i0"]))["links"]
    assert {(row["application"], row["seat"], row["from"]) for row in filled if row["seat"]} == {("i0", "s18", "")}
    assert judge(ground(RING, absent=frozenset((f"i{n}", "web") for n in range(6))))["links"] == []


@pytest.mark.parametrize("pairs", [[], [("a", "x")], [("a", "x"), ("a", "y")], [("a", "x"), ("b", "x")]])
def test_little_data_is_not_judged(pairs):
    found = judge(ground(pairs, empty=["z"]))
    assert (found["state"], found["unseen_places"][-1]) == ("too-little", "z")


@pytest.mark.django_db
def test_a_proposal_keeps_its_precision_and_a_change_by_hand_renews_it():
    plan = proposed_plan(planned_edition(institutions=4, jurors=5))
    planned = Design.of(pairs_of(plan)).planned_pev(KNOWN)
    assert isclose(plan.precision["typical"], median(planned.values()))
    seat = plan.outcome["seats"][0]["id"]
    changed = actions.assign_seat(plan=plan, seat=seat, juror=None, revision=0, actor=office_user(plan.edition))
    again = Design.of(pairs_of(changed)).planned_pev(KNOWN)
    assert isclose(changed.precision["worst"], max(again.values()))
    assert changed.precision["worst"] > plan.precision["worst"]
    changed.refresh_from_db()
    assert changed.precision["audits"] == 7


@pytest.mark.django_db
def test_published_assignments_count_and_take_their_days():
    edition = planned_edition(institutions=3, jurors=4)
    application, juror = edition.applications.first(), edition.programme.jurors.first()
    AssignmentFactory(application=application, juror=juror, channel="email", state="done")
    AssignmentFactory(application=application, juror=juror, channel="web", state="cancelled")
    plan = proposed_plan(edition)
    standing = [*pairs_of(plan), (str(application.key), juror.pseudonym)]
    assert plan.precision["audits"] == len(standing)
    assert isclose(plan.precision["worst"], max(Design.of(standing).planned_pev(KNOWN).values()))


@pytest.mark.django_db
def test_one_more_audit_enters_the_proposal_far_from_the_others():
    edition = planned_edition(institutions=3, jurors=5)
    plan = proposed_plan(edition, per_channel={"web": 1, "email": 1})
    office, link = office_user(edition), plan.precision["links"][0]
    application = edition.applications.get(key=link["application"])
    juror = edition.programme.jurors.get(pseudonym=link["juror"])
    given = {"application": application, "channel": link["channel"], "juror": juror, "actor": office}
    grown = actions.add_seat(plan=plan, revision=0, **given)
    row = grown.outcome["seats"][-1]
    assert (row["application"], row["juror"], row["channel"]) == (link["application"], link["juror"], link["channel"])
    assert (row["from"], row["until"], row["by_hand"]) == (link["from"], link["until"], True)
    assert grown.digest == digest_of(grown.inputs, grown.outcome) != plan.digest
    assert isclose(grown.precision["worst"], link["worst"])
    entry = JournalEntry.objects.order_by("-number").first()
    assert (entry.verb, entry.details["digest"]) == ("allocation.changed", grown.digest)
    with pytest.raises(NotAllowed, match="same-channel|repeat"):
        actions.add_seat(plan=plan, revision=1, **given)
    with pytest.raises(NotAllowed, match="plan-changed"):
        actions.add_seat(plan=plan, revision=0, **given)
    published = actions.publish_plan(plan=grown, revision=1, actor=office)
    assert published.assignments.count() == 7


@pytest.mark.django_db
def test_one_more_audit_is_refused_against_a_later_conflict_and_without_days():
    edition = planned_edition(institutions=3, jurors=5)
    plan = proposed_plan(edition, per_channel={"web": 1, "email": 1})
    link = plan.precision["links"][0]
    application = edition.applications.get(key=link["application"])
    juror = edition.programme.jurors.get(pseudonym=link["juror"])
    ConflictFactory(juror=juror, institution=application.institution)
    given = {"plan": plan, "application": application, "channel": link["channel"], "juror": juror, "revision": 0}
    with pytest.raises(NotAllowed, match="conflict"):
        actions.add_seat(actor=office_user(edition), **given)
    # So few audits each that at least three jurors share the plan and one of them has room for another.
    crowded = planned_edition(institutions=4, jurors=5, days=14)
    crowded.programme.jurors.update(max_audits=3)
    short = proposed_plan(crowded, per_channel={"web": 2})
    assert {link["from"] for link in short.precision["links"]} == {""}


@pytest.mark.django_db
def test_the_view_names_people_and_places_without_a_query():
    plan = proposed_plan(planned_edition(institutions=6, jurors=4))
    whole = queries.plan_view(plan)
    with CaptureQueriesContext(connection) as captured:
        view = queries.precision_view(plan, whole)
    assert len(captured) == 0
    assert view.typical == f"±{1.6448536 * sqrt(plan.precision['typical']):.1f}".replace(".", ",")
    assert [(str(link.application.key), link.juror.pseudonym) for link in view.links] == [
        (row["application"], row["juror"]) for row in plan.precision["links"]
    ]
    plan.precision = {}
    assert (queries.precision_view(plan, whole).state, queries.precision_figures(plan).is_judged) == ("", False)
