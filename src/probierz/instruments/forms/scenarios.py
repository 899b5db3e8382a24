"""Scenarios and their dated right answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from probierz.base.polish import fold
from probierz.institutions.models import Kind
from probierz.instruments import queries, rules
from probierz.instruments.forms.fields import Lines, textarea
from probierz.instruments.models import Channel, Scenario


class ScenarioFilter(forms.Form):
    q = forms.CharField(label=_("Szukaj"), required=False, max_length=100)
    kanal = forms.ChoiceField(label=_("Kanał"), choices=[("", _("wszystkie")), *Channel.choices], required=False)
    stan = forms.ChoiceField(
        label=_("Stan"), choices=[("", _("wszystkie")), ("tak", _("w użyciu")), ("nie", _("odłożone"))], required=False
    )

    def criteria(self) -> dict[str, str]:
        self.is_valid()
        cleaned = self.cleaned_data
        return {"text": cleaned.get("q", ""), "channel": cleaned.get("kanal", ""), "active": cleaned.get("stan", "")}


class ScenarioForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Nazwa"), max_length=200)
    channels = forms.MultipleChoiceField(
        label=_("Kanały"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    form = forms.ChoiceField(
        label=_("Forma kontaktu"),
        help_text=_("Podania w rozumieniu KPA nie wysyła się zwykłym e-mailem (art. 63 KPA)."),
        choices=Scenario.Form.choices,
        widget=forms.RadioSelect,
        initial=Scenario.Form.QUESTION,
    )
    institution_kinds = forms.MultipleChoiceField(
        label=_("Rodzaje instytucji"),
        help_text=_("Bez wyboru scenariusz pasuje do każdej instytucji."),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    life_situations = forms.MultipleChoiceField(
        label=_("Sytuacja życiowa jurora"),
        help_text=_("Legenda musi być w większości prawdziwa. Wystarczy jedna z zaznaczonych; bez wyboru – każda."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    role = forms.CharField(
        label=_("Rola"),
        help_text=_("Kim jest klient i skąd się wzięła jego sprawa."),
        widget=textarea(4),
        max_length=2000,
    )
    question = forms.CharField(label=_("Z czym przychodzi"), widget=textarea(2), max_length=1000)
    steps = Lines(label=_("Kroki"), help_text=_("Jeden krok w wierszu."), required=False, max_length=500)
    do_not = Lines(label=_("Czego nie robić"), help_text=_("Jedna rzecz w wierszu."), required=False, max_length=500)
    is_active = forms.BooleanField(
        label=_("W użyciu"),
        help_text=_("Odłożonych scenariuszy nie przydziela się jurorom."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["life_situations"].choices = list(queries.life_situations().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        legal = rules.is_scenario_legal(cleaned.get("form", ""), cleaned.get("channels", []))
        if not legal:
            self.add_error("form", ValidationError(str(legal.message), code=legal.code))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def free_key(self) -> str:
        stem = slugify(fold(self.cleaned_data["title"]))[:70] or "scenariusz"
        key, number = stem, 1
        while Scenario.objects.filter(key=key).exists():
            number += 1
            key = f"{stem}-{number}"
        return key


class AnswerForm(forms.Form):
    """The points of a right answer, one a line; a source may follow after a bar: „Opłata 17 zł | ustawa …”."""

    points = Lines(
        label=_("Elementy poprawnej odpowiedzi"),
        help_text=_(
            "Jeden element w wierszu. Źródło można dopisać po kresce: Odpis kosztuje 22 zł | ustawa o opłacie."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=600,
    )
    valid_from = forms.DateField(
        label=_("Obowiązuje od"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Obowiązuje do"),
        help_text=_("Ostatni dzień. Puste pole oznacza „do odwołania”."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    @staticmethod
    def lines_of(points: list[dict[str, str]]) -> list[str]:
        return [" | ".join(part for part in (entry["point"], entry.get("source", "")) if part) for entry in points]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Koniec obowiązywania wypada przed początkiem."))
        return cleaned

    def values(self) -> dict[str, Any]:
        points = []
        for line in self.cleaned_data["points"]:
            point, _bar, source = line.partition("|")
            points.append({"point": point.strip(), "source": source.strip()})
        return {**self.cleaned_data, "points": points}
