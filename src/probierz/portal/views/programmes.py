"""Programmes and editions, for anybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from probierz.base import audiences
from probierz.editions import queries as editions
from probierz.editions.models import Edition, Programme
from probierz.portal.queries import programmes, register
from probierz.portal.views.caching import same_for_everybody

TEASER = 8


@require_safe
@same_for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """One programme is shown whole; several, or none, as a list."""
    found = programmes.public_programmes()
    if len(found) == 1:
        return _programme(request, found[0])
    rows = [_row(programme, programmes.current_edition(programme)) for programme in found]
    context = {"rows": rows, "laureates": register.newest_laureates()[:TEASER] if rows else []}
    return render(request, "portal/home.html", context)


def _row(programme: Programme, edition: Edition) -> dict[str, Any]:
    return {"programme": programme, "edition": edition, "milestone": programmes.milestone_of(edition)}


@require_safe
@same_for_everybody
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    found = programmes.public_programme(programme)
    if found is None:
        raise Http404
    return _programme(request, found)


def _programme(request: HttpRequest, found: Programme) -> HttpResponse:
    edition = programmes.current_edition(found)
    _say_where(request, edition)
    laureates = register.newest_laureates(programme=found)
    context = {
        "programme": found,
        "edition_here": edition,
        "milestone": programmes.milestone_of(edition),
        "steps": editions.steps_of(edition),
        "channels": programmes.channel_shares(edition),
        "jury": programmes.public_jury(found),
        "patrons": editions.patrons_of(edition),
        "laureates": laureates[:TEASER],
        "laureate_count": laureates.count(),
        "other_editions": programmes.others_of(found, edition),
    }
    return render(request, "portal/programme.html", context)


def _say_where(request: HttpRequest, edition: Edition) -> None:
    """The navigation reads it where the address itself does not name the edition."""
    request.edition_here = {"programme": edition.programme.slug, "edition": edition.slug}  # type: ignore[attr-defined]


def _public(programme: str, edition: str) -> Edition:
    found = programmes.public_edition(programme, edition)
    if found is None:
        raise Http404
    return found


def _page(edition: Edition, **more: Any) -> dict[str, Any]:
    return {"programme": edition.programme, "edition_here": edition, **more}


@require_safe
@same_for_everybody
def edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _public(programme, edition)
    laureates = register.newest_laureates(edition=found)
    context = _page(
        found,
        milestone=programmes.milestone_of(found),
        steps=editions.steps_of(found),
        categories=list(found.categories.all()),
        patrons=editions.patrons_of(found),
        laureates=laureates[:TEASER],
        laureate_count=laureates.count(),
        result=programmes.published_result(found),
    )
    return render(request, "portal/edition.html", context)


@require_safe
@same_for_everybody
def criteria(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _public(programme, edition)
    cards = programmes.criteria_by_channel(found, get_language() or "pl")
    return render(request, "portal/criteria.html", _page(found, cards=cards))


@require_safe
@same_for_everybody
def rules(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _public(programme, edition)
    has_rules = bool(found.rulebook)
    context = _page(
        found,
        parts=editions.rulebook_sentences(found, get_language() or "pl") if has_rules else [],
        state=editions.rulebook_state(found) if has_rules else None,
        steps=editions.steps_of(found),
        result=programmes.published_result(found),
    )
    return render(request, "portal/rules.html", context)


@never_cache
@require_safe
def enter(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """From the call to action to the right door: the edition's page once the call is over."""
    found = _public(programme, edition)
    if not programmes.milestone_of(found).is_open_call:
        return redirect("public-edition", programme=programme, edition=edition)
    if audiences.belongs(request.user, "institution"):
        return redirect("panel-application-new")
    return redirect("institution-new")
