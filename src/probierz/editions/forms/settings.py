"""The edition's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from probierz.base import uploads
from probierz.base.clock import WARSAW, end_of, last_day_before, start_of
from probierz.base.polish import fold
from probierz.editions.forms.fields import DateInput, textarea
from probierz.editions.models import Category, Edition, Patron, Stage
from probierz.institutions.models import Kind
from probierz.instruments import queries as instruments
from probierz.instruments.models import Channel, InstrumentVersion

LOGO_MAX_BYTES = 3 * uploads.MEGABYTE


class StageForm(forms.Form):
    """First and last day; the last one counts whole, to 24.00."""

    first = forms.DateField(label=_("Pierwszy dzień"), widget=DateInput())
    last = forms.DateField(label=_("Ostatni dzień"), help_text=_("Do godz. 24.00."), widget=DateInput())
    place = forms.CharField(label=_("Miejsce"), max_length=200, required=False)

    def __init__(self, *args: Any, stage: Stage | None, kind: str, **options: Any) -> None:
        initial: dict[str, Any] = {}
        if stage is not None:
            first = stage.opens_at.astimezone(WARSAW).date()
            initial = {"first": first, "last": last_day_before(stage.closes_at), "place": stage.place}
        options["initial"] = initial
        super().__init__(*args, **options)
        if kind != Stage.Kind.GALA:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ostatni dzień etapu wypada przed pierwszym."))
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "opens_at": start_of(cleaned["first"]),
            "closes_at": end_of(cleaned["last"]),
            "place": cleaned.get("place", ""),
        }


class EditionForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ("number", "year", "who_may_enter", "who_may_enter_en", "licence_scope", "is_public")
        widgets = {
            "who_may_enter": textarea(3),
            "who_may_enter_en": textarea(3),
            "licence_scope": textarea(4),
        }
        labels = {
            "who_may_enter_en": _("Kto może wziąć udział (po angielsku)"),
            "is_public": _("Edycja widoczna na stronie publicznej"),
        }


class CategoryForm(forms.ModelForm):
    institution_kinds = forms.MultipleChoiceField(
        label=_("Rodzaje instytucji"),
        help_text=_("Instytucji tego rodzaju podpowiemy tę kategorię w zgłoszeniu."),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Category
        fields = ("name", "name_en", "institution_kinds", "position")
        labels = {"name_en": _("Nazwa po angielsku"), "position": _("Kolejność na liście")}

    def __init__(self, *args: Any, taken: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = taken

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if not self.instance.pk:
            stem = slugify(fold(values["name"]))[:36] or "kategoria"
            free = (key for key in (stem, *(f"{stem}-{n}" for n in range(2, 100))) if key not in self.taken)
            values["key"] = next(free)
        return values


class ChannelsForm(forms.Form):
    """A scorecard version for each channel, or none."""

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        used = {entry.channel: entry.version for entry in edition.channels.select_related("version__instrument")}
        self.versions: dict[str, InstrumentVersion] = {}
        for channel, label in Channel.choices:
            published = list(instruments.published_versions(channel))
            self.versions |= {str(version.key): version for version in published}
            choices = [("", _("nie badamy tego kanału")), *((str(version.key), str(version)) for version in published)]
            self.fields[channel] = forms.ChoiceField(
                label=str(label).capitalize(),
                choices=choices,
                required=False,
                initial=str(used[channel].key) if channel in used else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Edycja musi mieć przynajmniej jeden kanał."), code="no-channel")
        return cleaned

    def chosen(self) -> dict[str, InstrumentVersion]:
        return {channel: self.versions[key] for channel, key in self.cleaned_data.items() if key}


class PatronForm(forms.ModelForm):
    website = forms.URLField(label=_("Strona"), assume_scheme="https", required=False)
    file = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG albo JPEG, do 3 MB. Plików SVG nie przyjmujemy, bo mogą zawierać programy."),
        required=False,
    )

    class Meta:
        model = Patron
        fields = ("kind", "name", "website", "position")
        labels = {"position": _("Kolejność na liście")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("proszę wybrać")), *Patron.Kind.choices]  # type: ignore[attr-defined]

    def clean_file(self) -> bytes | None:
        file = self.cleaned_data.get("file")
        if not file:
            return None
        allowed = (uploads.PNG, uploads.JPEG)
        limit = min(LOGO_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
        content = uploads.accept(file, name=file.name, allowed=allowed, max_bytes=limit).content
        uploads.clean_photo(content)  # refuses what only looks like a picture
        return content

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
