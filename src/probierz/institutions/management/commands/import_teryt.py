"""`probierz import_teryt FILE.csv --valid-on 2025-01-01`: load the official register of territorial units."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from probierz.base.actions import PLATFORM
from probierz.institutions.actions import load_territories
from probierz.institutions.territories import read_terc


class Command(BaseCommand):
    help = "Wczytaj wykaz jednostek terytorialnych (plik TERC Głównego Urzędu Statystycznego, CSV)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--valid-on", type=date.fromisoformat, required=True, metavar="RRRR-MM-DD")

    def handle(self, *, file: Path, valid_on: date, **options: Any) -> None:
        try:
            territories = read_terc(file.read_bytes())
        except OSError as fault:
            raise CommandError(f"Nie można odczytać pliku: {fault.strerror}.") from fault
        except (ValidationError, UnicodeDecodeError) as fault:
            raise CommandError("; ".join(getattr(fault, "messages", ["to nie jest plik tekstowy UTF-8"]))) from fault
        count = load_territories(actor=PLATFORM, territories=territories, valid_on=valid_on)
        self.stdout.write(f"Wczytano jednostki terytorialne: {count}, stan na {valid_on.isoformat()}.")
