"""What is asked and against what: scorecards in versions, and the scenarios (legends) played with them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    VISIT = "visit", _("wizyta")
    PHONE = "phone", _("telefon")
    EMAIL = "email", _("e-mail")
    WEB = "web", _("strona internetowa")
    SOCIAL = "social", _("media społecznościowe")


class Instrument(models.Model):
    """A scorecard under one name; what it asks lives in its versions."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("nazwa"), max_length=200)
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel.choices)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["channel", "title"]
        verbose_name = _("arkusz")
        verbose_name_plural = _("arkusze")

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """One wording of a scorecard. A draft may change; a published one may not; the first answer freezes it for good."""

    class State(models.TextChoices):
        DRAFT = "draft", _("szkic")
        PUBLISHED = "published", _("opublikowana")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("wersja"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    definition = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["instrument", "-number"]
        verbose_name = _("wersja arkusza")
        verbose_name_plural = _("wersje arkuszy")
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return gettext("%(title)s, wersja %(number)s") % {"title": self.instrument.title, "number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def freeze(self, moment: datetime) -> None:
        """The first answer makes the wording final; later answers change nothing."""
        if self.frozen_at is None:
            InstrumentVersion.objects.filter(pk=self.pk, frozen_at=None).update(frozen_at=moment)
            self.frozen_at = moment


class Scenario(models.Model):
    """A legend: who the mystery client is, what they ask, and what a right answer is while it is valid."""

    class Form(models.TextChoices):
        QUESTION = "question", _("pytanie o informację")
        PUBLIC_INFORMATION = "public-information-request", _("wniosek o informację publiczną")
        APPLICATION = "application", _("podanie w rozumieniu KPA")

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("nazwa"), max_length=200)
    channels = models.JSONField(_("kanały"), default=list)
    institution_kinds = models.JSONField(_("rodzaje instytucji"), default=list, blank=True)
    form = models.CharField(_("forma kontaktu"), max_length=30, choices=Form.choices, default=Form.QUESTION)
    role = models.TextField(_("rola"))
    question = models.TextField(_("sprawa"))
    steps = models.JSONField(_("kroki"), default=list, blank=True)
    do_not = models.JSONField(_("czego nie robić"), default=list, blank=True)
    life_situations = models.JSONField(_("wymagana sytuacja życiowa"), default=list, blank=True)
    is_active = models.BooleanField(_("w użyciu"), default=True)
    # The digest of the shipped wording as it was installed: an office's own edit is never overwritten by an upgrade.
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["title"]
        verbose_name = _("scenariusz")
        verbose_name_plural = _("scenariusze")

    def __str__(self) -> str:
        return self.title

    @property
    def channel_names(self) -> list[str]:
        return [str(Channel(channel).label) for channel in self.channels]


class ModelAnswer(models.Model):
    """What a right answer must say, from a day to a day: rules change."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="model_answers")
    points = models.JSONField(_("elementy odpowiedzi"), default=list)
    valid_from = models.DateField(_("obowiązuje od"))
    valid_until = models.DateField(_("obowiązuje do"), null=True, blank=True)

    class Meta:
        ordering = ["scenario", "-valid_from"]
        verbose_name = _("odpowiedź wzorcowa")
        verbose_name_plural = _("odpowiedzi wzorcowe")

    def __str__(self) -> str:
        return f"{self.scenario} od {self.valid_from}"
