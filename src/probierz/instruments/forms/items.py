"""One item of a scorecard as an office person edits it: the question, the answers, what they earn and ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from probierz.instruments import wording
from probierz.instruments.definitions import Problem
from probierz.instruments.forms.fields import DecimalText, textarea
from probierz.instruments.forms.sheets import Revisioned

_SPOKEN = {
    "tak": "yes",
    "nie": "no",
    "nie dotyczy": "na",
    "nd": "na",
    "brak": "none",
    "brak odpowiedzi": "none",
    "not applicable": "na",
    "n/a": "na",
    "no answer": "none",
}
_SAID = {"yes": _("tak"), "no": _("nie"), "na": _("nie dotyczy"), "none": _("brak odpowiedzi")}
_OF_KIND = {
    "options": {"scale", "choice"},
    "bands": {"number", "duration"},
    "utility": {"number", "duration"},
    "unit": {"number", "duration"},
    "no_answer_points": {"number", "duration"},
    "timer": {"duration"},
    "of": {"count"},
    "points": {"yes_no", "count"},
    "reversed": {"yes_no"},
}
_DEFAULTS = {"weight": "1", "points": "1", "critical": False, "not_applicable": False, "reversed": False}


class ItemForm(Revisioned):
    key = forms.RegexField(
        r"^[A-Za-z0-9-]{1,60}$",
        label=_("Symbol"),
        help_text=_("Niepowtarzalny w arkuszu, np. W1-3. Widać go w wynikach."),
        error_messages={"invalid": _("Dozwolone są litery bez ogonków, cyfry i łącznik.")},
    )
    text = forms.CharField(label=_("Treść pytania"), widget=textarea(), max_length=1000)
    text_en = forms.CharField(label=_("Treść po angielsku"), widget=textarea(), max_length=1000, required=False)
    hint = forms.CharField(
        label=_("Wskazówka"),
        help_text=_("Kiedy odpowiedzieć „tak”, a kiedy „nie”; na co spojrzeć."),
        widget=textarea(),
        max_length=1000,
        required=False,
    )
    hint_en = forms.CharField(label=_("Wskazówka po angielsku"), widget=textarea(), max_length=1000, required=False)
    kind = forms.ChoiceField(label=_("Rodzaj odpowiedzi"), choices=list(wording.ITEM_KINDS.items()))
    points = DecimalText(label=_("Najwyższa liczba punktów"), required=False)
    reversed = forms.BooleanField(
        label=_("Odwrócona: punkty daje odpowiedź „nie”"),
        help_text=_("Na przykład „Czy było widać dokumenty innych osób?”."),
        required=False,
    )
    of = forms.IntegerField(
        label=_("Z ilu"),
        help_text=_("Puste, jeśli juror sam wpisuje, z ilu."),
        min_value=1,
        max_value=999,
        required=False,
    )
    unit = forms.CharField(label=_("Jednostka"), help_text="min, s, dni…", max_length=20, required=False)
    timer = forms.ChoiceField(
        label=_("Stoper"), choices=[("", _("bez stopera")), *wording.TIMERS.items()], required=False
    )
    no_answer_points = DecimalText(
        label=_("Punkty, gdy odpowiedź nie nadeszła"),
        help_text=_("Wpisanie liczby dodaje przycisk „brak odpowiedzi”. Zwykle 0."),
        required=False,
    )
    weight = DecimalText(label=_("Waga pozycji"), help_text=_("Mnoży punkty zdobyte i możliwe. Zwykle 1."), initial="1")
    scored = forms.BooleanField(label=_("Punktowana"), required=False, initial=True)
    critical = forms.BooleanField(
        label=_("Krytyczna"),
        help_text=_("Zero punktów w tej pozycji ogranicza wynik całego audytu."),
        required=False,
    )
    not_applicable = forms.BooleanField(
        label=_("Dopuszcza „nie dotyczy”"), help_text=_("Juror musi wtedy podać powód."), required=False
    )
    comment_on = forms.CharField(
        label=_("Komentarz wymagany przy odpowiedzi"),
        help_text=_("Po przecinku: tak, nie, nie dotyczy albo znaki odpowiedzi, np. 1, 2."),
        max_length=200,
        required=False,
    )
    evidence_on = forms.CharField(
        label=_("Zdjęcie potrzebne przy odpowiedzi"), help_text=_("Zapis jak wyżej."), max_length=200, required=False
    )
    ends_audit_on = forms.CharField(
        label=_("Audyt kończy się po odpowiedzi"),
        help_text=_("Zapis jak wyżej. Dalszych pytań wtedy nie ma, np. gdy nikt nie odebrał telefonu."),
        max_length=200,
        required=False,
    )
    show_item = forms.ChoiceField(label=_("Pytaj tylko wtedy, gdy w pozycji"), choices=[], required=False)
    show_marks = forms.CharField(
        label=_("padła odpowiedź"), help_text=_("Zapis jak wyżej."), max_length=200, required=False
    )

    def __init__(self, *args: Any, earlier: list[dict[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(item["key"], f"{item['key']}: {item.get('text', '')}"[:90]) for item in earlier]
        self.fields["show_item"].choices = [("", _("zawsze")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("show_item") and not cleaned.get("show_marks"):
            self.add_error("show_marks", _("Proszę podać, przy jakiej odpowiedzi zadać to pytanie."))
        if cleaned.get("kind") in {"text", "photo"}:
            cleaned["scored"] = cleaned["critical"] = False
        return cleaned


class OptionForm(forms.Form):
    mark = forms.CharField(label=_("Znak"), max_length=20)
    label = forms.CharField(label=_("Odpowiedź"), max_length=200)
    label_en = forms.CharField(label=_("Po angielsku"), max_length=200, required=False)
    points = DecimalText(label=_("Punkty"), required=False)


class BandForm(forms.Form):
    up_to = DecimalText(label=_("Do (włącznie)"), required=False)
    points = DecimalText(label=_("Punkty"))


class KnotForm(forms.Form):
    at = DecimalText(label=_("Wartość"))
    points = DecimalText(label=_("Punkty"))


_ROWS = {"options": (OptionForm, 3), "bands": (BandForm, 2), "utility": (KnotForm, 2)}


class ItemEditor:
    """The item's form with its rows of answers, bands and knots. Validates; the view's action saves."""

    def __init__(
        self,
        *,
        item: Mapping[str, Any],
        earlier: list[dict[str, Any]],
        revision: int,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.before = dict(item)
        self.form = ItemForm(data, earlier=earlier, initial={**_initial(item), "revision": revision})
        self.rows: dict[str, BaseFormSet[Any]] = {
            name: formset_factory(form, extra=extra, max_num=30, can_delete=True)(
                data, initial=list(item.get(name, [])), prefix=name
            )
            for name, (form, extra) in _ROWS.items()
        }

    @property
    def options(self) -> BaseFormSet[Any]:
        return self.rows["options"]

    @property
    def bands(self) -> BaseFormSet[Any]:
        return self.rows["bands"]

    @property
    def utility(self) -> BaseFormSet[Any]:
        return self.rows["utility"]

    @property
    def forms(self) -> list[forms.BaseForm]:
        return [self.form, *(form for rows in self.rows.values() for form in rows.forms)]

    def is_valid(self) -> bool:
        if not self.form.is_valid():
            return False
        kind = self.form.cleaned_data["kind"]
        return all(rows.is_valid() for name, rows in self.rows.items() if kind in _OF_KIND[name])

    @property
    def revision(self) -> int:
        return int(self.form.cleaned_data["revision"])

    def item(self) -> dict[str, Any]:
        """The item as the definition keeps it: defaults left out, unchanged values as they were."""
        cleaned = self.form.cleaned_data
        found: dict[str, Any] = {"key": cleaned["key"], "kind": cleaned["kind"]}
        for name in (
            "text",
            "text_en",
            "hint",
            "hint_en",
            "weight",
            "points",
            "unit",
            "timer",
            "no_answer_points",
            "of",
        ):
            found[name] = cleaned[name]
        for name in ("critical", "not_applicable", "reversed"):
            found[name] = cleaned[name]
        found |= {name: self._kept_rows(name) for name in _ROWS}
        for name in ("comment_on", "evidence_on", "ends_audit_on"):
            found[name] = spoken_marks(cleaned[name], found["options"])
        if cleaned["show_item"]:
            found["show_if"] = {"item": cleaned["show_item"], "marks": spoken_marks(cleaned["show_marks"], [])}
        if not cleaned["scored"] and cleaned["kind"] not in {"text", "photo"}:
            found["scored"] = False
        return self._tidied(found)

    def _kept_rows(self, name: str) -> list[dict[str, str]]:
        if self.form.cleaned_data["kind"] not in _OF_KIND[name]:
            return []
        return [
            {field: value for field, value in form.cleaned_data.items() if field != "DELETE" and value != ""}
            for form in self.rows[name].forms
            if (form.has_changed() or form.initial) and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def _tidied(self, found: dict[str, Any]) -> dict[str, Any]:
        kind, tidy = found["kind"], {}
        for name, value in found.items():
            if value in ("", None, []) or kind not in _OF_KIND.get(name, {kind}):
                continue
            if name in _DEFAULTS and value == _DEFAULTS[name] and name not in self.before:
                continue
            old = self.before.get(name)
            tidy[name] = old if old is not None and str(old) == str(value) else value
        return tidy

    def refuse(self, problem: Problem) -> None:
        """Put the engine's refusal at the field it is about."""
        reason = wording.refusal(problem.reason)
        row = re.match(r"(options|bands|utility)\[(\d+)\]\.(\w+)", problem.field)
        if row and int(row[2]) < len(self.rows[row[1]].forms):
            self.rows[row[1]].forms[int(row[2])].add_error(row[3], reason)
            return
        name = {"show_if.item": "show_item", "show_if.marks": "show_marks"}.get(problem.field, problem.field)
        self.form.add_error(name if name in self.form.fields else None, reason)


def _initial(item: Mapping[str, Any]) -> dict[str, Any]:
    condition = item.get("show_if") or {}
    said = {name: said_marks(item.get(name, [])) for name in ("comment_on", "evidence_on", "ends_audit_on")}
    free = item.get("kind") in {"text", "photo"}
    return {
        **item,
        **said,
        "weight": item.get("weight", "1"),
        "points": item.get("points", "1"),
        "scored": item.get("scored", not free),
        "show_item": condition.get("item", ""),
        "show_marks": said_marks(condition.get("marks", [])),
    }


def said_marks(marks: list[str]) -> str:
    return ", ".join(str(_SAID.get(mark, mark)) for mark in marks)


def spoken_marks(text: str, options: list[dict[str, Any]]) -> list[str]:
    """„nie, nie dotyczy” as marks; an option's label stands for its mark."""
    labels = {str(option.get("label", "")).casefold(): option["mark"] for option in options}
    own = {option["mark"] for option in options}
    found = []
    for word in re.split(r"[,;]", text):
        plain = " ".join(word.split())
        if plain:
            mark = plain if plain in own else labels.get(plain.casefold()) or _SPOKEN.get(plain.casefold(), plain)
            if mark not in found:
                found.append(mark)
    return found
