from datetime import date, timedelta

import pytest

from factories_applications import ApplicationFactory
from factories_awards import AwardFactory, LicenceFactory
from factories_editions import EditionFactory
from factories_institutions import InstitutionFactory
from probierz.awards.models import Licence, LicenceEvent
from probierz.base.clock import now, today
from probierz.portal.queries import kept, register

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["", "starogard gd", "STAROGARD GDAŃSKI", "starostwo", "powiat starog", "LZM-2024-007", "lzm/2024/7"]
)
def test_the_search_forgives(text):
    institution = InstitutionFactory(name="Starostwo Powiatowe", short_name="Powiat starogardzki")
    licence = LicenceFactory(number="LZM-2024-007", institution=institution)
    assert list(register.search(text=text)) == [licence]


def test_what_is_not_there_is_not_found():
    LicenceFactory()
    assert list(register.search(text="Zakopane")) == []


def test_each_filter_narrows():
    wanted = LicenceFactory(
        institution=InstitutionFactory(voivodeship="12", kind="powiat"), edition=EditionFactory(slug="2024")
    )
    LicenceFactory(institution=InstitutionFactory(voivodeship="14", kind="gmina"), edition=EditionFactory(slug="2025"))
    programme = wanted.edition.programme.slug
    for chosen in (
        {"voivodeship": "12"},
        {"kind": "powiat"},
        {"edition": "2024"},
        {"programme": programme},
        {"voivodeship": "12", "kind": "powiat", "edition": "2024", "programme": programme},
    ):
        assert list(register.search(**chosen)) == [wanted]
    assert list(register.search(voivodeship="12", kind="gmina")) == []


def test_withdrawn_licences_and_hidden_editions_are_not_in_the_register():
    LicenceFactory(state=Licence.State.WITHDRAWN)
    LicenceFactory(edition=EditionFactory(is_public=False))
    suspended = LicenceFactory(state=Licence.State.SUSPENDED)
    assert list(register.search()) == [suspended]


def test_laureates_stand_in_polish_order_within_an_edition():
    edition = EditionFactory()
    names = ["Żory", "Łódź", "Zakopane", "Lublin", "Ćmielów"]
    for name in names:
        LicenceFactory(edition=edition, institution=InstitutionFactory(name=name))
    assert [entry.holder_name for entry in register.search()] == ["Ćmielów", "Lublin", "Łódź", "Zakopane", "Żory"]


def test_laureates_are_counted_by_voivodeship():
    for voivodeship in ("12", "12", "14"):
        LicenceFactory(institution=InstitutionFactory(voivodeship=voivodeship))
    assert register.counts_by_voivodeship(register.search()) == {"12": 2, "14": 1}


def test_the_choices_are_only_what_the_register_holds():
    licence = LicenceFactory(
        edition=EditionFactory(slug="2024", year=2024), institution=InstitutionFactory(voivodeship="12", kind="tbs")
    )
    found = register.choices()
    assert found.voivodeships == [("12", "małopolskie")]
    assert [key for key, _label in found.kinds] == ["tbs"]
    assert found.editions == [("2024", "2024")]
    assert found.programmes == [(licence.edition.programme.slug, licence.edition.programme.name)]


def test_only_announced_awards_stand_by_a_laureate():
    application = ApplicationFactory(accepted=True)
    licence = LicenceFactory(application=application, edition=application.edition, institution=application.institution)
    shown = AwardFactory(application=application, title="Statuetka", is_public=True)
    AwardFactory(application=application, title="Wyróżnienie")
    [found] = register.newest_laureates(edition=licence.edition)
    assert found.application.announced == [shown]
    assert register.word_on(licence.number, today()).awards == [shown]


def test_laureates_of_one_edition_or_programme():
    licence, other = LicenceFactory(), LicenceFactory()
    assert list(register.newest_laureates(edition=licence.edition)) == [licence]
    assert list(register.newest_laureates(programme=other.edition.programme)) == [other]


DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("fields", "state", "tone", "is_valid"),
    [
        ({}, "active", "good", True),
        ({"valid_until": DAY}, "active", "good", True),
        ({"valid_until": DAY - timedelta(days=1)}, "expired", "warn", False),
        ({"valid_from": DAY + timedelta(days=1)}, "active", "warn", False),
        ({"state": "suspended"}, "suspended", "warn", False),
        ({"state": "withdrawn"}, "withdrawn", "bad", False),
    ],
)
def test_the_verdict_of_a_day(fields, state, tone, is_valid):
    licence = LicenceFactory(**{"valid_from": date(2025, 1, 1), "valid_until": date(2025, 12, 31), **fields})
    verdict = register.word_on(licence.number, DAY).verdict
    assert (verdict.state, verdict.tone, verdict.is_valid) == (state, tone, is_valid)


def test_the_reason_is_of_the_last_change_into_the_state():
    licence = LicenceFactory(state=Licence.State.SUSPENDED)
    moments = [now() - timedelta(days=days) for days in (9, 6, 3)]
    for kind, reason, at in zip(
        ["suspended", "restored", "suspended"], ["pierwszy", "", "drugi"], moments, strict=True
    ):
        LicenceEvent.objects.create(licence=licence, kind=kind, reason=reason, at=at)
    verdict = register.word_on(licence.number, today()).verdict
    assert (verdict.reason, verdict.since) == ("drugi", moments[2])


def test_an_unknown_number_has_no_word():
    assert register.word_on("LZM-1999-001", today()) is None


@pytest.mark.parametrize(("state", "queries"), [("active", 3), ("suspended", 4)])
def test_a_word_takes_the_same_queries_whatever_was_lived_through(state, queries, django_assert_num_queries):
    licence = LicenceFactory(state=state)
    for _ in range(3):
        LicenceEvent.objects.create(licence=licence, kind="suspended", reason="x", at=now())
    with django_assert_num_queries(queries):
        register.word_on(licence.number, today())


def test_the_second_word_of_an_edition_takes_one_query(pages_in_memory, django_assert_num_queries):
    one = LicenceFactory()
    other = LicenceFactory(edition=one.edition)
    with kept.held(f"standing-{one.key}"):
        register.word_on(one.number, today())
        with django_assert_num_queries(1):
            word = register.word_on(other.number, today())
    assert word.licence.edition == one.edition
