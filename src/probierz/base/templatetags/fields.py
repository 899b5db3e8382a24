"""How a form field becomes a label, a hint, a control and its errors, tied together for a screen reader."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

Context = dict[str, Any]


def field_context(bound: BoundField, **options: str) -> Context:
    if bound.is_hidden:
        return {"kind": "hidden", "control": bound.as_widget()}
    kind = kind_of(bound)
    hint = options.get("hint") or bound.help_text
    ids = _part_ids(bound, has_hint=bool(hint))
    context: Context = {
        "bound": bound,
        "kind": kind,
        "label": options.get("label") or bound.label,
        "hint": hint,
        "size": options.get("size", ""),
        "mark": options.get("mark", ""),
        "described": " ".join(ids.values()),
        **ids,
    }
    if kind == "group":
        context["options"] = bound.subwidgets
    else:
        context["control"] = _control(bound, kind, context["described"])
    return context


def kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.RadioSelect, "group"),
        (forms.CheckboxInput, "checkbox"),
        (forms.FileInput, "file"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.MultiWidget, "several"),
    )
    for cls, kind in kinds:
        if isinstance(widget, cls):
            return kind
    return "date" if getattr(widget, "input_type", "") == "date" or _type_of(widget) == "date" else "input"


def target_of(bound: BoundField) -> str:
    """The id of the first control, where a link from the error summary must land."""
    if kind_of(bound) in ("group", "several"):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _part_ids(bound: BoundField, *, has_hint: bool) -> dict[str, str]:
    ids = {}
    if has_hint:
        ids["hint_id"] = f"{bound.auto_id}_hint"
    if bound.errors:
        ids["errors_id"] = f"{bound.auto_id}_errors"
    return ids


def _type_of(widget: forms.Widget) -> str:
    return str(widget.attrs.get("type") or getattr(widget, "input_type", ""))


def _control(bound: BoundField, kind: str, described: str) -> str:
    attrs: Context = {"aria-describedby": described} if described else {}
    if kind == "date":
        attrs["data-date-words"] = True
    if kind == "textarea" and bound.field.widget.attrs.get("maxlength"):
        attrs["data-count"] = True
    return bound.as_widget(widget=_widget_for_pages(bound.field.widget), attrs=attrs)


_BROWSER_FORMATS = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


def _widget_for_pages(widget: forms.Widget) -> forms.Widget:
    """Browsers read dates in one form only, and our file field shows the present file by itself."""
    if type(widget) is forms.ClearableFileInput:
        plain = forms.FileInput(attrs=widget.attrs)
        plain.is_required = widget.is_required
        return plain
    pattern = _BROWSER_FORMATS.get(_type_of(widget))
    if pattern and isinstance(widget, forms.DateTimeInput | forms.DateInput | forms.TimeInput):
        widget = copy(widget)
        widget.format = pattern
    return widget


def summary_of(*sources: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of the forms, in the order of the page, with the place it speaks of."""
    found = []
    for form in sources:
        found += [{"target": "", "text": str(error), "label": ""} for error in form.non_field_errors()]
        for bound in form:
            target = "" if bound.is_hidden else target_of(bound)
            label = str(bound.label)
            found += [{"target": target, "text": str(error), "label": label} for error in bound.errors]
    return found
