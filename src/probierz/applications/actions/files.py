"""Signed documents and attachments: kept with their hash and what their signatures say."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from probierz.applications import rules, signatures
from probierz.applications.actions.locking import _locked
from probierz.applications.models import Application, ApplicationFile
from probierz.base.actions import action, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.base.uploads import EXTENSIONS, Upload

MAX_ATTACHMENTS = 10


@action
def add_file(
    *, application: Application, upload: Upload, kind: str, actor: Any, moment: datetime | None = None
) -> ApplicationFile:
    """Keep an upload. A new signed document takes the place of the one before, which stays in the file."""
    application = _locked(application)
    rules.can_edit(actor, application, moment).require()
    is_signed_form = kind == ApplicationFile.Kind.SIGNED_FORM
    if is_signed_form:
        application.files.filter(kind=kind, replaced_at=None).update(replaced_at=now())
    elif application.files.filter(kind=kind, replaced_at=None).count() >= MAX_ATTACHMENTS:
        raise NotAllowed("too-many", _("Można dodać najwyżej %(limit)s załączników.") % {"limit": MAX_ATTACHMENTS})
    report = signatures.examine(upload.content, upload.content_type, trust_dir=settings.SIGNATURE_TRUST_DIR)
    file = ApplicationFile(
        application=application,
        kind=kind,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        form_digest=application.printed_digest if is_signed_form else "",
        signatures=asdict(report),
        uploaded_by=actor,
        uploaded_at=now(),
    )
    # The stored name is random: what a person called the file is no path.
    file.file.save(f"{file.key}.{EXTENSIONS[upload.content_type]}", ContentFile(upload.content), save=False)
    file.save()
    _touch(application)
    _record(application, actor, "application.file-added", file, signatures=len(report.signatures))
    return file


@action
def remove_file(*, file: ApplicationFile, actor: Any) -> Application:
    """Take an attachment away; it stays on record as replaced."""
    application = _locked(file.application)
    rules.can_edit(actor, application).require()
    if file.kind != ApplicationFile.Kind.ATTACHMENT:
        raise NotAllowed("signed-form", _("Podpisane zgłoszenie zastępuje się nowym, nie usuwa."))
    application.files.filter(pk=file.pk).update(replaced_at=now())
    _touch(application)
    _record(application, actor, "application.file-removed", file)
    return application


def _touch(application: Application) -> None:
    application.changed_at = now()
    application.save(update_fields=["changed_at"])


def _record(application: Application, actor: Any, verb: str, file: ApplicationFile, **details: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=application,
        edition=application.edition,
        institution=application.institution,
        file=str(file.key),
        kind=file.kind,
        sha256=file.sha256,
        **details,
    )
