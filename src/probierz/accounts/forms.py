"""Is the input sound? Profiles, invitations, and the name that sign-up asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from probierz.accounts.models import User


class PersonName(forms.CharField):
    """A first name and a surname, as the person writes them."""

    def __init__(self, **options: Any) -> None:
        options = {"label": _("Imię i nazwisko"), "max_length": 150, **options}
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        return " ".join(str(super().clean(value)).split())


class SignupForm(forms.Form):
    """What sign-up asks beside the address and the password; allauth saves the user and calls `signup`."""

    name = PersonName(help_text=_("Osoby, która będzie działać w imieniu instytucji."))
    acts_for_institution = forms.BooleanField(
        label=_("Zakładam konto jako pracownik albo przedstawiciel instytucji"),
        error_messages={
            "required": _("Konto zakładają tylko przedstawiciele instytucji. Inne osoby zapraszamy e-mailem.")
        },
    )
    field_order = ["name", "email", "password1", "acts_for_institution"]

    def signup(self, request: Any, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.Form):
    name = PersonName()
    language = forms.ChoiceField(
        label=_("Język stron"),
        choices=list(User._meta.get_field("language").choices or []),
        widget=forms.RadioSelect,
        help_text=_("Wiadomości e-mail wysyłamy po polsku."),
    )


class InvitationForm(forms.Form):
    name = PersonName(required=False)
    email = forms.EmailField(label=_("Adres e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class NewAccountForm(forms.Form):
    """A name and a password for an invited person; the address is the invitation's."""

    name = PersonName()
    password = forms.CharField(
        label=_("Hasło"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Co najmniej 10 znaków. Dobrze sprawdza się kilka przypadkowych słów."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return str(password)
