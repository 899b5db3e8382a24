"""What is there in the register, and who may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from probierz.institutions.models import Institution


def is_representative(user: Any) -> bool:
    return user.representations.filter(is_active=True).exists()


def institutions_represented_by(user: Any) -> QuerySet[Institution]:
    return Institution.objects.filter(
        representatives__user=user, representatives__is_active=True, merged_into=None
    ).distinct()
