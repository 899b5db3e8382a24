"""Calculations that never change, the publication that points at one, and the reports that come of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from probierz.applications.models import Application
from probierz.editions.models import Edition


class Calculation(models.Model):
    """One run of the engine: canonical inputs, digests and outputs, as a protocol anyone can recompute."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="calculations")
    protocol = models.JSONField()
    protocol_digest = models.CharField(max_length=64)
    inputs_digest = models.CharField(max_length=64)
    rulebook = models.JSONField(default=dict)
    rulebook_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    audits_used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(_("notatka"), max_length=200, blank=True)
    # The key to the pseudonyms of the protocol; never leaves the office.
    salt = models.CharField(max_length=64)
    benchmarks = models.JSONField(default=dict)
    # How sure it is: which score is official, the variances and warnings. Empty in calculations from before that.
    certainty = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("obliczenie")
        verbose_name_plural = _("obliczenia")

    def __str__(self) -> str:
        return f"{self.edition}: {self.made_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuntimeError("a calculation never changes: make another")
        super().save(*args, **kwargs)


class Result(models.Model):
    """One application's outcome in one calculation, in columns, so that lists need not open the protocol."""

    class Decision(models.TextChoices):
        GRANT = "grant", _("licencja przyznana")
        REFUSE = "refuse", _("licencja nieprzyznana")
        BORDER = "border", _("strefa graniczna")
        NOT_CLASSIFIED = "not-classified", _("nieklasyfikowany: za mało danych")

    calculation = models.ForeignKey(Calculation, on_delete=models.CASCADE, related_name="results")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="results")
    points = models.DecimalField(_("punkty rankingowe"), max_digits=9, decimal_places=4, null=True)
    place = models.PositiveIntegerField(_("miejsce ogółem"), null=True)
    category_place = models.PositiveIntegerField(_("miejsce w kategorii"), null=True)
    decision = models.CharField(max_length=16, choices=Decision.choices)
    channel_points = models.JSONField(default=dict)
    audits = models.PositiveSmallIntegerField(default=0)
    pseudonym = models.CharField(_("pseudonim w protokole"), max_length=24)
    # The institution's part of the protocol, so that one page need not open the whole of it; and the jurors' remarks.
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["calculation", "place", "pk"]
        verbose_name = _("wynik")
        verbose_name_plural = _("wyniki")
        constraints = [models.UniqueConstraint(fields=["calculation", "application"], name="result_once")]

    def __str__(self) -> str:
        return f"{self.application}: {self.points}"


class Publication(models.Model):
    """The act by which one calculation becomes the result: sealed first (its digest is known), then opened."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    calculation = models.OneToOneField(Calculation, on_delete=models.PROTECT, related_name="publication")
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("publikacja")
        verbose_name_plural = _("publikacje")

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class RankingReport(models.Model):
    """The report of one institution, as a file made once from the published calculation."""

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka")
        READY = "ready", _("gotowy")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="reports")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    file = models.FileField(upload_to="reports/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("raport rankingowy")
        verbose_name_plural = _("raporty rankingowe")
        constraints = [models.UniqueConstraint(fields=["publication", "application"], name="report_once")]

    def __str__(self) -> str:
        return str(self.application)
