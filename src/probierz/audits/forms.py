"""Is the input sound: a tap, the time of the contact, a photo, a reason, the office's filter."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from probierz.audits.actions import Answer
from probierz.audits.models import Audit
from probierz.audits.queries import scenarios_for
from probierz.audits.scorecard import items_of, mark_words
from probierz.base.clock import WARSAW, end_of, now, start_of, today
from probierz.base.uploads import JPEG, PNG, WEBP, accept
from probierz.instruments.models import Channel, Scenario
from probierz.instruments.queries import read_comments, read_marks
from probierz.jury.models import Assignment, Juror

LONGEST_TEXT = 4000
PHOTO_BYTES = 12 * 1024 * 1024
_client_key = RegexValidator(r"^[A-Za-z0-9-]{8,64}$")


class AnswerForm(forms.Form):
    """One tap as the phone sends it."""

    item = forms.CharField(max_length=60)
    mark = forms.CharField(max_length=LONGEST_TEXT, required=False)
    comment = forms.CharField(max_length=LONGEST_TEXT, required=False)
    revision = forms.IntegerField(min_value=0)
    client_key = forms.CharField(validators=[_client_key])
    at = forms.DateTimeField()

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            item_key=given["item"],
            mark=given["mark"],
            comment=given["comment"],
            revision=given["revision"],
            client_key=given["client_key"],
            given_at=given["at"],
        )


class ContactForm(forms.Form):
    """When the contact took place, in Polish time."""

    contact_on = forms.DateField(label=_("Data kontaktu"), widget=forms.DateInput(attrs={"type": "date"}))
    contact_time = forms.TimeField(label=_("Godzina"), widget=forms.TimeInput(attrs={"type": "time"}))

    @classmethod
    def of(cls, audit: Audit) -> ContactForm:
        at = audit.contact_at.astimezone(WARSAW) if audit.contact_at else None
        return cls(initial={"contact_on": at.date(), "contact_time": at.time()} if at else {})

    def contact_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["contact_on"], self.cleaned_data["contact_time"], WARSAW)


class PhotoForm(forms.Form):
    item = forms.CharField(max_length=60)
    client_key = forms.CharField(validators=[_client_key], required=False)
    photo = forms.FileField()

    def clean_photo(self) -> bytes:
        file = self.cleaned_data["photo"]
        return accept(file, name=file.name or "", allowed=(JPEG, PNG, WEBP), max_bytes=PHOTO_BYTES).content


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Uzasadnienie"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        error_messages={"min_length": _("Proszę napisać pełne zdanie: co najmniej 10 znaków.")},
    )


class ApprovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Uzasadnienie (potrzebne, gdy sprawdzenie wykazało uwagi)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )


class MarkForm(ReasonForm):
    """A new mark for one item: a list where its marks are known, else as the scorecard writes it."""

    field_order = ("mark", "reason")

    def __init__(self, *args: Any, item: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = marks_of(item)
        if known:
            self.fields["mark"] = forms.ChoiceField(label=_("Nowa ocena"), choices=known)
        else:
            hint = _("Liczba z kropką, np. 7.5; dla „ile z ilu” np. 3/4.")
            self.fields["mark"] = forms.CharField(label=_("Nowa ocena"), max_length=60, help_text=hint)
        self.order_fields(self.field_order)


def marks_of(item: dict[str, Any]) -> list[tuple[str, str]]:
    """The marks an item admits, when there is a list of them."""
    marks = ["yes", "no"] if item["kind"] == "yes_no" else [option["mark"] for option in item.get("options", [])]
    if marks and item.get("not_applicable"):
        marks.append("na")
    return [(mark, mark_words(item, mark)) for mark in marks]


class JurorField(forms.ModelChoiceField):
    def label_from_instance(self, juror: Any) -> str:
        return f"{juror.pseudonym} – {juror.name}, {juror.city}"


class ReplacementForm(forms.Form):
    """Who goes instead, with which scenario, and until when."""

    juror = JurorField(label=_("Juror"), queryset=Juror.objects.none(), empty_label=None)
    scenario = forms.ModelChoiceField(label=_("Scenariusz"), queryset=Scenario.objects.none(), required=False)
    opens_on = forms.DateField(label=_("Okno od"), widget=forms.DateInput(attrs={"type": "date"}))
    closes_on = forms.DateField(label=_("Okno do (włącznie)"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, assignment: Assignment, jurors: list[Juror], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [scenario.pk for scenario in scenarios_for(assignment)]
        who, role = self.fields["juror"], self.fields["scenario"]
        assert isinstance(who, JurorField)
        assert isinstance(role, forms.ModelChoiceField)
        who.queryset = Juror.objects.filter(pk__in=[juror.pk for juror in jurors])
        role.queryset = Scenario.objects.filter(pk__in=fitting)
        role.initial = assignment.scenario_id

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("Okno nie może skończyć się przed początkiem."))
        if closes and closes < today():
            self.add_error("closes_on", _("Ten dzień już minął."))
        self._check_legend(given.get("juror"), given.get("scenario"))
        return given

    def _check_legend(self, juror: Juror | None, scenario: Scenario | None) -> None:
        """The role must be largely true: the juror lives what the scenario supposes."""
        if juror and scenario and not set(scenario.life_situations) <= set(juror.life_situations):
            self.add_error("scenario", _("Ten scenariusz zakłada sytuację życiową, której ta osoba nie ma."))

    def window(self) -> tuple[datetime, datetime]:
        opens_at = max(start_of(self.cleaned_data["opens_on"]), now())
        return opens_at, end_of(self.cleaned_data["closes_on"])


class AuditFilter(forms.Form):
    """The office's filter; nonsense in the address is simply no filter."""

    STATES = [
        ("", _("wszystkie stany")),
        ("not-started", _("nie rozpoczęty")),
        *Audit.State.choices,
        ("to-replace", _("czeka na następcę")),
    ]
    q = forms.CharField(label=_("Szukaj"), required=False, max_length=100)
    stan = forms.ChoiceField(label=_("Stan"), required=False, choices=STATES)
    kanal = forms.ChoiceField(label=_("Kanał"), required=False, choices=[("", _("wszystkie kanały")), *Channel.choices])
    po_terminie = forms.BooleanField(label=_("tylko po terminie"), required=False)
    z_uwagami = forms.BooleanField(label=_("tylko z uwagami"), required=False)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def criteria(self) -> dict[str, Any]:
        self.is_valid()
        given = self.cleaned_data
        return {
            "text": given.get("q", ""),
            "state": given.get("stan", ""),
            "channel": given.get("kanal", ""),
            "late": bool(given.get("po_terminie")),
            "flagged": bool(given.get("z_uwagami")),
            "sort": given.get("sort", ""),
        }


def answers_in(data: Mapping[str, str], audit: Audit) -> list[Answer]:
    """What changed in a form sent whole, each as if it were a tap."""
    definition = audit.version.definition
    marks, comments = read_marks(definition, data), read_comments(definition, data)
    found = []
    for _section, item in items_of(definition):
        key = item["key"]
        now_is = marks.get(key, ""), comments.get(key, "")
        if now_is != (audit.marks.get(key, ""), audit.comments.get(key, "")) and max(map(len, now_is)) <= LONGEST_TEXT:
            revision = _whole(data.get(f"revision:{key}"))
            found.append(Answer(key, *now_is, revision, f"form-{uuid.uuid4().hex}", now()))
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
