"""Measured editions for tests: approved audits of real scorecards, calculated, sealed and published by the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories_applications import ApplicationFactory
from factories_audits import AuditFactory
from factories_editions import RULEBOOK, CategoryFactory, EditionFactory, StageFactory, office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from factories_jury import AssignmentFactory, JurorFactory
from probierz.applications.models import Application
from probierz.base.clock import now
from probierz.editions.models import Edition
from probierz.results import actions
from probierz.results.models import Calculation, Publication

BEST = {"T1": "yes", "T2": "3", "T3": "3", "T4": "yes", "T5": "yes", "T6": ""}
MIDDLING = {**BEST, "T2": "25", "T3": "2"}
POOR = {**BEST, "T1": "yes", "T2": "60", "T3": "1", "T4": "no", "T5": "no"}
CHANNELS = ("visit", "phone", "email")


def finished_edition(**fields: Any) -> Edition:
    """An edition whose fieldwork is over and whose announcement is open."""
    edition: Edition = EditionFactory(with_channels=True, **fields)
    moment = now()
    StageFactory(
        edition=edition,
        kind="fieldwork",
        opens_at=moment - timedelta(days=60),
        closes_at=moment - timedelta(days=5),
    )
    StageFactory(
        edition=edition,
        kind="announcement",
        opens_at=moment - timedelta(days=1),
        closes_at=moment + timedelta(days=20),
    )
    return edition


def measured(
    edition: Edition,
    marks: dict[str, str] | None = None,
    *,
    name: str = "",
    category: Any = None,
    channels: tuple[str, ...] = CHANNELS,
    remark: str = "Rozmowa rzeczowa.",
    **institution: Any,
) -> Application:
    """An accepted application with one approved audit in each channel, each by another juror."""
    fields = {"name": name, "short_name": ""} if name else {}
    category = category or edition.categories.first() or CategoryFactory(edition=edition)
    application: Application = ApplicationFactory(
        accepted=True, edition=edition, category=category, institution=InstitutionFactory(**fields, **institution)
    )
    for channel in channels:
        add_audit(application, channel, marks or BEST, remark=remark)
    return application


def add_audit(
    application: Application, channel: str, marks: dict[str, str], *, remark: str = "", juror: Any = None
) -> Any:
    juror = juror or JurorFactory(programme=application.edition.programme)
    assignment = AssignmentFactory(application=application, juror=juror, channel=channel)
    given = {item: mark for item, mark in {**marks, "T6": remark}.items() if mark}
    return AuditFactory(assignment=assignment, approved=True, marks=given, comments={})


def crossed(edition: Edition, institutions: int = 8, *, jurors: int = 8) -> list[Application]:
    """Applications audited in every channel by few jurors in turn, so that severity can be told from quality."""
    people = [JurorFactory(programme=edition.programme) for _ in range(jurors)]
    found = []
    for number in range(institutions):
        application = measured(edition, channels=(), name=f"Instytucja {number + 1:02d}")
        for at, channel in enumerate(CHANNELS):
            marks = (BEST, MIDDLING, POOR)[(number + (number % 3) * at) % 3]
            add_audit(application, channel, marks, juror=people[(number * 3 + at * (1 + number % 2)) % jurors])
        found.append(application)
    return found


def guarded_edition(**licence: Any) -> Edition:
    """A guarded licence; the fieldwork is over and the announcement is weeks ahead."""
    rules = {**RULEBOOK, "licence": {**RULEBOOK["licence"], "policy": "guarded", "threshold": "70", **licence}}
    edition: Edition = EditionFactory(with_channels=True, rulebook=rules)
    moment = now()
    StageFactory(
        edition=edition, kind="fieldwork", opens_at=moment - timedelta(days=60), closes_at=moment - timedelta(days=1)
    )
    StageFactory(
        edition=edition,
        kind="announcement",
        opens_at=moment + timedelta(days=40),
        closes_at=moment + timedelta(days=60),
    )
    return edition


def representative_of(application: Application) -> Any:
    return RepresentativeFactory(institution=application.institution).user


def calculated(edition: Edition, actor: Any = None) -> Calculation:
    return actions.calculate(edition=edition, actor=actor or office_user(edition))


def published(edition: Edition, actor: Any = None) -> Publication:
    actor = actor or office_user(edition)
    actions.seal(calculation=calculated(edition, actor), actor=actor)
    return actions.publish(edition=edition, actor=actor)
