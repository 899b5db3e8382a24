"""The office's pages: calculations and standings, one institution taken apart, sealing, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from assay.protocol import canonical
from probierz.base import charts
from probierz.base.downloads import as_download
from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.results import actions, cautions, certainty, queries, rules, wording
from probierz.results.explaining import explain
from probierz.results.forms import CalculationForm, StandingsFilter
from probierz.results.models import Calculation, Result

PAGE = 50
# A longer chart is folded: the table comes first.
MOST_OPEN = 20


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


def _calculation(request: HttpRequest, edition: Edition, key: str) -> Calculation:
    return get_object_or_404(queries.calculations_visible_to(request.user), key=key, edition=edition)


def _back(edition: Edition, name: str = "office-results", **kwargs: Any) -> HttpResponse:
    return redirect(name, programme=edition.programme.slug, edition=edition.slug, **kwargs)


@require_GET
def results(request: HttpRequest, programme: str, edition: str, key: str = "") -> HttpResponse:
    found = _edition(request, programme, edition)
    calculations = queries.calculations_of(request.user, found)
    publication = queries.publication_of(found)
    chosen = _calculation(request, found, key) if key else _shown(calculations, publication)
    form = StandingsFilter(request.GET, edition=found)
    context: dict[str, Any] = {
        "edition": found,
        "programme": found.programme,
        "calculations": calculations,
        "calculation": chosen,
        "publication": publication,
        "form": form,
        "calculation_form": CalculationForm(),
        "readiness": queries.readiness_of(found),
        "can_calculate": rules.can_calculate(request.user, found),
        "can_publish": rules.can_publish(request.user, found),
        "can_queue": rules.can_queue_reports(request.user, found),
    }
    if chosen:
        criteria = form.criteria()
        context["page"] = Paginator(queries.standings(chosen, **criteria), PAGE).get_page(request.GET.get("strona"))
        context |= _standings(chosen, list(context["page"]), is_one_category=bool(criteria["category"]))
        context["summary"] = queries.summary_of(chosen)
        context["can_seal"] = rules.can_seal(request.user, chosen)
        context["can_order_extra"] = rules.can_order_extra(request.user, chosen)
    if publication and publication.is_public:
        context["progress"] = queries.report_progress(publication)
    return render(request, "results/office/results.html", context)


def _shown(calculations: list[Calculation], publication: Any) -> Calculation | None:
    """The one that counts, else the newest."""
    if publication:
        return next((one for one in calculations if one.pk == publication.calculation_id), None)
    return calculations[0] if calculations else None


def _standings(calculation: Calculation, results: list[Result], *, is_one_category: bool) -> dict[str, Any]:
    """The rows of a page, their chart, and what the model says of itself."""
    borders = queries.borders_of(calculation, results)
    scopes = calculation.rulebook["standings"]["scopes"]
    scope = "category" if is_one_category else "overall"
    known = certainty.with_certainty(results)
    intervals = certainty.interval_rows(known, scope if scope in scopes else "")
    rows = [
        {
            "result": row,
            "conditions": _conditions(row),
            "certainty": found,
            "border": borders.get(row.application_id),
        }
        for row, found in known
    ]
    shown: dict[str, Any] = {"rows": rows, "scope": scope if scope in scopes else "", "opened": len(rows) <= MOST_OPEN}
    if intervals:
        shown["chart"] = charts.for_page(
            lambda width, key: certainty.chart(intervals, calculation, key=f"przedzialy{key}", width=width)
        )
    shown["cautions"] = cautions.cautions(calculation.certainty)
    shown["why_absent"] = cautions.why_absent(calculation.certainty)
    shown["official"] = cautions.official_words(calculation.certainty)
    return shown


def _conditions(row: Any) -> list[dict[str, Any]]:
    summary = row.detail["summary"]
    unmet = wording.conditions(one for one in summary["conditions"] if not one["held"])
    reasons = [{"title": reason} for reason in wording.reasons(summary["why_not_classified"])]
    return unmet + reasons


@require_POST
def calculate(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    form = CalculationForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    made = actions.calculate(edition=found, actor=request.user, note=note)
    words = ngettext("Obliczono z %(count)s audytu.", "Obliczono z %(count)s audytów.", made.audits_used)
    messages.success(request, words % {"count": made.audits_used})
    return _back(found, "office-calculation", key=made.key)


@require_POST
def seal(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    actions.seal(calculation=_calculation(request, found, key), actor=request.user)
    messages.success(request, _("Obliczenie zapieczętowano. Jego skrót jest w dzienniku."))
    return _back(found)


@require_POST
def publish(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    actions.publish(edition=found, actor=request.user)
    messages.success(request, _("Wyniki ogłoszono. Instytucje dostają e-maile, raporty powstają w tle."))
    return _back(found)


@require_POST
def queue_reports(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    waiting = actions.queue_reports(edition=found, actor=request.user)
    words = ngettext("W kolejce jest %(count)s raport.", "Raporty w kolejce: %(count)s.", waiting)
    messages.success(request, words % {"count": waiting})
    return _back(found)


@require_GET
def reports(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    publication = queries.publication_of(found)
    progress = queries.report_progress(publication) if publication and publication.is_public else None
    context: dict[str, Any] = {"edition": found, "programme": found.programme, "progress": progress}
    context["can_queue"] = rules.can_queue_reports(request.user, found)
    return render(request, "results/office/_reports.html", context)


@require_GET
def result(request: HttpRequest, programme: str, edition: str, key: str, application: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    calculation = _calculation(request, found, key)
    one = get_object_or_404(queries.result_in(calculation, application))
    context = {
        "edition": found,
        "programme": found.programme,
        "calculation": calculation,
        "result": one,
        "institution": one.application.institution,
        "explanation": explain(one, queries.auditors_of(one)),
        "mean_note": _mean_note(calculation, one),
        "official": cautions.official_words(calculation.certainty),
        "why_absent": cautions.why_absent(calculation.certainty),
        "cautions": cautions.cautions(calculation.certainty),
        **_notes(one),
        **_border(request, calculation, one),
    }
    return render(request, "results/office/result.html", context)


def _notes(one: Result) -> dict[str, str]:
    """What stands beside each place: among how many, and where else it may be."""
    found = certainty.certainty_of(one.detail["summary"])
    notes = {}
    for scope, place in one.detail["summary"]["places"].items():
        words = [wording.among(place["among"])]
        rank = None if found is None else found.estimates.ranks.get(scope)
        if rank is not None:
            words.append(_("z pewnością 90%%: od %(low)s do %(high)s") % {"low": rank.low, "high": rank.high})
        notes[f"{scope}_note"] = "; ".join(words)
    return notes


def _border(request: HttpRequest, calculation: Calculation, one: Result) -> dict[str, Any]:
    """What can be done about a result in the border zone, and who would go."""
    border = queries.borders_of(calculation, [one]).get(one.application_id)
    if border is None:
        return {}
    allowed = rules.can_order_extra(request.user, calculation)
    found: dict[str, Any] = {"border": border, "can_order_extra": allowed}
    if allowed and border.verdict:
        found["search"] = queries.extra_search(one)
    return found


def _mean_note(calculation: Calculation, one: Result) -> str:
    mean = calculation.benchmarks.get(one.application.category.key, {})
    words = _("próg %(threshold)s; średnia kategorii %(mean)s, instytucji: %(n)s")
    return words % {
        "threshold": wording.figure(calculation.rulebook["licence"]["threshold"]),
        "mean": wording.figure(mean.get("points"), 1),
        "n": mean.get("institutions", 0),
    }


@require_GET
def protocol(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    calculation = _calculation(request, found, key)
    name = f"protokol-{found.programme.slug}-{found.slug}-{calculation.protocol_digest[:8]}.json"
    return as_download(canonical(calculation.protocol), name=name, content_type="application/json")


@require_GET
def compare(request: HttpRequest, programme: str, edition: str, key: str, other: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    before, after = _calculation(request, found, key), _calculation(request, found, other)
    context = {
        "edition": found,
        "programme": found.programme,
        "before": before,
        "after": after,
        "comparison": queries.comparison_of(before, after),
    }
    return render(request, "results/office/compare.html", context)
