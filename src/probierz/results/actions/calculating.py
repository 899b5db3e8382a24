"""One run of the engine, kept for good."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assay import VERSION
from assay.exact import FieldError
from probierz.accounts.models import User
from probierz.applications.models import Application
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Edition
from probierz.results import queries, rules
from probierz.results.computing import Computed, Inputs, certainty, compute, details
from probierz.results.models import Calculation, Result


@action
def calculate(*, edition: Edition, actor: User, note: str = "") -> Calculation:
    """Compute the edition from its approved audits. Earlier calculations stay as they are."""
    rules.can_calculate(actor, edition).require()
    applications = queries.applications_in(edition)
    inputs = queries.inputs_of(edition, applications)
    if not inputs.audits:
        raise NotAllowed("no-audits", _("Nie ma jeszcze żadnego zatwierdzonego audytu. Nie ma z czego liczyć."))
    _refuse_other_rules(edition, inputs)
    salt = secrets.token_bytes(32)
    computed = _computed(inputs, salt)
    calculation = Calculation.objects.create(
        edition=edition,
        protocol=computed.protocol,
        protocol_digest=computed.digest,
        inputs_digest=computed.protocol["digests"]["inputs"],
        rulebook=computed.protocol["rulebook"],
        rulebook_digest=computed.protocol["digests"]["rulebook"],
        engine_version=VERSION,
        audits_used=sum(len(found.audits_used) for found in computed.outcome.institutions.values()),
        made_at=now(),
        made_by=actor,
        note=note,
        salt=salt.hex(),
        benchmarks=computed.benchmarks,
        certainty=certainty(computed.outcome),
    )
    _store(calculation, applications, computed, queries.remarks_of(edition))
    record(
        actor=actor,
        verb="results.calculated",
        subject=calculation,
        edition=edition,
        protocol=computed.digest,
        inputs=calculation.inputs_digest,
        rulebook=calculation.rulebook_digest,
        engine=VERSION,
        audits=calculation.audits_used,
        institutions=len(applications),
    )
    return calculation


def _refuse_other_rules(edition: Edition, inputs: Inputs) -> None:
    if edition.rulebook_frozen_at and edition.rulebook_digest != inputs.rulebook.digest():
        raise NotAllowed("rules-changed", _("Zasady różnią się od zamrożonych. Wyniki liczy się tylko z zamrożonych."))


def _computed(inputs: Inputs, salt: bytes) -> Computed:
    try:
        return compute(inputs, salt)
    except FieldError as problem:
        words = _("Tych danych nie da się policzyć (%(field)s: %(reason)s). Niczego nie zapisano.")
        raise NotAllowed("cannot-compute", words % {"field": problem.field, "reason": problem.reason}) from problem


def _store(
    calculation: Calculation,
    applications: list[Application],
    computed: Computed,
    remarks: dict[str, list[dict[str, str]]],
) -> None:
    parts = details(computed, remarks)
    Result.objects.bulk_create(
        [_result(calculation, entry, computed, parts[str(entry.key)]) for entry in applications], batch_size=500
    )


def _result(calculation: Calculation, entry: Application, computed: Computed, detail: dict[str, Any]) -> Result:
    pseudonym = computed.pseudonyms[str(entry.key)]
    found = computed.outcome.institutions[pseudonym]
    places = {scope: place.place for scope, place in found.places.items()}
    rounding = computed.outcome.rulebook.points
    return Result(
        calculation=calculation,
        application=entry,
        pseudonym=pseudonym,
        points=None if found.published is None else Decimal(found.published),
        place=places.get("overall"),
        category_place=places.get("category"),
        decision=found.decision,
        channel_points={
            channel.channel: None if channel.score is None else str(rounding.apply(channel.score))
            for channel in found.channels
        },
        audits=len(found.audits_used),
        detail=detail,
    )
