from __future__ import annotations

import pytest

from factories_accounts import UserFactory
from factories_editions import office_user
from probierz.instruments import editors


@pytest.mark.django_db
def test_the_room_above_says_who_edits():
    assert editors.admit(office_user(role="operator")) is True
    assert editors.admit(office_user(role="observer")) is False
    assert editors.admit(UserFactory()) is False
