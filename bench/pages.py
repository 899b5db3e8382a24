"""The organiser's pages of an edition, over HTTP from gunicorn on PostgreSQL, with the queries each page makes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.load import timing
from bench.site import Server
from probierz.editions.models import Edition

NAMES = {
    "office-edition": "overview of the edition",
    "office-applications": "applications",
    "office-audits": "audits",
    "office-allocation": "allocation",
    "office-results": "results",
    "office-awards": "licences and awards",
}
HEAD = ["page", "applications", "p50, ms", "p95, ms", "worker, ms", "kB", "queries"]


def session_of(user: Any) -> str:
    """The cookie of a signed-in session."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def measure(server: Server, editions: list[tuple[int, Edition]], user: Any) -> list[list[str]]:
    cookie = session_of(user)
    rows = []
    for name, label in NAMES.items():
        for size, edition in editions:
            path = reverse(name, kwargs={"programme": edition.programme.slug, "edition": edition.slug})
            found = timing(server, path, cookie)
            rows.append([label, f"{size:,}", *found.in_ms(), str(_queries(path, user))])
    return rows


def _queries(path: str, user: Any) -> int:
    """Of the second look, when what is kept in memory is there."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        client.get(path)
    return len(made)
