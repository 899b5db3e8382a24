from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class JournalFilter(forms.Form):
    text = forms.CharField(label=_("Kto lub co"), required=False, max_length=100)
    verb = forms.CharField(label=_("Czynność"), required=False, max_length=60)
    edition = forms.CharField(label=_("Edycja"), required=False, max_length=80)
    since = forms.DateField(label=_("Od dnia"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Do dnia"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def criteria(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
