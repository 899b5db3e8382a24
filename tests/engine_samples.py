"""Scorecards, rulebooks, audits and command runs the engine's tests share."""

import io
import json
from copy import deepcopy

from assay.command import main

VISIT = {
    "key": "visit-card",
    "channel": "visit",
    "title": "Wizyta",
    "critical_cap": "50",
    "sections": [
        {
            "key": "place",
            "title": "Miejsce",
            "weight": "10",
            "items": [
                {"key": "P1", "text": "Wejście oznakowane", "kind": "yes_no", "evidence_on": ["no"]},
                {"key": "P2", "kind": "yes_no", "reversed": True},
                {"key": "P3", "kind": "yes_no", "not_applicable": True},
            ],
        },
        {
            "key": "service",
            "title": "Obsługa",
            "weight": "30",
            "items": [
                {
                    "key": "S1",
                    "kind": "scale",
                    "options": [{"mark": str(mark), "points": str(mark - 1)} for mark in range(1, 6)],
                },
                {
                    "key": "S2",
                    "kind": "duration",
                    "unit": "min",
                    "timer": "waiting",
                    "bands": [{"up_to": "5", "points": "3"}, {"up_to": "10", "points": "2"}, {"points": "0"}],
                },
                {"key": "S3", "kind": "yes_no", "critical": True, "weight": 2},
                {"key": "S4", "kind": "yes_no", "show_if": {"item": "S3", "marks": ["yes"]}},
                {"key": "S5", "kind": "text"},
            ],
        },
    ],
}
EMAIL = {
    "key": "email-card",
    "channel": "email",
    "title": "E-mail",
    "sections": [
        {
            "key": "time",
            "weight": "3",
            "items": [
                {
                    "key": "E1",
                    "kind": "number",
                    "unit": "dni",
                    "utility": [{"at": "0", "points": "4"}, {"at": "7", "points": "0"}],
                    "no_answer_points": "0",
                    "ends_audit_on": ["none"],
                }
            ],
        },
        {
            "key": "content",
            "weight": "7",
            "items": [
                {"key": "E2", "kind": "count", "points": "2"},
                {"key": "E3", "kind": "choice", "options": [{"mark": "a", "points": "1"}, {"mark": "b"}]},
            ],
        },
    ],
}
BEST_VISIT = {"P1": "yes", "P2": "no", "P3": "yes", "S1": "5", "S2": "3", "S3": "yes", "S4": "yes"}
BEST_EMAIL = {"E1": "0", "E2": "4/4", "E3": "a"}

_RULES = {
    "schema": 1,
    "points": {"scale": "0-100", "decimals": 2, "rounding": "half-up"},
    "channels": {
        "visit": {"weight": "60", "required": True, "absent": "exclude"},
        "email": {"weight": "40", "required": False, "absent": "zero"},
    },
    "audit": {"min_coverage": "0.7", "no_answer": "zero"},
    "official_score": "raw",
    "ranked": {"min_audits": 2, "min_jurors": 2, "min_channels": 1},
    "licence": {
        "policy": "simple",
        "threshold": "75",
        "min_audits": 2,
        "min_channels": 1,
        "min_channel_score": "40",
        "critical": "refuse",
    },
    "standings": {
        "scopes": ["category", "overall"],
        "ties": ["share"],
        "prize_ties": ["lowest-channel", "audits", "lot"],
    },
    "published": {
        "points_to_institution": True,
        "place_to_institution": True,
        "points_public": False,
        "places_public": False,
        "only_laureates": True,
    },
    "fieldwork": {
        "report_hours": 48,
        "min_working_days_between": 5,
        "max_share_of_juror": "0.5",
        "double_scored_share": "0.1",
        "completion_working_days": 7,
    },
    "licence_terms": {"months": 12, "fee": [{"up_to": 20, "net": "3500"}, {"net": "6900"}]},
    "awards": [{"key": "statuetka", "title": "Statuetka Lidera", "kind": "statuette", "max": 3}],
}


def rules(**changes):
    """A fresh rulebook as a mapping, with dotted paths changed: rules(licence__policy="above-mean")."""
    fresh = deepcopy(_RULES)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = fresh
        for name in parents:
            place = place[name]
        place[last] = value
    return fresh


def audit(key, institution, *, category="gminy", juror=None, channel="visit", **marks):
    """One audit with the best marks but for those named (underscores stand for hyphens)."""
    best = BEST_VISIT if channel == "visit" else BEST_EMAIL
    given = {**best, **marks}
    return {
        "key": key,
        "institution": institution,
        "category": category,
        "juror": juror or f"juror-{key}",
        "channel": channel,
        "instrument": f"{channel}-card",
        "marks": {item: mark for item, mark in given.items() if mark is not None},
    }


def run(*arguments, given=b""):
    """Exit code, standard output and standard error of one command."""
    text = given if isinstance(given, bytes) else json.dumps(given).encode()
    out, err = io.BytesIO(), io.StringIO()
    code = main(arguments, io.BytesIO(text), out, err)
    return code, out.getvalue().decode(), err.getvalue()


def answer(*arguments, given):
    code, out, err = run(*arguments, given=given)
    assert (code, err) == (0, "")
    return json.loads(out)


def refusal(*arguments, given):
    code, out, err = run(*arguments, given=given)
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err.split(": ")[0]


def changed(data, path, value):
    fresh = json.loads(json.dumps(data))
    place = fresh
    *parents, last = path
    for name in parents:
        place = place[name]
    place[last] = value
    return fresh
