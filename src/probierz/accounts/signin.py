"""allauth's forms without the words it puts into them: labels and hints are the pages' own."""

from __future__ import annotations

from typing import Any

from allauth.account import forms


class PlainFields:
    """No placeholder that repeats the label, no hint in another voice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.PasswordField):
                field.help_text = ""


class SignInForm(PlainFields, forms.LoginForm):
    pass


class SignUpForm(PlainFields, forms.SignupForm):
    pass


class CodeForm(PlainFields, forms.RequestLoginCodeForm):
    pass


class ForgottenPasswordForm(PlainFields, forms.ResetPasswordForm):
    pass


class NewPasswordForm(PlainFields, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainFields, forms.ChangePasswordForm):
    pass


class ProofForm(PlainFields, forms.ReauthenticateForm):
    pass
