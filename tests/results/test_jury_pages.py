"""The pages of the jury's quality: for the office alone, kind where nothing can be said yet, right in its words."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assay.agreement import Alpha, Index, JurorProfile, Variances, d_study, separation
from factories_accounts import UserFactory
from factories_editions import office_user
from factories_jury import JurorFactory
from factories_jury_quality import judged_edition
from factories_results import finished_edition, measured, representative_of
from probierz.applications.models import Application
from probierz.base.charts import WIDE
from probierz.results import jury_charts, jury_pages, jury_wording, queries


def here(edition, *jurors):
    parts = {"programme": edition.programme.slug, "edition": edition.slug}
    pages = [reverse("office-jury-quality", kwargs=parts)]
    return pages + [reverse("office-jury-quality-juror", kwargs=parts | {"key": one.key}) for one in jurors]


@pytest.fixture
def edition(db):
    return finished_edition()


def profile(severity=None, interval=None, *, audits=4, flag=()):
    return JurorProfile("1", audits, audits > 2, severity, interval, (), flag)


def test_the_office_reads_the_jury_and_each_juror(client, edition):
    jurors = judged_edition(edition)
    client.force_login(office_user(edition, role="observer"))
    whole, strict = (client.get(page) for page in here(edition, jurors[0]))
    assert (whole.status_code, strict.status_code) == (200, 200)
    lines = whole.context["lines"]
    assert lines[0].juror == jurors[0]
    assert [line.profile.severity for line in lines] == sorted(line.profile.severity for line in lines)
    measured_here = queries.jury_quality_of(edition)
    words = jury_wording.severity_words(measured_here.profile_of(jurors[0].pk))
    assert words.startswith("surowszy o ")
    assert words in whole.content.decode()
    assert words.capitalize() in strict.content.decode()
    assert len(strict.context["audits"]) == 4


def test_nobody_else_does(client, edition):
    jurors = judged_edition(edition, institutions=2, jurors=2)
    application = Application.objects.filter(edition=edition).first()
    pages = here(edition, jurors[0])
    for user in (office_user(), representative_of(application), jurors[0].user, UserFactory()):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [404, 404]
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302, 302]


def test_a_juror_of_another_programme_has_no_page_here(client, edition):
    client.force_login(office_user(edition))
    assert client.get(here(edition, JurorFactory())[1]).status_code == 404


def test_an_empty_edition_says_what_will_make_it_possible(client, edition):
    juror = JurorFactory(programme=edition.programme)
    client.force_login(office_user(edition))
    whole, one = (client.get(page).content.decode() for page in here(edition, juror))
    assert "Nie ma jeszcze zatwierdzonych audytów" in whole
    assert "Nie ma jeszcze zatwierdzonych audytów tej osoby" in one


def test_too_few_audits_say_so(client, edition):
    application = measured(edition)
    measured(edition)
    client.force_login(office_user(edition))
    juror = application.assignments.first().juror
    whole, one = (client.get(page).content.decode() for page in here(edition, juror))
    assert jury_wording.absent_words("audits") in whole
    assert "Żadnej instytucji nie widziało w tym samym kanale dwoje jurorów." in whole
    assert "nie da się jeszcze policzyć" in whole
    assert "potrzeba co najmniej 3." in one


def test_as_many_queries_for_many_as_for_few(client, edition, django_assert_num_queries):
    jurors = judged_edition(edition, institutions=2, jurors=2)
    client.force_login(office_user(edition))
    pages = here(edition, jurors[0])
    counts = []
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        counts.append(len(few))
    judged_edition(edition, institutions=4, jurors=5)
    for page, count in zip(pages, counts, strict=True):
        client.get(page)
        with django_assert_num_queries(count):
            client.get(page)


def test_every_juror_has_one_axis(edition):
    judged_edition(edition)
    quality = queries.jury_quality_of(edition)
    lines = jury_pages.lines_of(quality, queries.jurors_of(edition))
    zeros = {re.search(r'chart-zero" x1="([\d.]+)"', line.picture).group(1) for line in lines}
    assert zeros == {"110.0"}


def test_severity_in_words():
    words = [
        jury_wording.severity_words(one)
        for one in (
            profile(-3.2, (-5.3, -1.1)),
            profile(3.2, (1.1, 5.3)),
            profile(-0.4, (-2.0, 1.2)),
            profile(),
        )
    ]
    assert words == [
        "surowszy o 3,2 pkt (od 1,1 do 5,3)",
        "łagodniejszy o 3,2 pkt (od 1,1 do 5,3)",
        "nie odbiega od pozostałych",
        "nie da się jeszcze policzyć",
    ]
    assert jury_wording.interval_words(profile(-0.4, (-2.0, 1.2))) == "−0,4 pkt, przedział od −2,0 do +1,2"


def test_a_flag_names_its_indices_plainly():
    assert jury_wording.flags(profile(flag=("halo", "speed"))) == [
        "oceny w audycie są do siebie zbyt podobne",
        "arkusze wypełniane dużo szybciej niż przez pozostałych",
    ]
    assert jury_wording.flags(profile()) == []


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("severity", -3.25, "−3,3 pkt"),
        ("halo", 0.038, "+3,8 p.p."),
        ("speed", 0.5, "0,50 ×"),
        ("all-same", 0.25, "25 %"),
        ("all-same", None, "–"),
    ],
)
def test_an_index_in_its_unit(name, value, shown):
    assert jury_wording.index_value(name, value) == shown
    assert jury_wording.index_name(name)
    assert jury_wording.index_meaning(name)


def test_the_verdict_of_an_index():
    verdicts = [
        jury_wording.index_verdict(one)[1]
        for one in (
            Index("halo", "halo", None),
            Index("halo", "halo", 0.1),
            Index("halo", "halo", 0.1, 0, 1.0),
            Index("halo", "halo", -0.4, 0, -5.0, None, True),
        )
    ]
    assert verdicts == ["za mało danych", "za mało danych", "w normie", "odbiega"]


def test_coefficients_and_alphas_in_words():
    assert [jury_wording.coefficient_words(value)[0] for value in (0.8, 0.7, 0.5, None)] == ["good", "", "warn", ""]
    nothing = Alpha(None, "interval", None, None, 0, 0, 0, "no-pairs")
    same = Alpha(None, "interval", 0.0, 0.0, 2, 4, 1, "no-variation")
    sure = Alpha(0.9, "interval", 1.0, 10.0, 2, 4, 3)
    assert jury_wording.alpha_words(nothing) == ("", "żadnej instytucji nie widziało w jednym kanale dwoje jurorów")
    assert "takie same" in jury_wording.alpha_words(same)[1]
    assert jury_wording.alpha_words(sure)[0] == "good"


def test_what_is_needed_and_how_many_levels_there_are():
    assert jury_wording.needed_words(7, 5) == "potrzeba 7 audytów każdej instytucji (teraz 5)"
    assert jury_wording.needed_words(3, 5) == "cel jest osiągnięty; najmniejsza wystarczająca liczba audytów: 3"
    assert "żadna liczba" in jury_wording.needed_words(None, 5)
    assert jury_wording.strata_words(separation([1, 2, 3], [0.2] * 3)) == "oceny rozróżniają poziomy jakości: 6"
    assert "nawet na dwa" in jury_wording.strata_words(separation([1, 2, 3], [5] * 3))
    assert jury_wording.strata_words(None) == "nie da się jeszcze policzyć"


@pytest.mark.parametrize(
    "code", ["constant", "boundary", "no-residual", "disconnected", "confounded", "not-independent"]
)
def test_every_warning_of_the_model_has_words(code):
    assert jury_wording.caution_words(code).endswith(".")


def test_a_row_lies_on_the_common_axis():
    """From -10 to 10 points over 204 units after a margin of 8: -5 is at 59, the interval from 18.2 to 99.8."""
    most = jury_charts.severity_range([(-9.2, -1.0), (0.5, 3.0)])
    assert most == 10
    drawn = jury_charts.severity_row("k", -5.0, (-9.0, -1.0), most, "surowszy")
    assert 'class="chart-zero" x1="110.0"' in drawn
    assert 'class="chart-own" d="M59.0' in drawn
    assert 'class="chart-interval" x1="18.2" y1="14.0" x2="99.8"' in drawn
    unsure = jury_charts.severity_row("k", 0.0, (-1.0, 1.0), most, "nie odbiega")
    assert 'class="chart-point" cx="110.0" cy="14.0"' in unsure
    assert jury_charts.severity_range([]) == 1


def test_the_curve_rises_to_its_aim():
    """Institution 40 beside a residual of 60: G of 1 audit is 0.4, at 240 - 0.4 * 200 = 160 from the top."""
    designs = d_study(Variances(40, 10, 60), most=12)
    chart = jury_charts.reliability_curve("k", designs, now=5, target=0.8, width=WIDE)
    assert 'class="chart-point" cx="38.0" cy="160.0"' in chart.svg
    assert 'class="chart-mean" x1="38.0" y1="80.0" x2="668.0" y2="80.0"' in chart.svg
    assert "teraz 5" in chart.svg
    assert chart.table.rows[0] == ("1", "0,36", "0,40", "8,4", "7,7")
    assert len(chart.table.rows) == 12
    beyond = jury_charts.reliability_curve("k", designs, now=30, target=0.8, width=340)
    assert "teraz" not in beyond.svg
