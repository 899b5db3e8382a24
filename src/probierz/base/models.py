"""Rows every room leaves behind: the journal and the outgoing mail."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """Who did what, when, on what. `digest` chains to the entry before; erasing `content` keeps the chain whole."""

    number = models.PositiveBigIntegerField(_("numer"), unique=True)
    at = models.DateTimeField(_("kiedy"), db_index=True)
    verb = models.CharField(_("czynność"), max_length=80, db_index=True)
    actor_key = models.CharField(max_length=40, db_index=True)
    actor_name = models.CharField(_("kto"), max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=60, db_index=True)
    subject_name = models.CharField(_("na czym"), max_length=300, blank=True)
    edition_key = models.CharField(max_length=80, blank=True, db_index=True)
    institution_key = models.CharField(max_length=40, blank=True, db_index=True)
    details = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("wpis w dzienniku")
        verbose_name_plural = _("dziennik")

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class OutgoingMail(models.Model):
    """A message waiting to be sent, or sent. The row is written with the change that caused it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("w kolejce")
        SENT = "sent", _("wysłana")
        FAILED = "failed", _("nie wysłana")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    to = models.EmailField(_("do"))
    subject = models.CharField(_("temat"), max_length=250)
    body = models.TextField(_("treść"))
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("wiadomość")
        verbose_name_plural = _("wiadomości")

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
