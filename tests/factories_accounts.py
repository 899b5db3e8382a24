"""Users for tests: their address is verified, so that they can sign in at once."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress

from probierz.accounts.models import User

PASSWORD = "demo-haslo-2025"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"osoba{n}@przyklad.example")
    name = factory.Sequence(lambda n: f"Osoba Przykładowa {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        user = model_class.objects.create_user(password=fields.pop("password", PASSWORD), **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user
