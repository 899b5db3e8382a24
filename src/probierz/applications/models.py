"""An institution enters a category of an edition: the form, the signed document, the formal check."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from probierz.editions.models import Category, Edition
from probierz.institutions.models import Institution, Unit


class Application(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("w przygotowaniu")
        SUBMITTED = "submitted", _("złożone")
        COMPLETION = "completion", _("wezwano do uzupełnienia")
        ACCEPTED = "accepted", _("przyjęte")
        REJECTED = "rejected", _("odrzucone")
        WITHDRAWN = "withdrawn", _("wycofane")

    TRANSITIONS = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.COMPLETION, State.ACCEPTED, State.REJECTED, State.WITHDRAWN},
        State.COMPLETION: {State.SUBMITTED, State.REJECTED, State.WITHDRAWN},
        State.ACCEPTED: {State.WITHDRAWN},
        State.REJECTED: set(),
        State.WITHDRAWN: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("numer"), max_length=30, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="applications")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="applications")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="applications")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    # At which revision each answer was last changed: two browsers conflict only over the same field.
    answer_revisions = models.JSONField(default=dict)
    declarations = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    printed_digest = models.CharField(max_length=64, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    is_entered_by_office = models.BooleanField(default=False)
    received_on = models.DateField(_("data wpływu"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    staff_informed_on = models.DateField(_("pracowników poinformowano"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("zgłoszenie")
        verbose_name_plural = _("zgłoszenia")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "institution"],
                condition=Q(unit=None) & ~Q(state__in=["withdrawn", "rejected"]),
                name="one_live_application_an_institution",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="application_number_once"),
            models.UniqueConstraint(fields=["edition", "sequence"], name="application_sequence_once"),
        ]
        indexes = [models.Index(fields=["edition", "state"])]

    def __str__(self) -> str:
        return self.number or f"{self.institution} ({self.get_state_display()})"

    @property
    def is_live(self) -> bool:
        return self.state not in {self.State.WITHDRAWN, self.State.REJECTED}

    @property
    def open_request(self) -> CompletionRequest | None:
        # Walks the prefetched requests where there are any.
        return next((entry for entry in self.completion_requests.all() if entry.answered_at is None), None)

    def is_overdue(self, moment: datetime) -> bool:
        """A completion request ran out unanswered: nothing happens by itself, the office decides."""
        request = self.open_request if self.state == self.State.COMPLETION else None
        return request is not None and moment >= request.due_at


class ApplicationFile(models.Model):
    class Kind(models.TextChoices):
        SIGNED_FORM = "signed-form", _("podpisane zgłoszenie")
        ATTACHMENT = "attachment", _("załącznik")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    file = models.FileField(upload_to="applications/%Y/")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    form_digest = models.CharField(max_length=64, blank=True)
    signatures = models.JSONField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("plik zgłoszenia")
        verbose_name_plural = _("pliki zgłoszeń")

    def __str__(self) -> str:
        return self.name


class FormalPoint(models.TextChoices):
    ENTITLED = "entitled", _("Instytucja może wziąć udział i wybrała właściwą kategorię")
    IN_TIME = "in-time", _("Zgłoszenie wpłynęło w terminie")
    COMPLETE = "complete", _("Formularz wypełniono w całości")
    SIGNED = "signed", _("Zgłoszenie podpisała osoba uprawniona do reprezentacji")
    SAME = "same", _("Podpisany dokument ma tę samą treść co formularz")
    DECLARED = "declared", _("Złożono wszystkie oświadczenia")
    STAFF = "staff", _("Pracowników poinformowano o audytach")


class FormalCheck(models.Model):
    """The office's checklist for an application: each point met, not met, or not yet looked at."""

    MET, UNMET = "met", "unmet"

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="formal_check")
    points = models.JSONField(default=dict)
    note = models.TextField(_("notatka biura"), blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ocena formalna")
        verbose_name_plural = _("oceny formalne")

    def __str__(self) -> str:
        return str(self.application)


class CompletionRequest(models.Model):
    """A request to complete an application, with its own term in working days."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="completion_requests")
    what = models.TextField(_("co należy uzupełnić"))
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField(_("termin"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("odpowiedź instytucji"), blank=True)

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("wezwanie do uzupełnienia")
        verbose_name_plural = _("wezwania do uzupełnienia")

    def __str__(self) -> str:
        return f"{self.application}: {self.issued_at:%Y-%m-%d}"
