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


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("ratings",), [], "ratings"),
        (("ratings", 0, "score"), None, "ratings[0].score"),
        (("ratings", 0, "score"), True, "ratings[0].score"),
        (("ratings", 0, "score"), 1e300, "ratings[0].score"),
        (("ratings", 1, "channel"), None, "ratings[1].channel"),
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
