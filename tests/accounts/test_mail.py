"""The letters of sign-in: every one that allauth can send is ours, in Polish, with a subject."""

from __future__ import annotations

from pathlib import Path

import allauth
import pytest
from django.template.loader import render_to_string

TEMPLATES = Path(allauth.__file__).parent / "templates"
LETTERS = sorted(
    f"{room}/email/{path.name.removesuffix('_subject.txt')}"
    for room in ("account", "mfa")
    for path in (TEMPLATES / room / "email").glob("*_subject.txt")
)
CONTEXT = {
    "email": "ewa@przyklad.example",
    "code": "ABC-DEF",
    "activate_url": "https://x.example/a",
    "ip": "192.0.2.1",
    "password_reset_url": "https://x.example/r",
    "signup_url": "https://x.example/s",
    "user_agent": "Firefox",
}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_of_sign_in_is_polish(letter):
    subject = render_to_string(f"{letter}_subject.txt", CONTEXT).strip()
    body = render_to_string(f"{letter}_message.txt", CONTEXT).strip()
    assert "\n" not in subject
    assert (subject != "", body.startswith("Dzień dobry,\n\n"), body.endswith("\n\nProbierz")) == (True, True, True)
    assert "&" not in body.replace("&amp;", "&#")
