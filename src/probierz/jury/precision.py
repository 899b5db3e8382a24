"""Before fieldwork: how exactly a plan would tell institutions apart, where it hangs by a thread, what would help.

Computed once for each version of a proposal and kept beside it; a page reads the short answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import sqrt
from statistics import median
from typing import Any

from assay.design import Component, Design, DesignError, Link, weak_links
from probierz.instruments.models import Channel
from probierz.jury.proposal import Proposal
from probierz.jury.variances import Spread
from probierz.jury.windows import Window

Z90 = 1.6448536269514722
WIDE = 1.5  # medians of the planned variance
SHOWN = 10
LINKS, LINKS_AT_ONE, LINKS_WEIGHED = 6, 2, 30
# Kept evidence of these can be scored a second time, so one more audit costs least.
CHEAP = (Channel.WEB, Channel.EMAIL, Channel.SOCIAL)
_SEEN_LITTLE = 0.6
_TRIED = 20_000


def half_width(pev: float) -> float:
    """Half of the interval that covers nine institutions in ten, in points."""
    return Z90 * sqrt(pev)


@dataclass(frozen=True)
class Standing:
    """An assignment of the edition outside the plan: it joins jurors too, and takes its days."""

    application: str
    juror: str
    window: Window
    scenario: str = ""


@dataclass
class Ground:
    """What a plan is judged on. `room` finds days for one more contact with an institution."""

    proposal: Proposal
    standing: Sequence[Standing]
    spread: Spread
    applications: Sequence[str]
    absent: frozenset[tuple[str, str]] = frozenset()
    room: Callable[[str], Window | None] = lambda _: None
    kinds: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = {row["application"]: row["kind"] for row in self.proposal.rows}
        planned = {row["channel"] for row in self.proposal.rows}
        order = [*CHEAP, *(channel for channel in Channel.values if channel not in CHEAP)]
        self.channels = [str(channel) for channel in order if channel in planned]

    def pairs(self) -> list[tuple[str, str]]:
        planned = [(row["application"], row["juror"]) for row in self.proposal.rows if row["juror"]]
        return planned + [(one.application, one.juror) for one in self.standing]

    def channel_for(self, application: str, name: str) -> str:
        """The cheapest channel in which this juror may make one more audit there; "" when none."""
        if application not in self.kinds:
            return ""
        offered = (channel for channel in self.channels if (application, channel) not in self.absent)
        return next(
            (channel for channel in offered if not self.proposal.problems_of_more(application, channel, name)), ""
        )

    def empty_seat_for(self, application: str, name: str) -> str:
        """A seat of the plan that is empty and open to this juror; "" when none."""
        empty = (row for row in self.proposal.rows_at(application) if not row["juror"])
        return next((row["id"] for row in empty if not self.proposal.problems(row, name)), "")

    def may_meet(self, application: str, name: str) -> bool:
        return bool(self.channel_for(application, name))


def judge(ground: Ground) -> dict[str, Any]:
    """The planned precision of a plan and its weak links, short enough to be read with every page."""
    pairs = ground.pairs()
    seen = {application for application, _ in pairs}
    unseen = [key for key in ground.applications if key not in seen]
    found: dict[str, Any] = {
        "variances": ground.spread.as_dict(),
        "audits": len(pairs),
        "institutions": len(seen),
        "jurors": len({name for _, name in pairs}),
        "unseen": len(unseen),
        "unseen_places": unseen[:SHOWN],
    }
    if found["institutions"] < 2 or found["jurors"] < 2:
        return found | {"state": "too-little"}
    try:
        return found | _judged(ground, Design.of(pairs)) | {"state": "judged"}
    except DesignError:
        return found | {"state": "too-large"}


def _judged(ground: Ground, design: Design) -> dict[str, Any]:
    planned = design.planned_pev(ground.spread.components)
    parts = sorted(design.components(), key=lambda part: (-len(part.institutions), part.institutions))
    alone = design.articulation_jurors()
    links = weak_links(design, ground.spread.components, may_meet=ground.may_meet, most=LINKS_WEIGHED)
    return {
        "typical": median(planned.values()),
        "worst": max(planned.values()),
        "mean": sum(planned.values()) / len(planned),
        **_wide(design, planned, parts),
        "parts_count": len(parts),
        "parts": [_part(part) for part in parts[: SHOWN // 2]] if len(parts) > 1 else [],
        "joins": list(_joins(ground, parts)),
        "alone": list(alone[:SHOWN]),
        "alone_count": len(alone),
        "fiedler": design.fiedler(),
        "links": [_link(ground, link.institution, link.juror, link.worst, link.mean) for link in _varied(links)],
    }


def _varied(links: Sequence[Link]) -> list[Link]:
    """The best, but not more than a few at one institution."""
    taken: Counter[str] = Counter()
    found = []
    for link in links:
        taken[link.institution] += 1
        if taken[link.institution] <= LINKS_AT_ONE:
            found.append(link)
    return found[:LINKS]


def _wide(design: Design, planned: Mapping[str, float], parts: Sequence[Component]) -> dict[str, Any]:
    """Institutions known much less exactly than the usual one, the worst first, and why."""
    limit = WIDE * median(planned.values())
    # The first tenth of a point beyond the limit, so that a picture parts institutions exactly there.
    edge = int(10 * half_width(limit)) + 1
    tenths: Counter[int] = Counter()
    for pev in planned.values():
        width = round(10 * half_width(pev))
        tenths[max(width, edge) if pev > limit else min(width, edge - 1)] += 1
    wide = sorted((-pev, key) for key, pev in planned.items() if pev > limit)
    audits = Counter(key for key, _ in design.pairs)
    reach = Counter(design.jurors[column] for column in design.columns.tolist())
    at: dict[str, list[int]] = {}
    for row, column in zip(design.rows.tolist(), design.columns.tolist(), strict=True):
        at.setdefault(design.institutions[row], []).append(reach[design.jurors[column]])
    usual, usual_reach = median(audits.values()), median(n for every in at.values() for n in every)
    main = set(parts[0].institutions)
    places = []
    for pev, key in wide[:SHOWN]:
        checks = (
            ("few-audits", audits[key] < usual),
            ("apart", key not in main),
            ("few-others", median(at[key]) < _SEEN_LITTLE * usual_reach),
        )
        why = [code for code, stands in checks if stands] or ["closed"]
        places.append({"application": key, "pev": -pev, "audits": audits[key], "jurors": len(at[key]), "why": why})
    return {"wide": len(wide), "wide_places": places, "usual_audits": float(usual)} | {
        "edge": edge,
        "tenths": {str(width): count for width, count in sorted(tenths.items())},
    }


def _part(part: Component) -> dict[str, Any]:
    return {
        "institutions": len(part.institutions),
        "jurors": len(part.jurors),
        "applications": list(part.institutions[:3]),
    }


def _joins(ground: Ground, parts: Sequence[Component]) -> Iterator[dict[str, Any]]:
    """For each smaller part, one audit that would join it to the greatest."""
    for part in parts[1 : 1 + LINKS // 2]:
        into = product(part.institutions, parts[0].jurors)
        out = product(parts[0].institutions, part.jurors)
        for way in (into, out):
            pair = next((pair for pair in islice(way, _TRIED) if ground.may_meet(*pair)), None)
            if pair:
                yield _link(ground, *pair)
                break


def _link(
    ground: Ground, application: str, name: str, worst: float | None = None, mean: float | None = None
) -> dict[str, Any]:
    """One more audit, with the empty seat it fills or the days found for it."""
    seat, window = ground.empty_seat_for(application, name), ground.room(application)
    return {
        "application": application,
        "juror": name,
        "seat": seat,
        "channel": ground.channel_for(application, name),
        "from": window[0].isoformat() if window and not seat else "",
        "until": window[1].isoformat() if window and not seat else "",
        "worst": worst,
        "mean": mean,
    }
