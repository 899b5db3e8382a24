"""In what role: scenarios a juror may truly play, and different ones at the same institution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from probierz.instruments.models import Scenario
from probierz.instruments.queries import scenarios_fitting
from probierz.jury.windows import draw

# Scenarios by (channel, kind of institution).
Legends = Mapping[tuple[str, str], Sequence[Scenario]]


def legends_for(pairs: Iterable[tuple[str, str]], first: date, last: date) -> dict[tuple[str, str], list[Scenario]]:
    """Scenarios whose right answer holds from the first day to the last, for each channel and kind."""
    found = {}
    for channel, kind in sorted(set(pairs)):
        still = {scenario.pk for scenario in scenarios_fitting(kind, channel, last)}
        found[channel, kind] = [
            scenario for scenario in scenarios_fitting(kind, channel, first) if scenario.pk in still
        ]
    return found


def is_true_for(scenario: Scenario, situations: Collection[str]) -> bool:
    """One of the named life situations is enough; a scenario that names none is everybody's."""
    return not scenario.life_situations or not set(scenario.life_situations).isdisjoint(situations)


def may_play(scenarios: Sequence[Scenario], situations: Collection[str]) -> bool:
    """Whether a juror can go there in some role. Where no scenario exists, none is needed."""
    return not scenarios or any(is_true_for(scenario, situations) for scenario in scenarios)


def choose(options: Mapping[str, Sequence[str]], used: Collection[str], *, seed: str) -> dict[str, str]:
    """A scenario for each seat of one institution, all different while that is possible; "" where there is none."""
    order = {
        seat: sorted(set(keys), key=lambda key: (key in used, draw(seed, seat, "scenario", key), key))
        for seat, keys in options.items()
    }
    holder: dict[str, str] = {}
    for seat in sorted(order):
        _give(seat, order, holder, set(), set(used))
    chosen = {seat: scenario for scenario, seat in holder.items()}
    return {seat: chosen.get(seat) or next(iter(keys), "") for seat, keys in order.items()}


def _give(
    seat: str, order: Mapping[str, Sequence[str]], holder: dict[str, str], asked: set[str], used: Collection[str]
) -> bool:
    """Find the seat a scenario of its own, moving others to theirs when that helps."""
    for scenario in order[seat]:
        if scenario in asked or scenario in used:
            continue
        asked.add(scenario)
        if scenario not in holder or _give(holder[scenario], order, holder, asked, used):
            holder[scenario] = seat
            return True
    return False
