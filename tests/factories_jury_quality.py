"""A jury that has judged: jurors by institutions by channels, with approved audits of the small scorecard."""

from __future__ import annotations

from typing import Any

from factories_applications import ApplicationFactory
from factories_audits import AuditFactory
from factories_editions import CategoryFactory
from factories_jury import AssignmentFactory, JurorFactory
from factories_results import BEST, MIDDLING, POOR
from probierz.editions.models import Edition
from probierz.jury.models import Juror

CHANNELS = ("visit", "phone", "email")
QUALITY = (BEST, MIDDLING, BEST, MIDDLING)


def judged_by(juror: Juror, application: Any, channel: str, marks: dict[str, str], **fields: Any) -> Any:
    assignment = AssignmentFactory(application=application, juror=juror, channel=channel)
    given = {item: mark for item, mark in {**marks, "T6": "Rozmowa rzeczowa."}.items() if mark}
    return AuditFactory(assignment=assignment, approved=True, marks=given, comments={}, **fields)


def judged_edition(edition: Edition, *, institutions: int = 4, jurors: int = 5) -> list[Juror]:
    """Every juror judges every institution, in channels that take turns; the first juror finds everything poor."""
    category = edition.categories.first() or CategoryFactory(edition=edition)
    people = [JurorFactory(programme=edition.programme, name=f"Juror {number}") for number in range(jurors)]
    for place in range(institutions):
        application = ApplicationFactory(accepted=True, edition=edition, category=category)
        for number, juror in enumerate(people):
            marks = POOR if number == 0 else QUALITY[(place + number // 4) % len(QUALITY)]
            judged_by(juror, application, CHANNELS[(place + number) % len(CHANNELS)], marks)
    return people
