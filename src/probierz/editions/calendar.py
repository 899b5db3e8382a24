"""An edition's dates as an iCalendar feed. Whole days are whole days in Poland, whatever the clocks do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from probierz.base.clock import WARSAW
from probierz.base.wording import in_polish
from probierz.editions.models import Edition, Stage


@in_polish
def feed(edition: Edition, stages: list[Stage], *, url: str, made_at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Probierz//Kalendarz edycji//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", str(edition))
    calendar.add("x-wr-timezone", "Europe/Warsaw")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for stage in stages:
        calendar.add_component(_event(edition, stage, url=url, made_at=made_at))
    return bytes(calendar.to_ical())


def _event(edition: Edition, stage: Stage, *, url: str, made_at: datetime) -> Event:
    event = Event()
    starts, ends = span(stage)
    event.add("uid", f"{edition.key}-{stage.kind}@probierz")
    event.add("dtstamp", made_at)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", f"{edition.programme.short_name}: {stage}")
    event.add("url", url)
    # A stage lasts for weeks, so it must not make anybody look busy.
    event.add("transp", "TRANSPARENT")
    if stage.place:
        event.add("location", stage.place)
    return event


def span(stage: Stage) -> tuple[date, date] | tuple[datetime, datetime]:
    """Start and exclusive end: days when the stage covers whole Polish days, instants otherwise."""
    opens, closes = stage.opens_at.astimezone(WARSAW), stage.closes_at.astimezone(WARSAW)
    if opens.time() == time.min and closes.time() == time.min:
        return opens.date(), closes.date()
    return stage.opens_at, stage.closes_at
