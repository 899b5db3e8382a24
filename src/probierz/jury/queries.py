"""What jurors and the office see of the jury."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from probierz.jury.models import Juror


def is_juror(user: Any) -> bool:
    return user.juries.exclude(state=Juror.State.INVITED).exists()


def juries_of(user: Any) -> QuerySet[Juror]:
    """The jurors that a user is, one a programme."""
    return Juror.objects.filter(user=user).exclude(state=Juror.State.INVITED).select_related("programme")
