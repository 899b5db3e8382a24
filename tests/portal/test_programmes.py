from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from factories_editions import EditionFactory, PatronFactory, ProgrammeFactory
from factories_jury import JurorFactory
from factories_results import finished_edition, measured, published
from probierz.base.clock import held_at, now
from probierz.editions.models import Stage
from probierz.jury.models import Juror
from probierz.portal.queries import programmes

pytestmark = pytest.mark.django_db


def test_only_programmes_with_a_public_edition_are_told_of():
    shown = EditionFactory().programme
    EditionFactory(is_public=False)
    ProgrammeFactory()
    assert programmes.public_programmes() == [shown]
    assert programmes.public_programme(shown.slug) == shown


def test_a_hidden_edition_is_not_found():
    edition = EditionFactory(is_public=False)
    assert programmes.public_edition(edition.programme.slug, edition.slug) is None


def test_the_current_edition_is_the_one_that_runs():
    programme = ProgrammeFactory()
    running = EditionFactory(programme=programme, year=2025, number=2, call_open=True)
    EditionFactory(programme=programme, year=2026, number=3)
    EditionFactory(programme=programme, year=2024, number=1)
    [found] = programmes.public_programmes()
    assert programmes.current_edition(found) == running


def test_an_awaited_edition_comes_before_a_finished_one():
    programme = ProgrammeFactory()
    awaited = EditionFactory(programme=programme, year=2024, number=1)
    Stage.objects.create(
        edition=awaited, kind="gala", opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=2)
    )
    EditionFactory(programme=programme, year=2025, number=2)
    [found] = programmes.public_programmes()
    assert programmes.current_edition(found) == awaited


# The call of 2025 ends as 25 October begins in Poland; the next stage opens in the same instant.
LAST = datetime(2025, 10, 24, 21, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "state", "kind", "is_open_call"),
    [
        (datetime(2025, 9, 1, tzinfo=UTC), "next", "call", False),
        (LAST, "open", "call", True),
        (LAST + timedelta(microseconds=1), "open", "screening", False),
        (datetime(2026, 3, 10, tzinfo=UTC), "next", "gala", False),
    ],
)
def test_the_milestone_follows_the_clock(moment, state, kind, is_open_call):
    found = programmes.milestone_of(EditionFactory(calendar=True), moment)
    assert (found.state, found.stage.kind, found.is_open_call) == (state, kind, is_open_call)


def test_the_milestone_counts_down_to_the_end_of_what_is_open():
    with held_at(LAST):
        found = programmes.milestone_of(EditionFactory(calendar=True))
        assert found.at - now() == timedelta(microseconds=1)


def test_after_the_gala_nothing_is_left():
    found = programmes.milestone_of(EditionFactory(calendar=True), datetime(2027, 1, 1, tzinfo=UTC))
    assert (found.state, found.stage, found.at, found.is_announced) == ("over", None, None, False)


@pytest.mark.parametrize(
    ("is_published", "words"), [(False, "Wyniki nie są jeszcze ogłoszone"), (True, "Wyniki są znane")]
)
def test_results_are_said_to_be_known_only_when_announced(client, is_published, words):
    edition = finished_edition()
    measured(edition)
    if is_published:
        published(edition)
    with held_at(now() + timedelta(days=400)):
        page = client.get(f"/{edition.programme.slug}/{edition.slug}/").content.decode()
    told = [said for said in ("Wyniki nie są jeszcze ogłoszone", "Wyniki są znane") if said in page]
    assert told == [words]


def test_channels_share_the_whole():
    shares = programmes.channel_shares(EditionFactory())
    assert sum(entry.share for entry in shares) == Fraction(1)
    assert [entry.share for entry in shares] == sorted((entry.share for entry in shares), reverse=True)


def test_an_edition_without_rules_has_no_channels():
    assert programmes.channel_shares(EditionFactory(rulebook={})) == []


def test_only_jurors_who_agreed_are_named():
    programme = ProgrammeFactory()
    JurorFactory(programme=programme, name="Anna Jawna", is_public=True, bio="Profesor zarządzania")
    JurorFactory(programme=programme, name="Jan Tajny")
    JurorFactory(programme=programme, name="Ewa Dawna", is_public=True, state=Juror.State.RESTING)
    [named] = programmes.public_jury(programme)
    assert (named.name, named.bio) == ("Anna Jawna", "Profesor zarządzania")


def test_nothing_is_published_before_the_publication():
    assert programmes.published_result(EditionFactory()) is None


def test_criteria_come_the_heaviest_channel_first():
    edition = EditionFactory(with_channels=True)
    cards = programmes.criteria_by_channel(edition, "pl")
    shares = [card["share"].share for card in cards]
    assert len(cards) == 3
    assert shares == sorted(shares, reverse=True)


def test_the_other_editions_are_the_programmes_own():
    programme = ProgrammeFactory()
    first, second = (EditionFactory(programme=programme, year=year, number=year - 2023) for year in (2024, 2025))
    PatronFactory(edition=first)
    EditionFactory()
    found = programmes.public_programme(programme.slug)
    assert programmes.others_of(found, second) == [first]
