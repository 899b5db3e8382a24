"""The estimates of a result as the pages show them: the engine's own numbers, nothing rounded on the way."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest

from assay import protocol as protocols
from assay.rulebook import Estimates, RankEstimate
from factories_results import calculated, crossed, finished_edition, guarded_edition
from probierz.results.certainty import Certainty, certainty_of, chart, interval_rows, with_certainty


@pytest.fixture
def calculation(db):
    edition = guarded_edition()
    crossed(edition)
    return calculated(edition)


def estimates(blup, se, ranks=None):
    return Estimates(Fraction(80), Fraction(82), Fraction(blup), Fraction(se), Fraction(1, 2), ranks or {})


def test_every_number_is_the_engines(calculation):
    stated = {entry["key"]: entry["estimates"] for entry in calculation.protocol["outcome"]["institutions"]}
    found = {row.pseudonym: certainty_of(row.detail["summary"]) for row in calculation.results.all()}
    assert {key: one.estimates.as_dict() for key, one in found.items()} == stated
    assert protocols.verify(calculation.protocol).is_valid


def test_the_interval_is_of_the_same_distribution_as_the_probability(calculation):
    threshold = Fraction(70)
    for row in calculation.results.all():
        found = certainty_of(row.detail["summary"])
        chance = found.estimates.p_threshold
        assert (found.low > threshold, found.high < threshold) == (chance > Fraction(19, 20), chance < Fraction(1, 20))


def test_the_interval_stays_on_the_scale():
    assert Certainty(estimates(98, 4), {}).high == 100
    assert Certainty(estimates(1, 4), {}).low == 0
    assert round(float(Certainty(estimates(50, 10), {}).low), 6) == 33.551464


def test_a_place_with_its_interval_in_words():
    ranks = {"category": RankEstimate("category", Fraction(3), 2, 6, 1)}
    found = Certainty(estimates(80, 2, ranks), {"category": 3, "overall": 9})
    assert (found.category_place, found.overall_place) == ("3 (od 2 do 6)", "")
    assert found.correction == 2


def test_a_result_from_before_has_none():
    assert certainty_of({"places": {}}) is None
    assert certainty_of({"places": {}, "estimates": None}) is None


def test_the_chart_has_a_row_for_each_institution_by_official_points(calculation):
    rows = interval_rows(with_certainty(calculation.results.select_related("application__institution")), "overall")
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)
    assert len(rows) == 8
    groups = [row.group for row in rows]
    assert groups == sorted(groups)
    drawn = chart(rows, calculation, key="p")
    assert [row[0] for row in drawn.table.rows] == [row.label for row in rows]
    assert "próg 70" in drawn.svg
    assert {row.group for row in interval_rows(with_certainty(calculation.results.all()), "")} == {None}


def test_the_calculation_keeps_how_sure_it_is_without_jurors(calculation):
    outcome = calculation.protocol["outcome"]
    kept = calculation.certainty
    assert (kept["official"], kept["variances"], kept["jurors"]) == (
        outcome["official"],
        outcome["severity"]["variances"],
        len(outcome["severity"]["jurors"]),
    )
    assert outcome["severity"]["jurors"][0]["key"] not in str(kept)


@pytest.mark.django_db
def test_too_few_audits_say_why_there_is_nothing():
    edition = finished_edition()
    crossed(edition, 1)
    found = calculated(edition)
    assert (found.certainty["absent"], certainty_of(found.results.get().detail["summary"])) == ("institutions", None)
    assert interval_rows(with_certainty(found.results.all()), "overall") == []
    assert SimpleNamespace(**found.certainty["official"]).used == "raw"
