"""What scorecards and scenarios are there, and what a right answer was on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from probierz.base import audiences
from probierz.base.polish import sort_key
from probierz.base.wording import language
from probierz.institutions.models import Kind
from probierz.instruments import loading
from probierz.instruments.definitions import items_of
from probierz.instruments.marks import read_comments as read_comments
from probierz.instruments.marks import read_marks as read_marks
from probierz.instruments.models import Channel, Instrument, InstrumentVersion, ModelAnswer, Scenario
from probierz.instruments.rendering import asked_for as asked_for
from probierz.instruments.rendering import criteria_of as criteria_of
from probierz.instruments.rendering import parts_of as parts_of
from probierz.instruments.rendering import score_tree as score_tree
from probierz.instruments.wording import in_language as in_language
from probierz.instruments.wording import mark_label as mark_label

EXPIRING_DAYS = 30


def instruments_visible_to(user: Any) -> QuerySet[Instrument]:
    if not audiences.belongs(user, "office"):
        return Instrument.objects.none()
    return Instrument.objects.select_related("copied_from").prefetch_related(
        Prefetch("versions", InstrumentVersion.objects.order_by("-number"))
    )


def versions_visible_to(user: Any) -> QuerySet[InstrumentVersion]:
    if not audiences.belongs(user, "office"):
        return InstrumentVersion.objects.none()
    return InstrumentVersion.objects.select_related("instrument")


def published_versions(channel: str = "") -> QuerySet[InstrumentVersion]:
    """What an edition may use, the newest of each scorecard first."""
    versions = InstrumentVersion.objects.filter(state=InstrumentVersion.State.PUBLISHED).select_related("instrument")
    if channel:
        versions = versions.filter(instrument__channel=channel)
    return versions.order_by("instrument__title", "-number")


def latest_published(key: str) -> InstrumentVersion | None:
    return published_versions().filter(instrument__key=key).order_by("-number").first()


def version_before(version: InstrumentVersion) -> InstrumentVersion | None:
    """The version that the given one follows: earlier of the same scorecard, or the one it was copied from."""
    earlier = InstrumentVersion.objects.filter(instrument=version.instrument_id, number__lt=version.number)
    found = earlier.order_by("-number").first()
    if found is None and version.instrument.copied_from_id:
        return published_versions().filter(instrument=version.instrument.copied_from_id).order_by("-number").first()
    return found


def scenarios_visible_to(user: Any) -> QuerySet[Scenario]:
    if not audiences.belongs(user, "office"):
        return Scenario.objects.none()
    return Scenario.objects.prefetch_related("model_answers")


def scenarios_matching(user: Any, *, channel: str = "", text: str = "", active: str = "") -> list[Scenario]:
    found = scenarios_visible_to(user)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(question__icontains=text))
    if active:
        found = found.filter(is_active=active == "tak")
    return [scenario for scenario in found if not channel or channel in scenario.channels]


def model_answer_on(scenario: Scenario, day: date) -> ModelAnswer | None:
    """The right answer in force on a day; of several, the one that began last."""
    fitting = [answer for answer in scenario.model_answers.all() if is_in_force(answer, day)]
    return max(fitting, key=lambda answer: answer.valid_from, default=None)


def is_in_force(answer: ModelAnswer, day: date) -> bool:
    return answer.valid_from <= day and (answer.valid_until is None or day <= answer.valid_until)


def scenarios_fitting(kind: str, channel: str, day: date) -> list[Scenario]:
    """The scenarios one may play at an institution of a kind, through a channel, on a day."""
    active = Scenario.objects.filter(is_active=True).prefetch_related("model_answers")
    fitting = [
        scenario
        for scenario in active
        if channel in scenario.channels
        and (not scenario.institution_kinds or kind in scenario.institution_kinds)
        and model_answer_on(scenario, day) is not None
    ]
    return sorted(fitting, key=lambda scenario: sort_key(scenario.title))


def answer_state(scenario: Scenario, day: date) -> tuple[str, int]:
    """("good" | "ends" | "missing", days left): whether the right answer holds, and for how long still."""
    answer = model_answer_on(scenario, day)
    if answer is None:
        return "missing", 0
    last = _covered_until(scenario, answer)
    if last is None or last - day > timedelta(days=EXPIRING_DAYS):
        return "good", 0
    return "ends", (last - day).days


def _covered_until(scenario: Scenario, answer: ModelAnswer) -> date | None:
    """The last day covered without a gap, answers that take over included."""
    last = answer.valid_until
    while last is not None:
        follower = model_answer_on(scenario, last + timedelta(days=1))
        if follower is None:
            return last
        last = follower.valid_until
    return None


def life_situations() -> dict[str, str]:
    """Keys and names of the life situations that a scenario may need and a juror may have."""
    return {entry["key"]: in_language(entry, "label", language()) for entry in loading.life_situations()}


def rows_of(instruments: Iterable[Instrument]) -> list[dict[str, Any]]:
    """The list of scorecards in the order of channels, each with its newest published version and its draft."""
    rows = []
    for instrument in instruments:
        versions = list(instrument.versions.all())
        newest = next((version for version in versions if not version.is_draft), None)
        draft = next((version for version in versions if version.is_draft), None)
        items = len(list(items_of(newest.definition))) if newest else 0
        rows.append({"instrument": instrument, "newest": newest, "draft": draft, "items": items})
    order = Channel.values
    return sorted(rows, key=lambda row: (order.index(row["instrument"].channel), sort_key(row["instrument"].title)))


def scenario_facts(scenario: Scenario) -> dict[str, list[str]]:
    """Channels, kinds and life situations by their names."""
    situations = life_situations()
    return {
        "channels": scenario.channel_names,
        "kinds": [str(Kind(kind).label) for kind in scenario.institution_kinds],
        "situations": [situations.get(key, key) for key in scenario.life_situations],
    }
