"""Two rows that are one institution become one; what upper rooms hang on them follows, or the merge is refused."""

from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from probierz.base.actions import Actor, action, record
from probierz.base.rules import NotAllowed
from probierz.institutions import rules
from probierz.institutions.models import Institution, Representative

FILLED_FROM_MERGED = (
    *("short_name", "regon", "krs", "teryt", "ade", "street", "postal_code", "email", "phone"),
    *("website", "bip", "social", "headcount", "population"),
)


@action
def merge_institutions(*, actor: Actor, kept: Institution, merged: Institution) -> Institution:
    """`kept` takes over everything of `merged`, and its data where `kept` has none; `merged` leaves the lists."""
    locked = Institution.objects.select_for_update().in_bulk([kept.pk, merged.pk])
    kept, merged = locked[kept.pk], locked[merged.pk]
    rules.can_merge(actor, kept, merged).require()
    _drop_doubled_representatives(kept, merged)
    moved = {}
    for relation in Institution._meta.related_objects:
        count = _move(relation, kept, merged)
        if count:
            moved[relation.related_model._meta.label] = count
    for name in FILLED_FROM_MERGED:
        setattr(kept, name, getattr(kept, name) or getattr(merged, name))
    kept.save()
    merged.merged_into = kept
    merged.save()
    record(
        actor=actor,
        verb="institution.merged",
        subject=kept,
        institution=kept,
        merged=str(merged.key),
        merged_nip=merged.nip,
        moved=moved,
    )
    return kept


def _move(relation: models.ForeignObjectRel, kept: Institution, merged: Institution) -> int:
    """Point every row of one table from `merged` to `kept`, whichever room it belongs to."""
    name = relation.field.name
    rows = relation.related_model._default_manager.filter(**{name: merged})
    try:
        with transaction.atomic():
            return int(rows.update(**{name: kept}))
    except IntegrityError as fault:
        thing = relation.related_model._meta.verbose_name
        message = _(
            "Nie można połączyć: obie instytucje mają tu własny wpis, a może być tylko jeden (%(thing)s). "
            "Proszę najpierw wycofać lub usunąć jeden z nich. Nic nie zostało zmienione."
        )
        raise NotAllowed("merge-conflict", message % {"thing": thing}) from fault


def _drop_doubled_representatives(kept: Institution, merged: Institution) -> None:
    """One person may stand for both; one row is enough, and the more powerful one stays."""
    for double in Representative.objects.filter(institution=merged, user__representations__institution=kept):
        if double.is_active:
            Representative.objects.filter(institution=kept, user=double.user_id).update(
                is_active=True, decided_at=double.decided_at
            )
        double.delete()
