"""What applications are there, and who sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from probierz.applications.flow import what_next as what_next
from probierz.applications.models import Application, ApplicationFile, CompletionRequest, FormalCheck
from probierz.base.clock import now
from probierz.base.models import JournalEntry
from probierz.base.polish import fold
from probierz.base.queries import entries_about
from probierz.editions.models import Category, Edition, Stage
from probierz.editions.queries import public_editions
from probierz.editions.rules import stage_is_open
from probierz.institutions.models import Institution

State = Application.State
SORTS = {
    "number": ("sequence",),
    "name": ("institution__search_text",),
    "category": ("category__position", "category__name"),
    "state": ("state",),
    "submitted": ("submitted_at",),
    "voivodeship": ("institution__voivodeship",),
}


def applications_visible_to(user: Any) -> QuerySet[Application]:
    """The office sees its programmes' applications; representatives their institutions'; nobody else any."""
    offices = user.offices.values("programme")
    own = user.representations.filter(is_active=True).values("institution")
    return _with_context(Application.objects.filter(Q(edition__programme__in=offices) | Q(institution__in=own)))


def applications_of_representative(user: Any) -> QuerySet[Application]:
    """What the institution's panel shows, also to someone who besides works in an office."""
    own = user.representations.filter(is_active=True).values("institution")
    return _with_context(Application.objects.filter(institution__in=own)).prefetch_related("edition__stages")


def applications_in_office(user: Any, edition: Edition) -> QuerySet[Application]:
    offices = user.offices.values("programme")
    return _with_context(Application.objects.filter(edition=edition, edition__programme__in=offices))


def accepted_applications(edition: Edition) -> QuerySet[Application]:
    """Who competes; no user asks, the rooms above do."""
    return _with_context(Application.objects.filter(edition=edition, state=State.ACCEPTED)).order_by(
        "institution__search_text", "pk"
    )


def _with_context(applications: QuerySet[Application]) -> QuerySet[Application]:
    requests = Prefetch("completion_requests", CompletionRequest.objects.order_by("-issued_at"))
    return applications.select_related("edition__programme", "category", "institution").prefetch_related(requests)


def matching(
    applications: QuerySet[Application],
    *,
    text: str = "",
    state: str = "",
    category: str = "",
    voivodeship: str = "",
    sort: str = "",
) -> QuerySet[Application]:
    for word in fold(text).split():
        applications = applications.filter(Q(institution__search_text__contains=word) | Q(number__icontains=word))
    if state == "overdue":
        applications = applications.filter(pk__in=overdue_applications(applications))
    elif state:
        applications = applications.filter(state=state)
    if category:
        applications = applications.filter(category__key=category)
    if voivodeship:
        applications = applications.filter(institution__voivodeship=voivodeship)
    return applications.order_by(*_order(sort), "pk")


def as_rows(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Light enough for a list of thousands: without the answers, and without the edition's form on every row."""
    return (
        applications.select_related(None)
        .select_related("category", "institution")
        .defer("answers", "answer_revisions", "declarations", "decision_reason", "institution__search_text")
    )


def _order(sort: str) -> list[Any]:
    columns = SORTS.get(sort.removeprefix("-"))
    if columns is None:
        return [F("submitted_at").desc(nulls_last=True)]
    if sort.startswith("-"):
        return [F(column).desc(nulls_last=True) for column in columns]
    return [F(column).asc(nulls_last=True) for column in columns]


def overdue_applications(applications: QuerySet[Application], moment: datetime | None = None) -> QuerySet[Any]:
    """Their completion term has passed by the clock, unanswered; no job marks them."""
    return (
        applications.filter(
            state=State.COMPLETION,
            completion_requests__answered_at=None,
            completion_requests__due_at__lte=moment or now(),
        )
        .order_by()
        .values("pk")
    )


def counts_by_state(edition: Edition) -> dict[str, int]:
    counted = Application.objects.filter(edition=edition).order_by().values_list("state").annotate(n=Count("pk"))
    return {state.value: 0 for state in State} | dict(counted)


def overdue_count(edition: Edition) -> int:
    return overdue_applications(Application.objects.filter(edition=edition)).distinct().count()


def last_change(edition: Edition) -> Application | None:
    return Application.objects.filter(edition=edition).order_by("-changed_at").first()


def current_files(application: Application) -> list[ApplicationFile]:
    return [file for file in application.files.all() if file.replaced_at is None]


def signed_files(application: Application) -> list[ApplicationFile]:
    """The signed document first, then those it replaced."""
    signed = [file for file in application.files.all() if file.kind == ApplicationFile.Kind.SIGNED_FORM]
    return sorted(signed, key=lambda file: file.replaced_at is not None)


def formal_check_of(application: Application) -> FormalCheck | None:
    return FormalCheck.objects.filter(application=application).select_related("checked_by").first()


def life_of(application: Application) -> QuerySet[JournalEntry]:
    return entries_about(application)


def contact_addresses(application: Application) -> list[str]:
    """Everyone to be told: active representatives, and the contact address given in the form."""
    found = list(
        application.institution.representatives.filter(is_active=True, user__is_active=True)
        .order_by("user__email")
        .values_list("user__email", flat=True)
    )
    found += _contact_answers(application)
    if not found and application.institution.email:
        found.append(application.institution.email)
    return list(dict.fromkeys(address.strip().lower() for address in found))


def _contact_answers(application: Application) -> Iterable[str]:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    for section in application.edition.form_definition.get("sections", []):
        for field in section.get("fields", []):
            if field.get("kind") != "email" or not _is_of_contact(field["key"]):
                continue
            address = str(application.answers.get(field["key"], "")).strip()
            try:
                validate_email(address)
            except ValidationError:
                continue
            yield address


def _is_of_contact(key: str) -> bool:
    return "kontakt" in key or "contact" in key


def editions_open_for_entry() -> list[Edition]:
    """Public editions whose call is open now."""
    editions = (
        public_editions().filter(stages__kind=Stage.Kind.CALL).prefetch_related("stages", "categories").distinct()
    )
    return [edition for edition in editions if stage_is_open(edition, Stage.Kind.CALL)]


def suggested_category(edition: Edition, institution: Institution) -> Category | None:
    """The first category that admits the institution's kind; else the one that admits every kind."""
    categories = list(edition.categories.all())
    fitting = [category for category in categories if institution.kind in category.institution_kinds]
    open_to_all = [category for category in categories if not category.institution_kinds]
    return next(iter(fitting + open_to_all), None)


def live_application(edition: Edition, institution: Institution) -> Application | None:
    return (
        Application.objects.filter(edition=edition, institution=institution, unit=None)
        .exclude(state__in=[State.WITHDRAWN, State.REJECTED])
        .first()
    )


def institutions_without_application(edition: Edition) -> QuerySet[Institution]:
    taken = Application.objects.filter(edition=edition).exclude(state__in=[State.WITHDRAWN, State.REJECTED])
    return (
        Institution.objects.filter(merged_into=None)
        .exclude(pk__in=taken.values("institution"))
        .order_by("search_text", "pk")
    )


def numbered_of_representative(user: Any) -> QuerySet[Application]:
    """Those that were sent at least once, so that there is something to confirm."""
    return applications_of_representative(user).exclude(number="")


def submitted_by(application: Application) -> str:
    """Who pressed the button, by the journal."""
    entry = life_of(application).filter(verb="application.submitted").first()
    return entry.actor_name if entry else ""
