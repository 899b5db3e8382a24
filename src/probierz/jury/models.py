"""Jurors, their conflicts of interest, the allocation plans and the assignments that come of them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from probierz.applications.models import Application
from probierz.editions.models import Edition, Programme
from probierz.institutions.models import Institution
from probierz.instruments.models import Channel, Scenario


class Juror(models.Model):
    class Kind(models.TextChoices):
        SCHOLAR = "scholar", _("naukowiec")
        PRACTITIONER = "practitioner", _("praktyk zarządzania")
        CLIENT = "client", _("„zwykły” klient usług publicznych")

    class State(models.TextChoices):
        INVITED = "invited", _("zaproszony")
        ACTIVE = "active", _("aktywny")
        RESTING = "resting", _("nie bierze udziału")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="juries"
    )
    name = models.CharField(_("imię i nazwisko"), max_length=150)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(_("rodzaj"), max_length=14, choices=Kind.choices, default=Kind.CLIENT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    pseudonym = models.CharField(_("pseudonim"), max_length=20)
    city = models.CharField(_("miejscowość zamieszkania"), max_length=80, blank=True)
    teryt = models.CharField(_("gmina zamieszkania (TERYT)"), max_length=7, blank=True)
    employer_name = models.CharField(_("pracodawca"), max_length=200, blank=True)
    employer_nip = models.CharField(_("NIP pracodawcy"), max_length=10, blank=True)
    life_situations = models.JSONField(_("sytuacje życiowe"), default=list, blank=True)
    channels = models.JSONField(_("kanały"), default=list, blank=True)
    min_audits = models.PositiveSmallIntegerField(_("co najmniej audytów"), default=0)
    max_audits = models.PositiveSmallIntegerField(_("najwyżej audytów"), default=8)
    is_public = models.BooleanField(_("wymieniony publicznie w składzie jury"), default=False)
    bio = models.CharField(_("kim jest"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("juror")
        verbose_name_plural = _("jurorzy")
        constraints = [
            models.UniqueConstraint(fields=["programme", "email"], name="juror_once_a_programme"),
            models.UniqueConstraint(fields=["programme", "pseudonym"], name="juror_pseudonym_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Declaration(models.Model):
    """A juror's word about one institution: nothing about it opens before it is given."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="declarations")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="juror_declarations")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="juror_declarations")
    is_free_of_conflict = models.BooleanField()
    relation = models.CharField(_("związek z instytucją"), max_length=300, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("oświadczenie o konflikcie interesów")
        verbose_name_plural = _("oświadczenia o konflikcie interesów")
        constraints = [
            models.UniqueConstraint(fields=["juror", "institution", "edition"], name="declaration_once_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.institution}"


class Conflict(models.Model):
    """A reason why a juror must not judge an institution: declared by them, detected by us, or both."""

    class Source(models.TextChoices):
        DECLARED = "declared", _("zgłoszony przez jurora")
        DETECTED = "detected", _("wykryty")
        OFFICE = "office", _("wpisany przez biuro")

    class Reason(models.TextChoices):
        RELATION = "relation", _("zgłoszony związek")
        HOME = "home", _("gmina zamieszkania")
        EMPLOYER = "employer", _("pracodawca")
        EMAIL_DOMAIN = "email-domain", _("wspólna domena poczty")
        REPRESENTATIVE = "representative", _("działa w imieniu instytucji")
        OTHER = "other", _("inny")

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="juror_conflicts")
    source = models.CharField(max_length=10, choices=Source.choices)
    reason = models.CharField(max_length=14, choices=Reason.choices)
    note = models.CharField(_("opis"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("konflikt interesów")
        verbose_name_plural = _("konflikty interesów")
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "institution", "reason"], condition=Q(lifted_at=None), name="conflict_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror} – {self.institution}: {self.get_reason_display()}"


class AllocationPlan(models.Model):
    """A dry run of who audits whom; published once, then it is assignments."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("w przygotowaniu")
        DRAFT = "draft", _("propozycja")
        PUBLISHED = "published", _("opublikowany")
        DISCARDED = "discarded", _("odrzucony")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="allocation_plans")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    seed = models.CharField(_("ziarno losowania"), max_length=64)
    parameters = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    # How exactly the plan would measure, and its weak links; computed with each version of the outcome.
    precision = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("plan przydziału")
        verbose_name_plural = _("plany przydziału")

    def __str__(self) -> str:
        return f"{self.edition}: {self.made_at:%Y-%m-%d %H:%M}"


class Assignment(models.Model):
    """One juror is to contact one institution through one channel, in a role, within a window."""

    class State(models.TextChoices):
        PLANNED = "planned", _("zaplanowany")
        OPEN = "open", _("do wykonania")
        DONE = "done", _("wykonany")
        CANCELLED = "cancelled", _("odwołany")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        AllocationPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assignments")
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel.choices)
    scenario = models.ForeignKey(Scenario, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    opens_at = models.DateTimeField(_("okno od"))
    closes_at = models.DateTimeField(_("okno do"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("skąd przydział"), max_length=300, blank=True)
    is_extra = models.BooleanField(_("dodatkowy audyt w strefie granicznej"), default=False)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["closes_at", "pk"]
        verbose_name = _("przydział")
        verbose_name_plural = _("przydziały")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "juror", "channel"],
                condition=~Q(state="cancelled"),
                name="juror_once_a_channel_of_an_application",
            )
        ]
        indexes = [
            models.Index(fields=["juror", "state", "closes_at"]),
            models.Index(fields=["application"], condition=Q(state="cancelled"), name="cancelled_of_an_application"),
        ]

    def __str__(self) -> str:
        return f"{self.application.institution} – {self.get_channel_display()}"

    def window_is_open(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at

    @classmethod
    def replacing(
        cls, old: Assignment, juror: Juror, moment: datetime, *, scenario: Scenario | None = None
    ) -> Assignment:
        """Another juror's assignment in place of one that came to nothing; not saved. The window keeps its length."""
        opens_at = max(moment, old.opens_at)
        closes_at = max(old.closes_at, opens_at + (old.closes_at - old.opens_at))
        return cls(
            plan=old.plan,
            application=old.application,
            juror=juror,
            channel=old.channel,
            scenario=scenario or old.scenario,
            opens_at=opens_at,
            closes_at=closes_at,
            is_extra=old.is_extra,
            replaces=old,
            created_at=moment,
        )
