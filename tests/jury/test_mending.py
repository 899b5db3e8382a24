"""Swaps that mend a proposal: rules of every seat kept, loads kept, what was set by hand left alone."""

from __future__ import annotations

from collections import Counter
from math import isclose

import pytest

from assay.design import Design, VarianceComponents
from factories_editions import office_user
from factories_jury import ConflictFactory, JurorFactory, planned_edition, proposed_plan
from probierz.base.models import JournalEntry
from probierz.base.rules import NotAllowed
from probierz.jury import actions, mending, queries
from probierz.jury.precision import Standing
from probierz.jury.proposal import Proposal, digest_of
from probierz.jury.variances import ASSUMED

KNOWN = VarianceComponents(81.0, 16.0, 49.0)


def apart():
    """Two parts by hand: institutions p with jurors p, institutions q with jurors q, two channels."""
    rows, people = [], {}
    for side in "pq":
        for number in range(4):
            for step, channel in ((0, "web"), (1, "phone"), (2, "web")):
                name = f"{side}{(number + step) % 4}"
                people[name] = {
                    "county": "1465",
                    "channels": ["web", "phone"],
                    "offers": ["web/gmina", "phone/gmina"] if name != "q0" else ["web/gmina"],
                    "most": 3,
                }
                rows.append(
                    {
                        "id": f"{side}{number}-{step}",
                        "application": f"{side}{number}",
                        "kind": "gmina",
                        "channel": channel,
                        "juror": name,
                        "from": "2025-11-10",
                        "until": "2025-11-14",
                        "by_hand": step == 2 and number == 0,
                        "scenario": "",
                    }
                )
    inputs = {"jurors": people, "excluded": [["p1", "q1", "conflict"]], "seen": [], "counties": {}}
    inputs |= {"seed": "s", "chance": 20, "max_share": "1", "repeat": 1}
    return inputs, rows


def test_parts_are_joined_and_every_rule_is_kept():
    inputs, rows = apart()
    proposal = Proposal(inputs, {"seats": rows})
    done = mending.mend(proposal, [Standing("p0", "q3", None)], ASSUMED, "s")
    assert (done.parts[1], done.worst[1] < done.worst[0]) == (1, True)
    after = [{**row, "juror": done.moved.get(row["id"], row["juror"])} for row in rows]
    assert Counter(row["juror"] for row in after) == Counter(row["juror"] for row in rows)
    mended = Proposal(inputs, {"seats": after})
    assert {row["id"] for row, _ in mended.broken()} <= {row["id"] for row, _ in proposal.broken()} == {"q3-1"}
    assert not {row["id"] for row in rows if row["by_hand"]} & set(done.moved)
    assert mending.mend(proposal, [Standing("p0", "q3", None)], ASSUMED, "s") == done


def test_changed_rows_get_costs_and_roles_unlike_the_others():
    inputs, rows = apart()
    rows[0]["scenario"] = "a"
    proposal = Proposal(inputs, {"seats": rows})
    changes = mending.changed_rows(proposal, {"p0-1": "q2"}, lambda row, name: ["a", "b", "c"], {"p0": {"b"}}, "s")
    assert changes == {
        "p0-1": {
            "juror": "q2",
            "parts": proposal.parts(rows[1], "q2"),
            "cost": sum(proposal.parts(rows[1], "q2").values()),
            "mended": True,
            "scenario": "c",
        }
    }


@pytest.fixture
def plan(db):
    """Jurors of two kinds of work, so that the flow alone leaves room for better links."""
    edition = planned_edition(institutions=10, jurors=3)
    for _ in range(3):
        JurorFactory(programme=edition.programme, teryt="0661991", max_audits=20, channels=["phone"])
    return proposed_plan(edition, per_channel={"visit": 1, "phone": 1})


def test_a_repair_is_kept_with_its_digest_and_precision(plan):
    found, office = queries.mending_of(plan), office_user(plan.edition)
    assert found.changes != {}
    done = actions.repair_plan(plan=plan, mending=found, revision=0, actor=office)
    pairs = [(row["application"], row["juror"]) for row in done.outcome["seats"] if row["juror"]]
    assert isclose(max(Design.of(pairs).planned_pev(KNOWN).values()), found.worst[1])
    assert isclose(done.precision["worst"], found.worst[1])
    assert isclose(plan.precision["worst"], found.worst[0])
    assert Proposal(done.inputs, done.outcome).broken() == []
    assert done.digest == digest_of(done.inputs, done.outcome) != plan.digest
    entry = JournalEntry.objects.order_by("-number").first()
    assert (entry.verb, entry.details) == (
        "allocation.repaired",
        {"seats": len(found.changes), "digest": done.digest},
    )
    with pytest.raises(NotAllowed, match="plan-changed"):
        actions.repair_plan(plan=plan, mending=found, revision=0, actor=office)
    moved = next(row for row in done.outcome["seats"] if row["id"] in found.changes)
    view = queries.seat_view(done, moved["id"])
    assert view.why.startswith("zamiana dla lepszych powiązań")


def test_a_repair_seats_nobody_against_a_later_conflict(plan):
    people = {juror.pseudonym: juror for juror in plan.edition.programme.jurors.all()}
    for row in queries.mending_of(plan).changes.items():
        seat = next(one for one in plan.outcome["seats"] if one["id"] == row[0])
        institution = plan.edition.applications.get(key=seat["application"]).institution
        ConflictFactory(juror=people[row[1]["juror"]], institution=institution)
    again = queries.mending_of(plan)
    done = actions.repair_plan(plan=plan, mending=again, revision=0, actor=office_user(plan.edition))
    proposal = queries.proposal_of(done, people.values(), plan.edition.applications.all())
    assert not {row["id"] for row, _ in proposal.broken()} & set(again.changes)


def test_there_is_nothing_to_mend_where_nothing_is_compared(db):
    assert queries.mending_of(proposed_plan(planned_edition(institutions=1, jurors=1))) is None
