"""The `probierz` command: Django's own commands plus `serve`, `worker`, `journal verify` and `demo`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probierz.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["probierz", *sys.argv[1:]])
