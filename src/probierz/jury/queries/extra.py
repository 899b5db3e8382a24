"""One more audit where the rules cannot decide yet: who goes, through which channel, in what role and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from probierz.applications.models import Application
from probierz.base.clock import WARSAW, end_of, last_day_before, start_of, today
from probierz.base.working_days import working_days_between
from probierz.editions.models import Edition, Stage
from probierz.editions.rules import stage_of
from probierz.instruments.models import Channel, Scenario
from probierz.jury import legends, wording
from probierz.jury.models import Assignment, Juror
from probierz.jury.queries.planning import Understudies
from probierz.jury.seating import gap_of, planning_days
from probierz.jury.windows import Window, spread, working_days

# Once the fieldwork is over: so many working days are enough for one contact.
AFTERWARDS = 15
NO_WINDOW = "no-window"


@dataclass(frozen=True)
class ExtraVisit:
    """What would be assigned."""

    juror: Juror
    channel: str
    scenario: Scenario | None
    opens_at: datetime
    closes_at: datetime

    @property
    def days(self) -> Window:
        return self.opens_at.astimezone(WARSAW).date(), last_day_before(self.closes_at)


@dataclass(frozen=True)
class ExtraSearch:
    """The visit, or over the jury what stands in the way of it: how many jurors by the code of a problem."""

    visit: ExtraVisit | None
    problems: Counter[str]

    @property
    def channel(self) -> str:
        return str(Channel(self.visit.channel).label) if self.visit else ""

    @property
    def why(self) -> str:
        return wording.nobody_in_words(self.problems)

    @property
    def mend(self) -> str:
        return wording.nobody_mended(self.problems)


def extra_visit_for(application: Application, channels: Sequence[str]) -> ExtraSearch:
    """The first of the channels, in the order given, for which there is a juror who has not been there."""
    window = _window(application)
    if window is None:
        return ExtraSearch(None, Counter({NO_WINDOW: 1}))
    understudies = Understudies(application.edition)
    problems: Counter[str] = Counter()
    for channel in channels:
        wanted = Assignment(application=application, channel=channel)
        juror = next(iter(understudies.of(wanted)), None)
        if juror is not None:
            scenario = _role(juror, wanted, understudies.roles_at(wanted))
            return ExtraSearch(ExtraVisit(juror, channel, scenario, *_instants(application.edition, window)), Counter())
        problems |= understudies.problems(wanted)
    return ExtraSearch(None, problems)


def extra_days(edition: Edition) -> list[date]:
    """Working days on which one more contact can happen, its report still in before the results are announced."""
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    days = planning_days(fieldwork) if fieldwork else []
    if not days:
        tomorrow = today() + timedelta(days=1)
        days = working_days(tomorrow, tomorrow + timedelta(weeks=6))[:AFTERWARDS]
    announcement = stage_of(edition, Stage.Kind.ANNOUNCEMENT)
    if announcement is None:
        return days
    report = timedelta(hours=int(edition.rulebook.get("fieldwork", {}).get("report_hours", 48)))
    last = last_day_before(announcement.opens_at - report)
    return [day for day in days if day <= last]


def _window(application: Application) -> Window | None:
    edition = application.edition
    days, gap = extra_days(edition), gap_of(edition)
    alive = Assignment.objects.filter(application=application).exclude(state=Assignment.State.CANCELLED)
    found = [
        (opens_at.astimezone(WARSAW).date(), last_day_before(closes_at))
        for opens_at, closes_at in alive.values_list("opens_at", "closes_at")
    ]
    # What ended longer ago than the gap stands in nobody's way.
    taken = [one for one in found if days and (one[1] >= days[0] or working_days_between(one[1], days[0]) < gap)]
    return next(iter(spread(days, 1, gap, taken=taken, seed=str(application.key), key="extra")), None)


def _instants(edition: Edition, window: Window) -> tuple[datetime, datetime]:
    fieldwork = stage_of(edition, Stage.Kind.FIELDWORK)
    opens_at, closes_at = start_of(window[0]), end_of(window[1])
    if fieldwork and fieldwork.opens_at < closes_at <= end_of(last_day_before(fieldwork.closes_at)):
        return max(opens_at, fieldwork.opens_at), min(closes_at, fieldwork.closes_at)
    return opens_at, closes_at


def _role(juror: Juror, wanted: Assignment, roles: Sequence[Scenario]) -> Scenario | None:
    """A scenario the juror may truly play, if possible one that was not yet played there."""
    able = {role.key: role for role in roles if legends.is_true_for(role, juror.life_situations)}
    played = Assignment.objects.filter(application=wanted.application).exclude(scenario=None)
    used = set(played.values_list("scenario__key", flat=True))
    seed = str(wanted.application.key)
    return able.get(legends.choose({"extra": list(able)}, used, seed=seed).get("extra", ""))
