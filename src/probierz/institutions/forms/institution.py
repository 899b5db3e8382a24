"""The data of an institution: the office's whole form, the representative's part of it, registration by NIP."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probierz.institutions import queries
from probierz.institutions.forms import fields
from probierz.institutions.identifiers import territory_level
from probierz.institutions.models import KINDS_WITH_KRS, Institution, Kind, Voivodeship

IDENTITY = ("kind", "name", "short_name", "nip", "regon", "krs", "teryt", "ade", "voivodeship")
ADDRESS = ("street", "postal_code", "city")
REACH = ("email", "phone", "website", "bip", "social")
SIZE = ("headcount", "population")
INVOICE = ("invoice_name", "invoice_nip", "invoice_address")


class InstitutionForm(forms.ModelForm):
    """Every field; identifiers are normalised, and each fault is said in words."""

    nip = fields.nip_field()
    regon = fields.regon_field(required=False)
    krs = fields.krs_field(required=False)
    teryt = fields.teryt_field(required=False)
    ade = fields.ade_field(required=False)
    postal_code = fields.postal_code_field(required=False)
    phone = fields.phone_field(required=False)
    website = fields.address_field(gettext_lazy("Strona internetowa"))
    bip = fields.address_field(gettext_lazy("Strona BIP"))
    social = fields.address_field(gettext_lazy("Profil w mediach społecznościowych"))
    invoice_nip = fields.nip_field(required=False, label=gettext_lazy("NIP nabywcy"))

    class Meta:
        model = Institution
        fields = [*IDENTITY, *ADDRESS, *REACH, *SIZE, *INVOICE]
        help_texts = {
            "name": gettext_lazy("Jak w statucie albo w rejestrze REGON."),
            "short_name": gettext_lazy("Na dyplom, listy i wykresy; może zostać puste."),
            "population": gettext_lazy("Mieszkańców, czytelników, lokatorów: kogo instytucja obsługuje."),
            "invoice_name": gettext_lazy("Wypełnia się, gdy nabywcą jest inny podmiot, np. gmina dla swojego urzędu."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", Kind.choices), ("voivodeship", Voivodeship.choices)):
            if name in self.fields:
                self.fields[name].choices = [("", _("proszę wybrać")), *choices]  # type: ignore[attr-defined]

    def clean_nip(self) -> str:
        nip = str(self.cleaned_data["nip"])
        _refuse_known_nip(nip, self.instance)
        return nip

    def clean_teryt(self) -> str:
        return known_territory(self.cleaned_data["teryt"], queries.territory_codes())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_krs(data)
        self._check_voivodeship(data)
        return data

    def validate_unique(self) -> None:
        """The NIP is the only unique field and `clean_nip` explains it better."""

    def data_for_action(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def _check_krs(self, data: dict[str, Any]) -> None:
        if data.get("krs") and data.get("kind") and data["kind"] not in KINDS_WITH_KRS:
            kind = Kind(data["kind"]).label
            message = _("Ten rodzaj instytucji (%(kind)s) nie podlega wpisowi do KRS. Proszę zostawić pole puste.")
            self.add_error("krs", ValidationError(message, code="no-krs", params={"kind": kind}))

    def _check_voivodeship(self, data: dict[str, Any]) -> None:
        teryt, chosen = data.get("teryt"), data.get("voivodeship")
        if teryt and chosen and teryt[:2] != chosen:
            message = _("Kod TERYT wskazuje na województwo %(from_code)s, a wybrano %(chosen)s.")
            names = {"from_code": Voivodeship(teryt[:2]).label, "chosen": Voivodeship(chosen).label}
            self.add_error("teryt", ValidationError(message, code="other-voivodeship", params=names))


class ContactDataForm(InstitutionForm):
    """What a representative may correct: how to reach the institution, never who it is."""

    nip = regon = krs = teryt = None  # type: ignore[assignment]

    class Meta(InstitutionForm.Meta):
        fields = ["short_name", "ade", *ADDRESS, *REACH, *SIZE, *INVOICE]

    def clean_nip(self) -> str:
        return str(self.instance.nip)

    def clean_teryt(self) -> str:
        return str(self.instance.teryt)


class NipForm(forms.Form):
    """The first question of registration."""

    nip = fields.nip_field(label=gettext_lazy("NIP instytucji"))


class RegistrationForm(InstitutionForm):
    """An institution new to the register, entered by the person who will act for it."""

    capacity = forms.CharField(
        label=gettext_lazy("W jakim charakterze ją Państwo reprezentują"),
        max_length=120,
        help_text=gettext_lazy("Np. kierownik biura obsługi, upoważniony pracownik."),
    )

    class Meta(InstitutionForm.Meta):
        fields = [*IDENTITY, *ADDRESS, *REACH]


def _refuse_known_nip(nip: str, instance: Institution) -> None:
    known = queries.institution_by_nip(nip)
    if known is not None and known.pk != instance.pk:
        message = _("Ten NIP ma już w rejestrze %(name)s. Każda instytucja jest w nim tylko raz.")
        raise ValidationError(message, code="known-nip", params={"name": known.name})


def known_territory(code: str, known: Collection[str]) -> str:
    """Refuse a code that the official register does not have; without a register there is nothing to ask."""
    if not code or not known or code in known:
        return code
    message = _("W rejestrze TERYT nie ma jednostki o kodzie %(code)s. Wykaz zmienia się co roku 1 stycznia.")
    if territory_level(code) == "county":
        message = _("W rejestrze TERYT nie ma powiatu o kodzie %(code)s.")
    raise ValidationError(message, code="unknown-territory", params={"code": code})
