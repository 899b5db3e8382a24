"""Is the input sound: an invitation, a juror's card, their profile and word, the settings of a plan."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.pl import nip as nip_number

from probierz.editions.models import Edition, Programme
from probierz.institutions.models import Institution, Voivodeship
from probierz.instruments.models import Channel
from probierz.instruments.queries import life_situations
from probierz.jury.models import Conflict, Juror
from probierz.jury.queries import channels_of, institutions_in_play

ANY = [("", _("wszystkie"))]


class JurorFilter(forms.Form):
    text = forms.CharField(label=_("Szukaj"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Stan"), required=False, choices=[*ANY, *Juror.State.choices])
    kind = forms.ChoiceField(label=_("Rodzaj"), required=False, choices=[*ANY, *Juror.Kind.choices])
    channel = forms.ChoiceField(label=_("Kanał"), required=False, choices=[*ANY, *Channel.choices])

    def criteria(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class InviteForm(forms.Form):
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Konkurs"), empty_label=None)
    name = forms.CharField(label=_("Imię i nazwisko"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Na ten adres wyślemy odnośnik ważny 14 dni."))
    kind = forms.ChoiceField(
        label=_("Rodzaj"), choices=Juror.Kind.choices, initial=Juror.Kind.CLIENT, widget=forms.RadioSelect
    )

    def __init__(self, programmes: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.fields["programme"].initial = programmes.first()


class JurorForm(forms.ModelForm):
    class Meta:
        model = Juror
        fields = ["name", "email", "kind", "min_audits", "max_audits", "is_public", "bio"]
        help_texts = {
            "min_audits": _("Ile audytów obiecaliśmy tej osobie w edycji."),
            "max_audits": _("Ile audytów najwyżej wykona w edycji."),
            "is_public": _("Nazwisko pojawi się na stronie konkursu. Kogo audytuje, nie pojawi się nigdzie."),
            "bio": _("Jedno zdanie obok nazwiska na stronie konkursu."),
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (given.get("min_audits") or 0) > (given.get("max_audits") or 0):
            self.add_error("min_audits", gettext("To minimum jest większe od maksimum."))
        return given


class ProfileForm(forms.ModelForm):
    """What only the juror knows."""

    life_situations = forms.MultipleChoiceField(
        label=_("Co jest prawdą o Państwu"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("W urzędzie gra się tylko prawdziwe role. Nikt poza biurem nie zobaczy tych odpowiedzi."),
    )
    channels = forms.MultipleChoiceField(
        label=_("W jaki sposób mogą Państwo audytować"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Proszę zaznaczyć przynajmniej jeden sposób.")},
    )

    class Meta:
        model = Juror
        fields = [
            "kind",
            "city",
            "teryt",
            "employer_name",
            "employer_nip",
            "life_situations",
            "channels",
            "max_audits",
        ]
        widgets = {"kind": forms.RadioSelect, "teryt": forms.TextInput(attrs={"inputmode": "numeric"})}
        labels = {
            "kind": _("Kim Państwo są"),
            "teryt": _("Kod TERYT gminy zamieszkania"),
            "max_audits": _("Ile audytów najwyżej mogą Państwo wykonać w edycji"),
        }
        help_texts = {
            "teryt": _("Sześć lub siedem cyfr. Instytucji z tej gminy Państwu nie przydzielimy."),
            "employer_nip": _("Dziesięć cyfr. Instytucji, która Państwa zatrudnia, nie przydzielimy."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["life_situations"].choices = list(life_situations().items())  # type: ignore[attr-defined]
        self.fields["kind"].choices = Juror.Kind.choices  # type: ignore[attr-defined]
        self.fields["employer_nip"].widget.attrs.update(inputmode="numeric", maxlength="20")
        self.fields["employer_nip"].max_length = None  # type: ignore[attr-defined]
        self.fields["employer_nip"].validators = []

    def clean_teryt(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["teryt"])
        if code and not re.fullmatch(r"\d{6,7}", code):
            raise ValidationError(gettext("Kod TERYT gminy ma sześć albo siedem cyfr."), code="length")
        if code and code[:2] not in Voivodeship.values:
            raise ValidationError(gettext("Dwie pierwsze cyfry nie są kodem żadnego województwa."), code="voivodeship")
        return code

    def clean_employer_nip(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["employer_nip"]).upper().removeprefix("PL")
        if digits and not nip_number.is_valid(digits):
            raise ValidationError(
                gettext("Cyfra kontrolna NIP się nie zgadza. Proszę sprawdzić, czy nie przestawiono cyfr.")
            )
        return digits

    def clean_max_audits(self) -> int:
        most = int(self.cleaned_data["max_audits"])
        if not 1 <= most <= 60:
            raise ValidationError(gettext("Proszę podać liczbę od 1 do 60."), code="range")
        return most


class WordForm(forms.Form):
    """What binds the juror to the institution, told only to the office."""

    relation = forms.CharField(
        label=_("Co Państwa łączy z tą instytucją"),
        help_text=_("Wystarczy kilka słów, bez nazwisk. Przeczyta je tylko biuro konkursu."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Proszę napisać w kilku słowach, co Państwa łączy z tą instytucją.")},
    )


class ConflictForm(forms.Form):
    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Instytucja"))
    reason = forms.ChoiceField(label=_("Rodzaj związku"), choices=Conflict.Reason.choices)
    note = forms.CharField(label=_("Skąd o tym wiemy"), min_length=5, max_length=300)

    def __init__(self, programme: Programme, data: Any = None) -> None:
        super().__init__(data)
        places = institutions_in_play(programme).order_by("search_text", "pk")
        self.fields["institution"].queryset = places  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    reason = forms.CharField(
        label=_("Dlaczego to nie jest konflikt"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlanForm(forms.Form):
    """How many contacts through each channel; the rest comes from the rulebook."""

    repeat = forms.TypedChoiceField(
        label=_("Ten sam juror w jednej instytucji"),
        coerce=int,
        initial=1,
        choices=[(1, _("tylko raz")), (2, _("najwyżej dwa razy, innymi kanałami")), (3, _("najwyżej trzy razy"))],
        help_text=_("Różni jurorzy oceniają sprawiedliwiej. Więcej niż raz tylko wtedy, gdy jury jest małe."),
    )
    seed = forms.CharField(
        label=_("Ziarno losowania"),
        required=False,
        max_length=64,
        help_text=_("Puste: wylosujemy je. Z tym samym ziarnem każdy otrzyma ten sam plan."),
    )

    def __init__(self, edition: Edition, data: Any = None) -> None:
        super().__init__(data)
        self.channels = channels_of(edition)
        for channel in self.channels:
            self.fields[f"channel_{channel}"] = forms.IntegerField(
                label=Channel(channel).label, min_value=0, max_value=5, initial=1
            )

    @property
    def channel_fields(self) -> list[Any]:
        return [self[f"channel_{channel}"] for channel in self.channels]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(self.per_channel.values()):
            raise ValidationError(
                gettext("Proszę zaplanować przynajmniej jeden audyt w którymś kanale."), code="nothing"
            )
        return given

    @property
    def per_channel(self) -> dict[str, int]:
        return {channel: self.cleaned_data[f"channel_{channel}"] for channel in self.channels}


class SeatForm(forms.Form):
    """The chosen juror by pseudonym (nobody, when empty) and the revision that was looked at."""

    juror = forms.CharField(required=False, max_length=20)
    revision = forms.IntegerField(min_value=0)


class RevisionForm(forms.Form):
    revision = forms.IntegerField(min_value=0)


class MoreForm(forms.Form):
    """One more audit: where, by whom, in which channel, and the revision that was looked at."""

    application = forms.UUIDField()
    juror = forms.CharField(max_length=20)
    channel = forms.ChoiceField(choices=Channel.choices)
    revision = forms.IntegerField(min_value=0)
