"""How lateness is told: by whose clock, to the millisecond, and what is kept."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from probierz.base.clock import WARSAW
from probierz.base.wording import clock_words, until_words
from probierz.editions.models import Stage


def to_the_millisecond(moment: datetime) -> str:
    local = moment.astimezone(WARSAW)
    return clock_words(local, f"{local:%H:%M:%S},{local.microsecond // 1000:03}")


def late_for_call(call: Stage, moment: datetime) -> str:
    return _(
        "Nabór trwał %(until)s. Czas serwera w chwili próby: %(now)s. "
        "Odpowiedzi i pliki zostają u Państwa w wersji roboczej, ale nie można jej już zmienić ani złożyć."
    ) % {"until": until_words(call.closes_at), "now": to_the_millisecond(moment)}


def late_for_completion(due_at: datetime, moment: datetime) -> str:
    return _(
        "Uzupełnienie można było wysłać %(until)s. Czas serwera w chwili próby: %(now)s. "
        "Zgłoszenie zostaje w ostatnio zapisanej postaci; o tym, co dalej, rozstrzygnie biuro konkursu."
    ) % {"until": until_words(due_at), "now": to_the_millisecond(moment)}


def to_the_second(moment: datetime) -> str:
    local = moment.astimezone(WARSAW)
    return clock_words(local, f"{local:%H:%M:%S}")
