"""What a site says in its environment is what its settings do."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import probierz.config

SETTINGS = Path(probierz.config.__file__).with_name("settings.py")
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch, tmp_path: Path) -> Read:
    """The settings as a site with this environment reads them."""

    def run(**environment: str) -> dict[str, Any]:
        monkeypatch.setenv("PROBIERZ_VAR", str(tmp_path / "var"))
        monkeypatch.delenv("PROBIERZ_MFA_REQUIRED_FOR", raising=False)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return run


def test_a_site_on_https_keeps_its_cookies_and_visitors_there(read):
    found = read(PROBIERZ_SITE_URL="https://konkurs.example/")
    assert found["SITE_URL"] == "https://konkurs.example"
    assert found["ALLOWED_HOSTS"] == ["konkurs.example", "localhost", "127.0.0.1"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://konkurs.example"]
    assert found["DEFAULT_FROM_EMAIL"] == "Probierz <noreply@konkurs.example>"
    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"]) == (True,) * 3
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600


def test_a_trial_site_on_plain_http_can_be_signed_in_to(read):
    found = read(PROBIERZ_SITE_URL="http://127.0.0.1:8123")
    assert (found["SESSION_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"], found["SECURE_HSTS_SECONDS"]) == (
        False,
        False,
        0,
    )


def test_the_demo_asks_for_no_second_factor_and_sends_no_mail(read):
    found = read(PROBIERZ_DEMO="1")
    assert found["MFA_REQUIRED_FOR"] == set()
    assert found["EMAIL_BACKEND"] == "probierz.base.demo_mailbox.EmailBackend"


def test_a_real_site_asks_the_office_and_jurors_for_a_second_factor(read):
    found = read()
    assert found["MFA_REQUIRED_FOR"] == {"office", "juror"}
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_a_proxys_word_about_the_visitor_counts_only_when_there_is_a_proxy(read):
    assert read()["SECURE_PROXY_SSL_HEADER"] is None
    behind = read(PROBIERZ_BEHIND_PROXY="tak")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert behind["RATELIMIT_IP_META_KEY"] == "HTTP_X_REAL_IP"


def test_a_saved_word_survives_a_power_cut_on_sqlite(read, tmp_path):
    database = read()["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "var" / "probierz.sqlite3")
    assert "PRAGMA synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_nothing_of_a_page_may_come_from_elsewhere(read):
    directives = read()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert (directives["script-src"], directives["style-src"]) == (["'self'"], ["'self'"])
