"""Sample data for the pattern book: every component in every state, on made-up but believable content."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from probierz.base.clock import now, today

CHANNELS = [("visit", _("Wizyta")), ("phone", _("Telefon")), ("email", _("E-mail")), ("web", _("Strona internetowa"))]
ANSWERS = [("yes", _("Tak")), ("no", _("Nie")), ("n-a", _("Nie dotyczy"))]
MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Pełna nazwa instytucji"), help_text=_("Tak jak w statucie, bez skrótów."))
    nip = forms.CharField(
        label=_("NIP"),
        help_text=_("10 cyfr; myślniki i spacje pominiemy."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Rodzaj instytucji"),
        choices=[("", _("wybierz z listy")), ("gmina", _("Gmina")), ("powiat", _("Powiat"))],
    )
    channels = forms.MultipleChoiceField(
        label=_("Kanały kontaktu z mieszkańcami"), choices=CHANNELS, widget=forms.CheckboxSelectMultiple
    )
    answer = forms.ChoiceField(
        label=_("Czy osoba przy stanowisku przywitała się pierwsza?"), choices=ANSWERS, widget=forms.RadioSelect
    )
    mark = forms.ChoiceField(
        label=_("Jak zrozumiale wyjaśniono sprawę?"),
        help_text=_("1 to niezrozumiale, 5 to w pełni zrozumiale."),
        choices=MARKS,
        widget=forms.RadioSelect,
    )
    notified_on = forms.DateField(
        label=_("Dzień powiadomienia pracowników"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=_("Dlaczego instytucja bierze udział"),
        required=False,
        widget=forms.Textarea(attrs={"maxlength": 600}),
    )
    scan = forms.FileField(
        label=_("Podpisane zgłoszenie"),
        help_text=_("PDF, JPG albo PNG, do 15 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.png", "data-max-bytes": 15 * 1024 * 1024}),
    )
    seconds = forms.IntegerField(
        label=_("Czas oczekiwania (sekundy)"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    agreed = forms.BooleanField(
        label=_("Oświadczam, że pracownicy zostali poinformowani o badaniu metodą tajemniczego klienta.")
    )


def _filled_wrongly() -> SampleForm:
    form = SampleForm({"name": "Gmina Wieliszew", "nip": "536-17-51-0", "notified_on": "2025-10-01", "agreed": "on"})
    form.is_valid()
    form.add_error("nip", _("NIP ma 10 cyfr, a podano 9. Proszę sprawdzić, czy nie brakuje ostatniej."))
    return form


def _rows() -> list[dict[str, Any]]:
    facts = [
        ("Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu", "Wrocław", "accepted", "91.42"),
        ("Gmina Starogard Gdański", "Starogard Gdański", "submitted", "88.10"),
        ("Młodzieżowe Centrum Kultury w Legnicy", "Legnica", "completion", "86.05"),
        ("Powiatowy Urząd Pracy w Kętrzynie", "Kętrzyn", "draft", None),
        ("Augustowskie Towarzystwo Budownictwa Społecznego „KODREM”", "Augustów", "rejected", "61.70"),
    ]
    labels = {"accepted": _("przyjęte"), "submitted": _("złożone"), "completion": _("wezwano do uzupełnienia")}
    labels |= {"draft": _("w przygotowaniu"), "rejected": _("odrzucone")}
    return [
        {
            "name": name,
            "city": city,
            "state": state,
            "label": labels[state],
            "at": now() - timedelta(days=index, hours=3),
        }
        | {"points": Decimal(points) if points else None, "audits": 4 - index % 3}
        for index, (name, city, state, points) in enumerate(facts)
    ]


def _page() -> Page:
    return Paginator(range(1, 2480), 50).get_page(4)


def samples() -> dict[str, Any]:
    return {
        "blank_form": SampleForm(),
        "wrong_form": _filled_wrongly(),
        "rows": _rows(),
        "page": _page(),
        "soon": now() + timedelta(days=1, hours=4),
        "later": now() + timedelta(days=23),
        "past": now() - timedelta(days=2),
        "day": today(),
        "year": [
            {"label": _("Nabór"), "note": _("17 września – 24 października")},
            {"label": _("Ocena formalna"), "note": _("do 7 listopada")},
            {"label": _("Audyty"), "note": _("12 listopada – 31 stycznia")},
            {"label": _("Obliczenie"), "note": _("luty")},
            {"label": _("Gala"), "note": _("marzec")},
        ],
        "events": [
            {"at": now() - timedelta(days=3), "title": _("Zgłoszenie złożone"), "who": "Maria Zielińska"},
            {"at": now() - timedelta(hours=5), "title": _("Wezwanie do uzupełnienia"), "state": "current"}
            | {"text": _("Brakuje podpisu osoby uprawnionej.")},
            {"when": _("następnie"), "title": _("Ocena formalna"), "state": "todo"},
        ],
        "tones": ["neutral", "info", "good", "warn", "bad", "accent"],
        "value": Decimal("82.4"),
        "low": Decimal("77.9"),
        "high": Decimal("86.1"),
        "mean": Decimal("71.3"),
        "threshold": 75,
    }
