"""Who could sit where, and what stands against it."""

from __future__ import annotations

import pytest

from probierz.jury.proposal import Proposal, digest_of


def row(seat, application="a", channel="visit", juror="", **fields):
    return {
        "id": seat,
        "application": application,
        "kind": "gmina",
        "channel": channel,
        "juror": juror,
        "from": "2025-11-10",
        "until": "2025-11-14",
        "scenario": "",
        "cost": 0,
        "parts": {},
        "by_hand": False,
        "why_not": {},
        **fields,
    }


def person(**fields):
    return {
        "county": "1465",
        "channels": ["visit", "phone"],
        "offers": ["visit/gmina", "phone/gmina"],
        "most": 5,
    } | fields


def inputs(**fields):
    return {
        "jurors": {"J-01": person(), "J-02": person()},
        "excluded": [],
        "seen": [],
        "counties": {"a": "1465", "b": "2213"},
        "seed": "s",
        "chance": 20,
        "max_share": "1/2",
        "repeat": 1,
    } | fields


def problems(rows, name="J-01", seat=0, **options):
    extra = {key: options.pop(key) for key in ("bound", "away") if key in options}
    return Proposal(inputs(**options), {"seats": rows}, **extra).problems(rows[seat], name)


@pytest.mark.parametrize(
    ("expected", "rows", "options"),
    [
        ((), [row("1")], {}),
        (("away",), [row("1")], {"away": ["J-01"]}),
        (("conflict",), [row("1")], {"bound": [("a", "J-01")]}),
        (("recent",), [row("1")], {"excluded": [["a", "J-01", "recent"]]}),
        (("no-window",), [row("1", **{"from": "", "until": ""})], {}),
        (("channel",), [row("1", channel="web")], {}),
        (("legend",), [row("1")], {"jurors": {"J-01": person(offers=["phone/gmina"])}}),
        (("same-channel", "repeat"), [row("1"), row("2", juror="J-01")], {}),
        (("repeat",), [row("1"), row("2", channel="phone", juror="J-01")], {}),
        ((), [row("1"), *(row(n, channel="phone", juror="J-01") for n in "2"), row("3"), row("4")], {"repeat": 2}),
        (("full",), [row("1"), row("2", application="b", juror="J-01")], {"jurors": {"J-01": person(most=1)}}),
        ((), [row("1", juror="J-01")], {"jurors": {"J-01": person(most=1)}}),
    ],
)
def test_what_stands_against_a_juror(expected, rows, options):
    assert problems(rows, **options) == expected


def test_somebody_the_plan_does_not_know_is_away():
    assert problems([row("1")], name="J-99") == ("away",)


def test_candidates_who_may_stand_first_the_cheapest_first():
    rows = [row("1", application="b")]
    people = {"J-01": person(county="1861"), "J-02": person(county="2213"), "J-03": person(channels=["web"])}
    found = Proposal(inputs(jurors=people, chance=0), {"seats": rows}).candidates(rows[0])
    assert [(one.name, one.cost, bool(one.problems)) for one in found] == [
        ("J-02", 0, False),
        ("J-01", 30, False),
        ("J-03", 30, True),
    ]


def test_placing_takes_a_role_not_yet_played_there():
    rows = [row("1", juror="J-02", scenario="psy"), row("2", channel="phone")]
    proposal = Proposal(inputs(), {"seats": rows})
    proposal.place(rows[1], "J-01", ["psy", "karta"])
    assert (rows[1]["juror"], rows[1]["scenario"], rows[1]["by_hand"]) == ("J-01", "karta", True)
    proposal.place(rows[1], "", [])
    assert (rows[1]["juror"], rows[1]["scenario"], rows[1]["why_not"]) == ("", "", {"by-hand": 1})


def test_broken_seats_are_those_against_which_something_stands_now():
    rows = [row("1", juror="J-01"), row("2", application="b", juror="J-02")]
    proposal = Proposal(inputs(), {"seats": rows}, bound=[("b", "J-02")])
    assert [(seat["id"], codes) for seat, codes in proposal.broken()] == [("2", ("conflict",))]


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert digest_of({"a": 1, "b": 2}, {}) == digest_of({"b": 2, "a": 1}, {})
