"""The form engine: a definition becomes fields, checks, words and a digest."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from probierz.applications import entry_form
from probierz.applications.entry_form import FieldSpec, SectionForm, SectionSpec

CHOICES = [{"value": "a", "label": "Pierwsza"}, ["b", "Druga"], "c"]


def one(kind: str, **more) -> SectionSpec:
    definition = {
        "sections": [
            {
                "key": "s",
                "title": "S",
                "fields": [{"key": "x", "label": "Pole", "kind": kind, "choices": CHOICES, **more}],
            }
        ]
    }
    return entry_form.sections_of(definition)[0]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", "Gmina", "x" * 301),
        ("textarea", "Dwa\nwiersze", "x" * 4001),
        ("email", "a@b.example", "a@"),
        ("phone", "+48 55 555 55 55", "zadzwoń"),
        ("number", "12 345,5", "dużo"),
        ("choice", "b", "z"),
        ("multichoice", ["a", "c"], ["z"]),
        ("date", "2025-10-24", "wczoraj"),
        ("url", "https://urzad.example", "nie adres"),
    ],
)
def test_each_kind_knows_right_from_wrong(kind, right, wrong):
    section = one(kind, required=True)
    empty = section.fields[0].empty
    assert entry_form.faults_in(section, {"x": right}) == {}
    assert list(entry_form.faults_in(section, {"x": wrong})) == ["x"]
    assert list(entry_form.faults_in(section, {"x": empty})) == ["x"]


def test_a_required_box_must_be_ticked():
    section = one("checkbox", required=True)
    assert entry_form.faults_in(section, {"x": True}) == {}
    assert list(entry_form.faults_in(section, {})) == ["x"]


def test_every_kind_of_the_format_has_a_control():
    assert [kind for kind in entry_form.KINDS if type(SectionForm(one(kind)).fields["x"]).__name__ == "Field"] == []


def test_choices_may_come_from_the_edition():
    definition = {
        "sections": [
            {
                "key": "s",
                "title": "S",
                "fields": [{"key": "x", "label": "K", "kind": "choice", "choices_from": "kinds"}],
            }
        ]
    }
    field = entry_form.fields_of(definition, {"kinds": [("gminy", "Gminy")]})["x"]
    assert field.choices == (("gminy", "Gminy"),)


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("text", " Gmina ", "Gmina"),
        ("choice", "b", "Druga"),
        ("choice", "", ""),
        ("multichoice", ["a", "b"], "Pierwsza; Druga"),
        ("checkbox", True, "tak"),
        ("checkbox", False, "nie"),
        ("date", "2025-10-24", "24\u00a0października 2025\u00a0r."),
        ("date", "kiedyś", "kiedyś"),
        ("number", "12", "12"),
    ],
)
def test_answers_in_words(kind, answer, words):
    assert entry_form.words_of(one(kind).fields[0], answer) == words


def test_prefill_takes_only_what_is_offered():
    institution = SimpleNamespace(
        nip="5260210228", headcount=42, _secret="x", get_kind_display=lambda: "gmina", kind="g"
    )
    fields = [
        {"key": key, "label": key, "prefill": path}
        for key, path in [
            ("nip", "institution.nip"),
            ("headcount", "institution.headcount"),
            ("kind", "institution.kind"),
            ("secret", "institution._secret"),
            ("none", "institution.missing"),
            ("other", "site.secret_key"),
            ("bare", "institution"),
        ]
    ]
    definition = {"sections": [{"key": "s", "title": "S", "fields": fields}]}
    assert entry_form.prefilled(definition, {"institution": institution}) == {
        "nip": "5260210228",
        "headcount": "42",
        "kind": "gmina",
    }


def test_given_answers_are_kept_as_given():
    fields = [
        FieldSpec("t", "T"),
        FieldSpec("m", "M", kind="multichoice", choices=(("a", "A"), ("b", "B"))),
        FieldSpec("on", "On", kind="checkbox"),
        FieldSpec("off", "Off", kind="checkbox"),
    ]
    data = QueryDict("f-t=raz%0D%0Adwa&f-m=a&f-m=z&f-on=on")
    assert entry_form.given_answers(fields, data) == {"t": "raz\ndwa", "m": ["a"], "on": True, "off": False}


def test_an_answer_has_a_limit_and_no_null_characters():
    data = QueryDict(mutable=True)
    data["f-t"] = "x" * 30_000 + "\x00"
    assert len(entry_form.given_answers([FieldSpec("t", "T")], data)["t"]) == entry_form.LONGEST_ANSWER


def test_the_digest_follows_answers_and_owner_but_not_foreign_keys():
    definition = {"sections": [{"key": "s", "title": "S", "fields": [{"key": "x", "label": "X"}]}]}
    base = entry_form.content_digest(definition, {"x": "1"}, {"nip": "1"})
    assert entry_form.content_digest(definition, {"x": "1", "other": "9"}, {"nip": "1"}) == base
    assert entry_form.content_digest(definition, {"x": "2"}, {"nip": "1"}) != base
    assert entry_form.content_digest(definition, {"x": "1"}, {"nip": "2"}) != base
    assert entry_form.content_digest(definition, {}, {}) == entry_form.content_digest(definition, {"x": ""}, {})


def test_an_unbound_section_shows_without_complaint():
    form = SectionForm.showing(one("text", required=True), {"x": "Gmina"})
    assert form.errors == {}
    assert form["x"].value() == "Gmina"
