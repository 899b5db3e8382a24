"""What the office sees: calculations, the standings of one, the difference of two, how far the reports are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assay import protocol as protocols
from probierz.applications.models import Application
from probierz.audits.models import Audit
from probierz.audits.queries import counts_of
from probierz.base.polish import fold
from probierz.editions.models import Edition
from probierz.editions.queries import programmes_visible_to
from probierz.jury.models import Juror
from probierz.jury.variances import Spread
from probierz.results import wording
from probierz.results.models import Calculation, Publication, RankingReport, Result

HEAVY = ("protocol", "benchmarks")
SORTS = {
    "miejsce": ("place", "application__institution__name", "pk"),
    "kategoria": ("application__category__position", "category_place", "application__institution__name", "pk"),
    "nazwa": ("application__institution__name", "pk"),
    "punkty": ("points", "pk"),
    "audyty": ("audits", "pk"),
}


def calculations_visible_to(user: Any) -> QuerySet[Calculation]:
    return (
        Calculation.objects.filter(edition__programme__in=programmes_visible_to(user))
        .select_related("edition__programme", "made_by", "publication")
        .defer(*HEAVY)
    )


def calculations_of(user: Any, edition: Edition) -> list[Calculation]:
    return list(calculations_visible_to(user).filter(edition=edition))


def publication_of(edition: Edition) -> Publication | None:
    found = Publication.objects.filter(edition=edition).select_related("calculation", "edition__programme")
    return found.defer(*(f"calculation__{name}" for name in HEAVY)).first()


def last_spread(edition: Edition) -> Spread | None:
    """How far institutions, jurors and audits lay apart in the last earlier edition that can tell."""
    before = Q(edition__year__lt=edition.year) | Q(edition__year=edition.year, edition__number__lt=edition.number)
    found = Calculation.objects.filter(before, edition__programme=edition.programme_id).select_related("edition")
    told = found.filter(certainty__has_key="variances").defer(*HEAVY)
    last = told.order_by("-edition__year", "-edition__number", "-made_at", "-pk").first()
    if last is None:
        return None
    kept = {name: float(last.certainty["variances"][name]) for name in ("institution", "juror", "residual")}
    return Spread(**kept, source=str(last.edition))


def results_of(calculation: Calculation) -> QuerySet[Result]:
    return (
        Result.objects.filter(calculation=calculation)
        .select_related("application__institution", "application__category")
        .defer("detail")
    )


def standings(
    calculation: Calculation, *, text: str = "", category: str = "", decision: str = "", sort: str = ""
) -> QuerySet[Result]:
    """The rows of one calculation, those without a place last."""
    rows = Result.objects.filter(calculation=calculation).select_related(
        "application__institution", "application__category"
    )
    for word in fold(text).split():
        rows = rows.filter(application__institution__search_text__contains=word)
    if category:
        rows = rows.filter(application__category__key=category)
    if decision:
        rows = rows.filter(decision=decision)
    names = SORTS.get(sort.removeprefix("-"), SORTS["kategoria" if category else "miejsce"])
    first = F(names[0])
    is_down = sort.startswith("-")
    head = first.desc(nulls_last=True) if is_down else first.asc(nulls_last=True)
    return rows.order_by(head, *(F(name).asc(nulls_last=True) for name in names[1:]))


def result_in(calculation: Calculation, key: str) -> QuerySet[Result]:
    return (
        Result.objects.filter(calculation=calculation, application__key=key)
        .select_related("application__institution", "application__category", "calculation__edition__programme")
        .defer("calculation__protocol")
    )


def auditors_of(result: Result) -> dict[str, Juror]:
    """Who made each audit of a result, by the audit's key. For the office only: the protocol has no names."""
    keys = [entry["audit"] for entry in result.detail["audits"]]
    audits = Audit.objects.filter(key__in=keys).select_related("assignment__juror")
    return {str(audit.key): audit.assignment.juror for audit in audits.only("key", "assignment__juror")}


@dataclass(frozen=True)
class Summary:
    institutions: int
    granted: int
    refused: int
    border: int
    not_classified: int
    best: Any


def summary_of(calculation: Calculation) -> Summary:
    numbers = Result.objects.filter(calculation=calculation).aggregate(
        institutions=Count("pk"),
        granted=Count("pk", filter=Q(decision=Result.Decision.GRANT)),
        refused=Count("pk", filter=Q(decision=Result.Decision.REFUSE)),
        border=Count("pk", filter=Q(decision=Result.Decision.BORDER)),
        not_classified=Count("pk", filter=Q(decision=Result.Decision.NOT_CLASSIFIED)),
        best=Max("points"),
    )
    return Summary(**numbers)


@dataclass(frozen=True)
class Readiness:
    """What a calculation made now would leave out."""

    approved: int
    not_approved: int
    without_audits: int
    total: int


def readiness_of(edition: Edition) -> Readiness:
    counts = counts_of(edition)
    accepted = Application.objects.filter(edition=edition, state=Application.State.ACCEPTED)
    without = accepted.exclude(assignments__audit__state=Audit.State.APPROVED).distinct().count()
    return Readiness(counts.approved, max(0, counts.total - counts.approved), without, accepted.count())


@dataclass(frozen=True)
class Progress:
    done: int
    total: int

    @property
    def is_over(self) -> bool:
        return self.done == self.total


def report_progress(publication: Publication) -> Progress:
    ready = Q(state=RankingReport.State.READY)
    numbers = publication.reports.aggregate(done=Count("pk", filter=ready), total=Count("pk"))
    return Progress(**numbers)


@dataclass(frozen=True)
class Comparison:
    """The difference of two calculations, with the applications it speaks of."""

    difference: dict[str, Any]
    rows: list[dict[str, Any]]


def comparison_of(before: Calculation, after: Calculation) -> Comparison:
    """Both protocols under the platform's keys (each has pseudonyms of its own), and what differs."""
    difference = protocols.diff(_rekeyed(before), _rekeyed(after))
    keys = [entry["key"] for entry in difference["institutions"]]
    found = Application.objects.filter(key__in=keys).select_related("institution", "category")
    applications = {str(entry.key): entry for entry in found}
    rows = [entry | {"application": applications.get(entry["key"])} for entry in difference["institutions"]]
    rows = [row | {"decisions": _decisions(row["changes"]), "reasons": wording.differences(row["why"])} for row in rows]
    return Comparison(difference, rows)


def _decisions(changes: dict[str, Any]) -> list[str]:
    return [wording.decision(value or "") for value in changes.get("decision", [])]


def _rekeyed(calculation: Calculation) -> dict[str, Any]:
    institutions: dict[str, str] = {}
    audits: dict[str, str] = {}
    rows = Result.objects.filter(calculation=calculation).values_list("pseudonym", "application__key", "detail")
    for pseudonym, key, detail in rows:
        institutions[pseudonym] = str(key)
        audits |= {entry["key"]: entry["audit"] for entry in detail["audits"]}
    protocol = dict(calculation.protocol)
    protocol["outcome"] = protocol["outcome"] | {
        "institutions": [entry | {"key": institutions[entry["key"]]} for entry in protocol["outcome"]["institutions"]]
    }
    protocol["audits"] = [
        entry | {"key": audits[entry["key"]], "institution": institutions[entry["institution"]]}
        for entry in protocol["audits"]
    ]
    return protocol


def overview_cards(edition: Edition, user: Any) -> list[dict[str, Any]]:
    """What the overview of an edition says about its results."""
    newest = Calculation.objects.filter(edition=edition).defer(*HEAVY).first()
    publication = publication_of(edition)
    if newest is None:
        return []
    shown = publication.calculation if publication else newest
    summary = summary_of(shown)
    if publication is None:
        state, tone = _("obliczenie robocze, nic nie jest zapieczętowane"), "warn"
    elif publication.is_public:
        state, tone = _("wyniki ogłoszone"), "good"
    else:
        state, tone = _("wyniki zapieczętowane, czekają na ogłoszenie"), "info"
    card = {
        "title": _("Z prawem do licencji"),
        "value": summary.granted,
        "note": _("z %(total)s; %(state)s") % {"total": summary.institutions, "state": state},
        "url": reverse("office-results", kwargs={"programme": edition.programme.slug, "edition": edition.slug}),
        "tone": tone,
    }
    cards = [card]
    if publication and publication.is_public:
        progress = report_progress(publication)
        note = _("z %(total)s") % {"total": progress.total}
        tone = "good" if progress.is_over else "info"
        cards.append({**card, "title": _("Raporty gotowe"), "value": progress.done, "note": note, "tone": tone})
    return cards
