from __future__ import annotations

import pytest
from django.http import QueryDict

from factories_editions import EditionFactory
from factories_jury import JurorFactory
from probierz.jury.forms import ConflictForm, InviteForm, JurorFilter, JurorForm, PlanForm, ProfileForm

pytestmark = pytest.mark.django_db


def profile(**fields):
    data = QueryDict(mutable=True)
    data.update({"kind": "client", "city": "", "teryt": "", "employer_name": "", "employer_nip": "", "max_audits": "6"})
    data.setlist("channels", ["visit", "phone"])
    for name, value in fields.items():
        data.setlist(name, value) if isinstance(value, list) else data.update({name: value})
        if not isinstance(value, list):
            data[name] = value
    return ProfileForm(data, instance=JurorFactory())


@pytest.mark.parametrize(
    ("given", "kept"), [("844-112-51-95", "8441125195"), ("PL 8441125195", "8441125195"), ("", "")]
)
def test_the_employers_number_is_read_with_dashes_and_prefix(given, kept):
    form = profile(employer_nip=given)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["employer_nip"] == kept


def test_a_wrong_number_says_what_is_wrong():
    form = profile(employer_nip="8441125196")
    assert form.errors["employer_nip"] == [
        "Cyfra kontrolna NIP się nie zgadza. Proszę sprawdzić, czy nie przestawiono cyfr."
    ]


@pytest.mark.parametrize(
    ("teryt", "error"),
    [
        ("2213011", None),
        ("22 1301", None),
        ("2213", "Kod TERYT gminy ma sześć albo siedem cyfr."),
        ("9913011", "Dwie pierwsze cyfry nie są kodem żadnego województwa."),
    ],
)
def test_the_territorial_code_is_a_gminas(teryt, error):
    form = profile(teryt=teryt)
    assert form.errors.get("teryt", [None])[0] == error


def test_a_profile_needs_a_channel_and_sensible_capacity():
    form = profile(channels=[], max_audits="0")
    assert sorted(form.errors) == ["channels", "max_audits"]


def test_life_situations_are_those_that_scenarios_know():
    form = profile(life_situations=["kierowca"])
    assert form.is_valid(), form.errors
    assert profile(life_situations=["kosmonauta"]).is_valid() is False


def test_a_minimum_above_the_maximum_is_refused():
    juror = JurorFactory()
    data = {"name": "A", "email": "A@b.example", "kind": "client", "min_audits": 9, "max_audits": 3}
    form = JurorForm(data, instance=juror)
    assert list(form.errors) == ["min_audits"]
    form = JurorForm({**data, "min_audits": 1}, instance=juror)
    assert form.is_valid()
    assert form.cleaned_data["email"] == "a@b.example"


def test_a_plan_needs_at_least_one_contact():
    edition = EditionFactory()
    none = PlanForm(edition, {"channel_visit": "0", "channel_phone": "0", "channel_email": "0", "repeat": "1"})
    assert none.errors["__all__"] == ["Proszę zaplanować przynajmniej jeden audyt w którymś kanale."]
    some = PlanForm(edition, {"channel_visit": "1", "channel_phone": "0", "channel_email": "2", "repeat": "2"})
    assert some.is_valid(), some.errors
    assert some.per_channel == {"visit": 1, "phone": 0, "email": 2}


def test_the_filter_keeps_only_what_was_asked():
    assert JurorFilter({"text": "ewa", "state": "", "kind": "bzdura"}).criteria() == {"text": "ewa"}


def test_choices_stay_inside_the_offices_own_programmes():
    here, elsewhere = EditionFactory().programme, EditionFactory().programme
    form = InviteForm(type(here).objects.filter(pk=here.pk), {"programme": elsewhere.pk})
    assert "programme" in form.errors
    assert ConflictForm(here).fields["institution"].queryset.count() == 0
