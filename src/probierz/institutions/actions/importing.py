"""Files of institutions, and the official register of territories."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from probierz.accounts.models import User
from probierz.base.actions import Actor, action, draft, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.institutions import queries, rules
from probierz.institutions.models import ImportBatch, Institution, Territory


@draft
def prepare_import(*, actor: User, file_name: str, sha256: str, rows: list[dict[str, Any]]) -> ImportBatch:
    """Keep a file's rows as they were checked; the register stays as it is until somebody decides."""
    rules.can_keep_register(actor).require()
    return ImportBatch.objects.create(
        file_name=file_name[:120], sha256=sha256, rows=rows, created_by=actor, created_at=now()
    )


@action
def import_institutions(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """All rows of a batch, or none."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rules.can_keep_register(actor).require()
    _require_ready(batch)
    moment = now()
    institutions = [Institution(**row["data"], created_at=moment) for row in batch.rows if not row["known"]]
    if queries.known_nips(institution.nip for institution in institutions):
        message = _("Od sprawdzenia pliku część tych instytucji trafiła do rejestru. Proszę wczytać plik jeszcze raz.")
        raise NotAllowed("register-changed", message)
    for institution in institutions:
        institution.index_words()
    Institution.objects.bulk_create(institutions, batch_size=200)
    batch.state = ImportBatch.State.IMPORTED
    batch.save(update_fields=["state"])
    record(
        actor=actor,
        verb="institutions.imported",
        subject=batch,
        created=len(institutions),
        skipped=len(batch.rows) - len(institutions),
        sha256=batch.sha256,
    )
    return batch


@action
def abandon_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rules.can_keep_register(actor).require()
    if batch.state != ImportBatch.State.PREVIEW:
        raise NotAllowed("batch-decided", _("Ten plik został już rozpatrzony."))
    batch.state, batch.rows = ImportBatch.State.ABANDONED, []
    batch.save(update_fields=["state", "rows"])
    record(actor=actor, verb="import.abandoned", subject=batch)
    return batch


@action
def load_territories(*, actor: Actor, territories: list[tuple[str, str, str]], valid_on: date) -> int:
    """The official register of one day: (code, name, kind). A second load of the same day replaces the first."""
    rules.can_keep_register(actor).require()
    if not territories:
        raise NotAllowed("no-territories", _("W pliku nie ma żadnej jednostki. Nic nie zostało zmienione."))
    Territory.objects.filter(valid_on=valid_on).delete()
    rows = [Territory(code=code, name=name, kind=kind, valid_on=valid_on) for code, name, kind in territories]
    Territory.objects.bulk_create(rows, batch_size=500)
    record(actor=actor, verb="territories.loaded", subject=rows[0], count=len(rows), valid_on=valid_on.isoformat())
    return len(rows)


def _require_ready(batch: ImportBatch) -> None:
    if batch.state != ImportBatch.State.PREVIEW:
        raise NotAllowed("batch-decided", _("Ten plik został już rozpatrzony."))
    if any(row["errors"] for row in batch.rows):
        raise NotAllowed(
            "rows-with-errors", _("Plik ma wiersze z błędami. Proszę je poprawić i wczytać plik ponownie.")
        )
    if all(row["known"] for row in batch.rows):
        raise NotAllowed("nothing-new", _("Wszystkie instytucje z tego pliku są już w rejestrze."))
