"""Every verb that this room writes into the journal has its Polish words."""

from __future__ import annotations

import re
from pathlib import Path

from probierz.audits import actions, verbs
from probierz.audits.models import Obstacle
from probierz.base.verbs import in_words


def test_every_verb_of_the_actions_has_words():
    folder = Path(actions.__file__).parent
    written = {
        verb
        for file in folder.glob("*.py")
        for verb in re.findall(r'"((?:audit|assignment)\.[a-z-]+)"', file.read_text())
    }
    assert written | {f"assignment.{kind}" for kind in Obstacle.Kind.values} == set(verbs.WORDS)


def test_the_journal_knows_them():
    assert in_words("audit.approved") == "Zatwierdzono audyt"
