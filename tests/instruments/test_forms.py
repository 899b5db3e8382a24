from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from factories_instruments import InstrumentFactory, ScenarioFactory, scorecard_definition
from probierz.instruments import definitions, loading
from probierz.instruments.definitions import Problem
from probierz.instruments.forms import AnswerForm, CopyForm, HeadForm, ItemEditor, ScenarioForm, SectionForm
from probierz.instruments.forms.items import said_marks, spoken_marks


def posted_back(editor: ItemEditor) -> dict[str, Any]:
    """What a browser sends when the form is opened and saved untouched."""
    data: dict[str, Any] = {}
    for form in [editor.form, *(form for rows in editor.rows.values() for form in rows.forms)]:
        for bound in form:
            value = bound.value()
            if hasattr(bound.field, "prepare_value"):
                value = bound.field.prepare_value(value)
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else str(value)
    for rows in editor.rows.values():
        for bound in rows.management_form:
            data[bound.html_name] = str(bound.value())
    return data


def editor_of(definition: dict[str, Any], key: str, **changes: str) -> ItemEditor:
    item = definitions.item_of(definition, key)
    earlier = definitions.items_before(definition, key)
    opened = ItemEditor(item=item, earlier=earlier, revision=3)
    return ItemEditor(item=item, earlier=earlier, revision=3, data={**posted_back(opened), **changes})


@pytest.mark.parametrize("definition", loading.scorecards(), ids=lambda definition: definition["key"])
def test_an_item_saved_untouched_stays_as_it_was(definition):
    for _section, item in definitions.items_of(definition):
        editor = editor_of(definition, item["key"])
        assert editor.is_valid(), (item["key"], editor.form.errors)
        assert editor.item() == item


def test_changed_answers_and_points():
    editor = editor_of(
        scorecard_definition(),
        "T3",
        **{"options-2-points": "2,5", "options-0-DELETE": "on", "options-3-mark": "4", "options-3-label": "serdeczna"},
    )
    assert editor.is_valid() is True
    assert [(option["mark"], option.get("points")) for option in editor.item()["options"]] == [
        ("2", "1"),
        ("3", "2.5"),
        ("4", None),
    ]


def test_answers_of_another_kind_are_dropped():
    editor = editor_of(scorecard_definition(), "T3", kind="text")
    assert editor.is_valid() is True
    assert editor.item()["kind"] == "text"
    assert "options" not in editor.item()


def test_marks_are_spoken_in_polish():
    options = [{"mark": "a", "label": "Wcale"}, {"mark": "b", "label": "Trochę"}]
    assert spoken_marks("nie, Nie dotyczy; wcale, b, nie", options) == ["no", "na", "a", "b"]
    assert said_marks(["yes", "none", "2"]) == "tak, brak odpowiedzi, 2"
    with override("en"):
        said = said_marks(["yes", "na", "none", "2"])
        assert said == "yes, not applicable, no answer, 2"
        assert spoken_marks(said, []) == ["yes", "na", "none", "2"]


def test_a_number_that_is_none_is_named():
    editor = editor_of(scorecard_definition(), "T1", weight="dużo")
    assert editor.is_valid() is False
    assert editor.form.errors["weight"] == ["Proszę wpisać liczbę, np. 2 albo 1,5."]


def test_a_condition_needs_its_answer():
    editor = editor_of(scorecard_definition(), "T3", show_item="T1")
    assert editor.is_valid() is False
    assert list(editor.form.errors) == ["show_marks"]


@pytest.mark.parametrize(
    ("field", "where"),
    [("critical", "critical"), ("show_if.marks", "show_marks"), ("show_if.item", "show_item"), ("new", "__all__")],
)
def test_a_refusal_of_the_engine_lands_at_its_field(field, where):
    editor = editor_of(scorecard_definition(), "T4")
    assert editor.is_valid() is True
    editor.refuse(Problem("rozmowa", "T4", field, "is missing"))
    assert list(editor.form.errors) == [where]


def test_a_refusal_about_a_row_lands_in_the_row():
    editor = editor_of(scorecard_definition(), "T3")
    assert editor.is_valid() is True
    editor.refuse(Problem("rozmowa", "T3", "options[1].points", "must not be below 0"))
    assert list(editor.options.forms[1].errors) == ["points"]


def test_the_cap_lies_between_0_and_100():
    form = HeadForm({"title": "X", "not_applicable_label": "ND", "critical_cap": "120", "revision": "0"})
    assert form.errors["critical_cap"] == ["Wynik ma skalę od 0 do 100."]


def test_a_section_gets_its_symbol_from_its_name():
    data = {"title": "Łatwość dostępu", "weight": "10,5", "revision": "0"}
    form = SectionForm(data, is_new=True)
    assert form.is_valid() is True
    assert (form.cleaned_data["key"], form.cleaned_data["weight"]) == ("latwosc-dostepu", "10.5")
    assert list(SectionForm(data, is_new=True, taken=("latwosc-dostepu",)).errors) == ["key"]
    assert "key" not in SectionForm(data).fields


@pytest.mark.django_db
def test_a_copy_needs_a_free_symbol():
    InstrumentFactory(key="zajety")
    assert CopyForm({"title": "X", "key": "zajety"}).errors["key"] == ["Arkusz o tym symbolu już istnieje."]


def test_an_unlawful_scenario_is_explained_at_the_form_of_contact():
    form = ScenarioForm({"title": "X", "channels": ["email"], "form": "application", "role": "r", "question": "q"})
    assert "art. 63" in form.errors["form"][0]


@pytest.mark.django_db
def test_a_new_scenario_gets_a_free_key():
    ScenarioFactory(key="podatek-od-psa")
    data = {
        "title": "Podatek od psa",
        "channels": ["phone"],
        "form": "question",
        "role": "Właściciel psa",
        "question": "Ile?",
        "steps": "Zadzwoń\n\n Zapytaj \n",
        "revision": "0",
    }
    form = ScenarioForm(data)
    assert form.is_valid() is True
    assert form.free_key() == "podatek-od-psa-2"
    assert form.values()["steps"] == ["Zadzwoń", "Zapytaj"]


def test_points_of_an_answer_carry_their_source():
    form = AnswerForm(
        {"points": "Odpis kosztuje 22 zł | ustawa o opłacie\nCzeka się 7 dni", "valid_from": "2025-01-01"}
    )
    assert form.is_valid() is True
    points = form.values()["points"]
    assert points == [
        {"point": "Odpis kosztuje 22 zł", "source": "ustawa o opłacie"},
        {"point": "Czeka się 7 dni", "source": ""},
    ]
    assert AnswerForm.lines_of(points) == ["Odpis kosztuje 22 zł | ustawa o opłacie", "Czeka się 7 dni"]


def test_an_answer_does_not_end_before_it_begins():
    form = AnswerForm({"points": "x", "valid_from": "2025-02-01", "valid_until": "2025-01-01"})
    assert list(form.errors) == ["valid_until"]
