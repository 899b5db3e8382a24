"""The register of laureates and the word on one licence."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from probierz.base.clock import today
from probierz.instruments.models import Channel
from probierz.portal import voivodeship_map, wording
from probierz.portal.forms import NumberForm, RegisterFilter
from probierz.portal.queries import register
from probierz.portal.views.caching import same_for_everybody

ON_A_PAGE = 24


@require_safe
@same_for_everybody
def laureates(request: HttpRequest) -> HttpResponse:
    form = RegisterFilter(request.GET)
    criteria = form.criteria()
    found = register.search(**criteria)
    page = Paginator(register.with_awards(found), ON_A_PAGE).get_page(request.GET.get("strona"))
    counts = register.counts_by_voivodeship(register.search(**{**criteria, "voivodeship": ""}))
    context = {
        "page": page,
        "rows": [{"licence": licence, "state": licence.state_on(today())} for licence in page],
        "said": criteria,
        "choices": register.choices(),
        "map": voivodeship_map.drawn(counts, _narrowed(request), criteria["voivodeship"]),
        "is_table": request.GET.get("widok") == "tabela",
        "is_narrowed": any(criteria.values()),
    }
    return render(request, "portal/laureates.html", context)


def _narrowed(request: HttpRequest) -> Any:
    """The address of this page narrowed to a voivodeship."""

    def address(code: str) -> str:
        query = request.GET.copy()
        query.pop("strona", None)
        query["wojewodztwo"] = code
        return f"{reverse('public-laureates')}?{query.urlencode()}"

    return address


@require_safe
@same_for_everybody
def verify(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.GET if "numer" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "portal/verify.html", {"form": form})
    number = form.cleaned_data["numer"]
    word = register.word_on(number, today())
    return redirect("public-licence", number=word.licence.number) if word else _unknown(request, number)


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    context = {"form": NumberForm(initial={"numer": number}), "number": number}
    return render(request, "portal/licence_unknown.html", context, status=404)


@require_safe
@same_for_everybody
def licence(request: HttpRequest, number: str) -> HttpResponse:
    word = register.word_on(number, today())
    if word is None:
        return _unknown(request, number)
    found = word.licence
    if found.number != number:
        return redirect("public-licence", number=found.number)
    names = dict(Channel.choices)
    context = {
        "licence": found,
        "edition_here": found.edition,
        "programme": found.edition.programme,
        "verdict": word.verdict,
        "awards": word.awards,
        "scope": wording.licence_scope(found.edition, found.scope),
        "channels": [names[key] for key in found.earned_from.get("channels", []) if key in names],
        "announced_on": wording.day_of(found.earned_from.get("published_at")),
        "today": today(),
    }
    return render(request, "portal/licence.html", context)
