from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from probierz.base import wording
from probierz.base.clock import held_at
from probierz.base.models import OutgoingMail
from probierz.base.templatetags import fields, look

CALL_ENDS = datetime(2025, 10, 24, 22, 0, tzinfo=UTC)


def page(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, **context}))


class Sample(forms.Form):
    name = forms.CharField(label="Nazwa", help_text="Bez skrótów.")
    note = forms.CharField(label="Uwagi", required=False, widget=forms.Textarea(attrs={"maxlength": 200}))
    answer = forms.ChoiceField(label="Odpowiedź", choices=[("t", "Tak"), ("n", "Nie")], widget=forms.RadioSelect)
    day = forms.DateField(label="Dzień", widget=forms.DateInput(attrs={"type": "date"}))
    scan = forms.FileField(label="Skan")
    agreed = forms.BooleanField(label="Zgoda")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in look.icon("check")
    assert look.icon("check", "Zatwierdzono", "lg").startswith(
        '<svg class="icon icon--lg" role="img" aria-label="Zatwierdzono">'
    )


@pytest.mark.parametrize(
    ("state", "tone"),
    [("accepted", "good"), ("cover_blown", "bad"), ("completion", "warn"), ("draft", "neutral"), ("info", "info")],
)
def test_a_badge_has_a_word_and_a_shape(state, tone):
    shown = look.badge(state, "słowo")
    assert shown.startswith(f'<span class="badge badge--{tone}"><svg')
    assert shown.endswith("słowo</span>")


def test_a_badge_escapes_its_word():
    assert "&lt;b&gt;" in look.badge("draft", "<b>")


def test_a_required_field_is_tied_to_its_hint_and_errors():
    form = Sample({})
    shown = page("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_hint id_name_errors"' in shown
    assert 'id="id_name_errors"' in shown
    assert "To pole jest wymagane." in shown
    assert "nieobowiązkowe" not in shown


def test_an_optional_field_says_so_and_counts_its_letters():
    shown = page("{% field form.note %}", form=Sample())
    assert "(nieobowiązkowe)" in shown
    assert "data-count" in shown


def test_a_group_is_a_fieldset_with_its_question_as_legend():
    shown = page("{% field form.answer %}", form=Sample())
    assert shown.count("<fieldset") == 1
    assert shown.count('type="radio"') == 2
    assert 'for="id_answer_1"' in shown


def test_a_date_reaches_the_browser_in_the_only_form_it_reads():
    with translation.override("pl"):
        shown = page("{% field form.day %}", form=Sample(initial={"day": date(2025, 10, 24)}))
    assert 'value="2025-10-24"' in shown
    assert "data-date-words" in shown


def test_a_file_has_a_place_to_be_dropped_and_a_hidden_field_no_label():
    assert "data-filedrop" in page("{% field form.scan %}", form=Sample())
    assert "<label" not in page("{% field form.key %}", form=Sample())


def test_the_error_summary_leads_to_the_first_control():
    found = fields.summary_of(Sample({"name": "x", "day": "2025-10-24", "agreed": "on", "key": "k"}))
    assert [(error["target"], error["label"]) for error in found] == [("id_answer_0", "Odpowiedź"), ("id_scan", "Skan")]
    assert page("{% form_errors form %}", form=Sample()).strip() == ""


def test_all_fields_of_a_form_at_once():
    shown = page("{% form_fields form %}", form=Sample())
    assert [f'data-field="{name}"' in shown for name in ("name", "note", "answer", "day", "scan", "agreed")] == [
        True
    ] * 6
    assert 'type="hidden"' in shown


def test_steps_know_what_is_done():
    shown = page("{% steps names 1 %}", names=["Nabór", "Audyty", "Gala"])
    assert [shown.count(f"step--{state}") for state in ("done", "current", "todo")] == [1, 1, 1]
    assert shown.count('aria-current="step"') == 1


def test_breadcrumbs_and_tabs_take_pairs():
    crumbs = page('{% breadcrumbs "Biuro" "/biuro/" "Wzornik" %}')
    assert '<a href="/biuro/">Biuro</a>' in crumbs
    assert '<span aria-current="page">Wzornik</span>' in crumbs
    tabs = page('{% tabs "A" "/a/" "B" "/b/" current="/b/" %}')
    assert tabs.count("aria-current") == 1


def test_links_keep_the_rest_of_the_query():
    assert page("{% qs strona=2 sort=None %}", "/?sort=name&q=gmina") == "q=gmina&amp;strona=2"


def test_a_sorted_column_says_how_and_offers_the_other_way():
    shown = page('{% sort_th "name" "Nazwa" %}', "/?sort=name&strona=3")
    assert 'aria-sort="ascending"' in shown
    assert 'href="?sort=-name"' in shown
    assert 'aria-sort="none"' in page('{% sort_th "name" "Nazwa" numeric=True %}')


def test_pages_of_a_list():
    paginator = Paginator(range(1, 2480), 50)
    shown = page("{% pagination page %}", "/?q=a", page=paginator.get_page(2))
    assert "51–100 z 2479" in shown
    assert 'href="?q=a&amp;strona=1"' in shown
    assert page("{% pagination page %}", page=Paginator([], 50).get_page(1)).strip() == ""


def test_a_score_bar_shows_the_interval_and_no_inline_style():
    shown = page("{% score_bar value 77 86 threshold=75 mean=mean %}", value=Decimal("82.4"), mean=Fraction(200, 3))
    assert 'width="82.40%"' in shown
    assert "przedział 77,0–86,0 · średnia kategorii 66,7 · próg 75,0" in shown
    assert "style=" not in shown


def test_a_score_beyond_the_scale_stays_on_the_bar():
    assert 'width="100.00%"' in page("{% score_bar 120 %}")


@pytest.mark.parametrize(
    ("before", "state", "words"),
    [
        (timedelta(days=30), "far", "zostało 30\u00a0dni"),
        (timedelta(days=2, hours=4), "soon", "zostało 2\u00a0dni 4\u00a0godz."),
        (timedelta(), "past", "termin minął mniej niż 1\u00a0min temu"),
    ],
)
def test_a_deadline_is_a_date_and_what_is_left(before, state, words):
    with held_at(CALL_ENDS - before):
        shown = page("{% deadline at %}", at=CALL_ENDS)
    assert f"deadline--{state}" in shown
    assert "do 24\u00a0października 2025\u00a0r., godz.\u00a024.00" in shown
    assert words in shown


def test_dates_in_both_languages():
    assert wording.moment_words(CALL_ENDS - timedelta(hours=1)) == "24\u00a0października 2025\u00a0r., godz.\u00a023.00"
    assert wording.span_words(date(2025, 9, 17), CALL_ENDS) == "17\u00a0września – 24\u00a0października 2025\u00a0r."
    with translation.override("en"):
        assert wording.until_words(CALL_ENDS) == "until 24 October 2025, 24:00"
        assert wording.left_words(timedelta(hours=3, minutes=5)) == "3 h 5 min"
        assert wording.decimal(Decimal("82.45"), 1) == "82.5"
        assert wording.span_words(date(2025, 9, 17), date(2025, 9, 18)) == "17–18 September 2025"
    assert page("{% pl_date day %}", day=date(2025, 10, 24)) == (
        '<time datetime="2025-10-24">24\u00a0października 2025\u00a0r.</time>'
    )
    assert page("{% pl_date day %}{% pl_datetime day %}", day=None) == "——"


def test_figures():
    assert [wording.figure(value) for value in (None, "abc", True, 12345, Decimal("1.25"))] == [
        "—",
        "abc",
        "tak",
        "12\u00a0345",
        "1,3",
    ]
    assert wording.file_size(1_250_000) == "1,2\u00a0MB"
    assert wording.file_size(12) == "12\u00a0B"


def test_filters():
    shown = page(
        "{{ value|points }} {{ value|points:2 }} {{ share|percent }} {{ 5|plural:'punkt,punkty,punktów' }} "
        "{{ 2|plural_word:'punkt,punkty,punktów' }} {{ 'Ala i kot'|nbsp }} {{ nip|nip }} {{ 4|roman }} "
        "{{ 2048|filesize_pl }} {{ map|get:'a' }} {{ none|points }} {{ 1234567|thousands }}",
        value=Fraction(165, 2),
        share=0.825,
        nip="5260210228",
        map={"a": "b"},
        none=None,
    )
    assert shown == (
        "82,5 82,50 83\u00a0% 5\u00a0punktów punkty Ala i\u00a0kot 526-021-02-28 IV 2,0\u00a0kB b — 1\u00a0234\u00a0567"
    )


def test_a_confirmation_asks_in_a_dialog_and_posts():
    shown = page(
        '{% confirm "Odrzuć" "/x/" title="Odrzucić?" tone="danger" %}<p>pole</p>{% endconfirm %}', csrf_token="t"
    )
    assert shown.count("<dialog") == 1
    assert 'action="/x/"' in shown
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="t">' in shown
    assert "<p>pole</p>" in shown


def test_the_rest_of_the_parts_render():
    shown = page(
        '{% stat 5 "audytów" unit="szt." note="z 8" url="/a/" why="/w/" tone="warn" %}'
        '{% empty "inbox" "Pusto" "Nic tu nie ma" "/x/" "Dodaj" %}{% person "dr Anna Nowak" "juror" %}'
        '{% copy "LZM/1" %}{% save_state %}{% timeline entries %}{% date_range day day %}'
        '{% page_header "Tytuł" "Zdanie" %}<a>x</a>{% endpage_header %}',
        entries=[{"at": CALL_ENDS, "title": "Złożono"}, {"when": "potem", "title": "Gala", "state": "todo"}],
        day=date(2025, 10, 24),
    )
    for part in ("stat--warn", "data-drawer", "Nic tu nie ma", ">AN<", 'data-copy="LZM/1"', "data-save-state"):
        assert part in shown
    assert "timeline__item--done" in shown
    assert "<h1>Tytuł</h1>" in shown


def test_several_controls_of_one_field_share_a_legend():
    class Moment(forms.Form):
        at = forms.SplitDateTimeField(label="Kiedy", widget=forms.SplitDateTimeWidget)

    shown = page("{% field form.at %}", form=Moment())
    assert shown.count("<legend") == 1
    assert fields.target_of(Moment()["at"]) == "id_at_0"


def test_errors_of_many_forms_are_summed():
    formset = SimpleNamespace(forms=[Sample({}), Sample({})])
    context = look.form_errors(Sample({}), formset.forms)
    assert len(context["errors"]) == 3 * len(fields.summary_of(Sample({})))


def test_a_part_for_an_empty_list_inside_a_loop():
    source = '{% for row in rows %}{{ row }}{% empty %}{% empty_state "inbox" "Pusto" %}{% endfor %}'
    assert "Pusto" in page(source, rows=[])


@pytest.mark.parametrize(
    ("audience", "name"), [("office", "work"), ("juror", "field"), ("public", "public"), ("", "public")]
)
def test_a_refusal_wears_the_shell_of_its_audience(audience, name):
    assert look.shell(audience) == f"base/shell_{name}.html"
    request = RequestFactory().get("/")
    assert "Za późno" in render_to_string("refusal.html", {"audience": audience, "message": "Za późno"}, request)


@pytest.mark.parametrize("name", ["403.html", "404.html", "429.html", "500.html"])
def test_an_error_page_says_what_to_do(name):
    shown = render_to_string(name, {}, RequestFactory().get("/"))
    assert shown.count("<h1>") == 1
    assert 'href="/"' in shown


def test_a_choice_is_said_in_the_page_s_language():
    row = OutgoingMail(state="sent")
    template = Template('{{ row|choice:"state" }}')
    assert template.render(Context({"row": row})) == row.get_state_display()
    assert template.render(Context({"row": OutgoingMail(state="gone")})) == "gone"
    assert template.render(Context({"row": None})) == ""


@pytest.mark.parametrize(
    ("closes_at", "figures"),
    [(CALL_ENDS, "24.10.2025, 24.00"), (CALL_ENDS + timedelta(hours=12, minutes=30), "25.10.2025, 12.30")],
)
def test_the_end_of_a_day_stands_at_its_24_00(closes_at, figures):
    assert page("{{ at|until_figures }}", at=closes_at) == figures


def test_headings_and_leads_are_tied_between_their_tags_only():
    shown = page(
        '{% filter unbroken %}Co i <a class="a b" title="w 2 miejsc">kto w domu</a> za 12 miesięcy{% endfilter %}'
    )
    assert shown == 'Co i\u00a0<a class="a b" title="w 2 miejsc">kto w\u00a0domu</a> za 12\u00a0miesięcy'
