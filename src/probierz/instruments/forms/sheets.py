"""The head of a scorecard, its sections, and a copy of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from probierz.base.polish import fold
from probierz.instruments.forms.fields import DecimalText, textarea
from probierz.instruments.models import Instrument


class Revisioned(forms.Form):
    """A form that remembers which revision it was opened at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class HeadForm(Revisioned):
    title = forms.CharField(label=_("Nazwa arkusza"), max_length=200)
    title_en = forms.CharField(label=_("Nazwa po angielsku"), max_length=200, required=False)
    intro = forms.CharField(
        label=_("Wprowadzenie dla jurora"),
        help_text=_("Co trzeba wiedzieć przed kontaktem. Juror widzi je na początku arkusza."),
        widget=textarea(4),
        required=False,
        max_length=4000,
    )
    intro_en = forms.CharField(
        label=_("Wprowadzenie po angielsku"), widget=textarea(3), required=False, max_length=4000
    )
    not_applicable_label = forms.CharField(
        label=_("Napis na przycisku „nie dotyczy”"), max_length=60, initial="Nie dotyczy"
    )
    not_applicable_label_en = forms.CharField(label=_("Ten napis po angielsku"), max_length=60, required=False)
    critical_cap = DecimalText(
        label=_("Najwyższy wynik po niespełnionej pozycji krytycznej"),
        help_text=_("Od 0 do 100. Puste pole oznacza, że pozycje krytyczne nie ograniczają wyniku."),
        required=False,
    )

    def clean_critical_cap(self) -> str:
        cap = str(self.cleaned_data["critical_cap"])
        if cap and Decimal(cap) > 100:
            raise ValidationError(_("Wynik ma skalę od 0 do 100."), code="above-100")
        return cap


class SectionForm(Revisioned):
    key = forms.RegexField(
        r"^[a-z0-9-]{1,60}$",
        label=_("Symbol sekcji"),
        help_text=_("Małe litery bez ogonków, cyfry i łącznik, np. „otoczenie”."),
        error_messages={"invalid": _("Dozwolone są małe litery bez ogonków, cyfry i łącznik.")},
        required=False,
    )
    title = forms.CharField(label=_("Nazwa sekcji"), max_length=200)
    title_en = forms.CharField(label=_("Nazwa po angielsku"), max_length=200, required=False)
    weight = DecimalText(
        label=_("Waga"),
        help_text=_("Liczy się stosunek wag: sekcja z wagą 20 waży dwa razy tyle co sekcja z wagą 10."),
    )
    intro = forms.CharField(label=_("Wprowadzenie do sekcji"), widget=textarea(), required=False, max_length=2000)
    intro_en = forms.CharField(label=_("Wprowadzenie po angielsku"), widget=textarea(), required=False, max_length=2000)

    def __init__(self, *args: Any, taken: tuple[str, ...] = (), is_new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = taken
        if not is_new:
            del self.fields["key"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "key" in self.fields and "title" in cleaned:
            cleaned["key"] = cleaned.get("key") or slugify(fold(cleaned["title"]))[:60] or "sekcja"
            if cleaned["key"] in self.taken:
                self.add_error("key", _("Sekcja o tym symbolu już jest. Proszę wybrać inny symbol."))
        return cleaned


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Nazwa nowego arkusza"), max_length=200)
    key = forms.RegexField(
        r"^[a-z0-9-]{1,60}$",
        label=_("Symbol"),
        help_text=_("Krótki, niepowtarzalny: małe litery bez ogonków, cyfry i łącznik, np. „lzm-visit-2026”."),
        error_messages={"invalid": _("Dozwolone są małe litery bez ogonków, cyfry i łącznik.")},
    )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if Instrument.objects.filter(key=key).exists():
            raise ValidationError(_("Arkusz o tym symbolu już istnieje."), code="taken")
        return key
