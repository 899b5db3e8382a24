"""What anybody may fetch about a programme and its editions besides the pages of the portal."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control

from probierz.base.clock import now
from probierz.base.downloads import as_download
from probierz.editions import brand, calendar, printing, queries
from probierz.editions.models import Edition


def _public(programme: str, edition: str) -> Edition:
    found = queries.public_editions().prefetch_related("stages")
    return get_object_or_404(found, programme__slug=programme, slug=edition)


@cache_control(public=True, max_age=300)
def brand_css(request: HttpRequest, slug: str) -> HttpResponse:
    programme = queries.programme_by_slug(slug)
    if programme is None:
        raise Http404
    return HttpResponse(brand.stylesheet(programme.accent, programme.accent_ink), content_type="text/css")


@cache_control(public=True, max_age=300)
def calendar_feed(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _public(programme, edition)
    url = f"{settings.SITE_URL}/{programme}/{edition}/"
    content = calendar.feed(found, queries.stages_of(found), url=url, made_at=now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{programme}-{edition}.ics"'
    return response


def rules_pdf(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    found = _public(programme, edition)
    address = f"{settings.SITE_URL}{reverse('public-rules-pdf', args=[programme, edition])}"
    content = printing.rules_pdf(found, address=address, moment=now())
    return as_download(content, name=f"zasady-{programme}-{edition}.pdf", content_type="application/pdf")


@cache_control(public=True, max_age=3600)
def patron_logo(request: HttpRequest, programme: str, edition: str, pk: int) -> HttpResponse:
    patron = get_object_or_404(_public(programme, edition).patrons.all(), pk=pk)
    if not patron.logo:
        raise Http404
    with patron.logo.open("rb") as file:
        content = file.read()
    return as_download(content, name=f"logo-{pk}.png", content_type="image/png", inline=True)
