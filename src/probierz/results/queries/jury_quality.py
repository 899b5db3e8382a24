"""What the quality of a jury is measured from: the approved audits of an edition, read lean, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from assay.protocol import canonical
from assay.rulebook import Rulebook
from assay.scorecards import Scorecard
from probierz.applications.models import Application
from probierz.audits.models import Audit, Override
from probierz.editions.models import Edition
from probierz.instruments.models import InstrumentVersion
from probierz.jury.models import Juror
from probierz.jury.queries import jurors_visible_to
from probierz.results.jury_quality import Facts, JuryQuality, Made, measure


def jury_quality_of(edition: Edition) -> JuryQuality:
    return _measured(edition.pk, _state_of(edition))


def _state_of(edition: Edition) -> str:
    """Names everything the answer hangs on: an approved audit never changes, the office only adds to it."""
    state = sha256(canonical(edition.rulebook))
    for keys in (_taken(edition).values_list("key"), _changes_of(edition).values_list("pk")):
        state.update("\n".join(sorted(str(key) for (key,) in keys)).encode() + b"|")
    return state.hexdigest()


@lru_cache(maxsize=4)
def _measured(pk: int, state: str) -> JuryQuality:
    """Kept, since twenty thousand audits take seconds and every juror's page asks for all of them."""
    edition = Edition.objects.get(pk=pk)
    made = _made(edition)
    versions = InstrumentVersion.objects.filter(pk__in={one.facts.version for one in made})
    cards = {pk: Scorecard.from_definition(found) for pk, found in versions.values_list("pk", "definition")}
    return measure(Rulebook.from_dict(edition.rulebook), cards, made)


def _taken(edition: Edition) -> QuerySet[Audit]:
    """The audits a calculation would take: approved, at applications that are still in."""
    return Audit.objects.filter(
        state=Audit.State.APPROVED,
        assignment__application__edition=edition,
        assignment__application__state=Application.State.ACCEPTED,
    )


def _changes_of(edition: Edition) -> QuerySet[Override]:
    return Override.objects.filter(audit__in=_taken(edition))


def _made(edition: Edition) -> list[Made]:
    changes: dict[Any, dict[str, str]] = defaultdict(dict)
    for key, item, now_is in (
        _changes_of(edition).order_by("made_at", "pk").values_list("audit__key", "item_key", "now_is")
    ):
        changes[key][item] = now_is
    rows = (
        _taken(edition)
        .order_by("key")
        .values_list(
            "key",
            "assignment__application",
            "assignment__juror",
            "assignment__channel",
            "version",
            "marks",
            "filling_seconds",
        )
    )
    return [
        Made(Facts(str(key), application, juror, channel, version, seconds), marks, {**marks, **changes.get(key, {})})
        for key, application, juror, channel, version, marks, seconds in rows.iterator(chunk_size=2000)
    ]


def jurors_of(edition: Edition) -> dict[int, Juror]:
    """The programme's jurors by their number; those who made no audit of this edition too."""
    found = Juror.objects.filter(programme=edition.programme_id)
    return {juror.pk: juror for juror in found.only("pk", "key", "name", "pseudonym", "kind")}


def jurors_in(user: Any, edition: Edition) -> Any:
    """The jurors of the edition's programme, for its office."""
    return jurors_visible_to(user).filter(programme=edition.programme_id)


def applications_judged(edition: Edition, numbers: set[int]) -> dict[int, Application]:
    found = Application.objects.filter(edition=edition, pk__in=numbers)
    return {entry.pk: entry for entry in found.select_related("institution", "category")}
