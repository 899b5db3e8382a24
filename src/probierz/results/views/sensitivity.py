"""How much of a result hangs on choices: weights, the official score, the method. For the office alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.results import queries, sensitivity_pages

PAGE = 50


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


@require_GET
def sensitivity(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    context: dict[str, Any] = {"edition": found, "programme": found.programme}
    assessed = queries.robustness_of(found)
    if assessed is not None:
        calculation, robustness = assessed
        which = request.GET.get("pokaz", "")
        lines = sensitivity_pages.chosen(robustness, which)
        page = Paginator(lines, PAGE).get_page(request.GET.get("strona"))
        results = queries.results_by_pseudonym(calculation, [line.key for line in page])
        context |= sensitivity_pages.overview(robustness)
        context |= {"calculation": calculation, "page": page, "which": which, "shown": sensitivity_pages.SHOWN}
        context["rows"] = sensitivity_pages.rows(robustness, page, results)
    return render(request, "results/office/sensitivity.html", context)


@require_GET
def institution(request: HttpRequest, programme: str, edition: str, application: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    assessed = queries.robustness_of(found)
    if assessed is None:
        raise Http404
    calculation, robustness = assessed
    result = get_object_or_404(queries.result_in(calculation, application))
    line = robustness.line_of(result.pseudonym)
    if line is None:
        raise Http404
    context = {"edition": found, "programme": found.programme, "calculation": calculation, "result": result}
    context |= sensitivity_pages.one(robustness, line, result)
    return render(request, "results/office/sensitivity_institution.html", context)


@require_GET
def explanation(request: HttpRequest, programme: str, edition: str, topic: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    if topic not in sensitivity_pages.TOPICS:
        raise Http404
    context = {"edition": found, "programme": found.programme, "topic": topic, **sensitivity_pages.numbers()}
    context["heading"] = sensitivity_pages.TOPICS[topic]
    return render(request, "results/office/sensitivity_why.html", context)
