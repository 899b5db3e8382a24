"""An institution's pages: its licences, their papers and marks."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from probierz.awards import mark, printing, queries, rules
from probierz.awards.models import Licence
from probierz.base.clock import today
from probierz.base.downloads import as_download


@require_GET
def licences(request: HttpRequest) -> HttpResponse:
    rows = [_row(one) for one in queries.licences_visible_to(request.user)]
    context = {"rows": rows, "awards": queries.awards_visible_to(request.user)}
    return render(request, "awards/panel/licences.html", context)


def _row(one: Licence) -> dict[str, Any]:
    return {
        "licence": one,
        "state": one.state_on(today()),
        "address": printing.verification_url(one),
        "streak": printing.streak_words(one.in_a_row),
        "can_use_mark": rules.can_use_mark(one),
        "can_have_certificate": rules.can_have_certificate(one),
        # Why it was stopped or given back; the grant itself has no reason.
        "events": [event for event in one.events.all() if event.reason],
    }


def _own(request: HttpRequest, number: str) -> Licence:
    return get_object_or_404(queries.licences_visible_to(request.user), number=number)


@require_GET
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    one = _own(request, number)
    rules.can_have_certificate(one).require()
    if not one.certificate:
        raise Http404
    with one.certificate.open("rb") as file:
        content = file.read()
    return as_download(content, name=printing.certificate_name(one), content_type="application/pdf")


@require_GET
def logo_pack(request: HttpRequest, number: str) -> HttpResponse:
    one = _own(request, number)
    rules.can_use_mark(one).require()
    drawn = printing.mark_of(one)
    return as_download(mark.logo_pack(drawn), name=mark.pack_name(drawn), content_type="application/zip")
