"""Licences out of a published calculation, and those of editions that were before us."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.awards import jobs, mail, queries, rules
from probierz.awards.models import Licence, LicenceEvent
from probierz.awards.terms import last_day, next_sequence, number_of
from probierz.base.actions import Actor, action, record
from probierz.base.clock import now, today
from probierz.base.polish import sort_key
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition
from probierz.institutions.models import Institution
from probierz.results.models import Publication, Result


@action
def grant_licences(*, edition: Edition, actor: User, valid_from: date | None = None) -> list[Licence]:
    """A licence for everyone whom the published calculation grants one and who has none yet."""
    edition = _locked(edition)
    rules.can_grant(actor, edition).require()
    waiting = queries.waiting_for_licence(edition)
    if not waiting:
        raise NotAllowed("nothing-to-grant", _("Nie ma komu przyznać licencji: wszyscy uprawnieni już je mają."))
    # By the alphabet: a number must not tell the place.
    waiting.sort(key=lambda result: sort_key(result.application.institution.name))
    publication = Publication.objects.select_related("calculation").get(edition=edition)
    first = next_sequence(queries.numbers_in(edition))
    day = valid_from or today()
    before = queries.streaks_before(edition)
    licences = Licence.objects.bulk_create(
        [
            _licence(edition, result, publication, number=first + index, day=day, before=before)
            for index, result in enumerate(waiting)
        ]
    )
    LicenceEvent.objects.bulk_create(
        [LicenceEvent(licence=one, kind=LicenceEvent.Kind.GRANTED, at=now(), by=actor) for one in licences]
    )
    _queue(licences)
    mail.tell_holders(edition, licences)
    record(
        actor=actor,
        verb="licences.granted",
        subject=edition,
        edition=edition,
        numbers=[one.number for one in licences],
        valid_from=day.isoformat(),
        valid_until=licences[0].valid_until.isoformat(),
        protocol=publication.calculation.protocol_digest,
    )
    return licences


def _licence(
    edition: Edition, result: Result, publication: Publication, *, number: int, day: date, before: dict[int, int]
) -> Licence:
    institution = result.application.institution
    return Licence(
        number=number_of(edition.programme.short_name, edition.year, number),
        edition=edition,
        application=result.application,
        institution=institution,
        holder_name=institution.name,
        scope=edition.licence_scope,
        points=result.points,
        earned_from=_earned_from(result, publication),
        valid_from=day,
        valid_until=last_day(day, edition.rulebook["licence_terms"]["months"]),
        in_a_row=before.get(institution.pk, 0) + 1,
        granted_at=now(),
    )


def _earned_from(result: Result, publication: Publication) -> dict[str, Any]:
    """How it was earned, as anybody may read it; points only where the rules publish them."""
    calculation = publication.calculation
    summary = result.detail["summary"]
    scored = [channel for channel, found in summary["channel_scores"].items() if found["state"] == "scored"]
    shows_points = calculation.rulebook["published"]["points_public"]
    return {
        "audits": result.audits,
        "channels": scored,
        "points": summary["published"] if shows_points else None,
        "protocol_sha256": calculation.protocol_digest,
        "rulebook_sha256": calculation.rulebook_digest,
        "published_at": publication.published_at.isoformat() if publication.published_at else None,
    }


@action
def record_past_licence(
    *,
    edition: Edition,
    institution: Institution,
    actor: Actor,
    valid_from: date,
    valid_until: date | None = None,
    number: str = "",
    scope: str = "",
    in_a_row: int | None = None,
) -> Licence:
    """Enter a licence of an edition that was run before this platform. It has no calculation to show."""
    edition = _locked(edition)
    if Licence.objects.filter(edition=edition, institution=institution).exists():
        raise NotAllowed("licence-exists", _("Ta instytucja ma już licencję tej edycji."))
    sequence = next_sequence(queries.numbers_in(edition))
    months = int(edition.rulebook.get("licence_terms", {}).get("months", 12))
    streak = in_a_row or queries.streaks_before(edition).get(institution.pk, 0) + 1
    licence = Licence.objects.create(
        number=number or number_of(edition.programme.short_name, edition.year, sequence),
        edition=edition,
        institution=institution,
        holder_name=institution.name,
        scope=scope or edition.licence_scope,
        valid_from=valid_from,
        valid_until=valid_until or last_day(valid_from, months),
        in_a_row=streak,
        granted_at=now(),
    )
    LicenceEvent.objects.create(licence=licence, kind=LicenceEvent.Kind.GRANTED, at=now())
    _queue([licence])
    record(
        actor=actor,
        verb="past-licence.recorded",
        subject=licence,
        edition=edition,
        institution=institution,
        number=licence.number,
    )
    return licence


@action
def queue_certificates(*, edition: Edition, actor: User) -> int:
    """Ask again for the certificates that are not there yet."""
    rules.can_grant(actor, edition).require()
    waiting = list(Licence.objects.filter(edition=edition, certificate=""))
    _queue(waiting)
    record(actor=actor, verb="certificates.queued", subject=edition, edition=edition, count=len(waiting))
    return len(waiting)


def _queue(licences: list[Licence]) -> None:
    for licence in licences:
        jobs.make_certificate.enqueue(licence.pk)


def _locked(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
