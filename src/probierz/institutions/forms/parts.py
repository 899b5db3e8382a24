"""Units, contacts and representatives."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from probierz.institutions.forms import fields
from probierz.institutions.models import Contact, Unit


class UnitForm(forms.ModelForm):
    postal_code = fields.postal_code_field(required=False)

    class Meta:
        model = Unit
        fields = ["name", "street", "postal_code", "city", "opening_hours"]


class ContactForm(forms.ModelForm):
    phone = fields.phone_field(required=False)

    class Meta:
        model = Contact
        fields = ["name", "position", "email", "phone"]


class InviteRepresentativeForm(forms.Form):
    name = forms.CharField(label=_("Imię i nazwisko"), max_length=150, required=False)
    email = forms.EmailField(label=_("Adres e-mail"))
    capacity = forms.CharField(label=_("W jakim charakterze"), max_length=120, required=False)


class RequestForm(forms.Form):
    capacity = forms.CharField(
        label=_("W jakim charakterze ją Państwo reprezentują"),
        max_length=120,
        help_text=_("Np. kierownik biura obsługi, upoważniony pracownik. Biuro konkursu przeczyta to przed decyzją."),
    )
