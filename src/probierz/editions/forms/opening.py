"""A new edition in one short form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from probierz.editions import presets
from probierz.editions.forms.fields import DateInput
from probierz.editions.models import Edition


class NewEditionForm(forms.Form):
    source = forms.ChoiceField(label=_("Na podstawie"), widget=forms.RadioSelect)
    number = forms.IntegerField(label=_("Numer edycji"), min_value=1, max_value=99)
    year = forms.IntegerField(label=_("Rok"), min_value=2000, max_value=2100)
    call_opens_on = forms.DateField(label=_("Pierwszy dzień naboru"), widget=DateInput())
    call_closes_on = forms.DateField(
        label=_("Ostatni dzień naboru"),
        help_text=_("Nabór trwa do godz. 24.00 tego dnia. Dalsze etapy przesuną się o tyle samo."),
        widget=DateInput(),
    )

    programme_name = forms.CharField(
        label=_("Nazwa nowego konkursu"),
        help_text=_("Tylko gdy na podstawie wzoru powstaje inny, nowy konkurs. Inaczej proszę zostawić puste."),
        max_length=200,
        required=False,
    )
    short_name = forms.CharField(
        label=_("Skrót nowego konkursu"),
        help_text=_("Zaczyna numery zgłoszeń i licencji."),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, editions: QuerySet[Edition], **options: Any) -> None:
        super().__init__(*args, **options)
        self.editions = {str(edition.key): edition for edition in editions}
        last = [
            (f"edition:{key}", _("Poprzednia edycja: %(edition)s") % {"edition": edition})
            for key, edition in self.editions.items()
        ]
        ready = [(f"preset:{key}", _("Gotowy wzór: %(title)s") % {"title": title}) for key, title in presets.choices()]
        self.fields["source"].choices = [*last, *ready]  # type: ignore[attr-defined]
        if not self.is_bound and "source" not in self.initial:
            self.initial["source"] = (last or ready)[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("call_opens_on"), cleaned.get("call_closes_on")
        if opens and closes and closes < opens:
            self.add_error("call_closes_on", _("Ostatni dzień naboru wypada przed pierwszym."))
        if cleaned.get("programme_name"):
            if not cleaned.get("short_name"):
                self.add_error("short_name", _("Nowy konkurs potrzebuje skrótu, np. LZM."))
            if not cleaned.get("source", "").startswith("preset:"):
                self.add_error("source", _("Nowy konkurs powstaje z gotowego wzoru. Proszę wybrać jeden ze wzorów."))
        return cleaned

    @property
    def preset_key(self) -> str:
        kind, _sep, key = self.cleaned_data["source"].partition(":")
        return key if kind == "preset" else ""

    @property
    def last_year(self) -> Edition:
        return self.editions[self.cleaned_data["source"].partition(":")[2]]

    @property
    def new_programme(self) -> tuple[str, str] | None:
        cleaned = self.cleaned_data
        return (cleaned["programme_name"], cleaned["short_name"]) if cleaned["programme_name"] else None

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "number": cleaned["number"],
            "year": cleaned["year"],
            "call": (cleaned["call_opens_on"], cleaned["call_closes_on"]),
        }
