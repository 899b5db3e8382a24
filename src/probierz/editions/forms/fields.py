"""Fields that several of the room's forms share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from probierz.base.wording import as_typed

_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,6})?")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class DecimalText(forms.CharField):
    """A number not below zero, typed with a comma or a dot, kept exact as text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=14, **options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> str:
        return "" if value is None else as_typed(value)

    def to_python(self, value: Any) -> str:
        typed = (super().to_python(value) or "").replace(" ", "").replace(",", ".")
        if typed and not _DECIMAL.fullmatch(typed):
            raise ValidationError(_("Proszę wpisać liczbę, np. 30 albo 12,5."), code="not-a-number")
        return typed


class PercentText(DecimalText):
    """A share from 0 to 1 in the rules, a percentage on the screen. Its initial value is `as_percent(share)`."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return typed
        share = Decimal(typed) / 100
        if share > 1:
            raise ValidationError(_("Proszę podać od 0 do 100 procent."), code="above-100")
        return plain(share)


def as_percent(share: Any) -> str:
    return plain(Decimal(str(share)) * 100)


def plain(number: Decimal) -> str:
    """Without an exponent or trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def textarea(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def with_value(data: Any, name: str, value: Any) -> Any:
    """What was posted, with one value replaced: so that the next save of a conflicting form goes through."""
    changed = data.copy()
    changed[name] = str(value)
    return changed
