"""The first edition of a contest on a fresh site, and its coordinator; every later one is opened in the browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from probierz.accounts.queries import user_by_email
from probierz.base.actions import PLATFORM
from probierz.editions import presets
from probierz.editions.actions import create_edition_from_preset
from probierz.editions.models import Programme
from probierz.instruments.actions import install_shipped_instruments


class Command(BaseCommand):
    help = "Rozpocznij konkurs: pierwsza edycja według wzoru i jej koordynator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("preset", choices=sorted(presets.all_presets()), help="wzór edycji")
        parser.add_argument("email", help="adres konta, które zostanie koordynatorem")

    def handle(self, *, preset: str, email: str, **options: Any) -> None:
        shipped = presets.all_presets()[preset]
        coordinator = user_by_email(email)
        if coordinator is None:
            raise CommandError(f"Nie ma konta {email}. Najpierw proszę je założyć: {_address('account_signup')}")
        if Programme.objects.filter(slug=shipped["programme"]["slug"]).exists():
            raise CommandError("Ten konkurs już istnieje. Nowe edycje i zespół prowadzi w biurze jego koordynator.")
        install_shipped_instruments(actor=PLATFORM)
        edition = create_edition_from_preset(
            preset_key=preset,
            number=shipped["edition"]["number"],
            year=shipped["edition"]["year"],
            actor=PLATFORM,
            coordinator=coordinator,
        )
        self.stdout.write(f"Gotowe: {edition}. Koordynator: {coordinator}.\nBiuro: {_address('office-home')}")


def _address(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"
