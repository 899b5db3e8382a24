"""The application form of an edition: its definition is data; here it becomes pages, checks and words.

A definition is `{"sections": [{key, title, intro, fields: [{key, label, hint, kind, required, max_length, choices,
choices_from, prefill}]}]}`. Answers are kept as they were given (text, list or bool), also when they are not yet
right: a person who leaves in the middle must find everything on return. Whether an answer is right is asked when it
is shown or sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from probierz.base.canonical import canonical
from probierz.base.polish import nip
from probierz.base.wording import day_words, in_polish, whole_number

PREFIX = "f"
KINDS = ("text", "textarea", "email", "phone", "number", "choice", "multichoice", "date", "checkbox", "url")
# A safety limit for a draft's answer; what the form admits is the field's own max_length.
LONGEST_ANSWER = 20_000

Answer = str | bool | list[str]
Answers = Mapping[str, Any]
Lists = Mapping[str, Any]


@dataclass(frozen=True)
class FieldSpec:
    key: str
    label: str
    kind: str = "text"
    hint: str = ""
    required: bool = False
    max_length: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    choices_from: str = ""
    prefill: str = ""

    @property
    def name(self) -> str:
        """The name of the control in the page."""
        return f"{PREFIX}-{self.key}"

    @property
    def empty(self) -> Answer:
        if self.kind == "checkbox":
            return False
        return [] if self.kind == "multichoice" else ""


@dataclass(frozen=True)
class SectionSpec:
    key: str
    title: str
    intro: str
    fields: tuple[FieldSpec, ...]


def sections_of(definition: Mapping[str, Any], lists: Lists | None = None) -> tuple[SectionSpec, ...]:
    """`lists` gives the choices that a field takes from elsewhere, by the name in its `choices_from`."""
    return tuple(
        SectionSpec(
            section["key"],
            section["title"],
            section.get("intro", ""),
            tuple(_field_of(entry, lists or {}) for entry in section.get("fields", [])),
        )
        for section in definition.get("sections", [])
    )


def fields_of(definition: Mapping[str, Any], lists: Lists | None = None) -> dict[str, FieldSpec]:
    return {field.key: field for section in sections_of(definition, lists) for field in section.fields}


def _field_of(entry: Mapping[str, Any], lists: Lists) -> FieldSpec:
    offered = lists.get(entry.get("choices_from", ""), entry.get("choices", []))
    return FieldSpec(
        key=entry["key"],
        label=entry["label"],
        kind=entry.get("kind", "text"),
        hint=entry.get("hint", ""),
        required=bool(entry.get("required", False)),
        max_length=entry.get("max_length"),
        choices=tuple(_choice(choice) for choice in offered),
        choices_from=entry.get("choices_from", ""),
        prefill=entry.get("prefill", ""),
    )


def _choice(choice: Any) -> tuple[str, str]:
    if isinstance(choice, Mapping):
        value = str(choice.get("value", choice.get("key", "")))
        return value, str(choice.get("label", value))
    if isinstance(choice, list | tuple):
        return str(choice[0]), str(choice[-1])
    return str(choice), str(choice)


@in_polish
def prefilled(definition: Mapping[str, Any], sources: Mapping[str, object]) -> dict[str, Answer]:
    """What the register already knows, so that nobody types it again: `institution.nip`, `user.email`."""
    answers: dict[str, Answer] = {}
    for field in fields_of(definition).values():
        value = _known(field.prefill, sources)
        if value not in (None, ""):
            answers[field.key] = value if isinstance(value, bool) else str(value)
    return answers


def _known(path: str, sources: Mapping[str, object]) -> Any:
    source, _dot, attribute = path.partition(".")
    if source not in sources or not attribute or attribute.startswith("_"):
        return None
    labelled = getattr(sources[source], f"get_{attribute}_display", None)
    return labelled() if labelled is not None else getattr(sources[source], attribute, None)


def given_answers(fields: Iterable[FieldSpec], data: Any) -> dict[str, Answer]:
    """The answers in a posted form, by field key, as they were given."""
    return {field.key: _given(field, data) for field in fields}


def _given(field: FieldSpec, data: Any) -> Answer:
    if field.kind == "multichoice":
        offered = {value for value, _label in field.choices}
        return [value for value in data.getlist(field.name) if value in offered]
    if field.kind == "checkbox":
        return data.get(field.name, "") not in ("", "false", "False", "0")
    return str(data.get(field.name, "")).replace("\r\n", "\n").replace("\x00", "")[:LONGEST_ANSWER]


def answer_digest(answer: Answer) -> str:
    return hashlib.sha256(canonical(answer)).hexdigest()[:12]


def content_digest(definition: Mapping[str, Any], answers: Answers, about: Mapping[str, str]) -> str:
    """What a signed document must agree with: the answers of the form and whose they are."""
    content = {key: answers.get(key, field.empty) for key, field in fields_of(definition).items()}
    return hashlib.sha256(canonical({"answers": content, "about": dict(about)})).hexdigest()


def words_of(field: FieldSpec, answer: Any) -> str:
    """An answer as it is read in the preview, in print and by the office."""
    if field.kind == "checkbox":
        return _("tak") if answer else _("nie")
    labels = dict(field.choices)
    if field.kind == "multichoice":
        return "; ".join(labels.get(value, value) for value in answer or [])
    if field.kind == "choice":
        return labels.get(answer, str(answer or ""))
    if field.kind == "date":
        return _date_words(str(answer or ""))
    if field.kind == "number" and str(answer or "").isdecimal():
        return whole_number(int(str(answer)))
    if field.key.rpartition("_")[2] == "nip":
        return nip(str(answer or "").strip())
    return str(answer or "").strip()


def _date_words(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


class SectionForm(forms.Form):
    """One section as a page's form."""

    def __init__(self, section: SectionSpec, data: Any = None, **options: Any) -> None:
        super().__init__(data, prefix=PREFIX, **options)
        self.section = section
        for field in section.fields:
            self.fields[field.key] = _control(field)

    @classmethod
    def showing(cls, section: SectionSpec, answers: Answers) -> SectionForm:
        """Unbound: shows the answers without complaining about what is still to come."""
        return cls(section, initial={field.key: answers.get(field.key, field.empty) for field in section.fields})

    @classmethod
    def checking(cls, section: SectionSpec, answers: Answers) -> SectionForm:
        """Bound to the answers: knows what is missing or wrong."""
        return cls(section, {field.name: answers.get(field.key, field.empty) for field in section.fields})


def faults_in(section: SectionSpec, answers: Answers) -> dict[str, list[str]]:
    """What is missing or wrong, by field key."""
    form = SectionForm.checking(section, answers)
    return {key: [str(message) for message in messages] for key, messages in form.errors.items()}


def is_blank(answer: Any) -> bool:
    return answer in (None, "", False, []) or (isinstance(answer, str) and not answer.strip())


def _control(field: FieldSpec) -> forms.Field:
    options: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": field.required}
    options["error_messages"] = {"required": _("To pole jest potrzebne: %(label)s.") % {"label": field.label}}
    return _BUILDERS.get(field.kind, _text)(field, options)


def _text(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=field.max_length or 300, **options)


def _textarea(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(max_length=field.max_length or 4000, widget=widget, **options)


def _email(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    return forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}), **options)


def _phone(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    options["error_messages"]["invalid"] = _("Numer telefonu zapisujemy cyframi, np. +48 00 000 00 00.")
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
    return forms.RegexField(r"^\+?[0-9][0-9 ()/,.wew-]{5,40}$", widget=widget, **options)


class Figure(forms.DecimalField):
    """A number as people write it: 12 345,5."""

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.split()).replace(",", ".") if isinstance(value, str) else value)


def _number(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    options["error_messages"]["invalid"] = _("Proszę podać liczbę, np. 120.")
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return Figure(min_value=0, max_digits=12, decimal_places=2, widget=widget, **options)


def _single(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    if len(field.choices) <= 6:
        return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect, **options)
    return forms.ChoiceField(choices=[("", _("Proszę wybrać")), *field.choices], **options)


def _several(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=field.choices, widget=forms.CheckboxSelectMultiple, **options)


def _date(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    options["error_messages"]["invalid"] = _("Proszę podać datę, np. 24.10.2025.")
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, **options)


def _checkbox(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**options)


def _url(field: FieldSpec, options: dict[str, Any]) -> forms.Field:
    options["error_messages"]["invalid"] = _("Adres strony zaczyna się od https:// albo http://.")
    return forms.URLField(max_length=field.max_length or 300, assume_scheme="https", **options)


_BUILDERS = {
    "text": _text,
    "textarea": _textarea,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "choice": _single,
    "multichoice": _several,
    "date": _date,
    "checkbox": _checkbox,
    "url": _url,
}
