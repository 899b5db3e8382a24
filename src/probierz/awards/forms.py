"""Is the input sound: filters, reasons, a statuette and the day from which licences hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from probierz.applications.models import Application
from probierz.awards.models import Licence
from probierz.editions.models import Edition


class LicenceFilter(forms.Form):
    q = forms.CharField(required=False, max_length=100)
    stan = forms.ChoiceField(required=False, choices=[("", _("wszystkie stany")), *Licence.State.choices])

    def criteria(self) -> dict[str, str]:
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {"text": found.get("q", ""), "state": found.get("stan", "")}


class GrantForm(forms.Form):
    valid_from = forms.DateField(
        label=_("Ważne od"),
        help_text=_("Licencja jest ważna 12 miesięcy albo tyle, ile mówią zasady, do dnia poprzedzającego tę datę."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Uzasadnienie"),
        help_text=_("Co najmniej 10 znaków. Dostanie je posiadacz licencji i zostanie w jej historii."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ApplicationField(forms.ModelChoiceField):
    def label_from_instance(self, application: Any) -> str:
        return str(application.institution.name)


class AwardForm(forms.Form):
    award = forms.ChoiceField(label=_("Nagroda"))
    application = ApplicationField(Application.objects.none(), label=_("Instytucja"))
    reason = forms.CharField(
        label=_("Uzasadnienie"),
        help_text=_("Zostanie ogłoszone razem z nagrodą."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, edition: Edition, candidates: Any) -> None:
        super().__init__(data)
        award, chosen = self.fields["award"], self.fields["application"]
        assert isinstance(award, forms.ChoiceField)
        assert isinstance(chosen, forms.ModelChoiceField)
        award.choices = [(one["key"], one["title"]) for one in edition.rulebook.get("awards", [])]
        chosen.queryset = candidates
