"""`probierz begin` puts a first coordinator into an empty site."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from factories_accounts import UserFactory
from probierz.base import audiences
from probierz.base.journal import verify_chain
from probierz.editions.models import Edition

pytestmark = pytest.mark.django_db


def test_the_account_becomes_the_coordinator_of_a_first_edition(capsys):
    user = UserFactory(email="anna@biuro.example")

    call_command("begin", "lzm-2025", "Anna@biuro.example")

    edition = Edition.objects.get()
    assert [(member.user, member.role) for member in edition.programme.office_members.all()] == [(user, "coordinator")]
    assert (edition.year, edition.number, edition.channels.count()) == (2025, 2, 5)
    assert audiences.audiences_of(user) == ["office"]
    assert verify_chain().is_whole
    assert capsys.readouterr().out.splitlines()[-1] == "Biuro: http://testserver/biuro/"


def test_without_an_account_nothing_begins():
    with pytest.raises(CommandError, match="Nie ma konta nikt@biuro.example"):
        call_command("begin", "lzm-2025", "nikt@biuro.example")

    assert Edition.objects.count() == 0


def test_a_contest_begins_once():
    UserFactory(email="anna@biuro.example")
    call_command("begin", "lzm-2025", "anna@biuro.example")

    with pytest.raises(CommandError, match="już istnieje"):
        call_command("begin", "lzm-2024", "anna@biuro.example")

    assert Edition.objects.count() == 1
