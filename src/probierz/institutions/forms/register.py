"""The office's list, the import and the merge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from probierz.institutions import queries
from probierz.institutions.models import Institution, Kind, Voivodeship

ANY = ("", _("wszystkie"))


class RegisterFilter(forms.Form):
    text = forms.CharField(
        label=_("Szukaj"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("nazwa, miejscowość, NIP")}),
    )
    kind = forms.ChoiceField(label=_("Rodzaj"), required=False, choices=[ANY, *Kind.choices])
    voivodeship = forms.ChoiceField(label=_("Województwo"), required=False, choices=[ANY, *Voivodeship.choices])
    waiting = forms.BooleanField(label=_("Tylko z prośbą o dostęp"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in queries.SORTS])

    def criteria(self) -> dict[str, Any]:
        """What was asked and makes sense; the rest of an address typed by hand is ignored."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Plik CSV"),
        help_text=_(
            "Do 2 MB i 5000 wierszy. Kodowanie UTF-8 lub Windows-1250, kolumny rozdzielone średnikiem lub przecinkiem."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class MergeForm(forms.Form):
    """Two institutions that are one: which of them stays."""

    kept = forms.ModelChoiceField(queryset=Institution.objects.none(), to_field_name="key")
    merged = forms.ModelChoiceField(queryset=Institution.objects.none(), to_field_name="key")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kept", "merged"):
            self.fields[name].queryset = queries.institutions_visible_to(user)  # type: ignore[attr-defined]
