"""Programme, edition, categories, stages, rulebook, calendar, patrons; and who runs the programme."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from probierz.base.wording import is_polish
from probierz.instruments.models import Channel, InstrumentVersion

hex_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Kolor zapisujemy jako # i sześć cyfr szesnastkowych, np. #1d4f91.")
)


class Programme(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("adres"), max_length=60, unique=True)
    name = models.CharField(_("nazwa"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(_("skrót"), max_length=20)
    tagline = models.CharField(_("hasło"), max_length=250, blank=True)
    tagline_en = models.CharField(max_length=250, blank=True)
    idea = models.TextField(_("idea"), blank=True)
    idea_en = models.TextField(blank=True)
    benefits = models.JSONField(_("co zyskują uczestnicy"), default=list, blank=True)
    licence_name = models.CharField(_("nazwa licencji"), max_length=120, default="Licencja Jakości")
    organiser_name = models.CharField(_("organizator"), max_length=200, blank=True)
    organiser_address = models.CharField(_("adres organizatora"), max_length=250, blank=True)
    president_name = models.CharField(_("prezydent konkursu"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("telefon"), max_length=32, blank=True)
    website = models.URLField(_("strona"), blank=True)
    # What else its pages say, as a preset gives it: aim, jury, what residents gain; keys with `_en` beside them.
    texts = models.JSONField(_("teksty"), default=dict, blank=True)
    accent = models.CharField(_("kolor wiodący"), max_length=7, default="#14466b", validators=[hex_colour])
    accent_ink = models.CharField(
        _("kolor tekstu na wiodącym"), max_length=7, default="#ffffff", validators=[hex_colour]
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("konkurs")
        verbose_name_plural = _("konkursy")

    def __str__(self) -> str:
        return self.name


class OfficeMember(models.Model):
    """A user who runs a programme."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("koordynator")
        OPERATOR = "operator", _("pracownik biura")
        OBSERVER = "observer", _("obserwator (tylko wgląd)")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offices")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="office_members")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.OPERATOR)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "programme"], name="office_member_once")]
        verbose_name = _("członek biura")
        verbose_name_plural = _("biuro")

    def __str__(self) -> str:
        return f"{self.user} – {self.programme}"


class Edition(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="editions")
    slug = models.SlugField(_("adres"), max_length=30)
    number = models.PositiveSmallIntegerField(_("numer edycji"))
    year = models.PositiveSmallIntegerField(_("rok"))
    preset = models.CharField(max_length=60, blank=True)
    who_may_enter = models.TextField(_("kto może wziąć udział"), blank=True)
    who_may_enter_en = models.TextField(blank=True)
    form_definition = models.JSONField(_("formularz zgłoszenia"), default=dict)
    declarations = models.JSONField(_("oświadczenia"), default=list)
    licence_scope = models.TextField(_("zakres licencji"), blank=True)
    # How to enter, what the licence allows and demands, who signs it.
    texts = models.JSONField(_("teksty"), default=dict, blank=True)
    rulebook = models.JSONField(_("zasady"), default=dict)
    rulebook_digest = models.CharField(max_length=64, blank=True)
    rulebook_frozen_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("widoczna publicznie"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("edycja")
        verbose_name_plural = _("edycje")
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="edition_slug_once")]

    def __str__(self) -> str:
        from probierz.base.polish import roman

        words = gettext("%(number)s edycja %(year)s") % {"number": roman(self.number), "year": self.year}
        return f"{self.programme.name}, {words}"

    @property
    def journal_key(self) -> str:
        return f"{self.programme.slug}/{self.slug}"


class Category(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="categories")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("nazwa"), max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    institution_kinds = models.JSONField(_("rodzaje instytucji"), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("kategoria")
        verbose_name_plural = _("kategorie")
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="category_key_once")]

    def __str__(self) -> str:
        return self.name if is_polish() else self.name_en or self.name


class Stage(models.Model):
    """A part of the year. It opens and closes what may be done by the clock: open iff opens_at <= now < closes_at."""

    class Kind(models.TextChoices):
        CALL = "call", _("nabór zgłoszeń")
        SCREENING = "screening", _("ocena formalna")
        FIELDWORK = "fieldwork", _("audyty tajemniczego klienta")
        CALCULATION = "calculation", _("obliczenie wyników")
        ANNOUNCEMENT = "announcement", _("ogłoszenie wyników")
        GALA = "gala", _("gala finałowa")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = models.CharField(_("nazwa"), max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    opens_at = models.DateTimeField(_("początek"))
    closes_at = models.DateTimeField(_("koniec"))
    place = models.CharField(_("miejsce"), max_length=200, blank=True)

    class Meta:
        ordering = ["opens_at", "pk"]
        verbose_name = _("etap")
        verbose_name_plural = _("etapy")
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="stage_kind_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="stage_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        told = self.name if is_polish() else self.name_en or self.name
        return told or self.get_kind_display()

    def is_open(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at

    def is_over(self, moment: datetime) -> bool:
        return moment >= self.closes_at


class EditionChannel(models.Model):
    """Which scorecard version an edition uses in a channel; its weight is in the rulebook."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel.choices)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="used_in")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("kanał edycji")
        verbose_name_plural = _("kanały edycji")
        constraints = [models.UniqueConstraint(fields=["edition", "channel"], name="edition_channel_once")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.version}"


class Patron(models.Model):
    class Kind(models.TextChoices):
        HONORARY = "honorary", _("patronat honorowy")
        SUBSTANTIVE = "substantive", _("patronat merytoryczny")
        MEDIA = "media", _("patronat medialny")
        PARTNER = "partner", _("partner")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="patrons")
    kind = models.CharField(_("rodzaj"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("nazwa"), max_length=200)
    website = models.URLField(_("strona"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="patrons/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]
        verbose_name = _("patron")
        verbose_name_plural = _("patroni")

    def __str__(self) -> str:
        return self.name
