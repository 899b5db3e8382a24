"""The planned precision kept with a plan, as the office reads it: figures, names, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from probierz.applications.models import Application
from probierz.base.wording import decimal
from probierz.base.wording import plural as plural_word
from probierz.instruments.models import Channel
from probierz.jury.models import AllocationPlan, Juror
from probierz.jury.precision import CHEAP, half_width
from probierz.jury.queries.reading import PlanView

_WHY = {
    "few-audits": gettext_lazy("audytów: %(audits)s, a zwykle %(usual)s"),
    "apart": gettext_lazy("leży w oddzielnej części planu"),
    "few-others": gettext_lazy("jej jurorzy odwiedzają mało innych instytucji"),
    "closed": gettext_lazy("jej jurorzy spotykają się głównie ze sobą"),
}


def error_in_words(pev: float) -> str:
    """±6,1: half of the interval that covers nine institutions in ten."""
    return f"±{decimal(Fraction(half_width(pev)), 1)}"


@dataclass(frozen=True)
class WidePlace:
    application: Application
    error: str
    why: str


@dataclass(frozen=True)
class LinkView:
    """One more audit that would help, and how it could enter the proposal: by an empty seat or by new days."""

    application: Application
    juror: Juror
    seat: str
    channel: str
    channel_label: str
    first: date | None
    last: date | None
    worst: str
    is_cheap: bool

    @property
    def can_be_added(self) -> bool:
        return bool(self.seat or (self.channel and self.first))


@dataclass(frozen=True)
class PrecisionView:
    """`state`: judged, too-little, too-large, or "" for a plan from before precision was planned."""

    state: str
    kept: Mapping[str, Any]
    unseen: list[Application] = field(default_factory=list)
    wide: list[WidePlace] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    alone: list[Juror] = field(default_factory=list)
    joins: list[LinkView] = field(default_factory=list)
    links: list[LinkView] = field(default_factory=list)

    @property
    def is_judged(self) -> bool:
        return self.state == "judged"

    @property
    def typical(self) -> str:
        return error_in_words(self.kept["typical"])

    @property
    def worst(self) -> str:
        return error_in_words(self.kept["worst"])

    @property
    def limit(self) -> str:
        return f"±{decimal(Fraction(self.kept['edge'], 10), 1)}"

    @property
    def unseen_more(self) -> int:
        return int(self.kept["unseen"]) - len(self.unseen)

    @property
    def wide_more(self) -> int:
        return int(self.kept["wide"]) - len(self.wide)

    @property
    def alone_more(self) -> int:
        return int(self.kept["alone_count"]) - len(self.alone)

    @property
    def parts_note(self) -> str:
        if self.kept["parts_count"] > 1:
            return _("bez wspólnego jurora; porównać można tylko wewnątrz części")
        return _("wszystkie instytucje łączą wspólni jurorzy")

    @property
    def parts_label(self) -> str:
        return plural_word(self.kept["parts_count"], _("część planu"), _("części planu"), _("części planu"))

    @property
    def wide_label(self) -> str:
        wide = self.kept["wide"]
        return plural_word(wide, _("instytucja do poprawy"), _("instytucje do poprawy"), _("instytucji do poprawy"))

    @property
    def parts_tone(self) -> str:
        return "bad" if self.kept["parts_count"] > 1 else "good"

    @property
    def wide_tone(self) -> str:
        return "warn" if self.kept["wide"] or self.kept["unseen"] else "good"

    @property
    def wide_note(self) -> str:
        return _("z błędem od %(limit)s pkt, z %(n)s instytucji") % {
            "limit": self.limit,
            "n": self.kept["institutions"],
        }

    @property
    def alone_tone(self) -> str:
        return "warn" if self.kept["alone_count"] else "good"

    @property
    def is_sound(self) -> bool:
        """Nothing to mend."""
        kept = self.kept
        return not (kept["wide"] or kept["unseen"] or kept["alone_count"] or kept["parts_count"] > 1)

    @property
    def deviations(self) -> dict[str, Fraction]:
        """The spread in points, not squared."""
        names = ("institution", "juror", "residual")
        return {name: Fraction(sqrt(self.kept["variances"][name])) for name in names}

    @property
    def source(self) -> str:
        return str(self.kept["variances"]["source"])

    @property
    def fiedler(self) -> Fraction:
        return Fraction(self.kept["fiedler"])

    @property
    def best_link(self) -> str:
        """The worst error after the best of the audits proposed, when that shows in a tenth of a point."""
        best = self.links[0].worst if self.links else ""
        return best if best != self.worst else ""


def precision_view(plan: AllocationPlan, view: PlanView) -> PrecisionView:
    """What was kept with the plan, with names the plan's view has read: no query, however large the plan."""
    kept = plan.precision
    state = kept.get("state", "")
    if not state:
        return PrecisionView("", kept)
    applications, people = view.applications, view.people
    rows = [kept.get(name, []) for name in ("wide_places", "joins", "links")]
    return PrecisionView(
        state,
        kept,
        unseen=[applications[key] for key in kept["unseen_places"] if key in applications],
        wide=[_wide(row, kept, applications) for row in rows[0] if row["application"] in applications],
        parts=[_part(part, applications) for part in kept.get("parts", [])],
        alone=[people[name] for name in kept.get("alone", []) if name in people],
        joins=_links(rows[1], applications, people),
        links=_links(rows[2], applications, people),
    )


def precision_figures(plan: AllocationPlan) -> PrecisionView:
    """The figures alone, without names and without a query."""
    return PrecisionView(plan.precision.get("state", ""), plan.precision)


def _wide(row: Mapping[str, Any], kept: Mapping[str, Any], applications: Mapping[str, Application]) -> WidePlace:
    usual = decimal(Fraction(kept["usual_audits"]), 0)
    said = [str(_WHY[code]) % {"audits": row["audits"], "usual": usual} for code in row["why"]]
    return WidePlace(applications[row["application"]], error_in_words(row["pev"]), "; ".join(said))


def _part(part: Mapping[str, Any], applications: Mapping[str, Application]) -> str:
    places = [applications[key].institution.display_name for key in part["applications"] if key in applications]
    more = part["institutions"] - len(places)
    listed = ", ".join(places) + (_(" i jeszcze %(n)s") % {"n": more} if more else "")
    people = ngettext("%(n)s juror", "jurorów: %(n)s", part["jurors"]) % {"n": part["jurors"]}
    return f"{listed} ({people})"


def _links(
    rows: Iterable[Mapping[str, Any]], applications: Mapping[str, Application], people: Mapping[str, Juror]
) -> list[LinkView]:
    return [
        LinkView(
            application=applications[row["application"]],
            juror=people[row["juror"]],
            seat=row["seat"],
            channel=row["channel"],
            channel_label=str(Channel(row["channel"]).label) if row["channel"] else "",
            first=date.fromisoformat(row["from"]) if row["from"] else None,
            last=date.fromisoformat(row["until"]) if row["until"] else None,
            worst="" if row["worst"] is None else error_in_words(row["worst"]),
            is_cheap=row["channel"] in CHEAP,
        )
        for row in rows
        if row["application"] in applications and row["juror"] in people
    ]
