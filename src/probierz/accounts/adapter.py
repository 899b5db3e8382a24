"""How allauth meets this site: it speaks our Polish, and its mail leaves through our queue."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from probierz.accounts.models import User
from probierz.base import mail
from probierz.base.wording import in_polish

INCORRECT_CODE = _("Ten kod jest nieprawidłowy albo stracił ważność. Proszę wpisać najnowszy.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("To konto jest wyłączone. Proszę skontaktować się z biurem konkursu."),
        "duplicate_email": _("Ten adres jest już przypisany do tego konta."),
        "email_password_mismatch": _(
            "Adres e-mail lub hasło się nie zgadza. Proszę sprawdzić oba i spróbować ponownie."
        ),
        "email_taken": _("Konto z tym adresem już istnieje. Proszę się zalogować."),
        "enter_current_password": _("Proszę wpisać obecne hasło."),
        "incorrect_code": INCORRECT_CODE,
        "incorrect_password": _("To hasło się nie zgadza. Proszę spróbować ponownie."),
        "invalid_or_expired_key": _("Ten odnośnik jest nieprawidłowy albo stracił ważność."),
        "invalid_login": _("Nie udało się zalogować. Proszę spróbować ponownie."),
        "invalid_password_reset": _("Ten odnośnik do zmiany hasła był już użyty albo stracił ważność."),
        "too_many_login_attempts": _("Zbyt wiele nieudanych prób. Proszę odczekać pięć minut i spróbować ponownie."),
        "unknown_email": _("Nie ma konta z tym adresem e-mail."),
        "unverified_primary_email": _("Główny adres e-mail musi być potwierdzony."),
        "same_as_current": _("Nowa wartość musi różnić się od obecnej."),
        "rate_limited": _("Zbyt wiele żądań w krótkim czasie. Proszę chwilę odczekać."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open to institutions, whose people register them by NIP; the form says so and asks for it."""
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        context = {"request": self.request, "email": email, **context}
        with translation.override("pl"):
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
            body = render_to_string(f"{template_prefix}_message.txt", context).strip()
        mail.queue_text(to=email, kind=template_prefix, subject=subject, body=body)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Konto z drugim składnikiem logowania nie może mieć dodatkowego adresu e-mail."),
        "cannot_delete_authenticator": _("Drugiego składnika logowania nie można teraz wyłączyć."),
        "cannot_generate_recovery_codes": _("Kody zapasowe można utworzyć po włączeniu aplikacji albo klucza."),
        "incorrect_code": INCORRECT_CODE,
        "unverified_email": _("Najpierw proszę potwierdzić adres e-mail."),
    }

    @in_polish
    def generate_authenticator_name(self, user: User, type: str) -> str:
        from allauth.mfa.models import Authenticator

        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Klucz dostępu nr %(number)s") % {"number": number})
