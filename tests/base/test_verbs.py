"""Every verb that an action writes into the journal has its form and its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

import probierz
from factories_editions import office_user
from probierz.base.actions import PLATFORM, action, record
from probierz.base.verbs import VERBS, in_words

ROOMS = Path(probierz.__path__[0])
SPOKEN = {"record", "_record"}
SHAPE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def written_by(file: Path) -> Iterator[str]:
    """The string constants that reach `record(verb=...)`: directly, by `_record(...)` or through a name `verb`."""
    for node in ast.walk(ast.parse(file.read_text())):
        spoken: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN:
            spoken = [*node.args, *(word.value for word in node.keywords if word.arg == "verb")]
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "verb" for t in node.targets):
            spoken = [node.value]
        for expression in spoken:
            yield from _constants(expression)


def _constants(expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, ast.IfExp):
        yield from _constants(expression.body)
        yield from _constants(expression.orelse)
    elif isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.JoinedStr):
        first = expression.values[0]
        assert isinstance(first, ast.Constant)
        yield from (verb for verb in VERBS if verb.startswith(str(first.value)))


def all_written() -> set[str]:
    files = [*ROOMS.glob("*/actions.py"), *ROOMS.glob("*/actions/*.py")]
    return {verb for file in files for verb in written_by(file)}


def test_every_verb_has_words_and_every_word_is_used():
    assert all_written() == set(VERBS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_is_a_noun_and_a_participle(verb):
    assert SHAPE.fullmatch(verb)


@pytest.mark.django_db
def test_the_journals_page_says_a_verb_in_words(client):
    @action
    def submit(*, actor):
        record(actor=actor, verb="application.submitted", subject=PLATFORM)

    submit(actor=PLATFORM)
    client.force_login(office_user())
    assert "Złożono zgłoszenie" in client.get(reverse("office-journal")).content.decode()


def test_an_unknown_verb_shows_as_it_is():
    assert in_words("things.touched") == "things.touched"
