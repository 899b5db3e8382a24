"""What editions are there, and for whom."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from probierz.editions.models import Edition, OfficeMember, Programme


def is_office(user: Any) -> bool:
    return user.offices.exists()


def is_working_office(user: Any) -> bool:
    """In some office, and not only to look."""
    return user.offices.exclude(role=OfficeMember.Role.OBSERVER).exists()


def programmes_visible_to(user: Any) -> QuerySet[Programme]:
    """The programmes a user runs."""
    return Programme.objects.filter(office_members__user=user)


def editions_visible_to(user: Any) -> QuerySet[Edition]:
    """The editions of the programmes a user runs."""
    return Edition.objects.filter(programme__office_members__user=user).select_related("programme")


def public_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(is_public=True).select_related("programme")
