"""One incognito contact by one juror through one channel, with its filled scorecard and its evidence."""

from __future__ import annotations

import uuid
from datetime import datetime

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
    item_revisions = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    contact_at = models.DateTimeField(_("kiedy odbył się kontakt"), null=True, blank=True)
    due_at = models.DateTimeField(_("termin przesłania"), null=True, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    filling_seconds = models.PositiveIntegerField(default=0)
    flags = models.JSONField(_("uwagi ze sprawdzenia"), default=list)
    flag_count = models.PositiveSmallIntegerField(default=0)
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

    def may_become(self, state: str) -> bool:
        return state in self.TRANSITIONS[self.State(self.state)]

    @property
    def is_open_to_juror(self) -> bool:
        return self.state in {self.State.FILLING, self.State.RETURNED}

    def is_late(self, moment: datetime) -> bool:
        """Whether it came, or is still not here, after its term."""
        return self.due_at is not None and (self.submitted_at or moment) >= self.due_at


class SavedMark(models.Model):
    """One tap of the juror, as the server acknowledged it; the same tap sent twice is kept once."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="saved_marks")
    client_key = models.CharField(max_length=64)
    item_key = models.CharField(max_length=60)
    mark = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    given_at = models.DateTimeField(_("kiedy zaznaczono"))
    saved_at = models.DateTimeField(_("kiedy zapisano"))

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("zapisana ocena")
        verbose_name_plural = _("zapisane oceny")
        constraints = [models.UniqueConstraint(fields=["audit", "client_key"], name="mark_saved_once")]

    def __str__(self) -> str:
        return f"{self.item_key}: {self.mark}"


class Obstacle(models.Model):
    """Why a juror could not carry out an assignment; the office finds another."""

    class Kind(models.TextChoices):
        RECOGNISED = "recognised", _("rozpoznano jurora")
        CANNOT = "cannot", _("juror nie może wykonać audytu")

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="obstacle")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField(_("co się stało"))
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ["-reported_at"]
        verbose_name = _("przeszkoda")
        verbose_name_plural = _("przeszkody")

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_kind_display()}"


class Evidence(models.Model):
    """A photo kept as it was taken, without where and when the camera says it was."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="evidence")
    item_key = models.CharField(max_length=60, blank=True)
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
    item_key = models.CharField(max_length=60)
    was = models.CharField(max_length=60, blank=True)
    now_is = models.CharField(max_length=60)
    reason = models.TextField(_("uzasadnienie"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("zmiana oceny przez biuro")
        verbose_name_plural = _("zmiany ocen przez biuro")

    def __str__(self) -> str:
        return f"{self.item_key}: {self.was} → {self.now_is}"
