import pytest

from factories_accounts import UserFactory
from probierz.accounts import queries


@pytest.mark.django_db
def test_a_user_is_found_by_address_in_any_case():
    user = UserFactory(email="jan@przyklad.example")
    assert queries.user_by_email(" Jan@Przyklad.example") == user
    assert queries.has_account("JAN@przyklad.example") is True
    assert queries.user_by_email("ola@przyklad.example") is None
    assert queries.invitation_by_token("nothing") is None
