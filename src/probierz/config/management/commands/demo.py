"""Builds the demo year in an empty database and says who may sign in."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from probierz.accounts.models import User
from probierz.base.clock import held_at
from probierz.config.demo import year
from probierz.config.demo.cast import PASSWORD, Cast


class Command(BaseCommand):
    help = "Zbuduj pokaz: rok konkursu do wskazanego etapu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=year.STAGES, default="published")
        parser.add_argument("--institutions", type=int, help="tylko tyle pierwszych instytucji")

    def handle(self, *, stage: str, institutions: int | None, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Pokaz buduje się tylko w trybie pokazowym (PROBIERZ_DEMO=1).")
        call_command("migrate", verbosity=0)
        if User.objects.exists():
            raise CommandError("W tej bazie są już konta. Pokaz buduje się w pustej; nic nie zostało zmienione.")
        if connection.vendor == "sqlite":
            # A demo cut short is built again, so it need not wait for the disk at every step.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=OFF")
        self.began = time.monotonic()
        cast = year.live(stage, self._say, institutions)
        self._say("Raporty, dokumenty licencji i poczta")
        with held_at(year.CLOCK[stage]):
            self._run_jobs()
        offset = int((year.CLOCK[stage] - datetime.now(UTC)).total_seconds())
        (settings.VAR_DIR / "clock-offset").write_text(str(offset))
        self._say("Gotowe")
        self._introduce(cast)

    def _say(self, what: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:6.1f} s  {what}")
        self.stdout.flush()

    def _run_jobs(self) -> None:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)

    def _introduce(self, cast: Cast) -> None:
        juror = User.objects.filter(juries__isnull=False).order_by("email").first()
        people = [
            ("biuro, koordynator", cast.office["coordinator"]),
            ("biuro, pracownik", cast.office["operator"]),
            ("biuro, obserwator", cast.office["observer"]),
            ("instytucja", next(iter(cast.representatives.values()))),
            ("juror", juror),
        ]
        self.stdout.write(f"\nLogowanie na {settings.SITE_URL}/konto/login/ (hasło wszystkich: {PASSWORD})\n")
        for role, user in people:
            if user is not None:
                self.stdout.write(f"  {role:20} {user.email:45} {user.name}")
        self.stdout.write(f"\nPoczta pokazu: {settings.SITE_URL}/poczta-demo/\n")
