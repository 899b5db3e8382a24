"""Background work: one certificate at a time, safe to start again."""

from __future__ import annotations

from django_tasks import task

from probierz.base.actions import PLATFORM
from probierz.base.rules import NotAllowed


@task()
def make_certificate(licence_id: int) -> bool:
    """True when this run made the certificate, False when it was there before."""
    from probierz.awards import actions, printing, queries

    licence = queries.licence_to_print(licence_id)
    if licence is None or licence.certificate:
        return False
    try:
        actions.store_certificate(licence=licence, content=printing.certificate_pdf(licence), actor=PLATFORM)
    except NotAllowed:
        return False
    return True
