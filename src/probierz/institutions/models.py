"""The register of bodies that serve residents: identifiers, territory, units, contacts, representatives."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from probierz.base.polish import fold, sort_key
from probierz.base.wording import in_polish


class Voivodeship(models.TextChoices):
    DOLNOSLASKIE = "02", "dolnośląskie"
    KUJAWSKO_POMORSKIE = "04", "kujawsko-pomorskie"
    LUBELSKIE = "06", "lubelskie"
    LUBUSKIE = "08", "lubuskie"
    LODZKIE = "10", "łódzkie"
    MALOPOLSKIE = "12", "małopolskie"
    MAZOWIECKIE = "14", "mazowieckie"
    OPOLSKIE = "16", "opolskie"
    PODKARPACKIE = "18", "podkarpackie"
    PODLASKIE = "20", "podlaskie"
    POMORSKIE = "22", "pomorskie"
    SLASKIE = "24", "śląskie"
    SWIETOKRZYSKIE = "26", "świętokrzyskie"
    WARMINSKO_MAZURSKIE = "28", "warmińsko-mazurskie"
    WIELKOPOLSKIE = "30", "wielkopolskie"
    ZACHODNIOPOMORSKIE = "32", "zachodniopomorskie"


class Kind(models.TextChoices):
    """Who may enter, after the calls of 2024 and 2025."""

    GMINA = "gmina", _("gmina")
    POWIAT = "powiat", _("powiat")
    WOJEWODZTWO = "wojewodztwo", _("samorząd województwa")
    URZAD = "urzad", _("urząd administracji publicznej")
    URZAD_PRACY = "urzad-pracy", _("urząd pracy")
    POMOC_SPOLECZNA = "pomoc-spoleczna", _("jednostka pomocy społecznej")
    BIBLIOTEKA = "biblioteka", _("biblioteka")
    KULTURA = "kultura", _("instytucja kultury")
    SPOLKA_KOMUNALNA = "spolka-komunalna", _("spółka komunalna")
    TBS = "tbs", _("towarzystwo budownictwa społecznego")
    SPOLDZIELNIA = "spoldzielnia", _("spółdzielnia mieszkaniowa")
    WSPOLNOTA = "wspolnota", _("wspólnota mieszkaniowa")
    INNA = "inna", _("inna organizacja służąca mieszkańcom")


# Only these are entered in the National Court Register; the State Treasury's and municipal bodies are not.
KINDS_WITH_KRS = {Kind.SPOLKA_KOMUNALNA, Kind.TBS, Kind.SPOLDZIELNIA, Kind.INNA}


class Territory(models.Model):
    """One unit of the official territorial register as of a year."""

    code = models.CharField(max_length=7)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    valid_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_on"], name="territory_once_a_year")]
        verbose_name = _("jednostka terytorialna")
        verbose_name_plural = _("jednostki terytorialne")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Institution(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("pełna nazwa"), max_length=300)
    short_name = models.CharField(_("nazwa skrócona"), max_length=80, blank=True)
    nip = models.CharField(_("NIP"), max_length=10, unique=True)
    regon = models.CharField(_("REGON"), max_length=14, blank=True)
    krs = models.CharField(_("KRS"), max_length=10, blank=True)
    teryt = models.CharField(_("kod TERYT"), max_length=7, blank=True)
    ade = models.CharField(_("adres do e-Doręczeń"), max_length=32, blank=True)
    voivodeship = models.CharField(_("województwo"), max_length=2, choices=Voivodeship.choices)
    street = models.CharField(_("ulica i numer"), max_length=160, blank=True)
    postal_code = models.CharField(_("kod pocztowy"), max_length=6, blank=True)
    city = models.CharField(_("miejscowość"), max_length=80)
    email = models.EmailField(_("e-mail ogólny"), blank=True)
    phone = models.CharField(_("telefon"), max_length=32, blank=True)
    website = models.URLField(_("strona internetowa"), blank=True)
    bip = models.URLField(_("strona BIP"), blank=True)
    social = models.URLField(_("profil w mediach społecznościowych"), blank=True)
    headcount = models.PositiveIntegerField(_("liczba zatrudnionych"), null=True, blank=True)
    population = models.PositiveIntegerField(_("liczba mieszkańców lub klientów"), null=True, blank=True)
    invoice_name = models.CharField(_("nabywca na fakturze"), max_length=300, blank=True)
    invoice_nip = models.CharField(_("NIP nabywcy"), max_length=10, blank=True)
    invoice_address = models.CharField(_("adres nabywcy"), max_length=300, blank=True)
    search_text = models.TextField(editable=False, default="")
    sort_name = models.CharField(max_length=320, editable=False, default="", db_index=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("instytucja")
        verbose_name_plural = _("instytucje")
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["voivodeship"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.index_words()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @in_polish
    def index_words(self) -> None:
        """What the search and the Polish order read; call it before a bulk write, which does not save()."""
        self.search_text = fold(
            " ".join([self.name, self.short_name, self.city, self.nip, self.regon, self.get_voivodeship_display()])
        )
        self.sort_name = "".join(f"{min(rank, 0xFFFF):04x}" for rank in sort_key(self.name)[0][:80])

    @property
    def display_name(self) -> str:
        return self.short_name or self.name

    @property
    def address(self) -> str:
        return ", ".join(part for part in [self.street, f"{self.postal_code} {self.city}".strip()] if part)


class Unit(models.Model):
    """One office of an institution: a branch, a delegatura, a service point."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(_("nazwa"), max_length=200)
    street = models.CharField(_("ulica i numer"), max_length=160, blank=True)
    postal_code = models.CharField(_("kod pocztowy"), max_length=6, blank=True)
    city = models.CharField(_("miejscowość"), max_length=80, blank=True)
    opening_hours = models.CharField(_("godziny otwarcia"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("punkt obsługi")
        verbose_name_plural = _("punkty obsługi")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("imię i nazwisko"), max_length=150)
    position = models.CharField(_("stanowisko"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=32, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("osoba do kontaktu")
        verbose_name_plural = _("osoby do kontaktu")

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """A user who acts for an institution. Not active and not decided: the user asks and the office has not answered."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="representations")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="representatives")
    capacity = models.CharField(_("w jakim charakterze"), max_length=120, blank=True)
    is_active = models.BooleanField(_("aktywny"), default=True)
    since = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "institution"], name="representative_once")]
        verbose_name = _("przedstawiciel")
        verbose_name_plural = _("przedstawiciele")

    def __str__(self) -> str:
        return f"{self.user} – {self.institution}"

    @property
    def is_waiting(self) -> bool:
        return not self.is_active and self.decided_at is None


class ImportBatch(models.Model):
    """A file of institutions read and checked, waiting for a decision; nothing is in the register before it."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("do sprawdzenia")
        IMPORTED = "imported", _("wczytany")
        ABANDONED = "abandoned", _("porzucony")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("wczytanie instytucji")
        verbose_name_plural = _("wczytania instytucji")

    def __str__(self) -> str:
        return self.file_name
