"""`python -m assay severity`."""

import pytest

from assay.severity import Ratings, fit
from engine_samples import answer, changed, refusal

DATA = {
    "ratings": [
        {"institution": place, "juror": juror, "score": score, "channel": channel, "weight": 1}
        for place, juror, score, channel in [
            ("x", "a", 80, "visit"),
            ("x", "b", 71.5, "web"),
            ("x", "c", 77, "visit"),
            ("y", "a", 64, "web"),
            ("y", "b", 60, "visit"),
            ("z", "c", 90, "web"),
            ("z", "a", 93.25, "visit"),
        ]
    ],
    "threshold": 70,
    "draws": 200,
    "seed": 4,
    "prior": "weak",
}


def test_the_command_is_the_function():
    found = answer("severity", given=DATA)
    fitted = fit(
        Ratings.of(
            [tuple(row[name] for name in ("institution", "juror", "score", "channel")) for row in DATA["ratings"]]
        ),
        prior="weak",
    )
    assert [entry["key"] for entry in found["institutions"]] == ["x", "y", "z"]
    assert [entry["fair"] for entry in found["institutions"]] == pytest.approx(list(fitted.institutions.fair))
    assert (found["prior"], found["method"], set(found["means"])) == ("weak", "exact", {"visit", "web"})
    assert [entry["rank_interval"][0] for entry in found["institutions"]] == [2, 3, 1]
    assert all(0 <= entry["p_threshold"] <= 1 for entry in found["institutions"])
    assert answer("severity", given={**DATA, "ratings": DATA["ratings"][::-1]}) == found
    plain = answer("severity", given={"ratings": DATA["ratings"]})
    assert ("rank_interval" in plain["institutions"][0], "p_threshold" in plain["institutions"][0]) == (False, False)


def test_a_hard_scenario_is_no_fault_of_who_met_it():
    quality = {"x": 80, "y": 70, "z": 60, "w": 50}
    rows = [
        {"institution": place, "juror": juror, "score": points - 9 * (number % 2), "scenario": "ab"[number % 2]}
        for at, (place, points) in enumerate(quality.items())
        for number, juror in enumerate("jklm"[: 4 - at % 2])
    ]
    for number, row in enumerate(rows):
        row["score"] += (0.3, -0.2, 0.1, -0.4, 0.2)[number % 5]
    plain = answer("severity", given={"ratings": [{**row, "scenario": "a"} for row in rows]})
    told = answer("severity", given={"ratings": rows})
    assert answer("severity", given={"ratings": rows[::-1]}) == told
    assert plain["variances"]["juror"] > 10 * told["variances"]["juror"]
    fitted = fit(
        Ratings.of([(row["institution"], row["juror"], row["score"], None, None, row["scenario"]) for row in rows])
    )
    assert [entry["blup"] for entry in told["institutions"]] == pytest.approx(list(fitted.institutions.blup))


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("ratings",), [], "ratings"),
        (("ratings", 0, "score"), None, "ratings[0].score"),
        (("ratings", 0, "score"), True, "ratings[0].score"),
        (("ratings", 0, "score"), 1e300, "ratings[0].score"),
        (("ratings", 1, "channel"), None, "ratings[1].channel"),
        (("ratings", 1, "scenario"), "pushchair", "ratings[1].scenario"),
        (("ratings", 1, "weight"), 0, "ratings[1].weight"),
        (("ratings", 1, "mark"), 1, "ratings[1].mark"),
        (("prior",), "strong", "prior"),
        (("draws",), 100_001, "draws"),
        (("draws",), 0, "draws"),
        (("level",), 1, "level"),
        (("level",), 0, "level"),
        (("seed",), -1, "seed"),
        (("threshold",), "NaN", "threshold"),
        (("jurors",), [], "jurors"),
    ],
)
def test_wrong_input_is_refused_by_its_field(path, value, field):
    assert refusal("severity", given=changed(DATA, path, value)) == field
