from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories_accounts import UserFactory
from factories_editions import CategoryFactory, EditionFactory, PatronFactory, office_user
from probierz.editions import queries

pytestmark = pytest.mark.django_db


def test_an_office_sees_its_own_programme_only():
    mine, other = EditionFactory(), EditionFactory()
    user = office_user(mine)
    assert list(queries.editions_visible_to(user)) == [mine]
    assert list(queries.programmes_visible_to(user)) == [mine.programme]
    assert queries.editions_visible_to(UserFactory()).count() == 0
    assert other not in queries.editions_visible_to(user)


def test_what_is_hidden_is_not_public():
    EditionFactory(is_public=False)
    assert queries.public_editions().count() == 0


def test_where_in_the_year():
    edition = EditionFactory(calendar=True)
    call = edition.stages.get(kind="call")
    during = call.opens_at + timedelta(days=3)
    assert [step.state for step in queries.steps_of(edition, during)] == ["current", *["todo"] * 5]
    assert queries.open_stages(edition, during) == [call]
    assert queries.next_stage(edition, during).kind == "screening"
    after = edition.stages.get(kind="gala").closes_at
    assert {step.state for step in queries.steps_of(edition, after)} == {"done"}
    assert queries.next_stage(edition, after) is None


def test_the_state_of_the_rules_is_the_same_written_down_or_worked_out():
    edition = EditionFactory(calendar=True)
    opening = edition.stages.get(kind="fieldwork").opens_at
    before = queries.rulebook_state(edition, opening - timedelta(seconds=1))
    after = queries.rulebook_state(edition, opening + timedelta(days=5))
    assert (before.is_frozen, after.is_frozen) == (False, True)
    assert after.frozen_at == opening
    assert after.digest == before.digest == queries.rulebook_of(edition).digest()


def test_sentences_in_both_languages():
    edition = EditionFactory()
    polish, english = queries.rulebook_sentences(edition), queries.rulebook_sentences(edition, "en-gb")
    assert len(polish) == len(english)
    assert polish != english


def test_channels_stand_in_their_fixed_order():
    edition = EditionFactory(with_channels=True)
    assert [entry.channel for entry in queries.channels_of(edition)] == ["visit", "phone", "email"]
    assert queries.version_of(edition, "phone").instrument.channel == "phone"
    assert queries.version_of(edition, "web") is None


def test_a_kind_of_institution_has_its_category():
    edition = EditionFactory()
    towns = CategoryFactory(edition=edition, institution_kinds=["gmina", "powiat"])
    assert queries.category_for(edition, "powiat") == towns
    assert queries.category_for(edition, "tbs") is None
    assert queries.categories_of(edition) == [(towns, ["gmina", "powiat"])]


def test_patrons_by_precedence():
    edition = EditionFactory()
    media = PatronFactory(edition=edition, kind="media")
    honorary = PatronFactory(edition=edition, kind="honorary")
    assert queries.patrons_of(edition) == [("patronat honorowy", [honorary]), ("patronat medialny", [media])]


def test_scorecards_of_a_preset_must_be_installed_first():
    assert queries.scorecards_ready("lzm-2025") is False
    assert queries.preset_programme("lzm-2025") is None


def test_who_works_in_an_office():
    assert queries.is_office(office_user()) is True
    assert queries.is_office(UserFactory()) is False
    assert queries.is_working_office(office_user(role="observer")) is False


def test_a_new_edition_begins_a_year_after_the_newest():
    edition = EditionFactory(calendar=True, number=2)
    assert queries.next_edition([edition], date(2026, 5, 1)) == {
        "year": 2026,
        "number": 3,
        "call_opens_on": date(2026, 9, 17),
        "call_closes_on": date(2026, 10, 24),
    }
    assert queries.next_edition([], date(2026, 5, 1)) == {"year": 2026, "number": 1}
    assert queries.a_year_on(date(2024, 2, 29)) == date(2025, 2, 28)
