"""How jurors do their audits, within their windows, and how the office checks what they send."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from probierz.audits import actions as audits
from probierz.audits.actions import Answer
from probierz.audits.models import Audit
from probierz.base.clock import WARSAW, held_at
from probierz.config.demo import marks
from probierz.config.demo.cast import Cast, remarks
from probierz.editions.models import Edition
from probierz.jury.models import Assignment

SEVERITY_SPREAD = 0.1


class Field:
    """The jurors at work: each as strict as they are, each institution as good as it is."""

    def __init__(self, cast: Cast, edition: Edition) -> None:
        self.cast, self.edition = cast, edition
        self.remarks = remarks()
        chance = cast.chance
        self.quality = {nip: min(0.95, max(0.35, chance.gauss(0.7, 0.12))) for nip in sorted(cast.institutions)}
        for laureate in cast.laureates_of_2024:
            self.quality[laureate.nip] = max(self.quality[laureate.nip], chance.uniform(0.76, 0.9))
        self.severity: dict[str, float] = {}

    def do_audits(self, assignments: Iterable[Assignment], until: datetime) -> None:
        for assignment in assignments:
            contact = self._contact(assignment)
            if contact + timedelta(hours=3) < until:
                self._audit(assignment, contact, until)

    def _contact(self, assignment: Assignment) -> datetime:
        """Inside the window and the working hours of an office."""
        span = (assignment.closes_at - assignment.opens_at).total_seconds()
        moment = assignment.opens_at + timedelta(seconds=span * self.cast.chance.uniform(0.1, 0.6))
        local = moment.astimezone(WARSAW).replace(hour=self.cast.chance.randint(9, 14), minute=0, second=0)
        local += timedelta(minutes=self.cast.chance.randint(0, 59))
        if not assignment.window_is_open(local):
            local = assignment.opens_at + timedelta(seconds=span * 0.3)
        return local

    def _audit(self, assignment: Assignment, contact: datetime, until: datetime) -> None:
        user = assignment.juror.user
        assert user is not None
        with held_at(contact - timedelta(minutes=30)):
            audit = audits.start_audit(assignment=assignment, actor=user)
        filled = contact + timedelta(minutes=self.cast.chance.randint(25, 95))
        given, said = self._marks(assignment, audit)
        with held_at(filled):
            audits.set_contact(audit=audit, contact_at=contact, actor=user)
            audits.save_answers(audit=audit, answers=_answers(given, said, contact, filled), actor=user)
            self._photos(audit, given)
        if filled + timedelta(minutes=9) < until:
            with held_at(filled + timedelta(minutes=8)):
                audits.submit_audit(audit=Audit.objects.get(pk=audit.pk), actor=user)

    def _marks(self, assignment: Assignment, audit: Audit) -> tuple[dict[str, str], dict[str, str]]:
        juror = str(assignment.juror.key)
        if juror not in self.severity:
            self.severity[juror] = self.cast.chance.gauss(0, SEVERITY_SPREAD)
        quality = self.quality[assignment.application.institution.nip] + self.severity[juror]
        tone = "good" if quality > 0.8 else "mixed" if quality > 0.62 else "bad"
        said = self.remarks.get((assignment.channel, tone), [""])
        return marks.fill(audit.version.definition, quality, self.cast.chance, self.cast.chance.choice(said))

    def _photos(self, audit: Audit, given: dict[str, str]) -> None:
        user = audit.assignment.juror.user
        assert user is not None
        for number, key in enumerate(_wants_photo(audit.version.definition, given)):
            audits.add_photo(
                audit=Audit.objects.get(pk=audit.pk),
                item_key=key,
                content=picture_of(key),
                client_key=f"{audit.key}-{number}",
                actor=user,
            )

    def validate(self, until: datetime) -> None:
        """The office checks within two days; one in twenty goes back once."""
        operator = self.cast.office["operator"]
        waiting = Audit.objects.filter(
            assignment__application__edition=self.edition, state=Audit.State.SUBMITTED
        ).select_related("assignment__juror__user")
        for number, audit in enumerate(waiting.order_by("submitted_at")):
            assert audit.submitted_at is not None
            moment = audit.submitted_at + timedelta(hours=self.cast.chance.randint(4, 44))
            if moment >= until:
                continue
            if number % 20 == 13:
                self._return(audit, moment)
                moment += timedelta(hours=30)
                if moment >= until:
                    continue
            with held_at(moment):
                audits.approve_audit(
                    audit=Audit.objects.get(pk=audit.pk), reason="Sprawdzono z uwagami i dowodami.", actor=operator
                )

    def _return(self, audit: Audit, moment: datetime) -> None:
        with held_at(moment):
            audits.return_audit(
                audit=audit, reason="Proszę dopisać, co dokładnie było nieczytelne.", actor=self.cast.office["operator"]
            )
        juror = audit.assignment.juror.user
        assert juror is not None
        with held_at(moment + timedelta(hours=20)):
            audits.submit_audit(audit=Audit.objects.get(pk=audit.pk), actor=juror)


def _answers(given: dict[str, str], said: dict[str, str], contact: datetime, filled: datetime) -> list[Answer]:
    step = (filled - contact) / (len(given) + 2)
    return [
        Answer(key, mark, said.get(key, ""), 0, f"demo-{key}", contact + step * (index + 1))
        for index, (key, mark) in enumerate(given.items())
    ]


def _wants_photo(definition: dict[str, Any], given: dict[str, str]) -> list[str]:
    items = [item for section in definition["sections"] for item in section["items"]]
    return [item["key"] for item in items if given.get(item["key"]) in item.get("evidence_on", [])]


def picture_of(key: str) -> bytes:
    """A drawn stand-in for a photo of a notice board: a demo has no real places in it."""
    picture = Image.new("RGB", (640, 480), "#d9d4c7")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 60, 550, 400), fill="#f7f5ef", outline="#6b6455", width=6)
    for row in range(7):
        draw.rectangle((130, 100 + row * 40, 130 + 330 - (row * 37) % 140, 112 + row * 40), fill="#b9b2a3")
    draw.text((110, 415), key, fill="#6b6455")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
