"""What a site must say of itself, to people and to machines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from probierz.portal import declaration, sitemap
from probierz.portal.queries import programmes
from probierz.portal.views.caching import same_for_everybody


@require_safe
@same_for_everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    site = declaration.site_of(programmes.public_programmes())
    return render(request, "portal/accessibility.html", {"site": site})


@require_safe
@same_for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    site = declaration.site_of(programmes.public_programmes())
    return render(request, "portal/privacy.html", {"site": site})


@require_safe
@same_for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["biuro", "panel", "jury", "konto", "zaplecze", "start", "zaproszenie", "poczta-demo"]
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('public-sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@same_for_everybody
def site_map(request: HttpRequest) -> HttpResponse:
    addresses = sitemap.addresses(programmes.public_programmes())
    return render(request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
