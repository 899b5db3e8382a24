"""What a visitor may ask: part of the register, one licence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RegisterFilter(forms.Form):
    """Whatever does not make sense is left out: an old link still shows the register."""

    szukaj = forms.CharField(max_length=100, required=False)
    wojewodztwo = forms.CharField(max_length=2, required=False)
    rodzaj = forms.CharField(max_length=20, required=False)
    edycja = forms.CharField(max_length=30, required=False)
    konkurs = forms.CharField(max_length=60, required=False)
    widok = forms.CharField(max_length=10, required=False)

    def criteria(self) -> dict[str, Any]:
        self.is_valid()
        said = self.cleaned_data
        return {
            "text": said.get("szukaj", ""),
            "voivodeship": said.get("wojewodztwo", ""),
            "kind": said.get("rodzaj", ""),
            "edition": said.get("edycja", ""),
            "programme": said.get("konkurs", ""),
        }


class NumberForm(forms.Form):
    numer = forms.CharField(
        label=_("Numer licencji"),
        max_length=60,
        help_text=_("Na dokumencie licencji, na przykład LZM-2025-001. Wielkość liter i kreski nie mają znaczenia."),
        error_messages={"required": _("Proszę wpisać numer licencji.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
