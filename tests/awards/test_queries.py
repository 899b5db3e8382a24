"""The register forgives, the verification is quick, and nobody who did not win is in either."""

from __future__ import annotations

import pytest

from factories_awards import AwardFactory, LicenceFactory, expired_licence
from factories_editions import EditionFactory, office_user
from factories_institutions import InstitutionFactory, RepresentativeFactory
from factories_results import BEST, POOR, calculated, finished_edition, measured, published
from probierz.awards import actions
from probierz.awards.models import Licence
from probierz.awards.queries import office, public

pytestmark = pytest.mark.django_db


def named(name, **fields):
    return LicenceFactory(institution=InstitutionFactory(name=name, **fields))


def test_the_search_forgives_letters_without_their_marks():
    wanted = named("Miasto Starogard Gdański", short_name="")
    named("Gmina Łask", short_name="", city="Łask")
    assert list(public.public_licences(search="starogard gd")) == [wanted]
    assert [one.holder_name for one in public.public_licences(search="lask")] == ["Gmina Łask"]
    assert list(public.public_licences(search="lzm-2024-999")) == []
    assert list(public.public_licences(search=wanted.number.lower().replace("-", "/"))) == [wanted]
    assert public.public_licences(search="!?").count() == 0
    assert public.public_licences(search=" ").count() == 2


def test_the_register_filters():
    one = named("Gmina A", voivodeship="22", kind="gmina")
    other = named("Biblioteka B", voivodeship="14", kind="biblioteka")
    assert list(public.public_licences(voivodeship="22")) == [one]
    assert list(public.public_licences(kind="biblioteka")) == [other]
    assert list(public.public_licences(edition=one.edition)) == [one]
    assert list(public.public_licences(programme=other.edition.programme)) == [other]


def test_a_hidden_edition_is_in_no_register():
    licence = LicenceFactory(edition__is_public=False)
    assert (list(public.public_licences()), public.licence_by_number(licence.number)) == ([], None)


def test_verification_takes_one_query(django_assert_num_queries):
    licence = LicenceFactory()
    actor = office_user(licence.edition)
    actions.suspend_licence(licence=licence, reason="Skargi mieszkańców.", actor=actor)
    actions.restore_licence(licence=licence, reason="Wyjaśniono skargi.", actor=actor)
    with django_assert_num_queries(1):
        found = public.licence_by_number(licence.number.lower())
        assert found.institution.city == licence.institution.city
    assert public.edition_of(found) == licence.edition
    assert public.last_change(found, "suspended").reason == "Skargi mieszkańców."
    assert public.last_change(found, "withdrawn") is None
    assert public.licence_by_number("LZM-1900-001") is None


def test_losers_are_nobody_s_business():
    edition = finished_edition()
    winner, loser = measured(edition, BEST), measured(edition, POOR)
    actor = office_user(edition)
    published(edition, actor)
    actions.grant_licences(edition=edition, actor=actor)
    held = [licence.institution for licence in public.public_licences()]
    assert (held, loser.institution in held) == ([winner.institution], False)


def test_states_are_as_of_today():
    edition = EditionFactory()
    active, expired = LicenceFactory(edition=edition), expired_licence(edition=edition)
    stopped = expired_licence(edition=edition, state=Licence.State.WITHDRAWN)
    found = office.counts_of(edition)
    assert (found.total, found.active, found.expired, found.withdrawn, found.suspended) == (3, 1, 1, 1, 0)
    states = {state: list(office.licences_in(edition, state=state)) for state in ("active", "expired", "withdrawn")}
    assert states == {"active": [active], "expired": [expired], "withdrawn": [stopped]}


def test_only_public_statuettes_are_public():
    hidden, told = AwardFactory(), AwardFactory(is_public=True)
    assert list(public.public_awards()) == [told]
    assert list(public.public_awards(hidden.edition)) == []
    assert public.awards_told_of(told.edition) == {told.application_id: [told]}
    assert public.awards_told_of(hidden.edition) == {}
    user = RepresentativeFactory(institution=hidden.application.institution).user
    assert list(public.awards_visible_to(user)) == []


def test_nobody_waits_for_a_licence_before_publication():
    edition = finished_edition()
    measured(edition)
    calculated(edition)
    assert (office.waiting_for_licence(edition), office.overview_cards(edition, None)) == ([], [])
    published(edition)
    assert len(office.waiting_for_licence(edition)) == 1
    assert [card["tone"] for card in office.overview_cards(edition, None)] == ["warn"]


def test_the_register_costs_the_same_however_long(django_assert_num_queries):
    LicenceFactory()
    with django_assert_num_queries(1):
        assert len([one.edition.programme.name + one.institution.city for one in public.public_licences()]) == 1
    LicenceFactory.create_batch(2)
    with django_assert_num_queries(1):
        assert len([one.edition.programme.name + one.institution.city for one in public.public_licences()]) == 3
