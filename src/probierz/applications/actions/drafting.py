"""From the start to a full draft: answers, category, declarations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from probierz.applications import entry_form, mail, rules
from probierz.applications.actions.locking import _locked
from probierz.applications.models import Application
from probierz.applications.readiness import CATEGORIES, STAFF_INFORMED, Readiness, content_digest
from probierz.applications.seen import Seen
from probierz.base.actions import action, draft, record
from probierz.base.clock import now
from probierz.base.rules import NotAllowed
from probierz.editions.models import Category, Edition
from probierz.institutions.models import Institution


@action
def start_application(
    *, edition: Edition, institution: Institution, category: Category, actor: Any, moment: datetime | None = None
) -> Application:
    """Open a draft, filled with what the register knows."""
    rules.can_start(actor, edition, institution, moment).require()
    application = _new(edition, institution, category, actor)
    mail.tell_started(application)
    return application


@action
def enter_on_paper(
    *, edition: Edition, institution: Institution, category: Category, received_on: date, actor: Any
) -> Application:
    """The office opens a draft for an application that came on paper."""
    rules.can_enter_on_paper(actor, edition).require()
    return _new(edition, institution, category, actor, is_entered_by_office=True, received_on=received_on)


def _new(edition: Edition, institution: Institution, category: Category, actor: Any, **more: Any) -> Application:
    if category.edition_id != edition.pk:
        raise NotAllowed("wrong-category", _("Ta kategoria należy do innej edycji."))
    moment = now()
    application = Application(
        edition=edition,
        institution=institution,
        category=category,
        answers=_first_answers(edition, institution, category, None if more else actor),
        created_by=actor,
        created_at=moment,
        changed_at=moment,
        **more,
    )
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as fault:
        raise NotAllowed(
            "already-started",
            _("Ta instytucja ma już zgłoszenie w tej edycji. Może je Państwa współpracownik zaczął wcześniej."),
        ) from fault
    _record(application, actor, "application.started", category=category.key, on_paper=application.is_entered_by_office)
    return application


def _first_answers(edition: Edition, institution: Institution, category: Category, actor: Any) -> dict[str, Any]:
    sources: dict[str, object] = {"institution": institution}
    if actor is not None:
        capacity = institution.representatives.filter(user=actor).values_list("capacity", flat=True).first()
        sources["representative"] = SimpleNamespace(name=actor.name, email=actor.email, role=capacity or "")
    answers: dict[str, Any] = dict(entry_form.prefilled(edition.form_definition, sources))
    for key, field in entry_form.fields_of(edition.form_definition).items():
        if field.choices_from == CATEGORIES:
            answers[key] = category.key
    return answers


@dataclass(frozen=True)
class Saved:
    """What became of a save: what is on the server now in the fields that somebody else changed meanwhile."""

    application: Application
    seen: Seen
    conflicts: Mapping[str, Any]


@draft
def save_answers(
    *,
    application: Application,
    changed: Mapping[str, Any],
    seen: Seen,
    actor: Any,
    moment: datetime | None = None,
    keep_mine: Iterable[str] = (),
) -> Saved:
    """Merge the changed answers field by field. A conflicting one is not written, nor is the other one lost."""
    application = _locked(application)
    rules.can_edit(actor, application, moment).require()
    known = entry_form.fields_of(application.edition.form_definition)
    conflicts: dict[str, Any] = {}
    written: dict[str, int] = {}
    for key, value in changed.items():
        if key not in known or value == application.answers.get(key, known[key].empty):
            continue
        if key not in keep_mine and seen.missed(key, application.answer_revisions):
            conflicts[key] = application.answers.get(key, known[key].empty)
        else:
            application.answers[key] = value
            written[key] = application.revision + 1
    if written:
        application.revision += 1
        application.answer_revisions |= written
        application.changed_at = now()
        _follow_answers(application, known, written)
        application.save()
    shown = {key: application.answer_revisions.get(key, 0) for key in conflicts}
    return Saved(application, seen.after({**written, **shown}, application.answer_revisions), conflicts)


def _follow_answers(
    application: Application, known: Mapping[str, entry_form.FieldSpec], written: Mapping[str, int]
) -> None:
    """Two answers are also columns of the application: its category and the day the staff were told."""
    for key in written:
        if known[key].choices_from == CATEGORIES:
            chosen = application.edition.categories.filter(key=application.answers[key]).first()
            application.category = chosen or application.category
        elif key == STAFF_INFORMED:
            application.staff_informed_on = _day(application.answers[key])


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


@action
def declare(
    *, application: Application, given: Iterable[str], actor: Any, staff_informed_on: date | None = None
) -> Application:
    """Tick the declarations of the edition; one already given keeps its time."""
    application = _locked(application)
    rules.can_edit(actor, application).require()
    wanted = set(given)
    at = now().isoformat(timespec="seconds")
    offered = [entry["key"] for entry in application.edition.declarations]
    application.declarations = {key: application.declarations.get(key, at) for key in offered if key in wanted}
    if Readiness(application).asks_staff_date:
        application.staff_informed_on = staff_informed_on
    _touch(application, "declarations", "staff_informed_on")
    _record(application, actor, "application.declared", declarations=sorted(application.declarations))
    return application


@draft
def note_print(*, application: Application, actor: Any) -> Application:
    """Remember which content was downloaded to be signed."""
    application = _locked(application)
    if rules.can_edit(actor, application):
        application.printed_digest = content_digest(application)
        application.printed_at = now()
        application.save(update_fields=["printed_digest", "printed_at"])
    return application


def _touch(application: Application, *fields: str) -> None:
    application.changed_at = now()
    application.save(update_fields=[*fields, "changed_at"])


def _record(application: Application, actor: Any, verb: str, **details: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=application,
        edition=application.edition,
        institution=application.institution,
        **details,
    )
