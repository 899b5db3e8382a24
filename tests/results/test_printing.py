"""The printed report: the same bytes for the same result, the words of the rules, nothing of the jurors."""

from __future__ import annotations

import io

import pikepdf
import pytest

from factories_results import BEST, MIDDLING, calculated, finished_edition, measured, published
from probierz.base.charts import PAGE
from probierz.results import printing, queries
from probierz.results.models import RankingReport, Result
from probierz.results.report import report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return finished_edition(year=2025)


def test_the_same_report_gives_the_same_bytes_of_an_archival_tagged_document(edition):
    measured(edition, MIDDLING, name="Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu")
    published(edition)
    report = queries.report_to_make(RankingReport.objects.get().pk)
    content = printing.report_pdf(report)
    assert content == printing.report_pdf(report)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert 3 <= len(document.pages) <= 5
        assert bool(document.Root.MarkInfo.Marked)
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_what_is_printed_follows_the_rules(edition):
    edition.rulebook["published"]["points_to_institution"] = False
    edition.rulebook["published"]["place_to_institution"] = False
    edition.save()
    measured(edition, BEST)
    published(edition)
    told = printing.printed(report_of(Result.objects.get()))
    assert (told["points"], told["place"], told["place_of"]) == ("", "", "")


def test_the_window_of_audits_is_the_whole_stage(edition):
    measured(edition)
    published(edition)
    told = printing.printed(report_of(Result.objects.get()))
    assert len({line["window"] for line in told["audits"]}) == 1
    assert [line["note"] for line in told["audits"]] == ["1\u00a0audyt zaliczony"] * 3


def test_gains_are_signed_and_never_vanish_in_rounding(edition):
    measured(edition, MIDDLING)
    published(edition)
    told = printing.printed(report_of(Result.objects.get()))
    assert [line["gain"][0] for line in told["improvements"]] == ["+"] * len(told["improvements"])


def test_a_file_name_says_whose_and_of_which_edition(edition):
    measured(edition, name="Gmina Łódź-Zgierz")
    calculated(edition)
    name = printing.file_name(Result.objects.get())
    assert name == f"raport-{edition.programme.slug}-{edition.slug}-gmina-lodz-zgierz.pdf"


def test_the_profile_has_a_row_for_each_measured_channel(edition):
    measured(edition, BEST, channels=("visit", "phone"))
    calculated(edition)
    facts = report_of(Result.objects.get())
    chart = printing.profile_of(facts, palette=PAGE)
    assert [row[0] for row in chart.table.rows] == ["Wizyta", "Telefon", "E-mail"]
