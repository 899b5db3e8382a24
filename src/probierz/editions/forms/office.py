"""The programme's words and colours, and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from probierz.editions import brand
from probierz.editions.forms.fields import textarea
from probierz.editions.models import OfficeMember, Programme


class ProgrammeForm(forms.ModelForm):
    website = forms.URLField(label=_("Strona"), assume_scheme="https", required=False)

    class Meta:
        model = Programme
        fields = (
            *("name", "name_en", "short_name", "tagline", "tagline_en", "idea", "idea_en", "licence_name"),
            *("organiser_name", "organiser_address", "president_name", "contact_email", "contact_phone", "website"),
            *("accent", "accent_ink"),
        )
        widgets = {
            "idea": textarea(6),
            "idea_en": textarea(6),
            "accent": forms.TextInput(attrs={"type": "color"}),
            "accent_ink": forms.TextInput(attrs={"type": "color"}),
        }
        labels = {
            "name_en": _("Nazwa po angielsku"),
            "tagline_en": _("Hasło po angielsku"),
            "idea_en": _("Idea po angielsku"),
        }
        help_texts = {
            "short_name": _("Zaczyna numery zgłoszeń i licencji, np. LZM."),
            "accent": _("Kolor nagłówków, odnośników i przycisków. Musi dać się czytać na bieli: kontrast 4,5 : 1."),
            "accent_ink": _("Kolor napisów na przyciskach."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "accent" in cleaned and "accent_ink" in cleaned:
            for field, message in brand.problems(cleaned["accent"], cleaned["accent_ink"]).items():
                self.add_error(field, message)
        return cleaned


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Imię i nazwisko"), max_length=150)
    email = forms.EmailField(label=_("Adres e-mail"))
    role = forms.ChoiceField(
        label=_("Rola"),
        help_text=_("Koordynator dodatkowo zamraża zasady, ogłasza wyniki, przyznaje licencje i zaprasza do biura."),
        choices=OfficeMember.Role.choices,
        initial=OfficeMember.Role.OPERATOR,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rola"), choices=OfficeMember.Role.choices)
