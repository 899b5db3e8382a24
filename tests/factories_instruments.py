"""Scorecards and scenarios for tests: small, but real in every rule."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from probierz.base.canonical import canonical
from probierz.base.clock import now
from probierz.instruments.models import Instrument, InstrumentVersion, ModelAnswer, Scenario

PHONE = {
    "key": "proba-telefon",
    "channel": "phone",
    "title": "Telefon do instytucji",
    "title_en": "A phone call",
    "intro": "Zadzwoń z numeru, którego instytucja nie zna.",
    "intro_en": "Call from a number the institution does not know.",
    "not_applicable_label": "Nie dotyczy",
    "critical_cap": "50",
    "sections": [
        {
            "key": "dostepnosc",
            "title": "Dostępność",
            "title_en": "Availability",
            "weight": "40",
            "items": [
                {
                    "key": "T1",
                    "text": "Czy ktoś odebrał telefon?",
                    "text_en": "Did anybody answer?",
                    "hint": "Trzy próby w różnych godzinach.",
                    "kind": "yes_no",
                    "comment_on": ["no"],
                    "ends_audit_on": ["no"],
                },
                {
                    "key": "T2",
                    "text": "Ile sekund trwało oczekiwanie na połączenie?",
                    "text_en": "How many seconds did you wait?",
                    "kind": "duration",
                    "unit": "s",
                    "timer": "ringing",
                    "bands": [{"up_to": "20", "points": "3"}, {"up_to": "60", "points": "1"}, {"points": "0"}],
                    "show_if": {"item": "T1", "marks": ["yes"]},
                },
            ],
        },
        {
            "key": "rozmowa",
            "title": "Rozmowa",
            "title_en": "The conversation",
            "weight": "60",
            "items": [
                {
                    "key": "T3",
                    "text": "Jak uprzejma była rozmowa?",
                    "text_en": "How courteous was the conversation?",
                    "kind": "scale",
                    "options": [
                        {"mark": "1", "label": "nieuprzejma", "label_en": "rude", "points": "0"},
                        {"mark": "2", "label": "obojętna", "label_en": "indifferent", "points": "1"},
                        {"mark": "3", "label": "uprzejma", "label_en": "courteous", "points": "2"},
                    ],
                },
                {
                    "key": "T4",
                    "text": "Czy informacja była zgodna ze wzorcem?",
                    "text_en": "Was the information right?",
                    "kind": "yes_no",
                    "weight": 2,
                    "critical": True,
                    "comment_on": ["no"],
                },
                {
                    "key": "T5",
                    "text": "Czy przełączenie rozmowy się udało?",
                    "text_en": "Was the call transferred well?",
                    "kind": "yes_no",
                    "not_applicable": True,
                },
                {"key": "T6", "text": "Uwagi", "text_en": "Remarks", "kind": "text"},
            ],
        },
    ],
}

TITLES = {
    "visit": "Wizyta w instytucji",
    "phone": "Telefon do instytucji",
    "email": "List elektroniczny",
    "web": "Strona internetowa i BIP",
    "social": "Media społecznościowe",
}


def scorecard_definition(channel: str = "phone", key: str = "") -> dict[str, Any]:
    """A small scorecard with sections, weights, bands, skip logic and a critical item."""
    definition = deepcopy(PHONE)
    definition.update(key=key or f"proba-{channel}", channel=channel, title=TITLES[channel])
    return definition


class InstrumentFactory(DjangoModelFactory):
    class Meta:
        model = Instrument

    key = factory.Sequence(lambda n: f"arkusz-{n}")
    channel = "phone"
    title = factory.LazyAttribute(lambda instrument: TITLES[instrument.channel])
    created_at = factory.LazyFunction(now)


class InstrumentVersionFactory(DjangoModelFactory):
    """Published, ready to be used by an edition; `draft=True` makes a draft."""

    class Meta:
        model = InstrumentVersion

    class Params:
        draft = factory.Trait(state=InstrumentVersion.State.DRAFT, published_at=None, digest="")

    instrument = factory.SubFactory(InstrumentFactory)
    number = 1
    state = InstrumentVersion.State.PUBLISHED
    definition = factory.LazyAttribute(
        lambda version: scorecard_definition(version.instrument.channel, version.instrument.key)
    )
    digest = factory.LazyAttribute(lambda version: hashlib.sha256(canonical(version.definition)).hexdigest())
    created_at = factory.LazyFunction(now)
    published_at = factory.LazyFunction(now)


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = Scenario

    key = factory.Sequence(lambda n: f"karta-rodziny-{n}")
    title = factory.Sequence(lambda n: f"Karta Dużej Rodziny {n}")
    channels = factory.LazyFunction(lambda: ["phone", "visit"])
    institution_kinds = factory.LazyFunction(list)
    form = Scenario.Form.QUESTION
    role = "Masz troje dzieci i pytasz o Kartę Dużej Rodziny."
    question = "Jak złożyć wniosek o Kartę Dużej Rodziny i ile to kosztuje?"
    steps = factory.LazyFunction(lambda: ["Zadzwoń w godzinach pracy.", "Zapytaj o dokumenty."])
    do_not = factory.LazyFunction(lambda: ["Nie podawaj numeru PESEL."])
    life_situations = factory.LazyFunction(list)


class ModelAnswerFactory(DjangoModelFactory):
    class Meta:
        model = ModelAnswer

    scenario = factory.SubFactory(ScenarioFactory)
    points = factory.LazyFunction(
        lambda: [
            {"point": "Wniosek można złożyć w urzędzie gminy albo przez internet.", "source": "ustawa o KDR"},
            {"point": "Wydanie pierwszej karty jest bezpłatne.", "source": "ustawa o KDR"},
        ]
    )
    valid_from = date(2024, 1, 1)
    valid_until = None
