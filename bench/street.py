"""What passers-by ask for: the register of laureates and the verification of a licence, requests a second."""

from __future__ import annotations

from django.urls import reverse

from bench.load import each_once, per_second, timing
from bench.site import WORKERS, Server
from probierz.awards.models import Licence

HEAD = ["page", "licences", "requests per second", "p50, ms", "p95, ms", "worker, ms", "kB"]


def measure(server: Server) -> list[list[str]]:
    numbers = list(Licence.objects.order_by("pk").values_list("number", flat=True))
    register = reverse("public-laureates")
    every = [reverse("public-licence", kwargs={"number": number}) for number in numbers]
    verification, unseen = every[:200], every[200:]
    asked = {
        "register": [register],
        "register, searched": _searches(register),
        "verification of one number": verification[:1],
        f"verification of {len(verification)} numbers in turn": verification,
    }
    rows = [_row(server, label, paths, len(numbers)) for label, paths in asked.items()]
    first = f"{each_once(server.port, unseen):.0f}"
    return [
        *rows,
        [f"verification of {len(unseen)} numbers nobody asked for yet", f"{len(numbers):,}", first, *[""] * 4],
    ]


def _searches(register: str) -> list[str]:
    return [f"{register}?{query}" for query in ("wojewodztwo=22", "wojewodztwo=14", "szukaj=przykladowo")]


def _row(server: Server, label: str, paths: list[str], licences: int) -> list[str]:
    alone = timing(server, paths[0])
    return [label, f"{licences:,}", f"{per_second(server.port, paths):.0f}", *alone.in_ms()]


def caption() -> str:
    return f"{WORKERS} workers; eight clients at once, on the same machine, each in a process of its own."
