import pytest
from django.db import IntegrityError

from factories_accounts import PASSWORD, UserFactory
from probierz.accounts.models import User


@pytest.mark.django_db
def test_a_user_is_known_by_e_mail_in_any_case():
    user = User.objects.create_user("Anna.Nowak@Przyklad.example", "x", name="Anna Nowak")
    assert user.email == "anna.nowak@przyklad.example"
    assert User.objects.get_by_natural_key("ANNA.nowak@przyklad.example") == user
    assert user.get_short_name() == "Anna"


@pytest.mark.django_db
def test_two_users_never_share_an_address():
    user = UserFactory()
    with pytest.raises(IntegrityError):
        User.objects.create(email=user.email.upper(), name="Ktoś inny")


@pytest.mark.django_db
def test_a_made_up_user_can_sign_in(client):
    user = UserFactory()
    assert user.check_password(PASSWORD) is True
    assert user.has_second_factor is False
