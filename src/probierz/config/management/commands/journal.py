"""`probierz journal verify`: the chain is whole, or here is the first entry that does not hold."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from probierz.base.journal import verify_chain

REASONS = {
    "missing": "brakuje wpisu o tym numerze",
    "content": "treść wpisu nie zgadza się z jego skrótem",
    "link": "skrót wpisu nie wynika z poprzedniego",
}


class Command(BaseCommand):
    help = "Sprawdź dziennik."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_chain()
        if report.is_whole:
            self.stdout.write(f"Dziennik jest cały: {report.entries} wpisów, skrót ostatniego {report.head}.")
            return
        self.stderr.write(f"Dziennik jest przerwany na wpisie nr {report.broken_at}: {REASONS[report.reason]}.")
        sys.exit(1)
