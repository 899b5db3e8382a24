"""Programmes, editions and their offices for tests."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from factories_instruments import InstrumentVersionFactory
from probierz.base.clock import end_of, now, start_of
from probierz.editions.models import Category, Edition, EditionChannel, OfficeMember, Patron, Programme, Stage

RULEBOOK = {
    "schema": 1,
    "points": {"scale": "0-100", "decimals": 2, "rounding": "half-up"},
    "channels": {
        "visit": {"weight": "40", "required": True, "absent": "exclude"},
        "phone": {"weight": "30", "required": True, "absent": "exclude"},
        "email": {"weight": "30", "required": False, "absent": "zero"},
    },
    "audit": {"min_coverage": "0.7", "no_answer": "zero"},
    "official_score": "raw",
    "ranked": {"min_audits": 3, "min_jurors": 2, "min_channels": 2},
    "licence": {
        "policy": "simple",
        "threshold": "75",
        "min_audits": 3,
        "min_channels": 2,
        "min_channel_score": None,
        "critical": "ignore",
    },
    "standings": {"scopes": ["category", "overall"], "ties": ["share"], "prize_ties": ["lowest-channel", "audits"]},
    "published": {
        "points_to_institution": True,
        "place_to_institution": True,
        "points_public": False,
        "places_public": False,
        "only_laureates": True,
    },
    "fieldwork": {
        "report_hours": 48,
        "min_working_days_between": 5,
        "max_share_of_juror": "0.5",
        "double_scored_share": "0.1",
        "completion_working_days": 7,
    },
    "licence_terms": {"months": 12, "fee": []},
    "awards": [{"key": "statuetka", "title": "Statuetka Lidera", "kind": "statuette", "max": None}],
}
FORM = {
    "sections": [
        {
            "key": "instytucja",
            "title": "Instytucja",
            "fields": [
                {
                    "key": "nazwa",
                    "label": "Pełna nazwa",
                    "kind": "text",
                    "required": True,
                    "prefill": "institution.name",
                },
                {"key": "opis", "label": "Jak obsługują Państwo mieszkańców", "kind": "textarea", "required": True},
                {"key": "www", "label": "Strona internetowa", "kind": "url", "required": False},
            ],
        }
    ]
}
DECLARATIONS = [
    {"key": "pracownicy", "text": "Pracownicy wiedzą, że odbędą się audyty.", "required": True},
    {"key": "zasady", "text": "Akceptujemy zasady konkursu.", "required": True},
]
# The calendar of 2025: the first and the last day of each stage.
CALENDAR = [
    ("call", date(2025, 9, 17), date(2025, 10, 24)),
    ("screening", date(2025, 10, 25), date(2025, 11, 7)),
    ("fieldwork", date(2025, 11, 10), date(2026, 2, 13)),
    ("calculation", date(2026, 2, 14), date(2026, 2, 27)),
    ("announcement", date(2026, 3, 2), date(2026, 3, 2)),
    ("gala", date(2026, 3, 20), date(2026, 3, 20)),
]


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"lider-{n}")
    name = factory.Sequence(lambda n: f"Lider Zaufania {n}")
    short_name = "LZM"
    tagline = "Instytucja, której mieszkańcy ufają"
    idea = "Sprawdzamy, jak instytucje obsługują mieszkańców."
    organiser_name = "Fundacja Dobra Obsługa"
    contact_email = "biuro@lider.example"
    contact_phone = "+48 000 000 000"


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    edition = factory.SubFactory("factories_editions.EditionFactory")
    kind = Stage.Kind.CALL
    opens_at = factory.LazyFunction(lambda: now() - timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: now() + timedelta(days=10))


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    edition = factory.SubFactory("factories_editions.EditionFactory")
    key = factory.Sequence(lambda n: f"gminy-{n}")
    name = factory.Sequence(lambda n: f"Gminy {n}")
    institution_kinds = factory.LazyFunction(lambda: ["gmina"])
    position = factory.Sequence(lambda n: n)


class EditionChannelFactory(DjangoModelFactory):
    class Meta:
        model = EditionChannel

    edition = factory.SubFactory("factories_editions.EditionFactory")
    channel = "phone"
    version = factory.SubFactory(InstrumentVersionFactory, instrument__channel=factory.SelfAttribute("...channel"))


class EditionFactory(DjangoModelFactory):
    """An edition with a valid rulebook and form.

    Traits: `calendar` has the stages of 2025; `call_open`, `screening_open`, `fieldwork_open`, `calculation_open` and
    `announced` have that one stage open now; `with_channels` has a published scorecard in each channel of the rulebook.
    """

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    class Params:
        call_open = factory.Trait(call=factory.RelatedFactory(StageFactory, "edition", kind="call"))
        screening_open = factory.Trait(screening=factory.RelatedFactory(StageFactory, "edition", kind="screening"))
        fieldwork_open = factory.Trait(fieldwork=factory.RelatedFactory(StageFactory, "edition", kind="fieldwork"))
        calculation_open = factory.Trait(
            calculation=factory.RelatedFactory(StageFactory, "edition", kind="calculation")
        )
        announced = factory.Trait(announcement=factory.RelatedFactory(StageFactory, "edition", kind="announcement"))
        with_channels = factory.Trait(
            visit=factory.RelatedFactory(EditionChannelFactory, "edition", channel="visit"),
            phone=factory.RelatedFactory(EditionChannelFactory, "edition", channel="phone"),
            email=factory.RelatedFactory(EditionChannelFactory, "edition", channel="email"),
        )

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n % 50 + 1)
    year = 2025
    slug = factory.LazyAttribute(lambda edition: f"{edition.year}-{edition.number}")
    who_may_enter = "Gminy, powiaty i urzędy."
    form_definition = factory.LazyFunction(lambda: deepcopy(FORM))
    declarations = factory.LazyFunction(lambda: deepcopy(DECLARATIONS))
    licence_scope = "obsługa mieszkańców we wszystkich kanałach kontaktu"
    rulebook = factory.LazyFunction(lambda: deepcopy(RULEBOOK))
    created_at = factory.LazyFunction(now)

    @factory.post_generation
    def calendar(self, create: bool, wanted: bool, **kwargs: Any) -> None:
        if create and wanted:
            for kind, first, last in CALENDAR:
                StageFactory(edition=self, kind=kind, opens_at=start_of(first), closes_at=end_of(last))


class PatronFactory(DjangoModelFactory):
    class Meta:
        model = Patron

    edition = factory.SubFactory(EditionFactory)
    kind = Patron.Kind.HONORARY
    name = factory.Sequence(lambda n: f"Patron {n}")


class OfficeMemberFactory(DjangoModelFactory):
    class Meta:
        model = OfficeMember

    user = factory.SubFactory("factories_accounts.UserFactory")
    programme = factory.SubFactory(ProgrammeFactory)
    role = OfficeMember.Role.COORDINATOR
    since = factory.LazyFunction(now)


def office_user(edition: Edition | None = None, role: str = "coordinator") -> Any:
    """A user of the office that runs the edition (of some programme, when none is given)."""
    if edition is None:
        return OfficeMemberFactory(role=role).user
    return OfficeMemberFactory(programme=edition.programme, role=role).user
