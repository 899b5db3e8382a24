"""Fields that several of the room's forms share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from probierz.base.wording import as_typed
from probierz.instruments.marks import decimal_mark

_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,4})?")


class DecimalText(forms.CharField):
    """A number not below zero, typed with a comma or a dot, kept exact as text."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 14)
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> str:
        return "" if value is None else as_typed(value)

    def to_python(self, value: Any) -> str:
        typed = decimal_mark((super().to_python(value) or "").replace(" ", ""))
        if typed and not _DECIMAL.fullmatch(typed):
            raise ValidationError(_("Proszę wpisać liczbę, np. 2 albo 1,5."), code="not-a-number")
        return typed


class Lines(forms.CharField):
    """A list, one element a line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)


def textarea(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def with_value(data: Any, name: str, value: Any) -> Any:
    """What was posted, with one value replaced: so that the next save of a conflicting form goes through."""
    changed = data.copy()
    changed[name] = str(value)
    return changed
