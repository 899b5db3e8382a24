import pytest

from probierz.accounts.forms import InvitationForm, NewAccountForm, ProfileForm, SignupForm


def test_a_name_is_tidied():
    form = ProfileForm({"name": "  Jan   Maria Rokita ", "language": "pl"})
    assert form.is_valid() is True
    assert form.cleaned_data["name"] == "Jan Maria Rokita"


@pytest.mark.parametrize("password", ["ewa.lis@przyklad.example", "Ewa Lisowska1"])
def test_a_password_may_not_be_the_address_or_the_name(password):
    form = NewAccountForm({"name": "Ewa Lisowska", "password": password}, email="ewa.lis@przyklad.example")
    assert list(form.errors) == ["password"]


def test_sign_up_is_for_institutions():
    assert list(SignupForm({"name": "Ewa Lis"}).errors) == ["acts_for_institution"]


def test_an_invitation_needs_an_address():
    assert list(InvitationForm({"name": "Ewa Lis"}).errors) == ["email"]
