"""Is the input sound?"""

from probierz.institutions.forms.institution import (
    ContactDataForm,
    InstitutionForm,
    NipForm,
    RegistrationForm,
)
from probierz.institutions.forms.parts import ContactForm, InviteRepresentativeForm, RequestForm, UnitForm
from probierz.institutions.forms.register import ImportForm, MergeForm, RegisterFilter

__all__ = [
    "ContactDataForm",
    "ContactForm",
    "ImportForm",
    "InstitutionForm",
    "InviteRepresentativeForm",
    "MergeForm",
    "NipForm",
    "RegisterFilter",
    "RegistrationForm",
    "RequestForm",
    "UnitForm",
]
