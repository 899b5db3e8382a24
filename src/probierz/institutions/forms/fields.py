"""Fields that normalise what people type: identifiers, postal codes, telephones."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probierz.institutions import identifiers

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class CheckedField(forms.CharField):
    """A text that a function normalises or refuses."""

    def __init__(self, check: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.check = check

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        return self.check(text) if text else ""


def nip_field(**options: Any) -> CheckedField:
    options = {"label": gettext_lazy("NIP"), "help_text": gettext_lazy("10 cyfr, kreski i spacje pomijamy."), **options}
    return CheckedField(identifiers.checked_nip, max_length=30, widget=_digits_input(), **options)


def regon_field(**options: Any) -> CheckedField:
    options = {"label": gettext_lazy("REGON"), "help_text": gettext_lazy("9 albo 14 cyfr."), **options}
    return CheckedField(identifiers.checked_regon, max_length=30, widget=_digits_input(), **options)


def krs_field(**options: Any) -> CheckedField:
    hint = gettext_lazy("10 cyfr. Tylko spółki, spółdzielnie, fundacje i stowarzyszenia.")
    options = {"label": gettext_lazy("KRS"), "help_text": hint, **options}
    return CheckedField(identifiers.checked_krs, max_length=30, widget=_digits_input(), **options)


def teryt_field(**options: Any) -> CheckedField:
    hint = gettext_lazy("7 cyfr gminy, w której jest siedziba, np. 2213011.")
    options = {"label": gettext_lazy("Kod TERYT"), "help_text": hint, **options}
    return CheckedField(identifiers.checked_teryt, max_length=30, widget=_digits_input(), **options)


def ade_field(**options: Any) -> CheckedField:
    hint = gettext_lazy("W postaci AE:PL-12345-67890-ABCDE-12.")
    options = {"label": gettext_lazy("Adres do e-Doręczeń"), "help_text": hint, **options}
    return CheckedField(identifiers.checked_ade, max_length=60, **options)


def postal_code_field(**options: Any) -> CheckedField:
    options = {"label": gettext_lazy("Kod pocztowy"), **options}
    return CheckedField(_checked_postal_code, max_length=12, widget=_digits_input(), **options)


def phone_field(**options: Any) -> CheckedField:
    options = {"label": gettext_lazy("Telefon"), **options}
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    return CheckedField(_checked_phone, max_length=32, widget=widget, **options)


def address_field(label: str | _StrPromise) -> forms.URLField:
    """A web address; people leave out the scheme."""
    return forms.URLField(
        label=label, required=False, assume_scheme="https", widget=forms.URLInput(attrs={"placeholder": "https://"})
    )


def _digits_input() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


def _checked_postal_code(text: str) -> str:
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"\d{5}", digits):
        raise ValidationError(_("Kod pocztowy ma pięć cyfr, np. 83-200."), code="postal-code")
    return f"{digits[:2]}-{digits[2:]}"


def _checked_phone(text: str) -> str:
    text = " ".join(text.split())
    if not re.fullmatch(r"[\d\s+()./\-]*(?:(?:wew|w)\.?\s*\d+)?", text) or len(re.sub(r"\D", "", text)) < 7:
        raise ValidationError(_("Proszę podać numer telefonu z numerem kierunkowym, np. 58 530 60 00."), code="phone")
    return text
