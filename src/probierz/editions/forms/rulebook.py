"""The rulebook as a form a person can fill: one field for each decision, rows for awards and fees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assay.rulebook.schema import GuardedRule
from probierz.base.polish import fold
from probierz.editions.forms.fields import DecimalText, PercentText, as_percent
from probierz.instruments.models import Channel

OFFICIAL_SCORES = [
    ("raw", gettext_lazy("wprost z ocen w arkuszach")),
    ("fair", gettext_lazy("po poprawce na surowość jurorów")),
    ("blup", gettext_lazy("najlepsze oszacowanie: po poprawce i ostrożniejsze tam, gdzie danych jest mało")),
]
POLICIES = [
    ("simple", gettext_lazy("każdemu, kto osiągnie próg")),
    ("guarded", gettext_lazy("temu, o kim wystarczająco pewnie wiadomo, że osiąga próg; wątpliwości sprawdza audyt")),
    ("above-mean", gettext_lazy("każdemu, kto przekroczy próg i średnią swojej kategorii")),
]
CRITICAL = [
    ("refuse", gettext_lazy("wyklucza licencję")),
    ("cap", gettext_lazy("tylko ogranicza wynik audytu")),
    ("ignore", gettext_lazy("nie ma wpływu na licencję")),
]
ABSENT = [
    ("exclude", gettext_lazy("pominąć kanał i rozłożyć jego wagę")),
    ("zero", gettext_lazy("policzyć 0 punktów")),
]
ROUNDING = [
    ("half-up", gettext_lazy("połówki w górę")),
    ("half-even", gettext_lazy("połówki do parzystej")),
]
PRIZE_TIES = [
    ("p-better", gettext_lazy("ponad 60% pewności, że jest lepsza")),
    ("lowest-channel", gettext_lazy("wyższy wynik w najsłabszym kanale")),
    ("audits", gettext_lazy("większa liczba audytów")),
    ("lot", gettext_lazy("jawne losowanie")),
]
PUBLISHED = [
    ("points_to_institution", gettext_lazy("Instytucja poznaje swoje punkty")),
    ("place_to_institution", gettext_lazy("Instytucja poznaje swoje miejsce")),
    ("points_public", gettext_lazy("Punkty są publiczne")),
    ("places_public", gettext_lazy("Miejsca są publiczne")),
    ("only_laureates", gettext_lazy("Publicznie wymieniamy tylko laureatów")),
]
_GUARDED = ("grant", "refuse", "extra_audits")
_TIES = ("tie_1", "tie_2", "tie_3", "tie_4")
_WHOLE = {
    "ranked": ("min_audits", "min_jurors", "min_channels"),
    "licence": ("min_audits", "min_channels"),
    "fieldwork": ("report_hours", "min_working_days_between", "completion_working_days"),
}
_REASONS = [
    (r"must be above 0\.5 and below 1", gettext_lazy("Proszę podać więcej niż 50 i mniej niż 100 procent.")),
    (r"must be above 0 and below 0\.5", gettext_lazy("Proszę podać więcej niż 0 i mniej niż 50 procent.")),
    (r"at most 3 decimals", gettext_lazy("Wystarczy jedno miejsce po przecinku, np. 97,5.")),
    (r"must be above 0", gettext_lazy("Ta wartość musi być większa od zera.")),
    (r"must be from (\d+) to (\d+)", gettext_lazy("Proszę podać liczbę od %(a)s do %(b)s.")),
    (r"must not be above (\d+)", gettext_lazy("Najwyższa dozwolona wartość to %(a)s.")),
    (r"is missing", gettext_lazy("Tej wartości brakuje.")),
    (r"stands twice", gettext_lazy("Ta nazwa powtarza się.")),
    (r"every row but the last", gettext_lazy("Każdy wiersz poza ostatnim potrzebuje granicy, a ostatni jej nie ma.")),
    (r"above the row before", gettext_lazy("Granica musi być wyższa niż w poprzednim wierszu.")),
    (r"after lot", gettext_lazy("Losowanie może być tylko ostatnim sposobem.")),
]


def _number(label: Any, help_text: Any = "", least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=10000)


class RulesForm(forms.Form):
    before = forms.CharField(widget=forms.HiddenInput)
    decimals = forms.TypedChoiceField(
        label=gettext_lazy("Miejsca po przecinku"), choices=[(n, str(n)) for n in range(5)], coerce=int
    )
    rounding = forms.ChoiceField(label=gettext_lazy("Zaokrąglanie"), choices=ROUNDING)
    official_score = forms.ChoiceField(
        label=gettext_lazy("Które punkty są oficjalne"), choices=OFFICIAL_SCORES, widget=forms.RadioSelect
    )
    min_coverage = PercentText(
        label=gettext_lazy("Najmniejsza oceniona część arkusza, w procentach"),
        help_text=gettext_lazy("Audyt z mniejszą częścią wraca do jurora albo się nie liczy."),
    )
    ranked_min_audits = _number(gettext_lazy("Najmniej audytów"))
    ranked_min_jurors = _number(gettext_lazy("Najmniej jurorów"))
    ranked_min_channels = _number(gettext_lazy("Najmniej kanałów"))
    policy = forms.ChoiceField(
        label=gettext_lazy("Komu przyznajemy licencję"), choices=POLICIES, widget=forms.RadioSelect
    )
    guarded_grant = PercentText(
        label=gettext_lazy("Przyznajemy od pewności, w procentach"),
        help_text=gettext_lazy("Więcej niż 50, mniej niż 100."),
        required=False,
    )
    guarded_refuse = PercentText(
        label=gettext_lazy("Odmawiamy do pewności, w procentach"),
        help_text=gettext_lazy("Więcej niż 0, mniej niż 50."),
        required=False,
    )
    guarded_extra_audits = forms.IntegerField(
        label=gettext_lazy("Dodatkowych audytów najwyżej"),
        help_text=gettext_lazy("Dla jednej instytucji pomiędzy, od 1 do 20."),
        min_value=1,
        max_value=20,
        required=False,
    )
    threshold = DecimalText(label=gettext_lazy("Próg punktów"), help_text=gettext_lazy("Od 0 do 100."))
    licence_min_audits = _number(gettext_lazy("Najmniej audytów"))
    licence_min_channels = _number(gettext_lazy("Najmniej kanałów z wynikiem"))
    min_channel_score = DecimalText(
        label=gettext_lazy("Najniższy dopuszczalny wynik w kanale"),
        help_text=gettext_lazy("Puste pole: bez takiego warunku."),
        required=False,
    )
    critical = forms.ChoiceField(
        label=gettext_lazy("Niespełniona pozycja krytyczna"), choices=CRITICAL, widget=forms.RadioSelect
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Gdzie przyznajemy miejsca"),
        choices=[("category", gettext_lazy("w kategoriach")), ("overall", gettext_lazy("w klasyfikacji ogólnej"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    tie_1 = forms.ChoiceField(label=gettext_lazy("Najpierw"), choices=[("", "–"), *PRIZE_TIES], required=False)
    tie_2 = forms.ChoiceField(label=gettext_lazy("Potem"), choices=[("", "–"), *PRIZE_TIES], required=False)
    tie_3 = forms.ChoiceField(label=gettext_lazy("Dalej"), choices=[("", "–"), *PRIZE_TIES], required=False)
    tie_4 = forms.ChoiceField(label=gettext_lazy("Na końcu"), choices=[("", "–"), *PRIZE_TIES], required=False)
    published = forms.MultipleChoiceField(
        label=gettext_lazy("Co ogłaszamy"), choices=PUBLISHED, widget=forms.CheckboxSelectMultiple, required=False
    )
    report_hours = _number(gettext_lazy("Sprawozdanie jurora, w godzinach od audytu"))
    min_working_days_between = _number(gettext_lazy("Dni roboczych między audytami jednej instytucji"), least=0)
    max_share_of_juror = PercentText(
        label=gettext_lazy("Największa część audytów instytucji u jednego jurora, w procentach")
    )
    double_scored_share = PercentText(label=gettext_lazy("Część audytów ocenianych dwa razy, w procentach"))
    completion_working_days = _number(gettext_lazy("Dni roboczych na uzupełnienie zgłoszenia"))
    months = _number(gettext_lazy("Ważność licencji, w miesiącach"))

    def __init__(self, *args: Any, channels: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.channels = channels
        for channel in channels:
            label = str(Channel(channel).label)
            self.fields[f"weight_{channel}"] = DecimalText(label=_("Waga: %(channel)s") % {"channel": label})
            self.fields[f"required_{channel}"] = forms.BooleanField(
                label=_("obowiązkowy: bez audytu w nim nie klasyfikujemy"), required=False
            )
            self.fields[f"absent_{channel}"] = forms.ChoiceField(
                label=_("Gdy instytucja go nie prowadzi"), choices=ABSENT
            )

    def clean(self) -> dict[str, Any]:
        """A guarded licence needs its three numbers; other policies do not look at them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("policy") == "guarded":
            for name in _GUARDED:
                if cleaned.get(f"guarded_{name}") in ("", None) and f"guarded_{name}" not in self.errors:
                    self.add_error(f"guarded_{name}", _("Przy tym sposobie przyznawania ta liczba jest potrzebna."))
        return cleaned

    def channel_fields(self) -> list[tuple[str, Any, Any, Any]]:
        return [
            (
                str(Channel(channel).label).capitalize(),
                self[f"weight_{channel}"],
                self[f"required_{channel}"],
                self[f"absent_{channel}"],
            )
            for channel in self.channels
        ]


class AwardForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    title = forms.CharField(label=gettext_lazy("Nazwa"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Rodzaj"),
        choices=[("statuette", gettext_lazy("statuetka")), ("distinction", gettext_lazy("wyróżnienie nadzwyczajne"))],
        # What an untouched row sends, so that an empty row stays empty.
        initial="statuette",
    )
    max = forms.IntegerField(label=gettext_lazy("Najwyżej"), min_value=1, max_value=10000, required=False)


class FeeForm(forms.Form):
    up_to = forms.IntegerField(label=gettext_lazy("Do ilu zatrudnionych"), min_value=1, required=False)
    net = DecimalText(label=gettext_lazy("Opłata netto, zł"))


class RulebookEditor:
    """The form and its rows, from a rulebook and back to one."""

    def __init__(self, *, rulebook: Mapping[str, Any], before: str, data: Mapping[str, Any] | None = None) -> None:
        self.rulebook = deepcopy(dict(rulebook))
        self.form = RulesForm(
            data, channels=list(self.rulebook["channels"]), initial={**_initial(self.rulebook), "before": before}
        )
        rows = {"awards": (AwardForm, self.rulebook["awards"], 1), "fee": (FeeForm, _fees(self.rulebook), 2)}
        self.rows: dict[str, BaseFormSet[Any]] = {
            name: formset_factory(form, extra=extra, max_num=40, can_delete=True)(data, initial=initial, prefix=name)
            for name, (form, initial, extra) in rows.items()
        }

    @property
    def awards(self) -> BaseFormSet[Any]:
        return self.rows["awards"]

    @property
    def fee(self) -> BaseFormSet[Any]:
        return self.rows["fee"]

    @property
    def forms(self) -> list[forms.BaseForm]:
        return [self.form, *(form for rows in self.rows.values() for form in rows.forms)]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    @property
    def before(self) -> str:
        return str(self.form.cleaned_data["before"])

    def result(self) -> dict[str, Any]:
        """The rulebook as filled in; the engine says whether it can stand."""
        cleaned, rules = self.form.cleaned_data, deepcopy(self.rulebook)
        rules["points"] |= {"decimals": cleaned["decimals"], "rounding": cleaned["rounding"]}
        rules["channels"] = {
            channel: {
                "weight": cleaned[f"weight_{channel}"],
                "required": cleaned[f"required_{channel}"],
                "absent": cleaned[f"absent_{channel}"],
            }
            for channel in self.form.channels
        }
        rules["audit"]["min_coverage"] = cleaned["min_coverage"]
        for part, names in _WHOLE.items():
            for name in names:
                rules[part][name] = cleaned[_field(part, name)]
        for name in ("policy", "threshold", "critical"):
            rules["licence"][name] = cleaned[name]
        rules["licence"]["min_channel_score"] = cleaned["min_channel_score"] or None
        rules["licence"].pop("guarded", None)
        if cleaned["policy"] == "guarded":
            rules["licence"]["guarded"] = {name: cleaned[f"guarded_{name}"] for name in _GUARDED}
        rules["official_score"] = cleaned["official_score"]
        rules["standings"]["scopes"] = cleaned["scopes"]
        rules["standings"]["prize_ties"] = self._ties()
        rules["published"] = {name: name in cleaned["published"] for name, _label in PUBLISHED}
        for name in ("max_share_of_juror", "double_scored_share"):
            rules["fieldwork"][name] = cleaned[name]
        rules["licence_terms"] = {"months": cleaned["months"], "fee": self._kept("fee")}
        rules["awards"] = self._awards()
        return rules

    def _ties(self) -> list[str]:
        wanted = [self.form.cleaned_data[name] for name in _TIES]
        return [rule for rule in dict.fromkeys(wanted) if rule]

    def _kept(self, name: str) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in form.cleaned_data.items() if key != "DELETE" and value not in ("", None)}
            for form in self.rows[name].forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and (form.has_changed() or form.initial)
        ]

    def _awards(self) -> list[dict[str, Any]]:
        awards = []
        for entry in self._kept("awards"):
            key = entry.get("key") or slugify(fold(entry["title"]))[:60]
            awards.append({"key": key, "title": entry["title"], "kind": entry["kind"], "max": entry.get("max")})
        return awards

    def refuse(self, path: str, reason: str) -> None:
        """Put the engine's refusal at the field it is about."""
        message = reason_in_words(reason)
        row = re.match(r"(?:licence_terms\.)?(awards|fee)\[(\d+)\]\.(\w+)", path)
        if row:
            forms_kept = [form for form in self.rows[row[1]].forms if form.has_changed() or form.initial]
            forms_kept[int(row[2])].add_error(row[3] if row[3] != "key" else "title", message)
            return
        channel = re.match(r"channels\.(\w+)\.(\w+)", path)
        name = f"{channel[2]}_{channel[1]}" if channel else _field(*path.partition(".")[::2])
        self.form.add_error(name if name in self.form.fields else None, message)


def _field(part: str, name: str) -> str:
    """The form's name of a rule: the same word stands in two parts of the rulebook."""
    if name in {"min_audits", "min_jurors", "min_channels"}:
        return f"{part}_{name}"
    if name.startswith("guarded."):
        return name.replace(".", "_")
    return "tie_1" if name == "prize_ties" else name or part


def _initial(rulebook: dict[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {**rulebook["points"], "months": rulebook["licence_terms"]["months"]}
    for part, names in _WHOLE.items():
        initial |= {_field(part, name): rulebook[part][name] for name in names}
    for name in ("policy", "threshold", "critical", "min_channel_score"):
        initial[name] = rulebook["licence"][name]
    initial["official_score"] = rulebook["official_score"]
    initial |= _guarded(rulebook["licence"].get("guarded") or GuardedRule().as_dict())
    initial["min_coverage"] = as_percent(rulebook["audit"]["min_coverage"])
    for name in ("max_share_of_juror", "double_scored_share"):
        initial[name] = as_percent(rulebook["fieldwork"][name])
    initial["scopes"] = rulebook["standings"]["scopes"]
    initial |= dict(zip(_TIES, rulebook["standings"]["prize_ties"], strict=False))
    initial["published"] = [name for name, is_on in rulebook["published"].items() if is_on]
    for channel, rule in rulebook["channels"].items():
        initial |= {f"{name}_{channel}": value for name, value in rule.items()}
    return initial


def _guarded(rule: Mapping[str, Any]) -> dict[str, Any]:
    shares = {f"guarded_{name}": as_percent(rule[name]) for name in ("grant", "refuse")}
    return {**shares, "guarded_extra_audits": rule["extra_audits"]}


def _fees(rulebook: dict[str, Any]) -> list[dict[str, Any]]:
    return list(rulebook["licence_terms"]["fee"])


def reason_in_words(reason: str) -> str:
    for pattern, sentence in _REASONS:
        found = re.search(pattern, reason)
        if found:
            values = dict(zip("ab", found.groups(), strict=False))
            return str(sentence) % values if values else str(sentence)
    return _("Z tą wartością nie da się policzyć wyników.")
