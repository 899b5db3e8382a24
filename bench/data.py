"""Editions of any size, written straight into the tables: real scorecards and rules, made-up bodies and marks."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection

from probierz.applications.models import Application
from probierz.audits.models import Audit
from probierz.base.actions import PLATFORM
from probierz.base.clock import now
from probierz.config.demo.cast import make_user, remarks
from probierz.config.demo.marks import fill
from probierz.editions.actions import create_edition_from_preset
from probierz.editions.models import Edition
from probierz.institutions.models import Institution, Voivodeship
from probierz.instruments.actions import install_shipped_instruments
from probierz.instruments.models import Scenario
from probierz.jury.models import Assignment, Juror

CHANNELS = ("visit", "phone", "email", "web", "social", "visit", "phone", "email")
AUDITS_EACH = len(CHANNELS)
NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def begin() -> Any:
    """The scorecards and the coordinator of everything that follows."""
    install_shipped_instruments(actor=PLATFORM)
    return make_user("Anna Koordynatorska", "biuro@pomiar.example")


def make_edition(preset: str, number: int, size: int, coordinator: Any, *, finished: bool = False) -> Edition:
    """`size` accepted applications with eight audits each; in a finished edition every audit is approved."""
    edition = create_edition_from_preset(
        preset_key=preset, number=number, year=int(preset[-4:]), actor=PLATFORM, coordinator=coordinator
    )
    chance = random.Random(size)
    applications = _applications(edition, _institutions(number, size))
    assignments = _assignments(edition, applications, _jurors(edition, max(24, size // 4)))
    _audits(edition, assignments, chance, finished)
    return edition


def _nip(serial: int) -> str:
    while True:
        digits = f"{serial:09}"
        check = sum(weight * int(digit) for weight, digit in zip(NIP_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        serial += 1


def _institutions(number: int, size: int) -> list[Institution]:
    kinds, places = ("gmina", "powiat", "biblioteka", "spolka-komunalna"), list(Voivodeship)
    found = [
        Institution(
            kind=kinds[index % 4],
            name=f"{kinds[index % 4].capitalize()} Przykładowo {number}-{index}",
            nip=_nip(100_000_000 + number * 10_000_000 + index * 20),
            voivodeship=places[index % len(places)],
            city=f"Przykładowo {index}",
            email=f"urzad{index}@pomiar.example",
            social="https://profil.example/przykladowo",
            created_at=now(),
        )
        for index in range(size)
    ]
    for institution in found:
        institution.index_words()
    return Institution.objects.bulk_create(found, batch_size=500)


def _applications(edition: Edition, institutions: list[Institution]) -> list[Application]:
    categories = list(edition.categories.all())
    prefix = f"{edition.programme.short_name}/{edition.year}/{edition.number}"
    return Application.objects.bulk_create(
        [
            Application(
                number=f"{prefix}-{index:04}",
                sequence=index,
                edition=edition,
                category=categories[index % len(categories)],
                institution=institution,
                state=Application.State.ACCEPTED,
                created_at=now(),
                changed_at=now(),
                submitted_at=now(),
                decided_at=now(),
            )
            for index, institution in enumerate(institutions, 1)
        ],
        batch_size=500,
    )


def _jurors(edition: Edition, count: int) -> list[Juror]:
    code = f"{edition.year % 100}{edition.number}"
    return Juror.objects.bulk_create(
        Juror(
            programme=edition.programme,
            name=f"Juror Pomiarowy {code}-{index}",
            email=f"juror{code}-{index}@pomiar.example",
            state=Juror.State.ACTIVE,
            pseudonym=f"J{code}-{index:04}",
            city=f"Przykładowo {index}",
            channels=sorted(set(CHANNELS)),
            max_audits=80,
            created_at=now(),
        )
        for index in range(count)
    )


def _assignments(edition: Edition, applications: list[Application], jurors: list[Juror]) -> list[Assignment]:
    scenario = Scenario.objects.order_by("pk").first()
    fieldwork = edition.stages.get(kind="fieldwork")
    return Assignment.objects.bulk_create(
        [
            Assignment(
                application=application,
                juror=jurors[(place * AUDITS_EACH + number) % len(jurors)],
                channel=channel,
                scenario=scenario,
                opens_at=fieldwork.opens_at + timedelta(days=number),
                closes_at=fieldwork.opens_at + timedelta(days=number + 7),
                state=Assignment.State.DONE,
                created_at=fieldwork.opens_at,
            )
            for place, application in enumerate(applications)
            for number, channel in enumerate(CHANNELS)
        ],
        batch_size=1000,
    )


def _audits(edition: Edition, assignments: Iterable[Assignment], chance: random.Random, finished: bool) -> None:
    versions = {entry.channel: entry.version for entry in edition.channels.select_related("version")}
    said, states = remarks(), list(Audit.State)
    rows = []
    for assignment in assignments:
        version = versions[assignment.channel]
        quality = (0.84 if finished else 0.6) + (assignment.application_id % 15) / 100
        remark = chance.choice(said[assignment.channel, "good"])
        marks, comments = fill(version.definition, quality, chance, remark)
        met = assignment.opens_at + timedelta(hours=30)
        rows.append(
            Audit(
                assignment=assignment,
                version=version,
                state=Audit.State.APPROVED if finished else chance.choices(states, [1, 2, 1, 12, 0, 0])[0],
                marks=marks,
                comments=comments,
                contact_at=met,
                due_at=met + timedelta(hours=48),
                started_at=met,
                saved_at=met,
                submitted_at=met + timedelta(hours=2),
                filling_seconds=chance.randint(300, 1500),
            )
        )
    Audit.objects.bulk_create(rows, batch_size=1000)


def settle() -> None:
    """Let the planner see what was written, as a database that has run for a day would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
