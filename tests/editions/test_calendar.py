from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from factories_editions import EditionFactory, StageFactory
from probierz.base.clock import end_of, start_of
from probierz.editions import calendar, queries

pytestmark = pytest.mark.django_db
MADE_AT = datetime(2025, 9, 17, 8, 0, tzinfo=UTC)


def events(edition):
    content = calendar.feed(edition, queries.stages_of(edition), url="https://x.example/", made_at=MADE_AT)
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_whole_days_stay_whole_days():
    edition = EditionFactory(calendar=True)
    call = events(edition)[0]
    assert (call["DTSTART"].dt, call["DTEND"].dt) == (date(2025, 9, 17), date(2025, 10, 25))
    assert call["DTSTART"].params["VALUE"] == "DATE"
    assert str(call["SUMMARY"]) == "LZM: nabór zgłoszeń"


def test_a_stage_over_the_change_of_clocks_keeps_its_days():
    # The clocks went back on 26 October 2025, so this Polish day lasted 25 hours.
    stage = StageFactory(opens_at=start_of(date(2025, 10, 26)), closes_at=end_of(date(2025, 10, 26)))
    assert (stage.closes_at - stage.opens_at).total_seconds() == 25 * 3600
    (event,) = events(stage.edition)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 10, 26), date(2025, 10, 27))


def test_an_evening_is_an_instant():
    gala = StageFactory(
        kind="gala",
        place="Uniwersytet Warszawski",
        opens_at=datetime(2026, 3, 13, 16, 0, tzinfo=UTC),
        closes_at=datetime(2026, 3, 13, 20, 0, tzinfo=UTC),
    )
    (event,) = events(gala.edition)
    assert event["DTSTART"].dt == datetime(2026, 3, 13, 16, 0, tzinfo=UTC)
    assert str(event["LOCATION"]) == "Uniwersytet Warszawski"


def test_an_event_keeps_its_identity_when_its_dates_move():
    edition = EditionFactory(calendar=True)
    before = [str(event["UID"]) for event in events(edition)]
    edition.stages.filter(kind="call").update(closes_at=end_of(date(2025, 10, 31)))
    edition = type(edition).objects.get(pk=edition.pk)
    assert [str(event["UID"]) for event in events(edition)] == before
    assert len(set(before)) == 6
