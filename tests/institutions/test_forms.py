from __future__ import annotations

from datetime import date

import pytest

from factories_editions import office_user
from factories_institutions import InstitutionFactory
from probierz.base.actions import PLATFORM
from probierz.institutions import actions
from probierz.institutions.forms import ContactDataForm, InstitutionForm, MergeForm, RegisterFilter, RequestForm

GOOD = {
    "kind": "urzad",
    "name": "Urząd Gminy Przerośl",
    "nip": "844-112-51-95",
    "regon": "000539615",
    "voivodeship": "20",
    "city": "Przerośl",
    "teryt": "2012063",
    "postal_code": "16427",
}

pytestmark = pytest.mark.django_db


def errors_of(**changes):
    form = InstitutionForm({**GOOD, **changes})
    return {name: [fault.code for fault in faults.as_data()] for name, faults in form.errors.items()}


def test_a_form_normalises_what_it_takes():
    form = InstitutionForm({**GOOD, "phone": " 87  562 72 40 ", "website": "przerosl.example"})
    assert form.errors == {}
    data = form.data_for_action()
    assert (data["nip"], data["postal_code"], data["phone"]) == ("8441125195", "16-427", "87 562 72 40")
    assert data["website"] == "https://przerosl.example"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"nip": "8441125196"}, {"nip": ["checksum"]}),
        ({"krs": "0000123456"}, {"krs": ["no-krs"]}),
        ({"krs": "0000123456", "kind": "spolka-komunalna"}, {}),
        ({"voivodeship": "22"}, {"teryt": ["other-voivodeship"]}),
        ({"postal_code": "1642"}, {"postal_code": ["postal-code"]}),
        ({"phone": "zadzwoń"}, {"phone": ["phone"]}),
        ({"ade": "AE:PL-1-2-A-3"}, {"ade": ["shape"]}),
        ({"invoice_nip": "1"}, {"invoice_nip": ["length"]}),
        ({"name": ""}, {"name": ["required"]}),
    ],
)
def test_each_fault_is_at_its_field(changes, errors):
    assert errors_of(**changes) == errors


def test_a_nip_is_in_the_register_once():
    known = InstitutionFactory(nip="8441125195", name="Urząd w Przerośli")
    assert errors_of() == {"nip": ["known-nip"]}
    assert InstitutionForm({**GOOD}, instance=known).errors == {}


def test_a_code_is_checked_against_the_register_when_we_have_it():
    assert errors_of(teryt="2012093") == {}
    actions.load_territories(
        actor=PLATFORM, territories=[("2012063", "Przerośl", "gmina wiejska")], valid_on=date(2025, 1, 1)
    )
    assert errors_of() == {}
    assert errors_of(teryt="2012093") == {"teryt": ["unknown-territory"]}


def test_a_representative_changes_no_identity():
    institution = InstitutionFactory()
    form = ContactDataForm({"city": "Tczew", "nip": "8441125195", "name": "Inna"}, instance=institution)
    assert form.errors == {}
    assert {"nip", "name", "regon", "krs", "teryt", "kind", "voivodeship"} & set(form.fields) == set()


def test_a_filter_ignores_what_makes_no_sense():
    assert RegisterFilter({"text": "lodz", "kind": "zamek", "sort": "nip"}).criteria() == {"text": "lodz"}
    assert RegisterFilter({"waiting": "on", "sort": "-name"}).criteria() == {"waiting": True, "sort": "-name"}


def test_only_the_office_picks_what_to_merge():
    institution = InstitutionFactory()
    data = {"kept": str(institution.key), "merged": str(institution.key)}
    assert MergeForm(data, user=office_user()).is_valid() is True
    assert MergeForm({"kept": "nonsense"}, user=office_user()).is_valid() is False


def test_a_request_says_in_what_capacity():
    assert list(RequestForm({}).errors) == ["capacity"]
