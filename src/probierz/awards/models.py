"""What is won: licences with their life, statuettes and distinctions with their reasons."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from probierz.applications.models import Application
from probierz.editions.models import Edition
from probierz.institutions.models import Institution


class Licence(models.Model):
    class State(models.TextChoices):
        ACTIVE = "active", _("ważna")
        SUSPENDED = "suspended", _("zawieszona")
        WITHDRAWN = "withdrawn", _("cofnięta")
        EXPIRED = "expired", _("wygasła")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("numer"), max_length=30, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="licences")
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="licence"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="licences")
    holder_name = models.CharField(_("posiadacz"), max_length=300)
    scope = models.TextField(_("zakres"))
    points = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    earned_from = models.JSONField(default=dict)
    valid_from = models.DateField(_("ważna od"))
    valid_until = models.DateField(_("ważna do (włącznie)"))
    # "expired" follows from the calendar and is never stored: see state_on.
    state = models.CharField(max_length=10, choices=State.choices[:3], default=State.ACTIVE)
    in_a_row = models.PositiveSmallIntegerField(_("który raz z rzędu"), default=1)
    certificate = models.FileField(upload_to="certificates/", blank=True)
    certificate_sha256 = models.CharField(max_length=64, blank=True)
    certificate_made_at = models.DateTimeField(null=True, blank=True)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "holder_name"]
        verbose_name = _("licencja")
        verbose_name_plural = _("licencje")
        indexes = [models.Index(fields=["state", "valid_until"])]

    def __str__(self) -> str:
        return f"{self.number} {self.holder_name}"

    def state_on(self, day: date) -> State:
        if self.state == self.State.ACTIVE and day > self.valid_until:
            return self.State.EXPIRED
        return self.State(self.state)


class LicenceEvent(models.Model):
    """Why a licence was suspended, restored or withdrawn."""

    class Kind(models.TextChoices):
        GRANTED = "granted", _("przyznana")
        SUSPENDED = "suspended", _("zawieszona")
        RESTORED = "restored", _("przywrócona")
        WITHDRAWN = "withdrawn", _("cofnięta")

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("uzasadnienie"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("zdarzenie licencji")
        verbose_name_plural = _("zdarzenia licencji")

    def __str__(self) -> str:
        return f"{self.licence}: {self.get_kind_display()}"


class Award(models.Model):
    """A statuette or an extraordinary distinction, given with a written reason."""

    class Kind(models.TextChoices):
        STATUETTE = "statuette", _("statuetka")
        DISTINCTION = "distinction", _("wyróżnienie nadzwyczajne")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="awards")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(_("rodzaj"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("tytuł"), max_length=160)
    reason = models.TextField(_("uzasadnienie"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_public = models.BooleanField(_("ogłoszone"), default=False)

    class Meta:
        ordering = ["kind", "title", "pk"]
        verbose_name = _("nagroda")
        verbose_name_plural = _("nagrody")
        constraints = [models.UniqueConstraint(fields=["edition", "application", "title"], name="award_once")]

    def __str__(self) -> str:
        return f"{self.title}: {self.application.institution}"
