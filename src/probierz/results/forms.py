"""Is the input sound: filters of the standings, a note to a calculation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from probierz.editions.models import Edition
from probierz.results.models import Result


class StandingsFilter(forms.Form):
    """Read from the address; what is not understood is left out rather than refused."""

    q = forms.CharField(required=False, max_length=100)
    kategoria = forms.ChoiceField(required=False)
    rozstrzygniecie = forms.ChoiceField(required=False)
    sort = forms.CharField(required=False, max_length=20)

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        categories = [(category.key, str(category)) for category in edition.categories.all()]
        chosen, decided = self.fields["kategoria"], self.fields["rozstrzygniecie"]
        assert isinstance(chosen, forms.ChoiceField)
        assert isinstance(decided, forms.ChoiceField)
        chosen.choices = [("", _("wszystkie")), *categories]
        decided.choices = [("", _("wszystkie")), *Result.Decision.choices]

    def criteria(self) -> dict[str, str]:
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {
            "text": found.get("q", ""),
            "category": found.get("kategoria", ""),
            "decision": found.get("rozstrzygniecie", ""),
            "sort": found.get("sort", ""),
        }


class CalculationForm(forms.Form):
    note = forms.CharField(
        label=_("Notatka"),
        help_text=_("Nieobowiązkowa. Na przykład: po rozpatrzeniu odwołań."),
        max_length=200,
        required=False,
    )
