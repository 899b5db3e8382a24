"""The jury's quality, for the office alone: do the scores agree, who is strict, what would make them surer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from probierz.editions.models import Edition
from probierz.editions.queries import editions_visible_to
from probierz.results import jury_pages, queries


def _edition(request: HttpRequest, programme: str, edition: str) -> Edition:
    return get_object_or_404(editions_visible_to(request.user), programme__slug=programme, slug=edition)


@require_GET
def quality(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    measured = queries.jury_quality_of(found)
    context = jury_pages.overview(measured, queries.jurors_of(found))
    context |= {"edition": found, "programme": found.programme}
    return render(request, "results/office/jury_quality.html", context)


@require_GET
def juror(request: HttpRequest, programme: str, edition: str, key: str) -> HttpResponse:
    found = _edition(request, programme, edition)
    person = get_object_or_404(queries.jurors_in(request.user, found), key=key)
    measured = queries.jury_quality_of(found)
    numbers = {one.facts.application for one in measured.audits_of(person.pk)}
    context = jury_pages.one_juror(measured, person, queries.applications_judged(found, numbers))
    context |= {"edition": found, "programme": found.programme}
    return render(request, "results/office/jury_juror.html", context)
