"""One incognito contact by one juror through one channel, with its filled scorecard and its evidence."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from probierz.instruments.models import InstrumentVersion
from probierz.jury.models import Assignment


class Audit(models.Model):
    class State(models.TextChoices):
        FILLING = "filling", _("w trakcie")
        SUBMITTED = "submitted", _("przesłany do sprawdzenia")
        RETURNED = "returned", _("zwrócony do poprawy")
        APPROVED = "approved", _("zatwierdzony")
        REJECTED = "rejected", _("odrzucony")
        COVER_BLOWN = "cover-blown", _("przerwany: rozpoznano jurora")

    TRANSITIONS = {
        State.FILLING: {State.SUBMITTED, State.COVER_BLOWN},
        State.SUBMITTED: {State.RETURNED, State.APPROVED, State.REJECTED, State.COVER_BLOWN},
        State.RETURNED: {State.SUBMITTED, State.COVER_BLOWN, State.REJECTED},
        State.APPROVED: set(),
        State.REJECTED: set(),
        State.COVER_BLOWN: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="audit")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="audits")
    state = models.CharField(max_length=12, choices=State.choices, default=State.FILLING)
    marks = models.JSONField(_("oceny"), default=dict)
    comments = models.JSONField(_("uwagi do pozycji"), default=dict)
    revision = models.PositiveIntegerField(default=0)
    contact_at = models.DateTimeField(_("kiedy odbył się kontakt"), null=True, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    filling_seconds = models.PositiveIntegerField(default=0)
    return_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at", "pk"]
        verbose_name = _("audyt")
        verbose_name_plural = _("audyty")
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return str(self.assignment)


class Evidence(models.Model):
    """A photo kept as it was taken, without where and when the camera says it was."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="evidence")
    item_key = models.CharField(max_length=40, blank=True)
    file = models.FileField(upload_to="evidence/%Y/")
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    client_key = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("dowód")
        verbose_name_plural = _("dowody")
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "client_key"], condition=~models.Q(client_key=""), name="evidence_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audit}: {self.item_key}"


class Override(models.Model):
    """A mark the office changed: what it was, what it is, who and why. Both are kept."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="overrides")
    item_key = models.CharField(max_length=40)
    was = models.CharField(max_length=40, blank=True)
    now_is = models.CharField(max_length=40)
    reason = models.TextField(_("uzasadnienie"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("zmiana oceny przez biuro")
        verbose_name_plural = _("zmiany ocen przez biuro")

    def __str__(self) -> str:
        return f"{self.item_key}: {self.was} → {self.now_is}"
