"""The juror's side: start, every tap, photos, send. A tap is acknowledged only after it is written."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from probierz.audits import checks, rules, scorecard
from probierz.audits.models import Audit, Evidence, SavedMark
from probierz.base.actions import action, draft, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.base.uploads import JPEG, clean_photo
from probierz.editions.actions import ensure_rulebook_frozen
from probierz.jury.models import Assignment

REPORT_HOURS = 48


@dataclass(frozen=True)
class Answer:
    """One tap: `revision` is that of the item the juror was looking at, `client_key` names the tap."""

    item_key: str
    mark: str
    comment: str
    revision: int
    client_key: str
    given_at: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of a tap. In a conflict mark, comment and revision are those that stand on the server."""

    item_key: str
    mark: str
    comment: str
    revision: int
    is_conflict: bool = False


@action
def start_audit(*, assignment: Assignment, actor: Any) -> Audit:
    """Open the scorecard of the channel for an assignment; started twice it is the same audit."""
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("application__edition").get(pk=assignment.pk)
    )
    rules.can_start_audit(actor, assignment).require()
    ensure_rulebook_frozen(edition=assignment.application.edition, moment=now(), actor=actor)
    audit = Audit.objects.filter(assignment=assignment).first()
    if audit is None:
        version = assignment.application.edition.channels.get(channel=assignment.channel).version
        audit = Audit.objects.create(
            assignment=assignment, version=version, started_at=now(), saved_at=now(), state=Audit.State.FILLING
        )
    record(actor=actor, verb="audit.started", subject=audit, edition=assignment.application.edition)
    return audit


@draft
def save_answers(*, audit: Audit, answers: list[Answer], actor: Any) -> list[Outcome]:
    """Keep taps in the order they came. The same tap sent again is answered as the first time."""
    audit = _locked(audit)
    rules.can_fill(actor, audit).require()
    outcomes = [_save(audit, answer) for answer in answers]
    audit.saved_at = now()
    audit.save(update_fields=["marks", "comments", "item_revisions", "revision", "saved_at"])
    # The wording that was answered stays as it was, whatever the office changes later.
    audit.version.freeze(now())
    return outcomes


def _save(audit: Audit, answer: Answer) -> Outcome:
    kept = SavedMark.objects.filter(audit=audit, client_key=answer.client_key).first()
    if kept is not None:
        return Outcome(kept.item_key, kept.mark, kept.comment, kept.revision)
    key, problem = answer.item_key, scorecard.mark_problem(audit.version, answer.item_key, answer.mark)
    if problem:
        raise NotAllowed("bad-mark", problem)
    mark, comment = audit.marks.get(key, ""), audit.comments.get(key, "")
    revision = audit.item_revisions.get(key, 0)
    if answer.revision < revision and (answer.mark, answer.comment) != (mark, comment):
        return Outcome(key, mark, comment, revision, is_conflict=True)
    audit.revision += 1
    audit.item_revisions[key] = revision + 1
    _put(audit.marks, key, answer.mark)
    _put(audit.comments, key, answer.comment)
    SavedMark.objects.create(
        audit=audit,
        client_key=answer.client_key,
        item_key=key,
        mark=answer.mark,
        comment=answer.comment,
        revision=revision + 1,
        given_at=min(max(answer.given_at, audit.started_at), now()),
        saved_at=now(),
    )
    return Outcome(key, answer.mark, answer.comment, revision + 1)


def _put(kept: dict[str, str], key: str, value: str) -> None:
    if value:
        kept[key] = value
    else:
        kept.pop(key, None)


@draft
def set_contact(*, audit: Audit, contact_at: datetime, actor: Any) -> Audit:
    """When it happened; from then on the term for the report runs."""
    audit = _locked(audit)
    rules.can_set_contact(actor, audit, contact_at).require()
    audit.contact_at = contact_at
    audit.due_at = contact_at + timedelta(hours=_report_hours(audit))
    audit.saved_at = now()
    audit.save(update_fields=["contact_at", "due_at", "saved_at"])
    return audit


def _report_hours(audit: Audit) -> int:
    fieldwork = audit.assignment.application.edition.rulebook.get("fieldwork", {})
    return int(fieldwork.get("report_hours", REPORT_HOURS))


@draft
def add_photo(*, audit: Audit, item_key: str, content: bytes, client_key: str, actor: Any) -> Evidence:
    """Keep a photo without its metadata, under a name that says nothing; sent twice it is kept once."""
    audit = _locked(audit)
    kept = audit.evidence.filter(client_key=client_key).first() if client_key else None
    if kept is not None:
        return kept
    rules.can_add_photo(actor, audit).require()
    if scorecard.item_of(audit.version.definition, item_key) is None:
        raise ValidationError("unknown item", code="unknown-item")
    clean = clean_photo(content)
    photo = Evidence(
        audit=audit,
        item_key=item_key,
        content_type=JPEG,
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
        client_key=client_key,
        added_at=now(),
    )
    photo.file.save(f"{uuid.uuid4().hex}.jpg", ContentFile(clean), save=False)
    photo.save()
    return photo


@draft
def remove_photo(*, evidence: Evidence, actor: Any) -> Audit:
    audit = _locked(evidence.audit)
    rules.can_fill(actor, audit).require()
    file = evidence.file
    evidence.delete()
    transaction.on_commit(lambda: file.storage.delete(file.name or ""))
    return audit


@action
def submit_audit(*, audit: Audit, actor: Any) -> Audit:
    """Send the audit to the office; what the checks notice is kept beside it."""
    audit = _locked(audit)
    rules.can_submit(actor, audit).require()
    audit.marks, audit.comments = scorecard.without_hidden(audit)
    audit.state = Audit.State.SUBMITTED
    audit.submitted_at = audit.submitted_at or now()
    audit.filling_seconds = int(checks.filling_time(audit).total_seconds())
    found = checks.serious(checks.findings(audit))
    audit.flags, audit.flag_count = sorted({finding.code for finding in found}), len(found)
    audit.save()
    audit.assignment.state = Assignment.State.DONE
    audit.assignment.save(update_fields=["state"])
    record(
        actor=actor,
        verb="audit.submitted",
        subject=audit,
        edition=audit.assignment.application.edition,
        flags=audit.flags,
        late=audit.is_late(now()),
    )
    return audit


def _locked(audit: Audit) -> Audit:
    return (
        Audit.objects.select_for_update(of=("self",))
        .select_related("version", "assignment__juror", "assignment__application__edition__programme")
        .get(pk=audit.pk)
    )
