"""Applications in every state for tests; institutions, users and editions come from the lower rooms' factories."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from probierz.applications.models import Application, ApplicationFile, CompletionRequest
from probierz.base.clock import now, today

ANSWERS = {
    "nazwa": "Urząd Miejski w Pniewie",
    "opis": "Punkt obsługi czynny w poniedziałki do 18.00, umawianie wizyt przez internet.",
}
# Enough of a PDF for its kind to be known by its content.
PLAIN_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


class ApplicationFactory(DjangoModelFactory):
    """A draft with all answers. Traits `submitted`, `in_completion`, `accepted`, `rejected`, `withdrawn`."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        numbered = factory.Trait(
            sequence=factory.Sequence(lambda n: n + 1),
            number=factory.LazyAttribute(
                lambda entry: f"{entry.edition.programme.short_name}/{entry.edition.year}/F{entry.sequence:04}"
            ),
            submitted_at=factory.LazyFunction(now),
            staff_informed_on=factory.LazyFunction(today),
            declarations=factory.LazyFunction(lambda: {"pracownicy": now().isoformat(), "zasady": now().isoformat()}),
        )
        submitted = factory.Trait(numbered=True, state=Application.State.SUBMITTED)
        in_completion = factory.Trait(
            numbered=True,
            state=Application.State.COMPLETION,
            request=factory.RelatedFactory("factories_applications.CompletionRequestFactory", "application"),
        )
        accepted = factory.Trait(numbered=True, state=Application.State.ACCEPTED, decided_at=factory.LazyFunction(now))
        rejected = factory.Trait(
            numbered=True,
            state=Application.State.REJECTED,
            decided_at=factory.LazyFunction(now),
            decision_reason="Zgłoszenia nie podpisano.",
        )
        withdrawn = factory.Trait(
            numbered=True, state=Application.State.WITHDRAWN, decided_at=factory.LazyFunction(now)
        )

    edition = factory.SubFactory("factories_editions.EditionFactory", call_open=True)
    category = factory.SubFactory("factories_editions.CategoryFactory", edition=factory.SelfAttribute("..edition"))
    institution = factory.SubFactory("factories_institutions.InstitutionFactory")
    answers = factory.LazyFunction(lambda: dict(ANSWERS))
    created_at = factory.LazyFunction(now)
    changed_at = factory.LazyFunction(now)


class ApplicationFileFactory(DjangoModelFactory):
    class Meta:
        model = ApplicationFile

    class Params:
        content = PLAIN_PDF

    application = factory.SubFactory(ApplicationFactory)
    kind = ApplicationFile.Kind.SIGNED_FORM
    name = "Zgłoszenie podpisane.pdf"
    content_type = "application/pdf"
    file = factory.LazyAttribute(lambda entry: ContentFile(entry.content, name="plik.pdf"))
    size = factory.LazyAttribute(lambda entry: len(entry.content))
    sha256 = factory.LazyAttribute(lambda entry: hashlib.sha256(entry.content).hexdigest())
    uploaded_at = factory.LazyFunction(now)


class CompletionRequestFactory(DjangoModelFactory):
    class Meta:
        model = CompletionRequest

    application = factory.SubFactory(ApplicationFactory, numbered=True, state=Application.State.COMPLETION)
    what = "Proszę dołączyć podpisane zgłoszenie."
    issued_at = factory.LazyFunction(now)
    due_at = factory.LazyFunction(lambda: now() + timedelta(days=7))


def ready_application(**fields: Any) -> Application:
    """A draft that lacks nothing: answers, the signed file, declarations and the date staff were informed."""
    at = now().isoformat()
    fields = {"declarations": {"pracownicy": at, "zasady": at}, "staff_informed_on": today(), **fields}
    application: Application = ApplicationFactory(**fields)
    ApplicationFileFactory(application=application)
    return application
