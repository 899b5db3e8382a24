"""Is the input sound? Forms of the institution's steps and of the office's decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from probierz.applications.models import Application, ApplicationFile, FormalCheck, FormalPoint
from probierz.applications.readiness import Readiness
from probierz.applications.signatures import has_xml_signature
from probierz.base import uploads
from probierz.base.clock import last_day_before, today
from probierz.editions.models import Category, Edition, Stage
from probierz.editions.rules import stage_of
from probierz.institutions.models import Institution, Voivodeship

SIGNED_TYPES = (uploads.PDF, uploads.JPEG, uploads.PNG, uploads.XML_SIGNATURE)
ATTACHMENT_TYPES = (uploads.PDF, uploads.JPEG, uploads.PNG)


class StartForm(forms.Form):
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("Kategoria"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, edition: Edition, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["category"].queryset = edition.categories.all()  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A file known by its content. After `is_valid`, `upload` is what was read."""

    file = forms.FileField(label=_("Plik"), allow_empty_file=True)
    kind = forms.ChoiceField(choices=ApplicationFile.Kind.choices, widget=forms.HiddenInput)

    upload: uploads.Upload

    def __init__(self, kind: str, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"kind": kind})
        is_signed_form = kind == ApplicationFile.Kind.SIGNED_FORM
        self.allowed = SIGNED_TYPES if is_signed_form else ATTACHMENT_TYPES
        self.fields["file"].label = _("Podpisane zgłoszenie") if is_signed_form else _("Załącznik")
        limit = settings.UPLOAD_MAX_BYTES // uploads.MEGABYTE
        names = _("PDF, JPG, PNG albo XML z podpisem") if is_signed_form else _("PDF, JPG albo PNG")
        self.fields["file"].help_text = _("%(names)s, najwyżej %(limit)s MB.") % {"names": names, "limit": limit}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        upload = uploads.accept(file, name=file.name, allowed=self.allowed, max_bytes=settings.UPLOAD_MAX_BYTES)
        if upload.content_type == uploads.XML_SIGNATURE and not has_xml_signature(upload.content):
            raise ValidationError(_("W tym pliku XML nie ma podpisu elektronicznego."), code="unsigned-xml")
        self.upload = upload
        return file


class DeclarationsForm(forms.Form):
    """The edition's declarations, one box each; none is forced, since a draft may be left half done."""

    def __init__(self, readiness: Readiness, data: Any = None) -> None:
        super().__init__(data)
        application = readiness.application
        # Fields that the application cannot be sent without, though a draft may be left half done.
        self.needed = {f"d-{entry['key']}" for entry in readiness.edition.declarations if entry.get("required", True)}
        self.needed.add("staff_informed_on")
        for entry in readiness.edition.declarations:
            self.fields[f"d-{entry['key']}"] = forms.BooleanField(
                label=entry["text"], required=False, initial=entry["key"] in application.declarations
            )
        if readiness.asks_staff_date:
            self.fields["staff_informed_on"] = forms.DateField(
                label=_("Kiedy poinformowano pracowników, że odbędą się audyty"),
                help_text=_("Pracownicy wiedzą, że audyty będą, ale nie wiedzą, kiedy."),
                required=False,
                initial=application.staff_informed_on,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )

    def clean_staff_informed_on(self) -> date | None:
        day: date | None = self.cleaned_data["staff_informed_on"]
        if day is not None and day > today():
            raise ValidationError(
                _("Ta data jeszcze nie nadeszła. Proszę podać dzień, w którym pracownicy już wiedzieli.")
            )
        return day

    @property
    def given(self) -> list[str]:
        return [key.removeprefix("d-") for key, value in self.cleaned_data.items() if key.startswith("d-") and value]

    @property
    def staff_informed_on(self) -> date | None:
        return self.cleaned_data.get("staff_informed_on")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Co uzupełniono"),
        help_text=_("Jedno lub dwa zdania dla biura konkursu."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Powód wycofania"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Uzasadnienie"),
        help_text=_("Instytucja dostanie je e-mailem i zobaczy na stronie zgłoszenia."),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CompletionRequestForm(forms.Form):
    what = forms.CharField(
        label=_("Co należy uzupełnić lub poprawić"),
        help_text=_("Proszę wymienić każdą rzecz w osobnym wierszu."),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Notatka biura"),
        help_text=_("Instytucja jej nie widzi."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PointForm(forms.Form):
    point = forms.ChoiceField(choices=FormalPoint.choices)
    verdict = forms.ChoiceField(
        choices=[(value, value) for value in (FormalCheck.MET, FormalCheck.UNMET)], required=False
    )


class PaperForm(forms.Form):
    """What the office must know to open a draft for an application that came on paper."""

    nip = forms.CharField(
        label=_("NIP instytucji"),
        help_text=_("Instytucja musi być w rejestrze. Jeżeli jej tam nie ma, najpierw proszę ją dodać."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    category = forms.ModelChoiceField(Category.objects.none(), label=_("Kategoria"), empty_label=_("Proszę wybrać"))
    received_on = forms.DateField(
        label=_("Data wpływu"),
        help_text=_("Dzień, w którym dokument dotarł do biura."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, edition: Edition, institutions: Any, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.call = stage_of(edition, Stage.Kind.CALL)
        self.institutions = institutions
        self.institution: Institution | None = None
        self.fields["category"].queryset = edition.categories.all()  # type: ignore[attr-defined]

    def clean_nip(self) -> str:
        digits = "".join(filter(str.isdigit, self.cleaned_data["nip"]))
        self.institution = self.institutions.filter(nip=digits).first()
        if self.institution is None:
            raise ValidationError(_("W rejestrze nie ma instytucji z tym NIP albo ma już ona zgłoszenie w tej edycji."))
        return digits

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > today():
            raise ValidationError(_("Data wpływu nie może być późniejsza niż dzisiejsza."))
        if self.call is not None and day > last_day_before(self.call.closes_at):
            raise ValidationError(_("Zgłoszenie wpłynęło po zakończeniu naboru, więc nie można go przyjąć."))
        if self.call is not None and day < last_day_before(self.call.opens_at + timedelta(microseconds=1)):
            raise ValidationError(_("Nabór jeszcze wtedy nie trwał."))
        return day


class ApplicationFilter(forms.Form):
    text = forms.CharField(label=_("Szukaj"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Stan"),
        required=False,
        choices=[("", _("wszystkie")), *Application.State.choices, ("overdue", _("uzupełnienie po terminie"))],
    )
    category = forms.ChoiceField(label=_("Kategoria"), required=False)
    voivodeship = forms.ChoiceField(
        label=_("Województwo"), required=False, choices=[("", _("wszystkie")), *Voivodeship.choices]
    )
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, categories: list[Category], data: Any = None) -> None:
        super().__init__(data)
        choices = [("", _("wszystkie")), *((category.key, str(category)) for category in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def criteria(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
